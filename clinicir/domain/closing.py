"""The end of an incident, and taking it up again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from clinicir.domain.case import Case
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain, StepId
from clinicir.domain.incident import Incident, IncidentState, check_reason, header

PAPER_LEFT = "paper:"
"""Before the kind of a paper, among what is left open."""
PAPERS_TO_KEEP = ("registre", "journal")
"""Papers of every ended case: they prove years later what was done."""


def close(
    incident: Incident,
    lessons: tuple[str, ...],
    leave_open: Mapping[str, str],
    now: datetime,
    review_on: date | None = None,
) -> Changes:
    """End the incident; it becomes read-only. `review_on` is the day to look at it again."""
    for reason in leave_open.values():
        check_reason(reason)
    closing: dict[str, Plain] = {
        "at": to_wire(now),
        "lessons": list(lessons),
        "leave_open": dict(leave_open),
    }
    if review_on is not None:
        closing["review_on"] = review_on.isoformat()
    return Changes(
        "incident.close",
        (header(incident, state=IncidentState.CLOSED), Operation("closing", "closing", closing)),
        closing,
    )


def reopen(incident: Incident, reason: str) -> Changes:
    """Take an ended incident up again; what was written at its end stays readable.

    UserError `incident.not_closed`, `reason.missing`.
    """
    if incident.state is not IncidentState.CLOSED:
        raise UserError("incident.not_closed", incident=incident.number)
    check_reason(reason)
    return Changes(
        "incident.reopen", (header(incident, state=IncidentState.OPEN),), {"reason": reason}
    )


def review_day(closing: Mapping[str, Plain] | None) -> date | None:
    """The day chosen at the end to look at the case again."""
    told = (closing or {}).get("review_on")
    try:
        return date.fromisoformat(str(told)) if told else None
    except ValueError:
        return None


def title_of(case: Case, key: str) -> str:
    """Title of a duty or of a step left open; empty for a paper or for what no longer exists."""
    rule = next((rule for rule in case.knowledge.rules if rule.id == key), None)
    step = case.knowledge.playbooks.library.get(StepId(key))
    return rule.title if rule else step.title if step else ""
