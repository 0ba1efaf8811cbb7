"""The CNIL form as it would be filed now: what is answered, what is awaited, how far one is."""

from __future__ import annotations

from dataclasses import dataclass

from clinicir.domain.answers import AnswerLookup, Answers, applies, implied, missing
from clinicir.domain.case import Case
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.conditions import Truth
from clinicir.domain.form import FormField, Needed
from clinicir.domain.ids import Plain
from clinicir.domain.lookup import FactLookup
from clinicir.domain.notification import Version, next_version


@dataclass(frozen=True)
class Question:
    """A field of the CNIL form without an answer."""

    field: FormField
    rubric: str
    now: bool
    """Needed by the version to be filed next; the others may wait."""


@dataclass(frozen=True)
class Answered:
    """A field of the CNIL form and its answer, None when there is none yet."""

    field: FormField
    rubric: str
    value: Plain


@dataclass(frozen=True)
class CnilView:
    """The form as it would be filed now."""

    version: Version
    questions: tuple[Question, ...]
    """Without an answer, in the order of the form."""
    fields: tuple[Answered, ...]
    """Every field that applies, in the order of the form."""
    total: int
    """Answers that this version needs, given or not."""

    @property
    def needed(self) -> int:
        """How many are needed now."""
        return sum(question.now for question in self.questions)

    @property
    def done(self) -> int:
        """How many of those needed are given; not knowing is an answer."""
        return self.total - self.needed


def form_context(case: Case, answers: Answers) -> dict[str, str]:
    """What the conditions of the CNIL form ask beside its answers."""
    lookup = FactLookup(case)
    explained = bool(answers.get("dates.motifs_retard"))
    return {
        "late": "yes" if explained else str(lookup.fact("cnil_late").value),
        "processor_origin": str(lookup.fact("processor_origin").value),
    }


def cnil_view_of(case: Case, lacking: tuple[str, ...]) -> CnilView:
    """The answers given and awaited; `lacking` are those that the paper leaves open."""
    form = case.knowledge.cnil_form
    answers = answers_of(case)
    version = next_version(case.incident.filings)
    needed = set(missing(form, answers, version, form_context(case, answers)))
    wanted = {*lacking, *needed}
    questions = tuple(
        Question(field, rubric.title, field.id in needed)
        for rubric in form.rubrics
        for field in rubric.fields
        if field.id in wanted
    )
    asked = asked_fields(case)
    levels = {Needed.INITIAL} | ({Needed.COMPLETE} if case.incident.filings else set())
    total = {each.field.id for each in asked if each.field.needed in levels}
    return CnilView(version, questions, asked, len(total | needed))


def asked_fields(case: Case) -> tuple[Answered, ...]:
    """Fields that apply; one that waits for another answer is left out until it is given."""
    answers = implied(answers_of(case))
    lookup = AnswerLookup(answers, form_context(case, answers))
    return tuple(
        Answered(field, rubric.title, answers.get(field.id))
        for rubric in case.knowledge.cnil_form.rubrics
        for field in rubric.fields
        if applies(field, lookup) is Truth.TRUE
    )
