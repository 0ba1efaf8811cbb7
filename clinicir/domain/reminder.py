"""Limits still to be kept: what is said again on the screen, and put in a calendar."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.duties import obligations
from clinicir.domain.ids import IncidentId, StepId
from clinicir.domain.incident import IncidentState
from clinicir.domain.obligation import ObligationState
from clinicir.domain.progress import StepState
from clinicir.domain.route import route

_OWED = (ObligationState.OPEN, ObligationState.OVERDUE)


class LimitKind(StrEnum):
    """What comes at that hour."""

    DUTY = "duty"
    """The last moment of a duty."""
    STEP = "step"
    """The hour at which a blocked step is tried again."""


@dataclass(frozen=True)
class Limit:
    """An hour that somebody waits for, on the wall clock of the practice."""

    incident: IncidentId
    kind: LimitKind
    source: str
    """Rule of the duty, or id of the step."""
    title: str
    authority: str
    """Whom the duty is owed to; empty for a step."""
    step: StepId | None
    """Where to do it on the list of steps."""
    at: datetime

    @property
    def key(self) -> str:
        """`duty:CNIL-01`: stays the same when the hour moves."""
        return f"{self.kind.value}:{self.source}"

    @property
    def uid(self) -> str:
        """Stable name in a calendar, from which nothing about the incident can be read."""
        said = f"clinicir/reminder/{self.incident}/{self.key}"
        return f"{hashlib.sha256(said.encode('ascii')).hexdigest()[:32]}@clinicir"


@dataclass(frozen=True)
class Alarm:
    """A limit as a shared calendar may know it: an hour, and nothing else."""

    uid: str
    at: datetime
    sequence: int
    """How many times it was given before; a calendar keeps the highest."""


def limits_of(case: Case) -> tuple[Limit, ...]:
    """Open limits of a case, past ones included, the first one first; none once it has ended."""
    if case.incident.state is IncidentState.CLOSED:
        return ()
    return tuple(sorted((*_duties(case), *_retries(case)), key=lambda limit: in_utc(limit.at)))


def latest_record(case: Case) -> datetime:
    """The last instant at which the program wrote something of this case."""
    incident = case.incident
    instants = [
        incident.opened_at,
        *(step.recorded_at for step in incident.steps.values()),
        *(filing.at for filing in incident.filings),
        *(submission.at for submission in incident.submissions),
        *(paper.at for paper in incident.issued),
        *(decision.at for decision in incident.decisions.values()),
    ]
    return max(instants, key=in_utc)


def _duties(case: Case) -> Iterable[Limit]:
    for duty in obligations(case):
        if duty.state in _OWED and duty.due_at is not None:
            rule = duty.rule
            step = rule.steps[0] if rule.steps else None
            yield Limit(
                case.incident.id, LimitKind.DUTY, rule.id, rule.title, rule.authority, step,
                duty.due_at,
            )  # fmt: skip


def _retries(case: Case) -> Iterable[Limit]:
    for item in route(case):
        retry = item.record.retry_at if item.record else None
        if item.state is StepState.BLOCKED and retry is not None:
            name = item.step.id
            yield Limit(
                case.incident.id, LimitKind.STEP, name, item.step.title, "", name,
                case.local(retry),
            )  # fmt: skip
