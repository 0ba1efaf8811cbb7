"""Limits as a calendar file (RFC 5545): hours and alarms, never what they are about.

Calendars are shared and synchronised: no name, no incident, no authority goes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Alarm as Ring
from icalendar import Calendar, Event

from clinicir.domain.clock import in_utc
from clinicir.domain.reminder import Alarm
from clinicir.texts.screens_reminders import calendar_title

_RINGS = (timedelta(hours=-24), timedelta(hours=-6), timedelta(hours=-1))


def calendar_bytes(alarms: Sequence[Alarm], now: datetime, *, drill: bool) -> bytes:
    """One event a limit, in UTC; read again, a newer file replaces the events of an older one."""
    title = calendar_title(drill=drill)
    calendar = Calendar()
    calendar.add("prodid", "-//clinicir//reminders//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for alarm in alarms:
        calendar.add_component(_event(alarm, now, title))
    content: bytes = calendar.to_ical()
    return content


def _event(alarm: Alarm, now: datetime, title: str) -> Event:
    event = Event()
    event.add("uid", alarm.uid)
    event.add("sequence", alarm.sequence)
    event.add("dtstamp", in_utc(now))
    event.add("dtstart", in_utc(alarm.at))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for before in _RINGS:
        ring = Ring()
        ring.add("action", "DISPLAY")
        ring.add("description", title)
        ring.add("trigger", before)
        event.add_component(ring)
    return event
