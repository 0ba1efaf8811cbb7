"""One step as the board shows it: its lines, what it asks, what should have been done before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.case import Case
from clinicir.domain.clock import to_wire
from clinicir.domain.evidence import Evidence
from clinicir.domain.ids import Plain, StepId
from clinicir.domain.incident import Incident
from clinicir.domain.playbook import FieldType, FieldUse, HowTo, Step
from clinicir.domain.progress import StepRecord, StepState
from clinicir.domain.route import missing_fields, step_on_route

SETTLED = frozenset({StepState.DONE, StepState.NOT_CONCERNED})
"""States after which nobody has to come back to a step."""


@dataclass(frozen=True)
class FieldView:
    """A field with what is known; `value` has the shape that `steps.complete` takes."""

    use: FieldUse
    value: Plain
    missing: bool
    """Required, and nobody has answered."""
    settled: bool
    """A fact or an instant already answered: another value is a correction, with its reason."""

    @property
    def id(self) -> str:
        return self.use.spec.id

    @property
    def type(self) -> FieldType:
        return self.use.spec.type

    @property
    def binds(self) -> tuple[str, str]:
        """(kind, name) of what the answer sets, empty when it belongs to the step alone."""
        kind, _, name = (self.use.spec.binds or "").partition(":")
        return kind, name


@dataclass(frozen=True)
class StepView:
    """All that the centre of the board needs."""

    step: Step
    """Texts still hold their placeholders: words and dates are put in by the screen."""
    state: StepState
    record: StepRecord | None
    fields: tuple[FieldView, ...]
    cards: tuple[HowTo, ...]
    before: tuple[tuple[StepId, str], ...]
    """Steps usually done first and not settled: a warning, never a lock."""
    evidence: tuple[Evidence, ...]
    """Exhibits attached to this step."""
    role: str
    """French label of who does it."""
    target_at: datetime | None
    """Opening of the case plus the target: ours, never the law."""
    needs_sheet: bool = False
    """The recovery sheet must be put away first, or its absence accepted."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields without an answer."""
        return tuple(each.id for each in self.fields if each.missing)


def step_view(case: Case, step_id: str) -> StepView:
    """The step with what is known of it; UserError `step.unknown`."""
    step = step_on_route(case, step_id)
    record = case.incident.steps.get(step.id)
    missing = missing_fields(case, step, record)
    return StepView(
        step=step,
        state=record.state if record else StepState.TODO,
        record=record,
        fields=tuple(_field(case, use, record, use.spec.id in missing) for use in step.fields),
        cards=tuple(case.knowledge.playbooks.howto[card] for card in step.howto),
        before=_not_yet(case, step),
        evidence=_attached(case.incident, step, record),
        role=case.knowledge.playbooks.roles[step.role],
        target_at=None,
    )


def _not_yet(case: Case, step: Step) -> tuple[tuple[StepId, str], ...]:
    """Steps of this list that should come before; those the list hides are not asked."""
    listed = {other.id: other for other in case.scenario.steps}
    found = []
    for need in step.needs:
        record = case.incident.steps.get(need)
        if need in listed and (record is None or record.state not in SETTLED):
            found.append((need, listed[need].title))
    return tuple(found)


def _attached(
    incident: Incident, step: Step, record: StepRecord | None
) -> tuple[Evidence, ...]:
    named = record.evidence if record else ()
    return tuple(
        piece for piece in incident.exhibits if piece.step == step.id or piece.number in named
    )


def _field(case: Case, use: FieldUse, record: StepRecord | None, missing: bool) -> FieldView:
    kind, _, name = (use.spec.binds or "").partition(":")
    incident = case.incident
    own: Mapping[str, Plain] = (record.answers if record else None) or {}
    settled = False
    value: Plain = None
    match kind:
        case "fact":
            fact = incident.facts.get(name)
            given = fact is not None and not fact.presumed
            value = fact.value if fact is not None and given else None
            settled = given and value != "unknown"
        case "instant":
            at = incident.instants.get(name)
            value, settled = (to_wire(at), True) if at else (None, False)
        case "cnil":
            value = _from_form(use, incident.answers.get(name))
        case "decision":
            made = incident.decisions.get(name)
            value = {"choice": made.choice, "reason": made.reason} if made else None
        case _:
            value = _own(incident, use, own.get(use.spec.id))
    return FieldView(use, value, missing, settled)


def _from_form(use: FieldUse, answer: Plain) -> Plain:
    """The form keeps booleans and the upper end of a range: back to what the field shows."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if use.spec.type is FieldType.RANGE and isinstance(answer, int):
        return {"max": answer}
    return answer


def _own(incident: Incident, use: FieldUse, value: Plain) -> Plain:
    if use.spec.type is FieldType.ACCOUNTS:
        return [line.to_plain() for line in incident.accounts]
    if use.spec.type is FieldType.ADDRESSES:
        return [line.to_plain() for line in incident.addresses]
    return value
