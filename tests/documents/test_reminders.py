"""The calendar file as any calendar would read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from clinicir.documents.reminders import calendar_bytes
from clinicir.domain.reminder import Alarm

NOW = datetime(2027, 1, 12, 16, 10, tzinfo=UTC)
ALARM = Alarm("0123456789abcdef0123456789abcdef@clinicir", NOW + timedelta(hours=72), 3)


def test_an_event_rings_three_times_and_says_nothing() -> None:
    calendar: Any = Calendar.from_ical(calendar_bytes([ALARM], NOW, drill=False))
    assert str(calendar["method"]) == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "\u00c9ch\u00e9ance \u00e0 tenir (clinicir)"
    assert (str(event["uid"]), int(event["sequence"])) == (ALARM.uid, 3)
    assert event["dtstart"].dt == ALARM.at
    rings = [ring["trigger"].dt for ring in event.walk("VALARM")]
    assert rings == [timedelta(hours=-24), timedelta(hours=-6), timedelta(hours=-1)]
    assert {str(ring["description"]) for ring in event.walk("VALARM")} == {str(event["summary"])}
    assert not {"description", "location", "attendee", "organizer"} & {key.lower() for key in event}


def test_the_instant_is_written_in_utc_without_a_time_zone() -> None:
    content = calendar_bytes([ALARM], NOW, drill=False)
    assert b"DTSTART:20270115T161000Z" in content
    assert b"TZID" not in content
    assert b"VTIMEZONE" not in content


def test_a_drill_cannot_be_taken_for_real_in_a_calendar() -> None:
    calendar: Any = Calendar.from_ical(calendar_bytes([ALARM], NOW, drill=True))
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]).startswith("EXERCICE")
