"""The end of an incident: what is still open, what to read back, what was written at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from clinicir.domain.case import Case
from clinicir.domain.clock import from_wire
from clinicir.domain.closing import PAPER_LEFT, PAPERS_TO_KEEP, review_day, title_of
from clinicir.domain.duties import obligations
from clinicir.domain.ids import IncidentId, RuleId
from clinicir.domain.incident import IncidentState
from clinicir.domain.notification import Version
from clinicir.domain.obligation import Level, Obligation, ObligationState
from clinicir.domain.progress import StepState
from clinicir.domain.route import route
from clinicir.services.session import Session
from clinicir.services.views.documents import paper_for

REVIEW_AFTER_DAYS = 30
_COMPLEMENT = RuleId("CNIL-04")
_WAITING = (ObligationState.OPEN, ObligationState.OVERDUE)
_UNDONE = (StepState.TODO, StepState.IN_PROGRESS)
_END_STEP = "REX-04"
"""The step that ends the incident: it is done by ending it."""


class OpenKind(StrEnum):
    """Families of what may be left open, in the order of the page."""

    DUTY = "duty"
    PAPER = "paper"
    BLOCKED = "blocked"
    STEP = "step"


@dataclass(frozen=True)
class OpenItem:
    """Something not finished; `key` is what the reason is recorded under."""

    kind: OpenKind
    key: str
    title: str
    """Empty for a paper, which is named by its kind."""
    page: str
    item: str
    """Where it can be settled."""
    level: Level | None = None
    overdue: bool = False
    due_at: datetime | None = None
    blocked_on: str = ""
    reason: str = ""
    """Why it is blocked: offered as the reason for leaving it open."""


@dataclass(frozen=True)
class LeftOpen:
    """What was left open, with its reason; `title` is empty for a paper."""

    key: str
    title: str
    reason: str

    @property
    def paper(self) -> str:
        """Kind of the paper, empty for a duty or a step."""
        return self.key.removeprefix(PAPER_LEFT) if self.key.startswith(PAPER_LEFT) else ""


@dataclass(frozen=True)
class ClosingView:
    """One incident looked at before its end, or after it."""

    incident: IncidentId
    number: str
    title: str
    closed: bool
    ended_at: datetime | None
    """Of the last end, even when the incident was taken up again since."""
    items: tuple[OpenItem, ...]
    """Empty for an ended incident."""
    left: tuple[LeftOpen, ...]
    lessons: tuple[str, ...]
    review_on: date | None
    """Chosen at the end; before it, what is proposed."""
    notified: bool
    steps_done: int
    exhibits: int
    papers: int

    def of(self, kind: OpenKind) -> tuple[OpenItem, ...]:
        """Items of one family."""
        return tuple(item for item in self.items if item.kind is kind)


def closing_view(session: Session, incident: IncidentId) -> ClosingView:
    """Read one incident; UserError `incident.unknown`."""
    case = session.case(incident)
    closed = case.incident.state is IncidentState.CLOSED
    closing = case.incident.closing or {}
    lessons, at = closing.get("lessons"), closing.get("at")
    return ClosingView(
        incident=incident,
        number=case.incident.number,
        title=case.scenario.title,
        closed=closed,
        ended_at=case.local(from_wire(at)) if isinstance(at, str) else None,
        items=() if closed else tuple(_items(case)),
        left=tuple(_left(case, closing.get("leave_open"))),
        lessons=tuple(map(str, lessons)) if isinstance(lessons, list) else (),
        review_on=review_day(closing) if closed else _proposed(case),
        notified=case.incident.filed(*Version) is not None,
        steps_done=sum(each.state is StepState.DONE for each in route(case)),
        exhibits=len(case.incident.exhibits),
        papers=len(case.incident.issued),
    )


def unexplained(view: ClosingView, reasons: Mapping[str, str]) -> tuple[OpenItem, ...]:
    """What is open without a word on why."""
    return tuple(item for item in view.items if not reasons.get(item.key, "").strip())


def _items(case: Case) -> Iterator[OpenItem]:
    listed = {each.step.id: each for each in route(case)}
    duties = [duty for duty in obligations(case) if duty.state in _WAITING]
    yield from (_duty(case, duty, tuple(listed)) for duty in duties)
    issued = {paper.kind for paper in case.incident.issued}
    owed = {paper_for(duty.rule.id) for duty in duties}
    for kind in PAPERS_TO_KEEP:
        if kind not in issued and kind not in owed:
            yield OpenItem(OpenKind.PAPER, f"{PAPER_LEFT}{kind}", "", "documents", kind)
    for name, each in listed.items():
        if each.state is StepState.BLOCKED and each.record is not None:
            yield OpenItem(
                OpenKind.BLOCKED, name, each.step.title, "steps", name,
                blocked_on=each.record.blocked_on, reason=each.record.reason,
            )  # fmt: skip
    for name, each in listed.items():
        if each.state in _UNDONE and name != _END_STEP:
            yield OpenItem(OpenKind.STEP, name, each.step.title, "steps", name)


def _duty(case: Case, duty: Obligation, listed: tuple[str, ...]) -> OpenItem:
    paper = paper_for(duty.rule.id)
    step = next((name for name in duty.rule.steps if name in listed), "")
    page, item = ("documents", paper) if paper else ("steps", step)
    return OpenItem(
        OpenKind.DUTY, duty.rule.id, duty.rule.title, page, item,
        level=duty.level, overdue=duty.state is ObligationState.OVERDUE,
        due_at=case.local(duty.due_at) if duty.due_at else None,
    )  # fmt: skip


def _left(case: Case, recorded: object) -> Iterator[LeftOpen]:
    if isinstance(recorded, dict):
        for key, reason in recorded.items():
            yield LeftOpen(str(key), title_of(case, str(key)), str(reason))


def _proposed(case: Case) -> date:
    """The limit of what the CNIL still awaits, else a month from now."""
    for duty in obligations(case):
        waits = duty.rule.id == _COMPLEMENT and duty.state is ObligationState.OPEN
        if waits and duty.due_at is not None:
            return case.local(duty.due_at).date()
    return (case.local(case.now) + timedelta(days=REVIEW_AFTER_DAYS)).date()
