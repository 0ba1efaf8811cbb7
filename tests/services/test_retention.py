"""What is due to be erased, for how long things are kept, and erasing on request."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.services import evidence, incidents, retention
from clinicir.services.incidents import Said
from clinicir.services.session import Session
from clinicir.services.views.home import home_view
from tests.fakes import BY, INCIDENT, START, FakeClock, new_case, store_of

REASON = "durée de conservation échue"


def later(session: Session, days: int) -> None:
    clock = session.clock
    assert isinstance(clock, FakeClock)
    clock.at = clock.at + timedelta(days=days)


def closed_case(tmp_path: Path) -> Session:
    """Ended on its first day, with one exhibit."""
    session = new_case(drill=False)
    piece = tmp_path / "piece.txt"
    piece.write_bytes(b"journal")
    evidence.take_in(session, INCIDENT, piece, evidence.Described("piece", "Une pièce"), BY)
    incidents.close(session, INCIDENT, (), {}, BY)
    return session


def due_scopes(session: Session) -> list[str]:
    return [item.scope for item in retention.due(session)]


def test_nothing_is_due_while_a_case_runs_or_is_young(tmp_path: Path) -> None:
    running = new_case(drill=False)
    later(running, 4000)
    assert retention.due(running) == ()
    session = closed_case(tmp_path)
    later(session, 360)
    assert retention.due(session) == ()


def test_exhibits_after_a_year_everything_after_five(tmp_path: Path) -> None:
    session = closed_case(tmp_path)
    later(session, 366)
    [item] = retention.due(session)
    assert (item.scope, item.number, item.held) == ("evidence", "2027-001", False)
    assert item.since == date(2028, START.month, START.day)
    later(session, 4 * 366)
    assert due_scopes(session) == ["evidence", "incident"]


def test_durations_are_chosen_with_a_reason(tmp_path: Path) -> None:
    session = closed_case(tmp_path)
    assert [(r.scope, r.months) for r in retention.rules(session)] == [
        ("evidence", 12), ("incident", 60),
    ]  # fmt: skip
    retention.set_rules(session, {"evidence": 1}, "peu de place", BY)
    assert [(r.months, r.default_months) for r in retention.rules(session)] == [(1, 12), (60, 60)]
    later(session, 32)
    assert due_scopes(session) == ["evidence"]
    for wrong in ({"evidence": 0}, {"incident": 601}, {"paper": 3}):
        with pytest.raises(UserError, match=r"fact\.bad_value"):
            retention.set_rules(session, wrong, "essai", BY)
    with pytest.raises(UserError, match=r"reason\.missing"):
        retention.set_rules(session, {"evidence": 2}, " ", BY)


def test_a_complaint_is_said_beside_what_is_due(tmp_path: Path) -> None:
    from clinicir.services.notifications import record_submission

    session = new_case(drill=False)
    rule = next(rule for rule in session.knowledge.rules if rule.id.startswith("PLAINTE"))
    record_submission(session, INCIDENT, rule.id, rule.channel, "PV 12", "", BY)
    incidents.close(session, INCIDENT, (), {}, BY)
    later(session, 6 * 366)
    assert [item.held for item in retention.due(session)] == [True]


def test_erasing_the_exhibits_leaves_the_case_and_asks_only_once(tmp_path: Path) -> None:
    session = closed_case(tmp_path)
    later(session, 366)
    retention.erase(session, INCIDENT, "evidence", REASON, BY)
    last = list(session.store.journal(INCIDENT))[-1]
    assert (last.kind, last.detail["reason"]) == ("purge.evidence", REASON)
    assert last.detail["counts"] == {"evidence": 1, "documents": 0, "entries": 3}
    assert store_of(session).objects == {}
    assert retention.due(session) == ()
    assert session.case(INCIDENT).incident.evidence[0].sha256
    assert len(home_view(session).finished) == 1


def test_erasing_an_incident_keeps_its_number_and_its_tombstone(tmp_path: Path) -> None:
    session = closed_case(tmp_path)
    retention.erase(session, INCIDENT, "incident", REASON, BY)
    assert home_view(session).finished == ()
    [stone] = retention.erased(session)
    assert (stone.number, stone.reason, stone.by) == ("2027-001", REASON, BY)
    assert stone.at == session.clock.now()
    other = IncidentId("00000000000000ff")
    incidents.open_incident(session, other, "amelipro", Said(), BY)
    assert session.case(other).incident.number == "2027-002"


def test_a_running_case_and_a_missing_reason_are_refused(tmp_path: Path) -> None:
    session = closed_case(tmp_path)
    with pytest.raises(UserError, match=r"reason\.missing"):
        retention.erase(session, INCIDENT, "incident", "", BY)
    incidents.reopen(session, INCIDENT, "nouveau fait", BY)
    with pytest.raises(UserError, match=r"incident\.not_closed"):
        retention.erase(session, INCIDENT, "incident", REASON, BY)


def test_copies_that_left_are_listed(tmp_path: Path) -> None:
    session = closed_case(tmp_path)
    assert retention.copies(session, INCIDENT) == ()
    evidence.export(session, INCIDENT, "P-001", tmp_path / "copie.bin", BY)
    [copy] = retention.copies(session, INCIDENT)
    assert (copy.kind, copy.label) == ("evidence.export", "copie.bin")
    assert isinstance(copy.at, datetime)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 12, 31), 60, date(2032, 12, 31)),
        (date(2027, 11, 30), 1, date(2027, 12, 30)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(
    day: date, months: int, expected: date
) -> None:
    assert retention._later(day, months) == expected
