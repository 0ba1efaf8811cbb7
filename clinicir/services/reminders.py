"""Limits of all the running incidents, their calendar file, and a watch on the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import Clock, in_utc, to_wire
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.incident import IncidentState
from clinicir.domain.reminder import Alarm, Limit, latest_record, limits_of
from clinicir.services.ports import Printer
from clinicir.services.session import Session

KIND = "reminder"
_KEY = "reminder"
BACKWARDS = timedelta(minutes=2)
"""Less than this is the ordinary correction of a clock."""


@dataclass(frozen=True)
class CalendarFile:
    """Bytes to save, and the limits that they hold."""

    content: bytes
    limits: tuple[Limit, ...]


def limits(session: Session) -> tuple[Limit, ...]:
    """Of every running incident, the first one first."""
    cases = (session.case(incident) for incident in session.store.incidents())
    found = [limit for case in cases for limit in limits_of(case)]
    return tuple(sorted(found, key=lambda limit: in_utc(limit.at)))


def calendar_file(session: Session, printer: Printer) -> CalendarFile | None:
    """What is still to come, for a calendar; None when nothing is."""
    now = session.clock.now()
    ahead = tuple(limit for limit in limits(session) if in_utc(limit.at) > in_utc(now))
    if not ahead:
        return None
    alarms = tuple(
        Alarm(limit.uid, limit.at, _times_made(session, limit.incident)) for limit in ahead
    )
    return CalendarFile(printer.calendar(alarms, now, drill=session.store.drill), ahead)


def note_made(session: Session, file: CalendarFile, by: str) -> None:
    """One entry for each incident whose limits left in a calendar file."""
    now = session.clock.now()
    for incident in dict.fromkeys(limit.incident for limit in file.limits):
        mine = {limit.key: to_wire(limit.at) for limit in file.limits if limit.incident == incident}
        given: dict[str, Plain] = dict(mine)
        record: dict[str, Plain] = {
            "at": to_wire(now), "made": _times_made(session, incident) + 1, "limits": given,
        }  # fmt: skip
        changes = Changes("reminder.made", (Operation(KIND, _KEY, record),))
        session.commit(incident, changes, by)


def in_calendar(session: Session, limit: Limit) -> bool:
    """This very hour was given to a calendar; false again as soon as it moves."""
    given = _record(session, limit.incident).get("limits")
    return isinstance(given, dict) and given.get(limit.key) == to_wire(limit.at)


def set_back_by(session: Session) -> timedelta | None:
    """How far the clock is behind what was already written; None when it is not."""
    now = in_utc(session.clock.now())
    cases = (session.case(incident) for incident in session.store.incidents())
    running = (case for case in cases if case.incident.state is IncidentState.OPEN)
    latest = max((in_utc(latest_record(case)) for case in running), default=now)
    gap = latest - now
    return gap if gap > BACKWARDS else None


class ClockWatch:
    """Compares the wall clock with the counter that never goes back, while the program runs."""

    def __init__(self, clock: Clock) -> None:
        """What the clock says now is taken as right."""
        self._clock = clock
        self._last = self._read()

    def went_back(self) -> timedelta | None:
        """How far the clock was set back since the last look, None when it was not."""
        before, after = self._last, self._read()
        self._last = after
        lost = (before[0] + timedelta(milliseconds=after[1] - before[1])) - after[0]
        return lost if lost > BACKWARDS else None

    def _read(self) -> tuple[datetime, int]:
        return in_utc(self._clock.now()), self._clock.monotonic_ms()


def _record(session: Session, incident: IncidentId) -> Mapping[str, Plain]:
    return session.store.records(incident, KIND).get(_KEY, {})


def _times_made(session: Session, incident: IncidentId) -> int:
    made = _record(session, incident).get("made")
    return made if isinstance(made, int) else 0
