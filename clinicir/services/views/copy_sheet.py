"""The CNIL form as it is copied by hand into the online service, field after field."""

from __future__ import annotations

from dataclasses import dataclass

from clinicir.domain.answers import AnswerLookup, applies, implied
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.conditions import Truth
from clinicir.domain.form import FormField
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.session import Session
from clinicir.services.views.documents import form_context


@dataclass(frozen=True)
class CopyField:
    """One field of the online form and what goes there."""

    field: FormField
    rubric: str
    value: Plain
    """None when nothing was answered."""


@dataclass(frozen=True)
class CopySheet:
    """Every field that is asked, in the order of the form."""

    number: str
    fields: tuple[CopyField, ...]


def copy_sheet(session: Session, incident: IncidentId) -> CopySheet:
    """Fields that apply; one that waits for another answer is left out until it is given."""
    case = session.case(incident)
    answers = implied(answers_of(case))
    lookup = AnswerLookup(answers, form_context(case, answers))
    fields = tuple(
        CopyField(field, rubric.title, answers.get(field.id))
        for rubric in case.knowledge.cnil_form.rubrics
        for field in rubric.fields
        if applies(field, lookup) is Truth.TRUE
    )
    return CopySheet(case.incident.number, fields)
