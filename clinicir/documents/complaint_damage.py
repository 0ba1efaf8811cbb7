"""Parts 7 to 9 of a complaint: damage, data by categories and counts, measures taken."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.documents.captured import captured, plain_lines
from clinicir.documents.model import (
    Block,
    CheckLine,
    CheckLines,
    Column,
    FieldRow,
    Paragraph,
    Table,
)
from clinicir.documents.sheet import Sheet
from clinicir.domain.lookup import FactLookup
from clinicir.texts import labels

_HARMS = (
    ("operation_impaired", "yes"), ("health_integ", "yes"), ("health_conf", "yes"),
    ("money_loss", "yes"), ("identity_abuse", "yes"), ("forged_prescriptions", "yes"),
    ("device_stolen", "yes"), ("extortion", "yes"), ("data_published", "yes"),
)  # fmt: skip
"""Facts that are a harm, and the value that establishes them."""

_COSTS = ("costs", "amount", "lost_period")


def damage(sheet: Sheet) -> Iterator[Block]:
    """Every suspected harm, ticked when established: the insurer reads the first list."""
    wording, facts = sheet.case.knowledge.wording, FactLookup(sheet.case)
    lines = [
        CheckLine(wording.text(f"prejudice.harm.{name}"), done=facts.confirmed(name) == value)
        for name, value in _HARMS
    ]
    lines += [CheckLine(line) for line in wording.lines("prejudice.other_harms")]
    yield Paragraph(wording.text("prejudice.note"))
    yield CheckLines(tuple(lines), in_two_columns=True)
    hours = facts.confirmed("outage_hours")
    if isinstance(hours, int):
        yield FieldRow(wording.text("prejudice.outage_hours"), str(hours))
    for spec, value in captured(sheet.case, *_COSTS):
        yield FieldRow(spec.label, "\n".join(plain_lines(spec, value)))
    note = wording.text("prejudice.amounts_note")
    yield sheet.labelled("amounts", wording.text("prejudice.amounts"), None, note)


def data_concerned(sheet: Sheet) -> Iterator[Block]:
    """Categories and approximate numbers, never a name."""
    yield sheet.row("categories", "\n".join(sheet.chosen("data.categories")))
    sensitive = sheet.chosen("data.sensibles")
    if sensitive:
        yield sheet.row("sensitive", "\n".join(sensitive))
    yield sheet.row("records", _about(sheet, "data.nb_enregistrements"))
    yield sheet.row("persons", _about(sheet, "pers.nombre"))
    yield sheet.row("groups", "\n".join(sheet.chosen("pers.categories")))
    yield Paragraph(sheet.say("no_names"), "small")


def _about(sheet: Sheet, slug: str) -> str | None:
    count = sheet.answer(slug)
    return sheet.say("roughly", count=count) if count is not None else None


def measures(sheet: Sheet) -> Iterator[Block]:
    """What was done, and every declaration with its reference."""
    yield sheet.row("measures", sheet.answer("mesures.apres"))
    columns = tuple(
        Column(sheet.say(f"told.{key}"), width)
        for key, width in (("who", 2.0), ("at", 1.5), ("reference", 1.8))
    )
    yield Table(columns, tuple(_told(sheet)), sheet.say("told.none"))


def _told(sheet: Sheet) -> Iterator[tuple[str | None, ...]]:
    incident = sheet.case.incident
    for filing in incident.filings:
        who = f"{labels.AUTHORITIES['cnil']} : {labels.VERSIONS[filing.version].lower()}"
        yield (who, sheet.short(filing.at), filing.reference or None)
    for submission in incident.submissions:
        rule = sheet.case.knowledge.rule(submission.rule)
        yield (rule.title, sheet.short(submission.at), submission.reference or None)
