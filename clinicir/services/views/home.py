"""What the home page shows: cases under way, where to resume, how ready the practice is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.closing import review_day
from clinicir.domain.deadline import Remaining, remaining
from clinicir.domain.duties import due_next, obligations
from clinicir.domain.ids import IncidentId, StepId
from clinicir.domain.incident import IncidentState
from clinicir.domain.progress import StepState
from clinicir.domain.route import RouteStep, route
from clinicir.services.session import Session
from clinicir.services.views.readiness import ReadinessView, readiness_view


@dataclass(frozen=True)
class NextLimit:
    """The open duty that is due first."""

    rule: str
    title: str
    authority: str
    due_at: datetime
    left: Remaining


@dataclass(frozen=True)
class IncidentCard:
    """One case on the home page."""

    id: IncidentId
    number: str
    title: str
    """Title of the scenario followed."""
    opened_at: datetime
    closed: bool
    steps_done: int
    steps_total: int
    """Steps that concern this case: those set aside are not counted."""
    resume: StepId | None
    """None when nothing is left to do."""
    resume_title: str
    limit: NextLimit | None
    review_on: date | None = None
    """Day chosen at the end to look at it again; None for a case under way."""


@dataclass(frozen=True)
class HomeView:
    """The home page at one instant."""

    practice: str
    """Empty in a vault without a practice sheet."""
    running: tuple[IncidentCard, ...]
    """The most urgent first."""
    finished: tuple[IncidentCard, ...]
    """The latest first."""
    readiness: ReadinessView
    drill: bool
    now: datetime

    @property
    def register_count(self) -> int:
        """Every incident has its line in the register."""
        return len(self.running) + len(self.finished)

    @property
    def to_review(self) -> tuple[IncidentCard, ...]:
        """Ended cases whose day has come."""
        today = self.now.date()
        return tuple(c for c in self.finished if c.review_on and c.review_on <= today)


def home_view(session: Session) -> HomeView:
    """Read everything that the home page needs."""
    cards = [incident_card(session.case(incident)) for incident in session.store.incidents()]
    named = session.store.records(None, "practice").get("practice", {})
    return HomeView(
        practice=str(named.get("name", "")),
        running=tuple(sorted((c for c in cards if not c.closed), key=_urgency)),
        finished=tuple(reversed([c for c in cards if c.closed])),
        readiness=readiness_view(session),
        drill=session.store.drill,
        now=session.clock.now(),
    )


def incident_card(case: Case) -> IncidentCard:
    """One case in a few words."""
    steps = [step for step in route(case) if step.state is not StepState.NOT_CONCERNED]
    resume = where_to_resume(case, steps)
    closed = case.incident.state is IncidentState.CLOSED
    return IncidentCard(
        id=case.incident.id,
        number=case.incident.number,
        title=case.scenario.title,
        opened_at=case.local(case.incident.opened_at),
        closed=closed,
        steps_done=sum(step.state is StepState.DONE for step in steps),
        steps_total=len(steps),
        resume=resume.step.id if resume else None,
        resume_title=resume.step.title if resume else "",
        limit=_next_limit(case),
        review_on=review_day(case.incident.closing) if closed else None,
    )


def where_to_resume(case: Case, steps: Iterable[RouteStep]) -> RouteStep | None:
    """The step begun last; else the first urgent one to do, else the first one, else a blocked."""
    listed = list(steps)
    begun = [
        (in_utc(step.record.recorded_at), step)
        for step in listed
        if step.record is not None and step.state is StepState.IN_PROGRESS
    ]
    if begun:
        return max(begun, key=lambda pair: pair[0])[1]
    waiting = {step.step.id: step for step in listed if step.state is StepState.TODO}
    for urgent in case.scenario.first:
        if urgent in waiting:
            return waiting[urgent]
    blocked = [step for step in listed if step.state is StepState.BLOCKED]
    return next(iter([*waiting.values(), *blocked]), None)


def _next_limit(case: Case) -> NextLimit | None:
    duty = due_next(obligations(case))
    if duty is None or duty.due_at is None:
        return None
    rule = duty.rule
    left = remaining(duty.due_at, case.now)
    return NextLimit(rule.id, rule.title, rule.authority, duty.due_at, left)


def nearest_limit(session: Session) -> datetime | None:
    """Instant of the duty that is due first among the cases under way; what it is stays unsaid."""
    cases = (session.case(incident) for incident in session.store.incidents())
    limits = (_next_limit(c) for c in cases if c.incident.state is not IncidentState.CLOSED)
    return min((limit.due_at for limit in limits if limit is not None), default=None)


def _urgency(card: IncidentCard) -> tuple[bool, int]:
    return card.limit is None, card.limit.left.seconds if card.limit else 0
