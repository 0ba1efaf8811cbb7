"""Half-typed answers of the steps, one draft a step."""

from __future__ import annotations

from clinicir.domain.ids import IncidentId
from clinicir.services.session import Session
from clinicir.ui.models import drafts
from clinicir.ui.models.drafts import Draft as Draft
from clinicir.ui.models.drafts import KeepsDrafts as KeepsDrafts

_SECTION = "steps"


def load(session: Session, incident: IncidentId, step: str) -> Draft:
    """What was half typed in a step."""
    found = drafts.load(session, incident, _SECTION).get(step)
    return found if isinstance(found, dict) else {}


def save(session: Session, incident: IncidentId, step: str, draft: Draft) -> None:
    """Keep it, or forget it when empty."""
    steps = drafts.load(session, incident, _SECTION)
    others = {name: kept for name, kept in steps.items() if name != step}
    drafts.save(session, incident, _SECTION, {**others, step: draft} if draft else others)
