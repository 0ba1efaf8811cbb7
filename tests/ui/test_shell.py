"""The frame around the pages, from the opening to the lock."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from clinicir.domain.errors import StorageError
from clinicir.services import first_start
from clinicir.ui.application import come_forward
from clinicir.ui.desk import Place
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.who import Who
from clinicir.ui.pages.recovery_sheet import RecoverySheetPage
from clinicir.ui.questions import Question
from clinicir.ui.shell import Shell
from tests.fakes import INCIDENT, clock_of
from tests.ui.fake_door import CODE, FakeDoor
from tests.ui.shells import entry, plain, shown_text, unlock


def test_locking_empties_the_window_and_reopens_at_the_same_place(
    shell: Shell, door: FakeDoor
) -> None:
    shell.start()
    unlock(shell)
    shell.window.go(Place("evidence", INCIDENT, "P-002"))
    page = plain(shell.window)
    shell.menus.actions["lock"].trigger()
    assert page.kept >= 1
    assert not door.is_open
    assert shell.window.page is None
    assert shell.desk is None
    assert shell.window.top.isHidden()
    assert isinstance(shell.entry, Unlock)
    unlock(shell)
    assert shell.window.place == Place("evidence", INCIDENT, "P-002")


def test_after_the_lock_one_is_back_in_the_step_and_the_field(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    shell.window.go(Place("steps", INCIDENT))
    page = plain(shell.window)
    page.item = "AME-03"
    page.second.setFocus()
    assert shell.window.focusWidget() is page.second
    shell.lock()
    unlock(shell)
    again = plain(shell.window)
    assert again is not page
    assert shell.window.place == Place("steps", INCIDENT, "AME-03")
    assert shell.window.focusWidget() is again.second
    assert shell.window.bottom.said.text() == "Nous avons rouvert là où vous étiez."


def test_the_delay_before_the_lock_is_that_of_the_settings(shell: Shell) -> None:
    shell.settings.setValue("lock/minutes", 5)
    shell.start()
    unlock(shell)
    for _ in range(5 * 60 - 1):
        shell.idle.tick()
    assert shell.desk is not None
    shell.idle.tick()
    assert shell.desk is None


def test_nothing_locks_while_a_work_goes_on_and_a_question_is_answered_first(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.start()
    unlock(shell)
    monkeypatch.setattr(shell.jobs, "_waiting", 1)
    for _ in range(20 * 60):
        shell.idle.tick()
    assert shell.desk is not None
    monkeypatch.setattr(shell.jobs, "_waiting", 0)
    question = Question(shell.window, "Copier", "Hors du coffre", "Copier", "Ne pas copier")
    question.open()
    for _ in range(15 * 60):
        shell.idle.tick()
    assert question.result() == QDialog.DialogCode.Rejected
    assert not question.isVisible()
    assert shell.desk is not None, "the page is still there when its question is answered"
    shell.idle.tick()
    assert shell.desk is None


@pytest.mark.parametrize("ours", [True, False])
def test_what_was_copied_here_does_not_stay_in_the_clipboard(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, *, ours: bool
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)
    shell.start()
    unlock(shell)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("1 85 05 78 006 084 36")
    shell.lock()
    assert bool(clipboard.text()) is not ours
    clipboard.clear()


def test_tabs_follow_the_incident_and_only_there(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    window = shell.window
    window.go(Place("steps", INCIDENT))
    assert window.top.tabs.isVisible()
    assert [window.top.tabs.tabText(n) for n in range(window.top.tabs.count())] == [
        "Étapes", "Preuves", "Journal",
    ]  # fmt: skip
    shell.menus.actions["next_tab"].trigger()
    assert window.place == Place("evidence", INCIDENT)
    shell.menus.actions["previous_tab"].trigger()
    assert window.place == Place("steps", INCIDENT)
    window.go(Place("home"))
    assert window.top.tabs.isHidden()
    assert "next_tab" not in shell.menus.actions
    window.back()
    assert window.place == Place("steps", INCIDENT)
    window.go(Place("copy_assistant", INCIDENT))
    assert window.place == Place("steps", INCIDENT), "a page that does not exist is not gone to"


def test_what_was_saved_is_said_with_its_hour(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    assert shell.desk is not None
    shell.desk.tell_changed(frozenset({"step"}))
    assert "17" in shell.window.bottom.saved.text()
    shell.menus.actions["save"].trigger()
    assert "Déjà enregistré" in shell.window.bottom.said.text()


def test_the_sheet_is_proven_by_two_groups(shell: Shell, door: FakeDoor, tmp_path: Path) -> None:
    shell.start()
    unlock(shell)
    assert shell.window.sheet_band.isVisible()
    shell.window.sheet_button.click()
    page = shell.window.page
    assert isinstance(page, RecoverySheetPage)
    assert shell.window.sheet_band.isHidden(), "not on the page that answers it"
    page.renew.click()
    page.save_to(tmp_path / "fiche.pdf")
    assert CODE.encode() in (tmp_path / "fiche.pdf").read_bytes()
    page.typed[0].set_value("AAAA")
    page.check()
    assert page.fields[0].problem is not None
    groups = CODE.split("-")
    for field, line in zip(page.fields, page.typed, strict=True):
        number = int(field.label.text().split()[-1])
        line.set_value(groups[number - 1].lower().replace("0", "o"))
    page.check()
    assert shell.desk is not None
    assert first_start.sheet_is_checked(shell.desk.session)
    assert shell.window.place == Place("home")
    assert shell.window.sheet_band.isHidden()


def test_the_sheet_asked_by_a_step_leads_back_to_that_step(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    shell.window.go(Place("recovery_sheet", INCIDENT, "RET-02"))
    page = shell.window.page
    assert isinstance(page, RecoverySheetPage)
    page.renew.click()
    groups = CODE.split("-")
    for field, line in zip(page.fields, page.typed, strict=True):
        line.set_value(groups[int(field.label.text().split()[-1]) - 1])
    page.check()
    assert shell.window.place == Place("steps", INCIDENT, "RET-02")


def test_contacts_are_kept_in_clear_only_when_wanted(shell: Shell, door: FakeDoor) -> None:
    shell.start()
    unlock(shell)
    assert door.contacts is not None
    assert [c.phone for c in door.contacts] == ["03 53 01 12 35"]
    shell.window.go(Place("gestures"))
    page = shell.window.page
    shown = getattr(page, "shown", None)
    assert shown is not None
    shown.buttons()[0].click()
    assert door.contacts is None
    shell.lock()
    unlock(shell)
    assert door.contacts is None, "a refusal is remembered"


def test_a_vault_that_only_reads_says_why_in_one_sentence(shell: Shell, door: FakeDoor) -> None:
    door.read_only = "disk.readonly"
    shell.start()
    unlock(shell)
    assert shell.window.read_only_band.isVisible()
    assert "refuse l’écriture" in shown_text(shell.window.read_only_band)
    shell.window.bottom.who.click()
    who = entry(shell, Who)
    assert isinstance(who, Who)
    who.submit()
    assert shell.window.read_only_band.isVisible(), "another person, the same vault"
    door.read_only = None
    shell.lock()
    unlock(shell)
    assert shell.window.read_only_band.isHidden()
    shell.window.explain(StorageError("vault.read_only", because="disk.full"))
    assert "disque est plein" in shown_text(shell.window.read_only_band)


def test_an_older_copy_put_back_is_said_once_calmly(shell: Shell, door: FakeDoor) -> None:
    door.rolled_back = True
    shell.start()
    unlock(shell)
    assert shell.window.rolled_back_band.isVisible()
    shell.window.rolled_back_button.click()
    assert shell.window.rolled_back_band.isHidden()
    shell.window.bottom.who.click()
    who = entry(shell, Who)
    assert isinstance(who, Who)
    who.submit()
    assert shell.window.rolled_back_band.isHidden(), "said once for one opening"


def test_a_drill_is_marked_above_below_and_in_the_title(shell: Shell, door: FakeDoor) -> None:
    door.store.drill = True
    shell.start()
    assert all(band.isHidden() for band in shell.window.drill_bands)
    unlock(shell)
    assert all(band.isVisible() for band in shell.window.drill_bands)
    assert shell.window.windowTitle().startswith("EXERCICE")


def test_an_idle_window_warns_then_locks(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    for _ in range(14 * 60):
        shell.idle.tick()
    assert shell.window.idle_band.isVisible()
    shell.window.stay_button.click()
    assert shell.window.idle_band.isHidden()
    for _ in range(15 * 60):
        shell.idle.tick()
    assert isinstance(shell.entry, Unlock)


def test_the_window_is_never_smaller_than_the_drawings_and_grows_its_text(shell: Shell) -> None:
    shell.start()
    assert shell.window.minimumWidth() == 1024
    assert shell.window.minimumHeight() == 700
    before = QApplication.font().pointSizeF()
    shell.menus.actions["larger"].trigger()
    assert QApplication.font().pointSizeF() > before
    shell.menus.actions["smaller"].trigger()
    assert QApplication.font().pointSizeF() == pytest.approx(before)


def test_a_second_start_brings_back_a_window_put_away(shell: Shell) -> None:
    shell.start()
    shell.window.showMinimized()
    assert shell.window.isMinimized()
    come_forward(shell.window)
    assert not shell.window.isMinimized()


def test_one_band_at_most_stands_over_a_step(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    assert shell.desk is not None
    window = shell.window
    window.go(Place("steps", INCIDENT))
    assert window.sheet_band.isVisible()
    clock_of(shell.desk.session).advance(hours=60)
    assert window.watch is not None
    window.watch.read()
    window.go(Place("evidence", INCIDENT))
    assert window.reminders.text
    assert window.sheet_band.isHidden()
    window.go(Place("home"))
    assert window.sheet_band.isVisible()
    clock_of(shell.desk.session).advance(hours=-60)  # closing asks nothing far from a limit


def test_an_exhibit_added_from_a_step_belongs_to_that_step(shell: Shell) -> None:
    shell.start()
    unlock(shell)
    window = shell.window
    for command in ("add_evidence", "paste_evidence"):
        window.go(Place("steps", INCIDENT, "CON-05"))
        plain(window).item = "CON-12"
        shell.menus.actions[command].trigger()
        assert window.place == Place("evidence", INCIDENT, "CON-12")
