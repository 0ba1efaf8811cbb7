"""Settings: each choice counts at once, and what is kept holds nothing of the vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.texts import screens_entry
from clinicir.texts import screens_settings as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.settings import (
    LOCK_KEY,
    LOG,
    SettingsPage,
    ThisComputer,
    checked_on,
    lock_minutes,
)
from clinicir.ui.technical_log import TechnicalLog
from tests.fakes import store_of
from tests.ui.checks import check_page
from tests.ui.fake_door import PHRASE, FakeDoor
from tests.ui.fakes import window_of

Answer = Callable[[QWidget, str, str, str, str], bool]


@dataclass
class FakeLook:
    """Remembers what was chosen."""

    mode: str = "system"
    scale: float = 1.0
    worn: list[object] = field(default_factory=list)

    def choose(self, mode: str) -> None:
        self.mode = mode
        self.worn.append(mode)

    def resize(self, scale: float) -> None:
        self.scale = scale
        self.worn.append(scale)


@dataclass
class Bench:
    """The page and what stands around it."""

    page: SettingsPage
    look: FakeLook
    door: FakeDoor
    settings: QSettings
    log: TechnicalLog
    asked: list[str]
    agrees: list[bool]


@pytest.fixture
def bench(qtbot: QtBot, empty_desk: Desk, tmp_path: Path) -> Bench:
    look, door = FakeLook(), FakeDoor(store_of(empty_desk.session), passphrase=PHRASE)
    settings = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    log = TechnicalLog(tmp_path / "log", frozenset({"home"}))
    computer = ThisComputer(
        door, look, settings, log, Path("/srv/cabinet/coffre"), paths.resources() / "licences",
        "1.2.3",
    )  # fmt: skip
    asked, agrees = list[str](), [True]

    def answer(_parent: QWidget, title: str, _text: str, _accept: str, _refuse: str) -> bool:
        asked.append(title)
        return agrees[-1]

    page = SettingsPage(empty_desk, computer, answer, reminders=True)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.open_at(Place("settings"))
    page.show()
    return Bench(page, look, door, settings, log, asked, agrees)


def test_colours_and_size_count_at_once(bench: Bench) -> None:
    colours, size = bench.page.look.colours, bench.page.look.letters
    assert (colours.value(), size.value()) == ("system", "1.0")
    colours.buttons()[2].click()
    size.buttons()[3].click()
    assert bench.look.worn == ["dark", 2.0]
    bench.look.scale = 1.25
    bench.page.look.show_worn()
    assert size.value() == "1.25"
    assert bench.look.worn == ["dark", 2.0]


def test_the_delay_before_the_lock_is_kept(bench: Bench) -> None:
    assert bench.page.safety.lock_after.value() == "15"
    bench.page.safety.lock_after.buttons()[0].click()
    assert lock_minutes(bench.settings) == 5
    bench.settings.setValue(LOCK_KEY, "7000")
    assert lock_minutes(bench.settings) == 15


def type_phrase(bench: Bench, text: str) -> None:
    safety = bench.page.safety
    safety.passphrase_fold.button.click()
    assert safety.passphrase is not None
    safety.passphrase.passphrase.editor.set_value(text)
    safety.passphrase.passphrase.judge()
    safety.passphrase.keep.click()


def test_the_passphrase_changes_after_a_question(bench: Bench) -> None:
    phrase = "neuf mots tout neufs pour ouvrir ce coffre demain"
    bench.agrees.append(False)
    type_phrase(bench, phrase)
    assert bench.asked == [say.PASSPHRASE_SURE]
    assert bench.door.passphrase == PHRASE
    bench.agrees.append(True)
    panel = bench.page.safety.passphrase
    assert panel is not None
    panel.keep.click()
    assert bench.door.passphrase == phrase
    assert window_of(bench.page.desk).said == [say.PASSPHRASE_CHANGED]
    assert panel.passphrase.value() == ""
    assert not bench.page.safety.passphrase_fold.opened


def test_a_weak_passphrase_cannot_be_kept(bench: Bench) -> None:
    type_phrase(bench, "deux mots")
    assert bench.asked == []
    assert bench.door.passphrase == PHRASE


def test_a_passphrase_half_typed_is_forgotten_with_the_page(bench: Bench) -> None:
    bench.agrees.append(False)
    type_phrase(bench, PHRASE)
    bench.page.keep()
    panel = bench.page.safety.passphrase
    assert panel is not None
    assert panel.passphrase.value() == ""


def test_contacts_may_be_hidden_while_locked(bench: Bench) -> None:
    tick = bench.page.safety.contacts.buttons()[0]
    assert tick.isChecked()
    tick.click()
    assert bench.door.contacts is None
    tick.click()
    assert bench.door.contacts is not None
    assert window_of(bench.page.desk).said == [say.CONTACTS_HIDDEN, say.CONTACTS_SHOWN]


def test_the_sheet_and_the_reminders_are_a_step_away(bench: Bench) -> None:
    assert bench.page.safety.sheet_state.text() == screens_entry.SHEET_NOT_OK
    bench.page.safety.sheet.click()
    bench.page.reminders.click()
    went = window_of(bench.page.desk).places
    assert went == [Place("recovery_sheet"), Place("reminders")]


def test_the_folder_is_copied(bench: Bench) -> None:
    bench.page.folder.copy_folder.click()
    assert QGuiApplication.clipboard().text() == str(Path("/srv/cabinet/coffre"))


def test_the_technical_log_is_read_before_it_is_copied(bench: Bench) -> None:
    page = bench.page
    page.open_at(Place("settings", item=LOG))
    assert page.folder.log.toPlainText() == say.LOG_EMPTY
    assert not page.folder.copy_log.isEnabled()
    bench.log.note("page.show", "home")
    page.open_at(Place("settings", item=LOG))
    assert page.folder.log.isVisible()
    page.folder.copy_log.click()
    assert QGuiApplication.clipboard().text() == page.folder.log.toPlainText()
    assert QGuiApplication.clipboard().text().strip().endswith("page.show home")


def test_about_tells_version_law_and_every_licence(bench: Bench) -> None:
    stems = sorted(path.stem for path in (paths.resources() / "licences").glob("*.txt"))
    shown = [fold.button.text() for fold in bench.page.about.licences]
    assert shown == [say.licence(stem) for stem in stems]
    assert not any("-" in name or "_" in name for name in shown)
    bench.page.about.licences[0].button.click()
    rules = bench.page.desk.session.knowledge.rules
    assert checked_on(bench.page.desk.session.knowledge) in {rule.checked_on for rule in rules}


def test_without_reminders_their_card_is_not_shown(qtbot: QtBot, bench: Bench) -> None:
    page = SettingsPage(bench.page.desk, bench.page._computer)
    qtbot.addWidget(page)
    page.show()
    assert not page.reminders.isVisible()


def test_the_page_holds_at_every_size(bench: Bench) -> None:
    bench.page.open_at(Place("settings", item=LOG))
    bench.page.safety.passphrase_fold.button.click()
    bench.page.activateWindow()
    check_page(bench.page)
