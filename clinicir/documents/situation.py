"""The state of the case on one page: what happened, what is due when, what must be decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clinicir.documents.gravity_page import choice_of
from clinicir.documents.identity import signature
from clinicir.documents.model import (
    Block,
    Column,
    Document,
    KeyFact,
    KeyFacts,
    Paragraph,
    Section,
    Table,
)
from clinicir.documents.sheet import Sheet
from clinicir.domain.case import CaseFile
from clinicir.domain.clock import in_utc
from clinicir.domain.duties import due_next, obligations
from clinicir.domain.errors import UserError
from clinicir.domain.gravity import assessment_of, retained_gravity
from clinicir.domain.lookup import verdict_of
from clinicir.domain.obligation import Level, Obligation, ObligationState, Unit
from clinicir.domain.progress import StepState
from clinicir.domain.route import route
from clinicir.texts import labels
from clinicir.texts.durations import remaining
from clinicir.texts.typography import quoted_value

KIND = "point"
_MOST_DUTIES = 5
_LONGEST_TEXT = 130
_LONGEST_LINE = 64
_LONGEST_NAME = 40
_UNDETERMINED = "indetermine"
_WAITING = (ObligationState.OPEN, ObligationState.OVERDUE)


def build_situation(file: CaseFile, variant: str = "") -> Document:
    """One page, whatever the case: the rest is in the other papers.

    UserError `document.unknown_variant`.
    """
    if variant:
        raise UserError("document.unknown_variant", document=KIND, variant=variant[:80])
    sheet = Sheet(file, KIND)
    sections = (
        Section("", tuple(_situation(sheet))),
        sheet.section("due", _due(sheet)),
        sheet.section("decisions", (*_decisions(sheet), signature(sheet.case.practice))),
    )
    return sheet.document(sections)


def _situation(sheet: Sheet) -> Iterator[Block]:
    duties = obligations(sheet.case)
    upcoming = due_next(duties)
    retained = retained_gravity(sheet.case)
    gravity = retained or assessment_of(sheet.case).gravity
    known = sheet.case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
    facts = [KeyFact(sheet.say("known_at"), _when(sheet, known))]
    if upcoming is not None and upcoming.due_at is not None:
        label = "passed" if upcoming.state is ObligationState.OVERDUE else "next"
        facts.append(KeyFact(sheet.say(label), remaining(upcoming.due_at, sheet.case.now)))
    facts.append(
        KeyFact(sheet.say("gravity" if retained else "gravity_proposed"), labels.GRAVITY[gravity])
    )
    yield KeyFacts(tuple(facts))
    account = quoted_value(sheet.answer("viol.description") or "", _LONGEST_TEXT)
    yield Paragraph(f"{sheet.case.scenario.title}. {account}".strip())
    yield Paragraph(_progress(sheet), "small")


def _when(sheet: Sheet, at: datetime | None) -> str:
    return sheet.short(at) if at is not None else labels.UNKNOWN


def _progress(sheet: Sheet) -> str:
    steps = route(sheet.case)
    count = {state: sum(each.state is state for each in steps) for state in StepState}
    incident = sheet.case.incident
    accounts = sum(each.pending for each in incident.accounts)
    addresses = sum(each.pending for each in incident.addresses)
    return sheet.say(
        "progress",
        persons=sheet.answer("pers.nombre") or sheet.say("to_estimate"),
        done=str(count[StepState.DONE]),
        total=str(len(steps)),
        blocked=str(count[StepState.BLOCKED]),
        evidence=str(len(incident.exhibits)),
        accounts=str(accounts),
        addresses=str(addresses),
    )


def _due(sheet: Sheet) -> Iterator[Block]:
    """The most pressing first; what does not fit is counted."""
    duties = obligations(sheet.case)
    waiting = _one_act_each(
        sorted((duty for duty in duties if duty.state in _WAITING), key=_urgency)
    )
    columns = tuple(
        Column(sheet.say(f"column.{key}"), width)
        for key, width in (("what", 3.0), ("limit", 1.5), ("level", 1.4))
    )
    rows = tuple(
        (
            quoted_value(duty.rule.title, _LONGEST_LINE),
            _limit(sheet, duty),
            sheet.say(f"level.{duty.level.name}"),
        )
        for duty in waiting[:_MOST_DUTIES]
    )
    yield Table(columns, rows, sheet.say("nothing_due"))
    left = len(waiting) - len(rows)
    done = sum(duty.state not in _WAITING for duty in duties)
    if left or done:
        yield Paragraph(sheet.say("others", left=str(left), done=str(done)), "small")


def _one_act_each(duties: list[Obligation]) -> list[Obligation]:
    """Without the duties that the same act as one before them discharges."""
    kept: list[Obligation] = []
    for duty in duties:
        if not any(each.rule.id in duty.rule.discharged_by for each in kept):
            kept.append(duty)
    return kept


def _urgency(duty: Obligation) -> tuple[bool, bool, float, int]:
    """What is owed before what is advised; then what is due at once, then by limit."""
    owed = duty.level >= Level.CONDITION
    at_once = duty.rule.deadline.unit is Unit.IMMEDIATE
    limit = in_utc(duty.due_at).timestamp() if duty.due_at is not None else 0.0
    return (not owed, not at_once and duty.due_at is None, limit, -duty.level)


def _limit(sheet: Sheet, duty: Obligation) -> str:
    if duty.rule.deadline.unit is Unit.IMMEDIATE:
        return sheet.say("at_once")
    if duty.due_at is not None:
        return sheet.short(duty.due_at)
    if duty.target_at is not None:
        return sheet.say("target", at=sheet.short(duty.target_at))
    return sheet.say("no_hour")


def _decisions(sheet: Sheet) -> Iterator[Block]:
    """What the table of the law proposes, and what a person decided, else a line to write on."""
    verdict = verdict_of(sheet.case)
    proposed = {
        "cnil": labels.CNIL_CHOICES["notify" if verdict.cnil else "do_not_notify"],
        "persons": labels.TABLE_PERSONS[verdict.persons],
        "severity": labels.GRAVITY[assessment_of(sheet.case).gravity],
        "who_acts": "",
    }
    columns = tuple(
        Column(sheet.say(f"column.{key}"), width)
        for key, width in (("decision", 1.8), ("proposed", 1.6), ("decided", 2.4))
    )
    rows = tuple(
        (sheet.say(f"decision.{subject}"), proposal, _decided(sheet, subject))
        for subject, proposal in proposed.items()
    )
    yield Table(columns, rows)


def _decided(sheet: Sheet, subject: str) -> str | None:
    if subject == "cnil" and sheet.case.incident.filings:
        return sheet.say("filed", at=sheet.short(sheet.case.incident.filings[0].at))
    decision = sheet.case.incident.decisions.get(subject)
    if decision is None:
        return _answered(sheet, subject)
    choice = choice_of(sheet.case, subject, decision.choice)
    by = quoted_value(decision.by, _LONGEST_NAME)
    return sheet.say("decided", choice=choice, by=by, at=sheet.short(decision.at))


def _answered(sheet: Sheet, subject: str) -> str | None:
    """What the form already says, when nobody wrote a decision."""
    slug = {"persons": "info.etat", "severity": "impact.gravite"}.get(subject)
    if slug is None or sheet.answers.get(slug) == _UNDETERMINED:
        return None
    return sheet.answer(slug)
