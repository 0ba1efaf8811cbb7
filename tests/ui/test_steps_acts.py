"""Pause points, ten seconds to take back, lines mended, blocked steps that come back."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicir.domain.practice import Practice
from clinicir.domain.progress import StepState
from clinicir.services import practice as practices
from clinicir.services import steps, trackers
from clinicir.services.views.board import board_view
from clinicir.services.views.gate import gate_view
from clinicir.texts import screens_gates
from clinicir.texts import screens_steps as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.steps import BLOCKING_LETTER
from clinicir.ui.widgets.gate import Gate
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.step_line import LineQuestion
from clinicir.ui.widgets.step_trackers import ADDRESSES
from tests.fakes import BY, INCIDENT, PRACTICE, START, clock_of, new_case, store_of
from tests.ui.checks import check_page
from tests.ui.fakes import new_desk, window_of
from tests.ui.step_pages import PARIS, current, opened, over, panel_of, state_of, tracker_of


def gate_of(page: QWidget) -> Gate:
    """The pause point over the page."""
    [found] = page.findChildren(Gate)
    return found


def test_a_pause_point_is_read_back_by_two_before_its_step_is_done(qtbot: QtBot) -> None:
    desk = new_desk(new_case("rancongiciel"), None)  # type: ignore[arg-type]
    two = Practice.from_plain({**PRACTICE, "dpo": {"first_name": "Paul", "last_name": "Lacroix"}})
    practices.save(desk.session, two, BY)
    page = opened(qtbot, desk, "PRV-09")
    page.commands()["done"]()
    gate = gate_of(page)
    assert page.board.reading
    assert "PRV-09" not in desk.session.store.records(INCIDENT, "step")
    assert len(gate.names) == 2
    gate.confirm.click()
    assert gate.names[1].problem == screens_gates.NAME_MISSING
    QTest.keyClicks(gate.names[1].editor, BY)
    gate.confirm.click()
    assert gate.names[1].problem == screens_gates.SAME_NAME
    gate.names[1].editor.set_value("Paul Lacroix")
    gate.confirm.click()
    assert not page.board.reading
    assert state_of(desk, "PRV-09") is not StepState.TODO
    kept = desk.session.store.records(INCIDENT, "gate")["G2"]
    assert kept["readers"] == [BY, "Paul Lacroix"]


def test_alone_in_a_practice_one_name_is_enough(qtbot: QtBot) -> None:
    desk = new_desk(new_case("rancongiciel"), None)  # type: ignore[arg-type]
    page = opened(qtbot, desk, "PRV-09")
    page.commands()["done"]()
    gate_of(page).confirm.click()
    assert desk.session.store.records(INCIDENT, "gate")["G2"]["readers"] == [BY]


def test_coming_back_from_a_pause_point_changes_nothing(qtbot: QtBot) -> None:
    desk = new_desk(new_case("rancongiciel"), None)  # type: ignore[arg-type]
    page = opened(qtbot, desk, "PRV-09")
    page.commands()["done"]()
    QTest.keyClick(gate_of(page), Qt.Key.Key_Escape)
    assert not page.board.reading
    assert not desk.session.store.records(INCIDENT, "gate")
    assert current(page) == "PRV-09"


def test_what_covers_a_step_can_be_read_and_reached_at_every_size(qtbot: QtBot) -> None:
    session = new_case("rancongiciel")
    line = {"address": "203.0.113.7", "where": "amelipro"}
    mending = LineQuestion(ADDRESSES, line, [("P-001", "Photo")], PARIS)
    both = QWidget()
    both.setLayout(column(mending, mending.foot))
    for widget in (Gate(gate_view(session, INCIDENT, "G3"), BY), both):
        qtbot.addWidget(widget)
        widget.show()
        check_page(widget)
        widget.hide()


def test_what_is_done_can_be_taken_back_for_ten_seconds(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "CON-02")
    page.commands()["done"]()
    assert state_of(desk, "CON-02") is StepState.DONE
    assert current(page) != "CON-02"
    assert page.board.undo.isVisible()
    page.board.undo.undo.setFocus()
    QTest.keyClick(page.board.undo.undo, Qt.Key.Key_Space)
    assert state_of(desk, "CON-02") is StepState.TODO
    assert current(page) == "CON-02"
    assert page.board.undo.isHidden()
    kinds = [entry.kind for entry in store_of(desk.session).entries[-2:]]
    assert kinds == ["step.complete", "step.reopen"]
    assert window_of(desk).said[-1] == say.UNDONE


def test_the_offer_goes_by_itself_but_never_under_the_keyboard(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "CON-02")
    page.commands()["done"]()
    bar = page.board.undo
    page.activateWindow()
    bar.undo.setFocus()
    qtbot.waitUntil(bar.undo.hasFocus)
    bar._timer.timeout.emit()
    assert bar.isVisible()
    panel_of(page).primary.setFocus()
    bar._timer.timeout.emit()
    assert bar.isHidden()


def test_a_blocked_step_whose_hour_has_come_is_shown_first(qtbot: QtBot, desk: Desk) -> None:
    steps.block(
        desk.session, INCIDENT, "CON-02", "Personne ne répond", "Info-Lorraine",
        START + timedelta(hours=1), BY,
    )  # fmt: skip
    assert board_view(desk.session, INCIDENT).current.step.id == "ALR-01"
    page = opened(qtbot, desk)
    assert current(page) == "ALR-01"
    clock_of(desk.session).advance(hours=2)
    page._tick()
    assert page.list is not None
    assert page.list.rows[0].line.id == "CON-02"
    assert panel_of(page).view.following() == "CON-02"
    assert board_view(desk.session, INCIDENT).current.step.id == "CON-02"


def lined(qtbot: QtBot, desk: Desk) -> LineQuestion:
    """The question about the one address of the case."""
    line = {"address": "203.0.113.7", "where": "amelipro"}
    trackers.track(desk.session, INCIDENT, [], [line], BY)
    page = opened(qtbot, desk, "CON-08")
    tracker = tracker_of(page)
    tracker.edit.click()
    assert not tracker.hint.isHidden()
    tracker.table.selectRow(0)
    tracker.edit.click()
    question = over(page)
    assert isinstance(question, LineQuestion)
    return question


def test_a_line_is_mended_with_its_reason_and_never_becomes_a_private_address(
    qtbot: QtBot, desk: Desk
) -> None:
    question = lined(qtbot, desk)
    question.texts["address"].editor.set_value("10.0.0.1")
    question.save.click()
    assert question.reason.problem
    question.reason.editor.set_value("Faute de frappe")
    question.save.click()
    assert "10.0.0.1" in str(question.texts["address"].problem)
    question.texts["address"].editor.set_value("203.0.113.8")
    question.state.editor.set_value("blocked")
    question.save.click()
    [kept] = desk.session.store.records(INCIDENT, "address").values()
    assert (kept["address"], kept["state"]) == ("203.0.113.8", "blocked")
    assert store_of(desk.session).entries[-1].detail["reason"] == "Faute de frappe"


def test_a_line_is_taken_away_with_its_reason(qtbot: QtBot, desk: Desk) -> None:
    question = lined(qtbot, desk)
    question.reason.editor.set_value("Adresse du voisin")
    question.remove.click()
    assert not desk.session.store.records(INCIDENT, "address")


def test_the_letter_that_asks_to_block_is_one_click_away(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "CON-08")
    tracker = tracker_of(page)
    assert tracker.letter.isHidden()
    tracker.entry.entered.emit([{"address": "203.0.113.7", "where": "amelipro"}])
    tracker.letter.click()
    assert window_of(desk).places[-1] == Place("documents", INCIDENT, BLOCKING_LETTER)
