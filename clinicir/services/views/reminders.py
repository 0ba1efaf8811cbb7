"""What the reminders show: the limits ahead and past, which of them a calendar knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicir.domain.clock import in_utc
from clinicir.domain.ids import IncidentId, StepId
from clinicir.domain.reminder import Limit, LimitKind
from clinicir.services.reminders import in_calendar, limits, set_back_by
from clinicir.services.session import Session

SOON = timedelta(hours=24)
"""A limit speaks up in its last day."""


@dataclass(frozen=True)
class LimitView:
    """One limit, with where to act on it."""

    limit: Limit
    number: str
    """Case number of its incident."""
    scenario: str
    """Title of the list that is followed."""
    in_calendar: bool

    @property
    def incident(self) -> IncidentId:
        """Of the case."""
        return self.limit.incident

    @property
    def step(self) -> StepId | None:
        """The step that does it."""
        return self.limit.step

    def presses(self, now: datetime) -> bool:
        """A duty in its last day or past, a step whose hour has come."""
        left = in_utc(self.limit.at) - in_utc(now)
        return left <= timedelta(0) if self.limit.kind is LimitKind.STEP else left < SOON

    def is_ahead(self, now: datetime) -> bool:
        """Still to come: a calendar can ring for it."""
        return in_utc(self.limit.at) > in_utc(now)


@dataclass(frozen=True)
class RemindersView:
    """Limits of the running incidents, the first one first."""

    limits: tuple[LimitView, ...]
    now: datetime
    behind: timedelta | None
    """How far the clock is behind what was already written."""

    def pressing(self, now: datetime) -> tuple[LimitView, ...]:
        """Those that must be said now."""
        return tuple(each for each in self.limits if each.presses(now))

    def ahead(self, now: datetime) -> tuple[LimitView, ...]:
        """Those that a calendar can ring for."""
        return tuple(each for each in self.limits if each.is_ahead(now))

    def unkept(self, now: datetime) -> tuple[LimitView, ...]:
        """Due within a day, and no calendar knows it."""
        last = in_utc(now) + SOON
        return tuple(
            each
            for each in self.ahead(now)
            if not each.in_calendar and in_utc(each.limit.at) < last
        )


def reminders_view(session: Session) -> RemindersView:
    """Read the limits of every running incident."""
    found = []
    for limit in limits(session):
        case = session.case(limit.incident)
        found.append(
            LimitView(
                limit, case.incident.number, case.scenario.title, in_calendar(session, limit)
            )
        )
    return RemindersView(tuple(found), session.clock.now(), set_back_by(session))
