"""Do a step, block it, set it aside, take it up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clinicir.domain import incident as moves
from clinicir.domain.answers import check_answers
from clinicir.domain.captured import check_captured
from clinicir.domain.case import Case
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire
from clinicir.domain.errors import UserError
from clinicir.domain.gravity import decided
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.incident import check_past, check_reason
from clinicir.domain.playbook import FieldSpec, FieldType, Step
from clinicir.domain.progress import StepRecord, StepState, recorded
from clinicir.domain.route import missing_fields, step_on_route
from clinicir.services.session import Session


@dataclass(frozen=True)
class Done:
    """What the person says of a step: `done_at` in the world (now when None), note, answers."""

    done_at: datetime | None = None
    note: str = ""
    answers: Mapping[str, Plain] | None = None
    evidence: Sequence[str] = ()
    """Labels or numbers of exhibits already taken in."""


def complete(session: Session, incident: IncidentId, step_id: str, done: Done, by: str) -> Changes:
    """Record a step: done when every required field is filled, in progress otherwise.

    Nothing is written when it stays in progress with what is already known of it.
    """
    case = session.open_case(incident)
    step = step_on_route(case, step_id)
    done_at = done.done_at or case.now
    check_past("done_at", done_at, case.now)
    own, also = _sorted_answers(session, case, step, done.answers or {}, by)
    before = case.incident.steps.get(step.id)
    record = StepRecord(
        state=StepState.DONE,
        recorded_at=case.now,
        by=by,
        done_at=done_at,
        answers=own,
        evidence=tuple(case.incident.evidence_labelled(label).number for label in done.evidence),
    )
    if _still_missing(case, step, record, before, also):
        record = replace(record, state=StepState.IN_PROGRESS, done_at=None)
        if before is not None and not also and not done.note and record.adds_nothing_to(before):
            return Changes("step.start", ())
    entry = "step.complete" if record.state is StepState.DONE else "step.start"
    return session.commit(
        incident, recorded(entry, step.id, record, before, also, done.note), by
    )


def block(
    session: Session,
    incident: IncidentId,
    step_id: str,
    reason: str,
    blocked_on: str,
    retry_at: datetime,
    by: str,
) -> Changes:
    """Not possible now: why, because of whom, when to try again."""
    case = session.open_case(incident)
    step = step_on_route(case, step_id)
    check_reason(reason)
    if not blocked_on.strip():
        raise UserError("reason.missing")
    record = StepRecord(
        StepState.BLOCKED, case.now, by, None, reason, blocked_on, retry_at
    )
    before = case.incident.steps.get(step.id)
    return session.commit(incident, recorded("step.block", step.id, record, before), by)


def skip(session: Session, incident: IncidentId, step_id: str, reason: str, by: str) -> Changes:
    """Does not concern us; the reason is printed in the register (GDPR art. 33(5))."""
    case = session.open_case(incident)
    step = step_on_route(case, step_id)
    check_reason(reason)
    record = StepRecord(StepState.NOT_CONCERNED, case.now, by, None, reason)
    before = case.incident.steps.get(step.id)
    return session.commit(incident, recorded("step.skip", step.id, record, before), by)


def reopen(session: Session, incident: IncidentId, step_id: str, reason: str, by: str) -> Changes:
    """Back to the list; the history is kept. A step never touched cannot be reopened."""
    case = session.open_case(incident)
    step = step_on_route(case, step_id)
    check_reason(reason)
    before = case.incident.steps.get(step.id)
    if before is None or before.state in (StepState.TODO, StepState.IN_PROGRESS):
        raise UserError("step.bad_move", step=step.id)
    record = StepRecord(StepState.TODO, case.now, by, None, reason)
    return session.commit(incident, recorded("step.reopen", step.id, record, before), by)


def _sorted_answers(
    session: Session, case: Case, step: Step, answers: Mapping[str, Plain], by: str
) -> tuple[dict[str, Plain], tuple[Operation, ...]]:
    """Answers of the step alone, and operations for those that are a fact of the case.

    An answer equal to what the case already holds changes nothing; another one is refused as any
    fact already set is (`fact.already_set`).
    """
    uses = {use.spec.id: use.spec for use in step.fields}
    own: dict[str, Plain] = {}
    facts: dict[str, Plain] = {}
    instants: dict[str, datetime] = {}
    cnil: dict[str, Plain] = {}
    decisions: list[Operation] = []
    for field, value in answers.items():
        spec = uses.get(field)
        if spec is None:
            raise UserError("step.unknown_answer", step=step.id, answer=field[:80])
        kind, _, name = (spec.binds or "").partition(":")
        match kind:
            case "fact" if not _already(case, name, value):
                facts[name] = value
            case "instant" if not _same_instant(case, name, value):
                instants[name] = _instant(name, value)
            case "cnil":
                cnil |= _form_answers(session, spec, name, value)
            case "decision":
                decisions.append(_decision(case, name, value, by))
            case "":
                own[field] = check_captured(spec, value)
    checked = check_answers(session.knowledge.cnil_form, cnil)
    return own, (
        *moves.set_facts(case.incident, session.knowledge.facts, facts, instants, case.now),
        *moves.set_answers(case.incident, _moved(case, checked), case.now),
        *decisions,
    )


def _moved(case: Case, answers: Mapping[str, Plain]) -> dict[str, Plain]:
    """Those that are not held already."""
    known = case.incident.answers
    return {
        slug: value for slug, value in answers.items() if slug not in known or known[slug] != value
    }


def _form_answers(
    session: Session, spec: FieldSpec, slug: str, value: Plain
) -> dict[str, Plain]:
    """A range fills the number of the form by its upper end, and its companion text by the rest."""
    if spec.type is not FieldType.RANGE or not isinstance(value, dict):
        return {slug: value}
    lowest, highest = value.get("min"), value.get("max")
    answers: dict[str, Plain] = {slug: highest if highest is not None else lowest}
    companion = session.knowledge.cnil_form.fields[slug].companion
    span = f"{lowest} - {highest}" if lowest is not None and lowest != highest else ""
    detail = " ; ".join(part for part in (span, str(value.get("method") or "")) if part)
    if companion and detail:
        answers[companion] = detail
    return answers


def _decision(case: Case, subject: str, value: Plain, by: str) -> Operation:
    """`{choice, reason, confirmed}` as the fields of type decision give it."""
    if not isinstance(value, dict):
        raise UserError("decision.bad_choice", subject=subject, choice=str(value)[:80])
    return decided(
        case,
        subject,
        str(value.get("choice", "")),
        str(value.get("reason", "")),
        by,
        confirmed=value.get("confirmed") is True,
    )


def _already(case: Case, fact: str, value: Plain) -> bool:
    record = case.incident.facts.get(fact)
    return record is not None and not record.presumed and record.value == value


def _same_instant(case: Case, name: str, value: Plain) -> bool:
    known = case.incident.instants.get(name)
    return known is not None and known == _instant(name, value)


def _instant(name: str, value: Plain) -> datetime:
    """UserError `instant.no_offset` for what is not an instant with its offset."""
    try:
        return from_wire(str(value))
    except ValueError:
        raise UserError("instant.no_offset", instant=name) from None


def _still_missing(
    case: Case,
    step: Step,
    record: StepRecord,
    before: StepRecord | None,
    also: tuple[Operation, ...],
) -> bool:
    """True when a required field has no answer, what this very command sets being counted."""
    set_now = {f"{_BOUND[op.kind]}:{op.key}" for op in also if op.kind in _BOUND}
    known = replace(
        record,
        answers={**((before and before.answers) or {}), **(record.answers or {})},
        evidence=(*(before.evidence if before else ()), *record.evidence),
    )
    binds = {use.spec.id: use.spec.binds for use in step.fields}
    return any(binds[field] not in set_now for field in missing_fields(case, step, known))


_BOUND = {"fact": "fact", "instant": "instant", "answer": "cnil", "decision": "decision"}
"""Record kinds and the prefix that `binds` gives them."""
