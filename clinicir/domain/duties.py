"""The engine of duties: rules and a case in, obligations with their reasons out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from clinicir.domain.case import Case
from clinicir.domain.clock import in_utc
from clinicir.domain.due import Due, due_of, is_late
from clinicir.domain.ids import RuleId
from clinicir.domain.lookup import FactLookup, verdict_of
from clinicir.domain.notification import Version
from clinicir.domain.obligation import Level, Obligation, ObligationState, Rule, RuleKind

OVERSEAS = "overseas"
DECISION_TO_REVIEW = "decision_to_review"

_CAP_OF_DOUBT = Level.FORTEMENT_RECOMMANDE
"""A rule of confidence C never says more (corrections.md 59)."""


def obligations(case: Case) -> tuple[Obligation, ...]:
    """Duties that apply, one row a rule, in the order of the table; SANS_OBJET is never listed."""
    return tuple(
        found
        for rule in case.knowledge.rules
        if rule.kind is RuleKind.OBLIGATION and (found := _obligation(case, rule)) is not None
    )


def banners(case: Case) -> tuple[str, ...]:
    """Ids of what is said without being a duty: texts to come, overseas territories."""
    shown: list[str] = [
        rule.id
        for rule in case.knowledge.rules
        if rule.kind is RuleKind.BANNER and _concerns(case, rule)
    ]
    if _authorities_off(case):
        shown.append(OVERSEAS)
    if outdated_decisions(case):
        shown.append(DECISION_TO_REVIEW)
    return tuple(shown)


def outdated_decisions(case: Case) -> tuple[str, ...]:
    """Subjects decided when the table said otherwise than now: a new fact asks for a new look.

    The decision stands until a person changes it (corrections.md 55, step QUA-08).
    """
    row = verdict_of(case).row.id
    return tuple(
        subject
        for subject, decision in case.incident.decisions.items()
        if decision.row and decision.row != row
    )


def _concerns(case: Case, rule: Rule) -> bool:
    """The condition of a rule for one establishment at least, whatever its level."""
    return any(
        rule.when is None or rule.when(FactLookup(case, kind)).holds
        for _, kind in case.practice.concerned
        if not rule.types or kind in rule.types
    )


def hints(case: Case) -> tuple[Rule, ...]:
    """Rules that add a mention to a paper (PLAINTE-06)."""
    return tuple(
        rule
        for rule in case.knowledge.rules
        if rule.kind is RuleKind.HINT and rule.enabled and _levels(case, rule)
    )


@dataclass(frozen=True)
class _Reading:
    """A rule read for one establishment."""

    establishment: str
    level: Level
    presumed: bool
    because: tuple[str, ...]


def _obligation(case: Case, rule: Rule) -> Obligation | None:
    if not rule.enabled or (rule.overseas_off and _authorities_off(case)):
        return None
    readings = _levels(case, rule)
    if not readings:
        return None
    level = max(reading.level for reading in readings)
    strongest = [reading for reading in readings if reading.level is level]
    due = due_of(case, rule.deadline)
    done, done_at = _done(case, rule)
    return Obligation(
        rule=rule,
        level=level,
        presumed=all(reading.presumed for reading in strongest),
        because=_union(reading.because for reading in strongest),
        establishments=tuple(reading.establishment for reading in readings),
        origin=due.origin,
        origin_at=due.origin_at,
        due_at=due.due_at,
        target_at=due.target_at,
        done_at=case.local(done_at) if done_at else None,
        state=_state(case, due, done, done_at),
    )


def _levels(case: Case, rule: Rule) -> list[_Reading]:
    """Readings of the rule, one an establishment concerned, SANS_OBJET left out."""
    found = []
    for name, kind in case.practice.concerned:
        if rule.types and kind not in rule.types:
            continue
        reading = _read(rule, FactLookup(case, kind), name)
        if reading is not None and reading.level is not Level.SANS_OBJET:
            found.append(reading)
    return found


def _read(rule: Rule, lookup: FactLookup, establishment: str) -> _Reading | None:
    presumed = False
    because: tuple[str, ...] = ()
    if rule.when is not None:
        outcome = rule.when(lookup)
        if not outcome.holds:
            return None
        presumed, because = outcome.presumed, outcome.because
    for step in rule.levels:
        if step.when is None:
            level = step.level
            break
        case_outcome = step.when(lookup)
        if case_outcome.holds:
            level = step.level
            presumed = presumed or case_outcome.presumed
            because = _union((because, case_outcome.because))
            break
    else:
        return None
    if rule.confidence == "C":
        level = min(level, _CAP_OF_DOUBT)
    return _Reading(establishment, level, presumed, because)


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _authorities_off(case: Case) -> bool:
    department = case.knowledge.directory.departments.get(case.practice.department)
    return department is not None and not department.authorities_apply


def _done(case: Case, rule: Rule) -> tuple[bool, datetime | None]:
    """Whether the duty is discharged, and since when."""
    submission = case.incident.submission_of((rule.id, *rule.discharged_by))
    if submission is not None:
        return True, submission.at
    act = _CNIL_ACTS.get(rule.id)
    return act(case) if act else (False, None)


def _notified(case: Case) -> tuple[bool, datetime | None]:
    filing = case.incident.filed(Version.INITIAL, Version.COMPLETE)
    return filing is not None, filing.at if filing else None


def _completed(case: Case) -> tuple[bool, datetime | None]:
    filing = case.incident.filed(Version.COMPLEMENTARY)
    return filing is not None, filing.at if filing else None


def _persons_told(case: Case) -> tuple[bool, datetime | None]:
    answers = case.incident.answers
    if answers.get("info.etat") != "oui":
        return False, None
    told = answers.get("info.date")
    try:
        day = date.fromisoformat(str(told))
    except ValueError:
        return True, None
    return True, datetime.combine(day, time(), case.calendar.zone)


def _registered(case: Case) -> tuple[bool, datetime | None]:
    issued = [paper.at for paper in case.incident.issued if paper.kind == "registre"]
    return bool(issued), min(issued, key=in_utc) if issued else None


_CNIL_ACTS = {
    RuleId("CNIL-01"): _notified,
    RuleId("CNIL-02"): _persons_told,
    RuleId("CNIL-03"): _registered,
    RuleId("CNIL-04"): _completed,
}
"""What discharges our four CNIL rules; the others are discharged by a recorded submission."""


def _state(
    case: Case, due: Due, done: bool, done_at: datetime | None
) -> ObligationState:
    if done:
        late = done_at is not None and is_late(due, done_at)
        return ObligationState.DONE_LATE if late else ObligationState.DONE
    return ObligationState.OVERDUE if is_late(due, case.now) else ObligationState.OPEN


def due_next(found: tuple[Obligation, ...]) -> Obligation | None:
    """The open duty whose limit comes first."""
    waiting = [
        (in_utc(duty.due_at), duty)
        for duty in found
        if duty.state in (ObligationState.OPEN, ObligationState.OVERDUE) and duty.due_at
    ]
    return min(waiting, key=lambda pair: pair[0])[1] if waiting else None


