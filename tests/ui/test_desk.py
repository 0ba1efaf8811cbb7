"""The desk that the page tests stand on keeps its promises."""

from __future__ import annotations

from clinicir.domain.errors import UserError
from clinicir.ui.desk import Desk, Place
from tests.fakes import INCIDENT
from tests.ui.fakes import window_of


def test_results_and_errors_come_back_at_once(desk: Desk) -> None:
    told: list[object] = []
    desk.jobs.run(lambda: desk.session.case(INCIDENT).incident.scenario, told.append)
    desk.jobs.run(lambda: desk.session.find("2099-999"), told.append)
    assert told == ["amelipro"]
    [error] = window_of(desk).errors
    assert isinstance(error, UserError)
    assert error.code == "incident.unknown"


def test_a_page_hears_of_changes_and_the_window_of_moves(desk: Desk) -> None:
    heard: list[frozenset[str]] = []
    desk.changed.append(heard.append)
    desk.tell_changed(frozenset({"step"}))
    desk.window.go(Place("steps", INCIDENT))
    assert heard == [frozenset({"step"})]
    assert window_of(desk).places == [Place("steps", INCIDENT)]
