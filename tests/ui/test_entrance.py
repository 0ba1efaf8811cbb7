"""From the first start to an open vault, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinicir.domain.errors import StorageError
from clinicir.services.ports import OpenContact
from clinicir.ui.desk import Place
from clinicir.ui.entry.create import CreateVault
from clinicir.ui.entry.gestures import Gestures
from clinicir.ui.entry.renew import NewWay
from clinicir.ui.entry.trouble import Trouble
from clinicir.ui.entry.unlock import Tries, Unlock, wait_after
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.entry.who import Who
from clinicir.ui.shell import Shell
from clinicir.ui.widgets.text import Text
from tests.fakes import FakeCaseStore, FakeClock
from tests.ui.checks import check_page
from tests.ui.fake_door import CODE, PHRASE, FakeDoor
from tests.ui.fakes import DirectJobs
from tests.ui.shells import entry, shown_text, unlock


def test_an_incident_now_reaches_triage_with_one_answer(shell: Shell, door: FakeDoor) -> None:
    door.passphrase = ""
    shell.start()
    welcome = entry(shell, Welcome)
    assert isinstance(welcome, Welcome)
    welcome.incident.click()
    page = entry(shell, CreateVault)
    assert isinstance(page, CreateVault)
    assert not page.make.isEnabled()
    page.way.passphrase.propose.click()
    assert page.way.passphrase.strength.text() == "Convient"
    page.submit()
    assert page.department_field.problem is not None
    page.department.set_value("2a")
    page.submit()
    assert shell.window.place == Place("triage")
    assert door.opened == ["created"]
    assert shell.desk is not None
    assert shell.desk.session.practice().department == "2A"
    assert shell.window.sheet_band.isVisible()


def test_with_a_keyring_one_click_makes_the_vault(shell: Shell, door: FakeDoor) -> None:
    door.passphrase, door.keyring = "", True
    shell.start()
    welcome = entry(shell, Welcome)
    assert isinstance(welcome, Welcome)
    welcome.prepare.click()
    page = entry(shell, CreateVault)
    assert isinstance(page, CreateVault)
    assert page.way.passphrase.isHidden()
    page.department.set_value("54")
    page.make.click()
    assert door.opened == ["keyring"]
    assert shell.window.place == Place("practice")


def test_with_a_keyring_the_lock_asks_for_one_click(shell: Shell, door: FakeDoor) -> None:
    door.keyring = True
    shell.start()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    assert page.passphrase_field.isHidden(), "this vault has no passphrase"
    page.open.click()
    assert door.opened == ["keyring"]


def test_an_account_that_lost_the_key_leads_to_the_sheet_and_gets_it_back(
    shell: Shell, door: FakeDoor
) -> None:
    door.keyring, door.fault = True, StorageError("keyring.lost")
    shell.start()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    page.open.click()
    trouble = entry(shell, Trouble)
    assert isinstance(trouble, Trouble)
    assert "Rien n’est perdu" in shown_text(trouble)
    trouble.sheet.click()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    assert page.by_code
    door.fault = None
    page.code.set_value(CODE)
    page.submit()
    renewed = entry(shell, NewWay)
    assert isinstance(renewed, NewWay)
    assert renewed.way.way.value() == "alone"
    renewed.keep.click()
    assert door.opened == ["recovery", "keyring"]
    assert isinstance(shell.entry, Who)


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("vault.locked", {"account": "accueil", "host": "POSTE-2",
                          "since": "2027-01-12T15:05:00+00:00"},
         ("« accueil »", "« POSTE-2 »", "16\u00a0h\u00a005")),
        ("vault.locked", {}, ("autre programme",)),
        ("vault.damaged", {"entry": 12}, ("l’entrée 12", "rien n’a été effacé")),
        ("disk.failure", {"errno": 5}, ("Le disque a refusé",)),
        ("vault.newer", {"version": 9}, ("version plus récente",)),
    ],
)  # fmt: skip
def test_a_vault_that_cannot_be_opened_says_what_is_safe_and_lets_one_try_again(
    shell: Shell, door: FakeDoor, code: str, values: dict[str, object], said: tuple[str, ...]
) -> None:
    door.fault = StorageError(code, **values)
    shell.start()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    page.passphrase.set_value(PHRASE)
    page.submit()
    trouble = entry(shell, Trouble)
    assert isinstance(trouble, Trouble)
    words = shown_text(trouble).replace("\u202f", "\u00a0").replace("«\u00a0", "« ")
    for each in said:
        assert each.lower() in words.replace("\u00a0»", " »").lower()
    assert "C:/Cabinet/coffre" in words
    assert trouble.sheet.isHidden()
    trouble.gestures.click()
    gestures = entry(shell, Gestures)
    assert isinstance(gestures, Gestures)
    gestures.leave.click()
    trouble = entry(shell, Trouble)
    assert isinstance(trouble, Trouble)
    door.fault = None
    trouble.retry.click()
    unlock(shell)
    assert shell.desk is not None


class Flashes(QObject):
    """Windows that appear while a page is being made."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt calls it
        """Only looks."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def _lock_with_a_limit() -> Unlock:
    page = Unlock(keyring=True)
    page.complete(keyring=True, limit=lambda: "1 échéance dans 5 h", tries=Tries())
    return page


@pytest.mark.parametrize("make", [
    lambda: Trouble(StorageError("vault.locked", account="accueil", host="POSTE-2",
                                 since="2027-01-12T15:05:00+00:00"), "C:/Cabinet", UTC),
    lambda: Trouble(StorageError("keyring.lost"), "C:/Cabinet", UTC),
    _lock_with_a_limit,
    lambda: NewWay(FakeDoor(FakeCaseStore(FakeClock()), keyring=True), DirectJobs()),
])  # fmt: skip
def test_each_page_of_the_entrance_is_readable_by_all(
    qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    flashes, application = Flashes(), QApplication.instance()
    assert application is not None
    application.installEventFilter(flashes)
    page = make()
    application.removeEventFilter(flashes)
    assert flashes.seen == [], "a part shown before it has its place is a window for a moment"
    qtbot.addWidget(page)
    page.show()
    check_page(page)


def test_three_wrong_phrases_ask_for_patience_and_erase_nothing(shell: Shell) -> None:
    shell.start()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    for n in range(3):
        page.passphrase.set_value(f"faux {n}")
        page.submit()
        assert page.passphrase_field.problem is not None
    assert page.passphrase.value() == "faux 2"
    assert not page.open.isEnabled()
    page.gestures.click()
    gestures = entry(shell, Gestures)
    assert isinstance(gestures, Gestures)
    gestures.leave.click()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    assert not page.open.isEnabled(), "another page and back: the wait goes on"
    page.count_down()
    page.count_down()
    assert page.open.isEnabled()
    assert [wait_after(n) for n in (0, 2, 3, 4, 5, 50)] == [0, 0, 2, 4, 8, 64]


def test_the_sheet_opens_names_the_wrong_group_and_changes_the_phrase(
    shell: Shell, door: FakeDoor
) -> None:
    shell.start()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    page.other.click()
    page.code.set_value("0000-000U-" + CODE[10:])
    page.submit()
    assert page.code_field.problem is not None
    assert "groupe 2" in page.code_field.problem
    page.code.set_value(CODE.lower().replace("-", " ").replace("0", "o"))
    page.submit()
    renewed = entry(shell, NewWay)
    assert isinstance(renewed, NewWay)
    renewed.way.passphrase.propose.click()
    renewed.keep.click()
    assert door.passphrase == PHRASE
    assert isinstance(shell.entry, Who)


def test_who_is_at_the_keyboard_is_asked_and_shown(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    assert shell.desk is not None
    assert shell.desk.who == "Claire Morel"
    assert "Claire Morel" in shell.window.bottom.who.text()
    shell.window.bottom.who.click()
    who = entry(shell, Who)
    assert isinstance(who, Who)
    who.choice.buttons()[-1].click()
    who.submit()
    assert who.name_field.problem is not None
    who.name.set_value("Karim")
    who.submit()
    assert shell.desk.who == "Karim"


def test_gestures_are_read_while_locked_with_our_contacts(shell: Shell, door: FakeDoor) -> None:
    door.contacts = (OpenContact("it_provider", "Info Exemple", "03 53 01 12 35"),)
    shell.start()
    locked = entry(shell, Unlock)
    assert isinstance(locked, Unlock)
    locked.gestures.click()
    page = entry(shell, Gestures)
    assert isinstance(page, Gestures)
    words = " ".join(label.text() for label in page.findChildren(Text))
    assert "03 53 01 12 35" in words
    assert "N’effacez rien" in words
    page.leave.click()
    assert isinstance(shell.entry, Unlock)


def test_the_lock_closes_as_well_while_somebody_is_asked_who_they_are(
    shell: Shell, door: FakeDoor
) -> None:
    shell.start()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    page.passphrase.set_value(PHRASE)
    page.submit()
    assert door.is_open
    for _ in range(15 * 60):
        shell.idle.tick()
    assert not door.is_open
    assert isinstance(shell.entry, Unlock)


def test_the_lock_shows_when_something_is_due_and_never_what(
    shell: Shell, door: FakeDoor
) -> None:
    shell.start()
    unlock(shell)
    limit = door.limit
    assert limit is not None
    assert shell.desk is not None
    clock = shell.tools.clock
    assert isinstance(clock, FakeClock)
    clock.at = limit - timedelta(hours=5)
    shell.lock()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    assert shown_text(page.limit) == "1 échéance dans 5\u00a0h "
    clock.advance(hours=6)
    page.tell_limit()
    assert "dépassée de 1\u00a0h" in shown_text(page.limit)
    unlock(shell)
    shell.window.go(Place("gestures"))
    shown = getattr(shell.window.page, "shown", None)
    assert shown is not None
    shown.buttons()[0].click()
    shell.lock()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    assert page.limit.isHidden(), "who does not want contacts shown wants nothing shown"


def test_a_drill_leaves_no_limit_on_the_lock(shell: Shell, door: FakeDoor) -> None:
    door.store.drill = True
    shell.start()
    unlock(shell)
    shell.lock()
    assert door.limit is None


def test_the_way_in_can_be_walked_with_the_keyboard(shell: Shell) -> None:
    shell.start()
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    QTest.keyClicks(page.passphrase.line, PHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    assert isinstance(shell.entry, Who)
