"""Decide, file, and keep the proof of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicir.domain import notification as moves
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import next_number
from clinicir.domain.gravity import check_assessment, decided
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.incident import check_past
from clinicir.domain.notification import Filing, Submission, Version
from clinicir.services.session import Session


@dataclass(frozen=True)
class Choice:
    """A decision on the CNIL, on the persons or on the gravity."""

    subject: str
    choice: str
    reason: str = ""
    confirmed: bool = False


def decide(session: Session, incident: IncidentId, made: Choice, by: str) -> Changes:
    """Record a human decision; the guard of cnil.md 4.5 asks reasons for not notifying."""
    case = session.open_case(incident)
    operation = decided(
        case, made.subject, made.choice, made.reason, by, confirmed=made.confirmed
    )
    detail = {"subject": made.subject, "choice": made.choice, "reason": made.reason}
    return session.commit(incident, Changes("decision.made", (operation,), detail), by)


def assess(
    session: Session,
    incident: IncidentId,
    dpc: Plain,
    ei: Plain,
    cb: Plain,
    reason: str,
    by: str,
) -> Changes:
    """Replace the proposed terms of the ENISA score by those that a person chose."""
    session.open_case(incident)
    record: dict[str, Plain] = {**check_assessment(dpc, ei, cb), "reason": reason}
    return session.commit(
        incident,
        Changes("assessment.made", (Operation("assessment", "assessment", record),), record),
        by,
    )


def file_notification(
    session: Session,
    incident: IncidentId,
    version: str,
    reference: str,
    receipt: str,
    by: str,
    at: datetime | None = None,
) -> Changes:
    """The CNIL was notified: the facts known now are frozen (architecture ruling 15).

    `at` is when it was sent, now by default; UserError `instant.in_future`.
    """
    case = session.open_case(incident)
    check_past("sent_at", at or case.now, case.now)
    try:
        kind = Version(version)
    except ValueError:
        raise UserError("notification.bad_version", version=version[:80]) from None
    proof = case.incident.evidence_labelled(receipt).number if receipt else ""
    filing = Filing(
        number=next_number(len(case.incident.filings), "N"),
        authority="CNIL",
        version=kind,
        reference=reference,
        receipt=proof,
        at=at or case.now,
        by=by,
        answers=answers_of(case, version=kind),
    )
    return session.commit(
        incident, moves.file_notification(filing, case.incident.filings), by
    )


def record_submission(
    session: Session,
    incident: IncidentId,
    rule: str,
    channel: str,
    reference: str,
    receipt: str,
    by: str,
    at: datetime | None = None,
) -> Changes:
    """An act toward another authority, with its reference, its proof, and when it was done."""
    case = session.open_case(incident)
    check_past("sent_at", at or case.now, case.now)
    proof = case.incident.evidence_labelled(receipt).number if receipt else ""
    submission = Submission(
        number=next_number(len(case.incident.submissions), "S"),
        rule=session.knowledge.rule(rule).id,
        channel=channel,
        reference=reference,
        receipt=proof,
        at=at or case.now,
        by=by,
    )
    return session.commit(incident, moves.record_submission(submission), by)
