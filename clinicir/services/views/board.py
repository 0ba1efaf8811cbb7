"""The board of an incident: what to do now, the whole list, the clocks, whom to call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.directory import Contact
from clinicir.domain.ids import IncidentId, Plain, StepId
from clinicir.domain.incident import IncidentState
from clinicir.domain.playbook import Phase, Step
from clinicir.domain.progress import StepState
from clinicir.domain.route import RouteStep, route
from clinicir.services.session import Session
from clinicir.services.sheet_gate import stops_before
from clinicir.services.views.board_calls import (
    CallView,
    ClockView,
    calls_of,
    clocks_of,
    contacts_in,
    directory_contact,
)
from clinicir.services.views.board_step import SETTLED, StepView, step_view

URGENT_MINUTES = 60
"""A target up to here is for now; later ones come after (scenarios.md 1, rule 7)."""
LONGEST_CHUNK = 9
_AHEAD = frozenset({StepState.TODO, StepState.IN_PROGRESS})


@dataclass(frozen=True)
class StepLine:
    """A step in a list."""

    id: StepId
    title: str
    state: StepState
    retry_at: datetime | None = None


@dataclass(frozen=True)
class Chunk:
    """At most nine lines of a phase, all urgent or all for later."""

    urgent: bool
    lines: tuple[StepLine, ...]

    @property
    def settled(self) -> int:
        """Lines to which nobody has to come back."""
        return _settled(self.lines)


@dataclass(frozen=True)
class PhaseView:
    """A phase and its chunks, urgent ones first."""

    phase: Phase
    chunks: tuple[Chunk, ...]

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """All the lines of the phase."""
        return tuple(line for chunk in self.chunks for line in chunk.lines)

    @property
    def settled(self) -> int:
        """Lines to which nobody has to come back."""
        return _settled(self.lines)


@dataclass(frozen=True)
class Fillings:
    """What the placeholders of steps and cards stand for; None or empty while not known."""

    t0: datetime | None
    cnil_limit: datetime | None
    complaint_limit: datetime | None
    pilot: str
    health_fund: str
    words: Mapping[str, str]
    """`service` and `editeur`, as the scenario says them."""
    contacts: Mapping[str, Contact]
    """Entries of the directory that the step or its cards name."""


@dataclass(frozen=True)
class BoardView:
    """All that the page of steps shows, at one instant."""

    incident: IncidentId
    number: str
    title: str
    practice: str
    closed: bool
    drill: bool
    now: datetime
    zone: ZoneInfo
    first: tuple[StepLine, ...]
    """Steps of the first screen, until each is done, set aside or blocked; then empty."""
    phases: tuple[PhaseView, ...]
    never: tuple[str, ...]
    clocks: tuple[ClockView, ...]
    calls: tuple[CallView, ...]
    current: StepView
    order: tuple[StepId, ...]
    """The straight line: first screen, then phase after phase."""
    fillings: Fillings
    own_addresses: tuple[str, ...]
    """Of the practice: asking to block them would cut it off."""
    proofs: tuple[tuple[str, str], ...] = ()
    """Exhibits of the case, (number, title)."""

    @property
    def place(self) -> int:
        """Position of the current step on the line, from 1."""
        return self.order.index(self.current.step.id) + 1

    def due(self, now: datetime) -> tuple[StepLine, ...]:
        """Blocked steps whose hour has come: they come before all others."""
        lines = [line for phase in self.phases for line in phase.lines]
        return tuple(
            line
            for line in lines
            if line.state is StepState.BLOCKED
            and line.retry_at is not None
            and in_utc(line.retry_at) <= in_utc(now)
        )

    def following(self) -> str:
        """After the current step: one whose hour has come, else the next one still to do."""
        here = self.current.step.id
        due = [line.id for line in self.due(self.now) if line.id != here]
        states = {line.id: line.state for phase in self.phases for line in phase.lines}
        later = [name for name in self.order[self.place :] if states[name] in _AHEAD]
        return next(iter((*due, *later)), "")

    def neighbour(self, move: int) -> StepId | None:
        """The step `move` places further, None past the ends."""
        index = self.order.index(self.current.step.id) + move
        return self.order[index] if 0 <= index < len(self.order) else None


def board_view(
    session: Session,
    incident: IncidentId,
    step: str = "",
    account_only: Callable[[], bool] = bool,
) -> BoardView:
    """The board at `step`, or where work stands when empty; UserError `incident.unknown`.

    `account_only`: see `sheet_gate.stops_before`.
    """
    case = session.case(incident)
    listed = {item.step.id: item for item in route(case)}
    first = tuple(listed[name] for name in case.scenario.first if name in listed)
    phases = _phases(case, listed)
    lines = (line.id for phase in phases for line in phase.lines)
    order = tuple(dict.fromkeys((*(item.step.id for item in first), *lines)))
    chosen = StepId(step) if step in listed else resume_at(order, listed, case.now)
    current = _gated(session, incident, step_view(case, chosen), account_only)
    shown_clocks = clocks_of(case)
    return BoardView(
        incident=incident,
        number=case.incident.number,
        title=case.scenario.title,
        practice=case.practice.name,
        closed=case.incident.state is IncidentState.CLOSED,
        drill=case.drill,
        now=case.local(case.now),
        zone=case.calendar.zone,
        first=_lines(first) if any(item.state in _AHEAD for item in first) else (),
        phases=phases,
        never=tuple(case.knowledge.playbooks.warnings[name] for name in case.scenario.never),
        clocks=shown_clocks,
        calls=calls_of(case, current.step),
        current=_with_target(case, current),
        order=order,
        fillings=_fillings(case, current, shown_clocks),
        own_addresses=case.practice.public_addresses,
        proofs=tuple((piece.number, piece.title) for piece in case.incident.exhibits),
    )


def _gated(
    session: Session, incident: IncidentId, view: StepView, account_only: Callable[[], bool]
) -> StepView:
    if view.state in SETTLED:
        return view
    return replace(
        view, needs_sheet=stops_before(session, incident, view.step, account_only)
    )


def resume_at(
    order: Sequence[StepId], listed: Mapping[StepId, RouteStep], now: datetime
) -> StepId:
    """Where work stands: a blocked step whose hour has come, else the first begun or to do."""
    due = [name for name in order if _may_retry(listed[name], now)]
    open_ = [name for name in order if listed[name].state in _AHEAD]
    return next(iter((*due, *open_)), order[-1])


def _may_retry(item: RouteStep, now: datetime) -> bool:
    retry = item.record.retry_at if item.record else None
    blocked = item.state is StepState.BLOCKED
    return blocked and retry is not None and in_utc(retry) <= in_utc(now)


def _phases(case: Case, listed: Mapping[StepId, RouteStep]) -> tuple[PhaseView, ...]:
    found = []
    for phase in case.knowledge.playbooks.phases:
        mine = [item for item in listed.values() if item.step.phase == phase.id]
        chunks = [
            Chunk(urgent, _lines(part[start : start + LONGEST_CHUNK]))
            for urgent in (True, False)
            for part in [[item for item in mine if _is_urgent(item.step) is urgent]]
            for start in range(0, len(part), LONGEST_CHUNK)
        ]
        if chunks:
            found.append(PhaseView(phase, tuple(chunks)))
    return tuple(found)


def _is_urgent(step: Step) -> bool:
    return step.target_minutes <= URGENT_MINUTES


def _lines(items: Sequence[RouteStep]) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            item.step.id, item.step.title, item.state, item.record.retry_at if item.record else None
        )
        for item in items
    )


def _settled(lines: Sequence[StepLine]) -> int:
    return sum(line.state in SETTLED for line in lines)


def _with_target(case: Case, view: StepView) -> StepView:
    start = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR") or case.incident.opened_at
    target = case.local(in_utc(start) + timedelta(minutes=view.step.target_minutes))
    return replace(view, target_at=target)


def _fillings(case: Case, view: StepView, clocks: tuple[ClockView, ...]) -> Fillings:
    due = {clock.key: clock.due_at for clock in clocks}
    t0 = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
    department = case.knowledge.directory.departments.get(case.practice.department)
    texts = [*view.step.do, view.step.why, view.step.avoid]
    for card in view.cards:
        texts += [*card.do, card.ask, *(line for _, lines in card.groups for line in lines)]
    contacts = {name: directory_contact(case, name) for name in contacts_in(texts)}
    return Fillings(
        t0=case.local(t0) if t0 else None,
        cnil_limit=due.get("cnil"),
        complaint_limit=due.get("complaint"),
        pilot=_pilot(case),
        health_fund=department.health_fund if department else "",
        words=view.step.words,
        contacts={name: contact for name, contact in contacts.items() if contact},
    )


def _pilot(case: Case) -> str:
    """Name given at ALR-02, else the person to contact of the practice."""
    record = case.incident.steps.get(StepId("ALR-02"))
    answer: Plain = (record.answers or {}).get("pilot") if record else None
    if isinstance(answer, dict) and answer.get("name"):
        return str(answer["name"])
    person = case.practice.contact
    return " ".join(part for part in (person.first_name, person.last_name) if part)
