"""The 72 hours of the CNIL, as its papers count them."""

from __future__ import annotations

from datetime import datetime

from clinicir.domain.answers import Answers
from clinicir.domain.case import Case
from clinicir.domain.due import Due, due_of, is_late
from clinicir.domain.lookup import FactLookup
from clinicir.domain.notification import Version

FIRST_RULE = "CNIL-01"
NEXT_RULE = "CNIL-04"


def first_due(case: Case) -> Due:
    """When the first notification is due."""
    return due_of(case, case.knowledge.rule(FIRST_RULE).deadline)


def next_due(case: Case) -> Due:
    """When the CNIL hopes for the complement: an objective, not a limit."""
    return due_of(case, case.knowledge.rule(NEXT_RULE).deadline)


def first_filed_at(case: Case) -> datetime | None:
    """When the first notification was filed."""
    first = case.incident.filed(Version.INITIAL, Version.COMPLETE)
    return first.at if first else None


def reasons_are_due(case: Case) -> bool:
    """Filed, or still not filed, after the limit (GDPR art. 33(1))."""
    return is_late(first_due(case), first_filed_at(case) or case.now)


def form_context(case: Case, answers: Answers) -> dict[str, str]:
    """What the conditions of the CNIL form ask beside its answers; written reasons always show."""
    explained = bool(answers.get("dates.motifs_retard"))
    return {
        "late": "yes" if explained or reasons_are_due(case) else "no",
        "processor_origin": str(FactLookup(case).fact("processor_origin").value),
    }
