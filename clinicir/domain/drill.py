"""What an exercise leaves behind: how long each step took, what was not done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicir.domain.ids import StepId


@dataclass(frozen=True)
class StepTime:
    """A step that was done."""

    step: StepId
    title: str
    after: timedelta
    """Since the beginning of the exercise."""
    spent: timedelta
    """Since the step before it, or the beginning."""


@dataclass(frozen=True)
class MissedStep:
    """A step that a message called for, or that comes first, and that was not done."""

    step: StepId
    title: str
    expected: str
    """What would have been a good answer to the message; empty for a first step."""


@dataclass(frozen=True)
class MissedDuty:
    """A duty still open when the exercise stopped."""

    rule: str
    title: str
    due_at: datetime | None
    """None for a duty without an hour."""
    at_once: bool
    overdue: bool


@dataclass(frozen=True)
class DrillReport:
    """An exercise seen from its end."""

    drill: str
    title: str
    practice: str
    """The real one, which trained."""
    by: str
    started_at: datetime
    ended_at: datetime
    declared: bool
    """An incident was opened."""
    done: tuple[StepTime, ...]
    missed_steps: tuple[MissedStep, ...]
    missed_duties: tuple[MissedDuty, ...]
    debrief: tuple[str, ...]
    """Questions to talk over together."""

    @property
    def lasted(self) -> timedelta:
        """From the first message to the end."""
        return self.ended_at - self.started_at
