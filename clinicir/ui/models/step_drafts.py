"""Half-typed answers of the steps, one draft a step."""

from __future__ import annotations

from clinicir.domain.ids import IncidentId
from clinicir.services.session import Session
from clinicir.ui.models import drafts
from clinicir.ui.models.drafts import Draft as Draft

_SECTION = "steps"


def load(session: Session, incident: IncidentId, step: str) -> Draft:
    """What was half typed in a step."""
    return drafts.load_part(session, incident, _SECTION, step)


def save(session: Session, incident: IncidentId, step: str, draft: Draft) -> None:
    """Keep it, or forget it when empty."""
    drafts.save_part(session, incident, _SECTION, step, draft)
