"""Half-typed forms of exhibits and of the journal, one draft a form."""

from __future__ import annotations

from clinicir.domain.ids import IncidentId
from clinicir.services.session import Session
from clinicir.ui.models import drafts
from clinicir.ui.models.drafts import Draft as Draft

_SECTION = "forms"


def load(session: Session, incident: IncidentId, form: str) -> Draft:
    """What was half typed in a form."""
    return drafts.load_part(session, incident, _SECTION, form)


def save(session: Session, incident: IncidentId, form: str, draft: Draft) -> None:
    """Keep it, or forget it when empty."""
    drafts.save_part(session, incident, _SECTION, form, draft)
