"""Gravity and decisions of a case: proposed, retained by a person, and what must be argued."""

from __future__ import annotations

from clinicir.domain.case import Case
from clinicir.domain.changes import Operation
from clinicir.domain.clock import to_wire
from clinicir.domain.decision import check_cnil_choice, stakes_of
from clinicir.domain.enisa import read_terms
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.incident import check_reason
from clinicir.domain.lookup import FactLookup, verdict_of
from clinicir.domain.severity import (
    Assessment,
    Gravity,
    assessment_from_terms,
    propose,
    warnings_of,
)

PERSONS_CHOICES = ("oui", "seront", "ne_seront_pas", "indetermine")
"""Slugs of `info.etat`."""



def assessment_of(case: Case) -> Assessment:
    """The score: of the terms that a person chose, else proposed from confirmed facts."""
    lookup = FactLookup(case)
    row = verdict_of(case).row.id
    chosen = case.incident.assessment
    if chosen is None:
        return propose(lookup, case.incident.answers, row=row)
    reason = chosen.get("reason")
    return assessment_from_terms(
        chosen["dpc"],
        chosen["ei"],
        chosen["cb"],
        facts=lookup,
        answers=case.incident.answers,
        row=row,
        reason=str(reason) if reason else None,
    )


def retained_gravity(case: Case) -> Gravity | None:
    """Level that a person retained: by a decision, else by the answer of the form."""
    decision = case.incident.decisions.get("severity")
    slug = decision.choice if decision else case.incident.answers.get("impact.gravite")
    return Gravity(slug) if isinstance(slug, str) and slug in set(Gravity) else None


def gravity_of(case: Case) -> Gravity:
    """The retained level, else the proposed one."""
    return retained_gravity(case) or assessment_of(case).gravity


def gravity_warnings(case: Case) -> tuple[str, ...]:
    """What must be said beside the level (`persons_not_told` is a red box)."""
    decision = case.incident.decisions.get("persons")
    state = decision.choice if decision else case.incident.answers.get("info.etat")
    told = {"oui": True, "seront": True, "ne_seront_pas": False}.get(str(state))
    return warnings_of(assessment_of(case), retained_gravity(case), persons_told=told)


def check_decision(
    case: Case, subject: str, choice: str, reason: str, *, confirmed: bool
) -> None:
    """Refuse an unknown choice (`decision.bad_choice`) or one that is not argued."""
    match subject:
        case "cnil":
            lookup = FactLookup(case)
            check_cnil_choice(
                choice, reason, confirmed, stakes_of(lookup, case.incident.answers)
            )
        case "persons" if choice in PERSONS_CHOICES:
            if choice == "ne_seront_pas":
                check_reason(reason)
        case "severity" if choice in set(Gravity):
            if Gravity(choice) is not assessment_of(case).gravity:
                check_reason(reason)
        case _:
            raise UserError("decision.bad_choice", subject=subject[:80], choice=choice[:80])


def decided(
    case: Case, subject: str, choice: str, reason: str, by: str, *, confirmed: bool
) -> Operation:
    """The record of a decision, once argued; errors of `check_decision`."""
    check_decision(case, subject, choice, reason, confirmed=confirmed)
    record: dict[str, Plain] = {
        "choice": choice,
        "reason": reason,
        "confirmed": confirmed,
        "by": by,
        "at": to_wire(case.now),
        "row": verdict_of(case).row.id,
    }
    return Operation("decision", subject, record)


def check_assessment(dpc: Plain, ei: Plain, cb: Plain) -> dict[str, Plain]:
    """Terms of the score as they are kept; UserError `assessment.bad_term`."""
    read_terms(dpc, ei, cb)
    return {"dpc": dpc, "ei": ei, "cb": cb}
