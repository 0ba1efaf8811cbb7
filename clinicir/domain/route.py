"""Which steps are on the list of a case, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.case import Case
from clinicir.domain.duties import obligations
from clinicir.domain.ids import StepId
from clinicir.domain.lookup import FactLookup
from clinicir.domain.playbook import FieldType, Step
from clinicir.domain.progress import StepRecord, StepState


@dataclass(frozen=True)
class RouteStep:
    """A step of the list with its state."""

    step: Step
    record: StepRecord | None
    in_tail: bool
    """Normally ends after 72 hours."""

    @property
    def state(self) -> StepState:
        return self.record.state if self.record else StepState.TODO

    @property
    def done_at(self) -> datetime | None:
        return self.record.done_at if self.record else None


def route(case: Case) -> tuple[RouteStep, ...]:
    """Visible steps in phase order, then reading order.

    A step is hidden only when its condition is definitely false; a duty that applies brings its
    first step when the scenario has none of its steps; a step once touched stays.
    """
    lookup = FactLookup(case)
    tail = {step.id for step in case.scenario.tail}
    listed = {step.id: step for step in case.scenario.steps}
    for step_id, condition in case.knowledge.playbooks.inserts:
        if condition(lookup).holds:
            listed.setdefault(step_id, case.knowledge.step(step_id))
    for brought in _brought_by_duties(case, set(listed)):
        listed.setdefault(brought, case.knowledge.step(brought))
    for touched in case.incident.steps:
        listed.setdefault(touched, case.knowledge.step(touched))
    order = {phase.id: index for index, phase in enumerate(case.knowledge.playbooks.phases)}
    visible = [
        RouteStep(step, case.incident.steps.get(step.id), step.id in tail)
        for step in listed.values()
        if step.id in case.incident.steps or step.when is None or step.when(lookup).holds
    ]
    return tuple(sorted(visible, key=lambda item: order[item.step.phase]))


def _brought_by_duties(case: Case, listed: set[StepId]) -> list[StepId]:
    return [
        duty.rule.steps[0]
        for duty in obligations(case)
        if duty.rule.steps and not listed.intersection(duty.rule.steps)
    ]


def step_on_route(case: Case, step: str) -> Step:
    """The step with the words of the scenario, else as the library has it; `step.unknown`."""
    found = next((item for item in case.scenario.steps if item.id == step), None)
    return found or case.knowledge.step(step)


def missing_fields(case: Case, step: Step, record: StepRecord | None) -> tuple[str, ...]:
    """Required fields not answered yet, in the order of the step.

    A field bound to an instant, a fact or a CNIL answer counts as filled when that is set
    (architecture ruling 14); files count when an exhibit is attached to the step.
    """
    own = (record.answers if record else None) or {}
    attached = bool(record and record.evidence) or any(
        piece.step == step.id for piece in case.incident.exhibits
    )
    return tuple(
        use.spec.id
        for use in step.fields
        if use.required
        and use.spec.id not in own
        and not _bound_is_set(case, use.spec.binds)
        and not (use.spec.type is FieldType.FILES and attached)
        and not (use.spec.type is FieldType.ACCOUNTS and case.incident.accounts)
        and not (use.spec.type is FieldType.ADDRESSES and case.incident.addresses)
    )


def _bound_is_set(case: Case, binds: str | None) -> bool:
    if binds is None:
        return False
    kind, _, name = binds.partition(":")
    incident = case.incident
    match kind:
        case "fact":
            record = incident.facts.get(name)
            return record is not None and not record.presumed
        case "instant":
            return name in incident.instants
        case "cnil":
            return name in incident.answers
        case "decision":
            return name in incident.decisions
    return False
