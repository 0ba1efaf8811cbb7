"""The score behind the level of gravity: for us, never to be copied into an official form."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from clinicir.documents.model import (
    Block,
    Column,
    KeyFact,
    KeyFacts,
    Lines,
    Notice,
    Paragraph,
    Section,
    Table,
)
from clinicir.domain.case import Case
from clinicir.domain.enisa import Term
from clinicir.domain.gravity import assessment_of, retained_gravity
from clinicir.domain.lookup import verdict_of
from clinicir.domain.severity import Assessment
from clinicir.texts import labels
from clinicir.texts.encoders import number
from clinicir.texts.labels import labelled, said


def gravity_section(case: Case, *, new_page: bool = True) -> Section:
    """Figures, terms and their reasons, what is not known yet, decisions taken."""
    say = case.knowledge.wording.text
    assessment = assessment_of(case)
    blocks: list[Block] = [
        Notice("danger", say("gravite.not_to_copy")),
        KeyFacts(_figures(case, assessment)),
        Table(
            (
                Column(say("gravite.term"), 2.2),
                Column(say("gravite.value"), 0.6, "right"),
                Column(say("gravite.because"), 2.2),
            ),
            tuple(
                (_term(term), score(term.hundredths), because(case, term.because))
                for term in assessment.terms
            ),
        ),
        Lines(tuple(_remarks(case, assessment))),
        Paragraph(say("gravite.method"), "small"),
    ]
    return Section(say("gravite.title"), tuple(blocks), new_page=new_page)


def score(hundredths: int) -> str:
    """`0,50`: never a float."""
    return number(Decimal(hundredths) / 100, 2)


def because(case: Case, names: Iterable[str]) -> str:
    """French names of facts and answers."""
    facts, fields = case.knowledge.facts, case.knowledge.cnil_form.fields
    known = {name: facts[name].label for name in facts}
    return " ; ".join(
        known.get(name) or (fields[name].label if name in fields else name) for name in names
    )


def _figures(case: Case, assessment: Assessment) -> tuple[KeyFact, ...]:
    say = case.knowledge.wording.text
    retained = retained_gravity(case)
    return (
        KeyFact(say("gravite.score"), score(assessment.score.se)),
        KeyFact(say("gravite.band"), labels.BANDS[assessment.score.band]),
        KeyFact(say("gravite.proposed"), labels.GRAVITY[assessment.gravity]),
        KeyFact(
            say("gravite.retained"),
            labels.GRAVITY[retained] if retained else say("gravite.to_decide"),
        ),
    )


def _term(term: Term) -> str:
    return labelled(labels.ENISA_PARTS[term.part], said(labels.ENISA_TERMS, term.id))


def _remarks(case: Case, assessment: Assessment) -> list[str]:
    say = case.knowledge.wording.text
    score_of = assessment.score
    lines = [
        say(
            "gravite.formula",
            dpc=score(score_of.dpc),
            ei=score(score_of.ei),
            cb=score(score_of.cb),
            se=score(score_of.se),
        )
    ]
    lines.append(say("gravite.by_program" if assessment.proposed else "gravite.by_person"))
    if assessment.reason:
        lines.append(say("gravite.reason", reason=assessment.reason))
    if score_of.near_boundary:
        lines.append(say("gravite.near_boundary"))
    if assessment.floored:
        lines.append(say("gravite.floored"))
    if assessment.irreversible:
        lines.append(say("gravite.irreversible"))
    lines += [say(f"gravite.flag_{flag}") for flag in assessment.flags]
    if assessment.unknowns:
        lines.append(say("gravite.unknowns", names=because(case, assessment.unknowns)))
    return [*lines, *_decisions(case)]


def _decisions(case: Case) -> list[str]:
    say = case.knowledge.wording.text
    verdict = verdict_of(case)
    lines = [
        say(
            "gravite.table",
            row=verdict.row.id,
            label=verdict.row.label,
            cnil=labels.YES if verdict.cnil else labels.NO,
            persons=labels.TABLE_PERSONS[verdict.persons],
        )
    ]
    for subject, decision in case.incident.decisions.items():
        lines.append(
            say(
                "gravite.decided",
                subject=said(labels.SUBJECTS, subject),
                choice=choice_of(case, subject, decision.choice),
                by=decision.by,
                reason=decision.reason or say("gravite.no_reason"),
            )
        )
    return lines


def choice_of(case: Case, subject: str, choice: str) -> str:
    """French label of a decision."""
    if subject == "persons":
        field = case.knowledge.cnil_form.fields["info.etat"]
        return {each.id: each.label for each in field.choices}.get(choice, choice)
    return said(labels.GRAVITY if subject == "severity" else labels.CNIL_CHOICES, choice)
