"""The board as a person uses it: done, not possible, not ours, corrections, lists."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinicir.domain.practice import Practice
from clinicir.domain.progress import StepState
from clinicir.services import practice as practices
from clinicir.texts import screens_steps as say
from clinicir.ui.desk import Desk
from clinicir.ui.widgets.step_questions import BlockQuestion, ReasonQuestion
from tests.fakes import BY, INCIDENT, PRACTICE, START, FakeCaseStore, new_case
from tests.ui.checks import settle
from tests.ui.fakes import new_desk, window_of
from tests.ui.step_pages import (
    PARIS,
    DraftStore,
    current,
    field_of,
    opened,
    over,
    panel_of,
    press,
    state_of,
    tracker_of,
)

FIRST_SIGN = datetime(2027, 1, 12, 15, 10, tzinfo=PARIS)


def test_a_step_is_done_by_keyboard_and_the_next_one_comes(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    first = field_of(page, "first_sign_at").field.editor
    QTest.keyClicks(first.day.line, "12/01/2027")
    QTest.keyClicks(first.hour, "15h10")
    press(panel_of(page).primary)
    assert state_of(desk, "ALR-01") is StepState.DONE
    assert desk.session.case(INCIDENT).incident.instants["T_ATTACK"] == FIRST_SIGN
    assert current(page) == "AP-01"
    assert window_of(desk).said == [say.step_saved("Notez l’heure de la découverte")]


def test_the_keyboard_is_on_the_main_button_as_soon_as_the_page_is_read(
    qtbot: QtBot, desk: Desk
) -> None:
    page = opened(qtbot, desk)
    assert page.window().focusWidget() is panel_of(page).primary
    panel_of(page).note.first_focus().setFocus()
    page._heard(frozenset({"fact"}))
    assert page.window().focusWidget() is panel_of(page).primary
    assert page.list is not None
    page.list.setFocus()
    link = page.list.findChildren(QWidget)[-1]
    link.setFocus()
    held = page.window().focusWidget()
    page._heard(frozenset({"fact"}))
    assert held is page.window().focusWidget()


def test_what_is_to_do_is_drawn_before_the_rest_of_the_step(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    panel = panel_of(page)
    assert panel.lines.isVisible()
    assert not panel.note.isVisible()
    qtbot.waitUntil(panel.note.isVisible)
    page.open_step("CON-05")
    assert not panel_of(page).note.isVisible()
    panel_of(page).check()
    panel_of(page)._show(panel_of(page).note)
    assert panel_of(page).note.isVisible()


class Flashes(QObject):
    """Keeps the windows that open."""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Parts of a page are never windows, not even for an instant."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("step", ["CON-05", "CON-12"])
def test_no_part_of_a_step_flashes_as_a_window_of_its_own(
    qtbot: QtBot, qapp: QApplication, desk: Desk, step: str
) -> None:
    page, flashes = opened(qtbot, desk), Flashes()
    settle()
    qapp.installEventFilter(flashes)
    page.open_step(step)
    settle()
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def test_a_required_answer_that_misses_is_asked_in_its_place(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.commands()["done"]()
    assert state_of(desk, "ALR-01") is StepState.IN_PROGRESS
    assert current(page) == "ALR-01"
    hour = field_of(page, "first_sign_at")
    assert hour.field.problem == say.MISSING_HOUR
    hour.field.editor.set_value(FIRST_SIGN)
    page.commands()["next_missing"]()
    assert page.window().focusWidget() is panel_of(page).primary


def test_a_missing_file_is_named_and_the_keyboard_is_on_the_button_that_adds_one(
    qtbot: QtBot, desk: Desk
) -> None:
    page = opened(qtbot, desk, "PRV-01")
    page.commands()["done"]()
    panel = panel_of(page)
    assert current(page) == "PRV-01"
    assert panel.proof is not None
    assert panel.proof.problem == say.MISSING_PROOF
    assert page.window().focusWidget() is panel.proof.editor
    panel.primary.setFocus()
    page.commands()["next_missing"]()
    assert page.window().focusWidget() is panel.proof.editor


def test_control_return_answers_the_question_and_not_the_step_under_it(
    qtbot: QtBot, desk: Desk
) -> None:
    page = opened(qtbot, desk, "CON-02")
    panel_of(page).buttons["skip"].click()
    question = over(page)
    assert isinstance(question, ReasonQuestion)
    page.commands()["done"]()
    assert "CON-02" not in desk.session.store.records(INCIDENT, "step")
    question.reason.editor.set_value("Nous n'avons pas ce compte")
    page.commands()["done"]()
    assert state_of(desk, "CON-02") is not StepState.DONE


def test_the_name_of_whoever_wrote_keeps_its_capitals() -> None:
    assert "par Nadia Keller." in say.recorded(None, FIRST_SIGN, "Nadia Keller")
    assert "Dr Durand" in say.blocked("Fermé", "le cabinet du Dr Durand", None)


def test_an_hour_to_come_is_refused_beside_the_hour(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "CON-02")
    panel_of(page).done_at.editor.set_value(START + timedelta(days=1))
    page.commands()["done"]()
    assert panel_of(page).done_at.problem
    assert "CON-02" not in desk.session.store.records(INCIDENT, "step")


def test_the_hour_of_the_act_is_not_that_of_the_entry(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "CON-02")
    panel_of(page).done_at.editor.set_value(FIRST_SIGN)
    panel_of(page).primary.click()
    record = desk.session.case(INCIDENT).incident.steps
    [made] = [step for name, step in record.items() if name == "CON-02"]
    assert (made.done_at, made.recorded_at) == (FIRST_SIGN, START)


def test_a_half_typed_hour_writes_nothing(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    QTest.keyClicks(field_of(page, "first_sign_at").field.editor.day.line, "12/01/2027")
    page.commands()["done"]()
    assert field_of(page, "first_sign_at").field.problem
    assert not desk.session.store.records(INCIDENT, "step")


def test_not_possible_now_asks_why_whom_and_when(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "ALR-08")
    panel_of(page).buttons["block"].click()
    question = over(page)
    assert isinstance(question, BlockQuestion)
    question.save.click()
    assert question.kind.problem == say.REASON_SHORT
    question.kind.editor.set_value(say.BLOCK_REASONS[0])
    question.save.click()
    assert question.whom.problem == say.WHOM_MISSING
    QTest.keyClicks(question.whom.editor, "Assurance Maladie")
    press(question.save)
    record = desk.session.store.records(INCIDENT, "step")["ALR-08"]
    assert (record["state"], record["blocked_on"]) == ("blocked", "Assurance Maladie")
    assert current(page) == "CON-02"


def test_not_ours_needs_a_reason_and_can_be_taken_up_again(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "AP-01")
    panel_of(page).buttons["skip"].click()
    question = over(page)
    assert isinstance(question, ReasonQuestion)
    question.save.click()
    assert question.reason.problem == say.REASON_SHORT
    QTest.keyClicks(question.reason.editor, "Aucune carte ici.")
    question.save.click()
    assert state_of(desk, "AP-01") is StepState.NOT_CONCERNED
    page.open_step("AP-01")
    panel_of(page).buttons["reopen"].click()
    again = over(page)
    assert isinstance(again, ReasonQuestion)
    QTest.keyClicks(again.reason.editor, "Une carte existe.")
    again.save.click()
    assert state_of(desk, "AP-01") is StepState.TODO
    assert current(page) == "AP-01"


def test_coming_back_from_a_question_changes_nothing(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    panel_of(page).buttons["skip"].click()
    question = over(page)
    assert isinstance(question, ReasonQuestion)
    question.back.click()
    assert not page.board.centre.covered
    assert not desk.session.store.records(INCIDENT, "step")


def test_a_settled_answer_changes_by_a_correction_with_its_reason(qtbot: QtBot) -> None:
    session = new_case(instants={"T_ATTACK": FIRST_SIGN.isoformat()})
    page = opened(qtbot, new_desk(session, None))  # type: ignore[arg-type]
    field = field_of(page, "first_sign_at")
    assert field.field.isHidden()
    assert field.known is not None
    field.known.correct.click()
    earlier = FIRST_SIGN - timedelta(minutes=30)
    field.field.editor.set_value(earlier)
    page.commands()["done"]()
    assert field.known.reason.problem == say.REASON_SHORT
    field.known.reason.editor.set_value("Relevé du téléphone")
    page.commands()["done"]()
    assert session.case(INCIDENT).incident.instants["T_ATTACK"] == earlier


def test_the_list_of_addresses_refuses_private_ones_in_place(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "CON-08")
    entry = tracker_of(page).entry
    address, where = (entry.fields[key] for key in ("address", "where"))
    QTest.keyClicks(address.editor, "192.168.1.4")
    QTest.keyClicks(where.editor, "amelipro")
    press(where.editor, Qt.Key.Key_Return)
    assert "192.168.1.4" in str(address.problem)
    assert not desk.session.store.records(INCIDENT, "address")
    address.editor.set_value("203.0.113.7")
    press(where.editor, Qt.Key.Key_Return)
    assert address.problem is None
    assert tracker_of(page).table.rowCount() == 1


def test_the_practice_own_address_is_refused_too(qtbot: QtBot, desk: Desk) -> None:
    own = Practice.from_plain({**PRACTICE, "public_addresses": ["198.51.100.0/24"]})
    practices.save(desk.session, own, BY)
    page = opened(qtbot, desk, "CON-08")
    tracker_of(page).entry.entered.emit([{"address": "198.51.100.9", "where": "box"}])
    assert tracker_of(page).entry.fields["address"].problem
    assert not desk.session.store.records(INCIDENT, "address")


def test_pasted_lines_are_kept_and_the_bad_ones_stay_with_their_reason(
    qtbot: QtBot, desk: Desk
) -> None:
    page = opened(qtbot, desk, "CON-08")
    entry = tracker_of(page).entry
    entry._many.click()
    entry.paste.editor.set_value("203.0.113.7 ; amelipro\n10.0.0.1 ; box\n203.0.113.9\tbox")
    entry._paste_add.click()
    kept = desk.session.store.records(INCIDENT, "address").values()
    assert sorted(str(line["address"]) for line in kept) == ["203.0.113.7", "203.0.113.9"]
    assert entry.paste.editor.value() == "10.0.0.1 ; box"
    assert "10.0.0.1" in str(entry.paste.problem)


def test_chosen_accounts_are_marked_with_who_did_it(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "AP-03")
    tracker = tracker_of(page)
    tracker.entry.entered.emit([{"name": "dr.morel", "system": "amelipro"}])
    tracker.moves["reset"].click()
    assert not tracker.hint.isHidden()
    tracker.table.selectRow(0)
    tracker.moves["reset"].click()
    [line] = desk.session.store.records(INCIDENT, "account").values()
    assert (line["state"], line["by"]) == ("reset", BY)


def test_what_is_half_typed_comes_back_and_goes_once_recorded(qtbot: QtBot) -> None:
    session = new_case()
    store = session.store
    assert isinstance(store, FakeCaseStore)
    store.__class__ = DraftStore
    desk = new_desk(session, None)  # type: ignore[arg-type]
    page = opened(qtbot, desk, "CON-02")
    editor = field_of(page, "clean_device").field.editor
    page.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClicks(editor, "Portable de garde")
    page.keep()
    again = opened(qtbot, desk, "CON-02")
    assert again.first_focus() is field_of(again, "clean_device").field.first_focus()
    assert field_of(again, "clean_device").plain() == "Portable de garde"
    again.commands()["done"]()
    assert desk.session.store.records(INCIDENT, "step")["CON-02"]["answers"] == {
        "clean_device": "Portable de garde"
    }
    assert isinstance(store, DraftStore)
    assert store.load_draft(INCIDENT) == {"steps": {}}
