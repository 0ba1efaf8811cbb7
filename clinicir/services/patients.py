"""Telling the persons concerned: the decision, and the day on which the letters left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicir.domain import incident as incident_moves
from clinicir.domain import notification
from clinicir.domain.answers import check_answers
from clinicir.domain.case import Case
from clinicir.domain.changes import Changes
from clinicir.domain.decision import Persons
from clinicir.domain.evidence import next_number
from clinicir.domain.gravity import decided
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.incident import check_past, check_reason
from clinicir.domain.lookup import verdict_of
from clinicir.domain.notification import Submission
from clinicir.domain.playbook import Choice
from clinicir.services.session import Session

RULE = "CNIL-02"
TELL = "seront"
TOLD = "oui"
DO_NOT_TELL = "ne_seront_pas"
NOT_YET = "indetermine"

_STATE, _GROUND, _GROUND_DETAIL = "info.etat", "info.justification", "info.justification_detail"
_DAY, _MEANS, _COUNT = "info.date", "info.moyen", "info.nombre"


@dataclass(frozen=True)
class PersonsChoice:
    """Tell, do not tell, not yet."""

    choice: str
    reason: str = ""
    ground: str = ""
    """Which case of GDPR art. 34 allows not to tell; a slug of the CNIL form, possibly empty."""


@dataclass(frozen=True)
class Departure:
    """Letters or messages that left."""

    at: datetime
    means: tuple[str, ...] = ()
    """Slugs of the CNIL form."""
    count: int | None = None
    """Persons told in all; None while nobody has counted them."""
    receipt: str = ""
    """Number of the exhibit that proves it."""


def needs_reason(case: Case, choice: str) -> bool:
    """Silence is always argued; so is a letter that the table does not ask for."""
    if choice == DO_NOT_TELL:
        return True
    return choice in (TELL, TOLD) and verdict_of(case).persons is Persons.NO


def decide(session: Session, incident: IncidentId, made: PersonsChoice, by: str) -> Changes:
    """Record the decision, and the answer of the CNIL form that says the same.

    UserError `decision.bad_choice`, `reason.missing`, `cnil.bad_value`.
    """
    case = session.open_case(incident)
    if needs_reason(case, made.choice):
        check_reason(made.reason)
    operation = decided(case, "persons", made.choice, made.reason, by, confirmed=False)
    answers: dict[str, Plain] = {_STATE: made.choice}
    if made.choice == DO_NOT_TELL:
        answers[_GROUND_DETAIL] = made.reason
        if made.ground:
            answers[_GROUND] = made.ground
    checked = check_answers(session.knowledge.cnil_form, answers)
    said = incident_moves.set_answers(case.incident, checked, case.now)
    detail: dict[str, Plain] = {
        "subject": "persons", "choice": made.choice, "reason": made.reason,
    }  # fmt: skip
    return session.commit(incident, Changes("decision.made", (operation, *said), detail), by)


def record_departure(
    session: Session, incident: IncidentId, left: Departure, by: str
) -> Changes:
    """The persons were told at `left.at`: the proof of the act, and the answers that follow.

    UserError `instant.*`, `cnil.bad_value`, `evidence.unknown`.
    """
    case = session.open_case(incident)
    check_past("sent_at", left.at, case.now)
    proof = case.incident.evidence_labelled(left.receipt).number if left.receipt else ""
    answers: dict[str, Plain] = {
        _STATE: TOLD,
        _DAY: case.local(left.at).date().isoformat(),
    }
    if left.means:
        answers[_MEANS] = list(left.means)
    if left.count is not None:
        answers[_COUNT] = left.count
    checked = check_answers(session.knowledge.cnil_form, answers)
    words = {choice.id: choice.label for choice in means_of(session)}
    submission = Submission(
        number=next_number(len(case.incident.submissions), "S"),
        rule=session.knowledge.rule(RULE).id,
        channel=", ".join(words[slug] for slug in left.means),
        reference="",
        receipt=proof,
        at=case.local(left.at),
        by=by,
    )
    recorded = notification.record_submission(submission)
    said = incident_moves.set_answers(case.incident, checked, case.now)
    return session.commit(
        incident, Changes(recorded.entry, (*recorded.operations, *said), recorded.detail), by
    )


def means_of(session: Session) -> tuple[Choice, ...]:
    """Ways of telling that the CNIL form knows."""
    return session.knowledge.cnil_form.fields[_MEANS].choices


def grounds_of(session: Session) -> tuple[Choice, ...]:
    """Cases of GDPR art. 34 in which nobody has to be told one by one."""
    return session.knowledge.cnil_form.fields[_GROUND].choices
