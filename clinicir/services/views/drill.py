"""An exercise as its pages show it: messages that have come, then what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.drill import DrillReport, MissedDuty, MissedStep, StepTime
from clinicir.domain.duties import obligations
from clinicir.domain.ids import IncidentId, StepId
from clinicir.domain.obligation import ObligationState, Unit
from clinicir.domain.playbook import Drill, Inject
from clinicir.domain.progress import StepState
from clinicir.domain.route import route
from clinicir.services.drill import DrillRecord, drill_of, drill_record
from clinicir.services.session import Session
from clinicir.services.views.home import incident_card

_SETTLED = (StepState.DONE, StepState.NOT_CONCERNED)
_OPEN = (ObligationState.OPEN, ObligationState.OVERDUE)
_DIRECTION = "consigne"
"""Channel of what the person who leads the exercise says to everybody."""


@dataclass(frozen=True)
class Message:
    """Something that has arrived."""

    id: str
    number: int
    channel: str
    sender: str
    text: str
    direction: bool
    """From whoever leads the exercise, not from the story."""


@dataclass(frozen=True)
class DrillView:
    """What has arrived so far."""

    title: str
    practice: str
    """The fictional one."""
    objectives: tuple[str, ...]
    messages: tuple[Message, ...]
    """The latest first."""
    coming: int
    next_at: datetime | None
    incident: IncidentId | None
    resume: StepId | None
    """Where the incident stands; None without one, or once all is done."""


def drill_view(session: Session) -> DrillView:
    """Read the messages that have arrived by now."""
    drill, record, now = drill_of(session), drill_record(session), session.clock.now()
    arrived = _arrived(drill, record, now)
    coming = drill.injects[len(arrived) :]
    incident = _incident(session)
    card = incident_card(session.case(incident)) if incident else None
    return DrillView(
        title=drill.title,
        practice=session.practice().name,
        objectives=drill.objectives,
        messages=tuple(
            Message(
                inject.id,
                number,
                inject.channel,
                inject.sender,
                inject.text,
                inject.channel == _DIRECTION,
            )
            for number, inject in reversed(tuple(enumerate(arrived, 1)))
        ),
        coming=len(coming),
        next_at=_due(coming[0], record).astimezone(now.tzinfo) if coming else None,
        incident=incident,
        resume=card.resume if card else None,
    )


def drill_report(session: Session) -> DrillReport:
    """What became of the exercise, as it stands or stood at its end."""
    drill, record, now = drill_of(session), drill_record(session), session.clock.now()
    incident = _incident(session)
    case = session.case(incident) if incident else None
    ended_at = record.ended_at or now
    return DrillReport(
        drill=drill.id,
        title=drill.title,
        practice=record.practice,
        by=record.by,
        started_at=record.started_at.astimezone(now.tzinfo),
        ended_at=ended_at.astimezone(now.tzinfo),
        declared=case is not None,
        done=_done(case, record) if case else (),
        missed_steps=_missed_steps(session, case, drill, _arrived(drill, record, ended_at)),
        missed_duties=_missed_duties(case) if case else (),
        debrief=drill.debrief,
    )


def _incident(session: Session) -> IncidentId | None:
    """The one being played: the latest, should several have been opened."""
    return next(reversed(session.store.incidents()), None)


def _due(inject: Inject, record: DrillRecord) -> datetime:
    return record.started_at + timedelta(minutes=inject.at_minute)


def _arrived(drill: Drill, record: DrillRecord, now: datetime) -> tuple[Inject, ...]:
    """In their order; asking for one brings those before it too."""
    by_the_clock = sum(in_utc(_due(inject, record)) <= in_utc(now) for inject in drill.injects)
    return drill.injects[: max(by_the_clock, record.called, 1)]


def _done(case: Case, record: DrillRecord) -> tuple[StepTime, ...]:
    """In the order in which they were written down."""
    noted = [
        (in_utc(step.record.recorded_at), step.step)
        for step in route(case)
        if step.record is not None and step.state is StepState.DONE
    ]
    before, found = in_utc(record.started_at), []
    for at, step in sorted(noted, key=lambda pair: pair[0]):
        found.append(StepTime(step.id, step.title, at - in_utc(record.started_at), at - before))
        before = at
    return tuple(found)


def _missed_steps(
    session: Session, case: Case | None, drill: Drill, arrived: tuple[Inject, ...]
) -> tuple[MissedStep, ...]:
    """First steps and those that a message called for, each once, in the order of the story."""
    scenario = (
        case.scenario if case else session.knowledge.playbooks.scenarios[drill.scenarios[0]]
    )
    wanted: dict[StepId, str] = dict.fromkeys(scenario.first, "")
    for inject in arrived:
        for step in inject.expect:
            wanted[step] = wanted.get(step) or inject.ok
    listed = {step.step.id: step for step in route(case)} if case else {}
    titles = {step.id: step.title for step in scenario.steps}
    return tuple(
        MissedStep(step, titles.get(step) or session.knowledge.step(step).title, expected)
        for step, expected in wanted.items()
        if step not in listed or listed[step].state not in _SETTLED
    )


def _missed_duties(case: Case) -> tuple[MissedDuty, ...]:
    """Duties still open, the most pressing first."""
    found = [
        MissedDuty(
            rule=duty.rule.id,
            title=duty.rule.title,
            due_at=duty.due_at,
            at_once=duty.rule.deadline.unit is Unit.IMMEDIATE,
            overdue=duty.state is ObligationState.OVERDUE,
        )
        for duty in obligations(case)
        if duty.state in _OPEN and (duty.due_at or duty.rule.deadline.unit is Unit.IMMEDIATE)
    ]
    return tuple(sorted(found, key=_pressing))


def _pressing(duty: MissedDuty) -> tuple[bool, bool, float]:
    return not duty.overdue, not duty.at_once, in_utc(duty.due_at).timestamp() if duty.due_at else 0
