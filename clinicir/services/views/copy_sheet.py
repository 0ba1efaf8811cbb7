"""The CNIL form as it is copied by hand into the online service, field after field."""

from __future__ import annotations

from dataclasses import dataclass

from clinicir.domain.ids import IncidentId
from clinicir.services.session import Session
from clinicir.services.views.cnil_form import Answered, asked_fields


@dataclass(frozen=True)
class CopySheet:
    """Every field that is asked, in the order of the form."""

    number: str
    fields: tuple[Answered, ...]


def copy_sheet(session: Session, incident: IncidentId) -> CopySheet:
    """Fields that apply; one that waits for another answer is left out until it is given."""
    case = session.case(incident)
    return CopySheet(case.incident.number, asked_fields(case))
