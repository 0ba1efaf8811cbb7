"""Limits ahead, the calendar file that is made of them, a clock that goes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.ids import IncidentId
from clinicir.domain.reminder import LimitKind
from clinicir.services import incidents, reminders, steps
from clinicir.services.incidents import Said
from clinicir.services.notifications import file_notification
from clinicir.services.reminders import CalendarFile, ClockWatch
from clinicir.services.session import Session
from clinicir.services.views.reminders import reminders_view
from tests.fakes import BY, INCIDENT, PRACTICE, START, FakeClock, new_case, store_of

LEARNT = {"T_BREACH": "2027-01-12T16:00:00+01:00"}
FACTS = {"personal_data": "yes"}
PRINTER = PaperPrinter("0123456789abcdef" * 2, paths.fonts())


def clock_of(session: Session) -> FakeClock:
    clock = session.clock
    assert isinstance(clock, FakeClock)
    return clock


def a_case() -> Session:
    """The CNIL is owed 72 hours."""
    return new_case(facts=FACTS, instants=LEARNT, drill=False)


def made(session: Session) -> CalendarFile:
    """A calendar file, noted as saved."""
    file = reminders.calendar_file(session, PRINTER)
    assert file is not None
    reminders.note_made(session, file, BY)
    return file


def events_of(file: CalendarFile) -> dict[str, tuple[datetime, int]]:
    """Instant and sequence of each event, by its identifier."""
    calendar: Any = Calendar.from_ical(file.content)
    return {
        str(event["uid"]): (event["dtstart"].dt, int(event["sequence"]))
        for event in calendar.walk("VEVENT")
    }


def test_the_limit_of_the_cnil_is_first_given_in_utc() -> None:
    session = a_case()
    (cnil, *_) = reminders.limits(session)
    assert (cnil.source, cnil.kind) == ("CNIL-01", LimitKind.DUTY)
    assert events_of(made(session))[cnil.uid] == (datetime(2027, 1, 15, 15, tzinfo=UTC), 0)


def test_reading_twice_updates_instead_of_adding() -> None:
    session = a_case()
    first = events_of(made(session))
    incidents.correct(
        session, INCIDENT,
        Said(instants={"T_BREACH": datetime.fromisoformat("2027-01-12T15:00:00+01:00")}),
        "heure relue sur le message", BY,
    )  # fmt: skip
    second = events_of(made(session))
    cnil = reminders.limits(session)[0].uid
    assert first.keys() == second.keys()
    assert second[cnil] == (datetime(2027, 1, 15, 14, tzinfo=UTC), 1)


def test_a_limit_that_moved_is_no_longer_in_the_calendar() -> None:
    session = a_case()
    assert not reminders.in_calendar(session, reminders.limits(session)[0])
    made(session)
    assert reminders.in_calendar(session, reminders.limits(session)[0])
    assert store_of(session).entries[-1].kind == "reminder.made"
    incidents.correct(
        session, INCIDENT,
        Said(instants={"T_BREACH": datetime.fromisoformat("2027-01-12T15:00:00+01:00")}),
        "heure relue sur le message", BY,
    )  # fmt: skip
    assert not reminders.in_calendar(session, reminders.limits(session)[0])


def test_the_complement_takes_the_place_of_the_first_filing() -> None:
    session = a_case()
    file_notification(session, INCIDENT, "initiale", "", "", BY)
    sources = [limit.source for limit in reminders.limits(session)]
    assert "CNIL-04" in sources
    assert "CNIL-01" not in sources


def test_a_blocked_step_comes_back_at_its_hour() -> None:
    session = a_case()
    retry = START + timedelta(hours=1)
    steps.block(session, INCIDENT, "ALR-01", "personne ne répond", "éditeur", retry, BY)
    view = reminders_view(session)
    assert view.limits[0].limit.kind is LimitKind.STEP
    assert view.limits[0] not in view.pressing(START)
    assert view.limits[0] in view.pressing(retry)


def test_a_duty_presses_in_its_last_day_and_after() -> None:
    session = a_case()
    view = reminders_view(session)
    cnil = next(each for each in view.limits if each.limit.source == "CNIL-01")
    due = cnil.limit.at
    assert [cnil.presses(due - timedelta(hours=hours)) for hours in (25, 24, 23, 0, -3)] == [
        False, False, True, True, True,
    ]  # fmt: skip
    assert cnil in view.unkept(due - timedelta(hours=3))
    assert cnil not in view.unkept(due + timedelta(hours=3))


def test_nothing_is_given_of_a_closed_incident_or_of_the_past() -> None:
    session = a_case()
    clock_of(session).advance(days=60)
    assert reminders.limits(session) != ()
    assert reminders.calendar_file(session, PRINTER) is None
    incidents.close(session, INCIDENT, (), {}, BY)
    assert reminders.limits(session) == ()


def test_limits_of_two_incidents_have_names_of_their_own() -> None:
    session = a_case()
    other = IncidentId("00000000000000a2")
    learnt = {"T_BREACH": START}
    incidents.open_incident(session, other, "amelipro", Said(FACTS, learnt), BY)
    found = reminders.limits(session)
    assert len({limit.uid for limit in found}) == len(found)
    assert all(INCIDENT not in limit.uid for limit in found)
    made(session)
    assert [entry.incident for entry in store_of(session).entries[-2:]] == [INCIDENT, other]


def test_across_the_change_of_october_the_hours_are_counted_not_the_clock() -> None:
    at = datetime.fromisoformat("2026-10-23T20:30:00+02:00")
    session = new_case(
        facts=FACTS, instants={"T_BREACH": "2026-10-23T20:00:00+02:00"}, at=at, drill=False
    )
    cnil = reminders.limits(session)[0]
    assert cnil.at.isoformat() == "2026-10-26T19:00:00+01:00"
    assert events_of(made(session))[cnil.uid][0] == datetime(2026, 10, 26, 18, tzinfo=UTC)


def test_overseas_the_calendar_holds_the_same_instant() -> None:
    session = new_case(
        practice={**PRACTICE, "department": "974"}, facts=FACTS,
        instants={"T_BREACH": "2027-01-12T20:00:00+04:00"}, drill=False,
    )  # fmt: skip
    cnil = reminders.limits(session)[0]
    assert cnil.at.isoformat() == "2027-01-15T20:00:00+04:00"
    assert events_of(made(session))[cnil.uid][0] == datetime(2027, 1, 15, 16, tzinfo=UTC)


def test_a_clock_set_back_is_seen_while_working_and_at_the_next_opening() -> None:
    session = a_case()
    clock = clock_of(session)
    watch = ClockWatch(clock)
    clock.advance(hours=1)
    assert watch.went_back() is None
    clock.first -= timedelta(hours=2)
    clock.advance(hours=-2)
    assert watch.went_back() == timedelta(hours=2)
    assert watch.went_back() is None
    assert reminders.set_back_by(session) == timedelta(hours=1)


def test_a_small_correction_of_the_clock_is_ordinary() -> None:
    session = a_case()
    clock_of(session).advance(seconds=-90)
    assert reminders.set_back_by(session) is None
