"""The certificate of an exercise: what was done, what was missed, what to decide together.

Not a paper of an incident: it names the real practice, which no vault of an exercise knows as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clinicir.documents.model import (
    Block,
    Column,
    Document,
    FieldRow,
    Lines,
    Paragraph,
    Section,
    Table,
    WritingLines,
)
from clinicir.domain.drill import DrillReport, MissedDuty
from clinicir.domain.wording import Wording
from clinicir.texts.durations import duration
from clinicir.texts.encoders import long_instant, short_instant

KIND = "exercice"
_DECISIONS = 3
_Say = Callable[..., str]


def build_drill_certificate(report: DrillReport, wording: Wording) -> Document:
    """One or two pages, marked like every paper of an exercise."""

    def say(key: str, **values: str) -> str:
        return wording.text(f"{KIND}.{key}", **values)

    lead = Paragraph(say("lead", practice=report.practice), "lead")
    return Document(
        kind=KIND,
        title=say("title"),
        sections=(
            Section("", (lead, Paragraph(say("file")))),
            Section(say("about_title"), _about(report, say)),
            Section(say("done_title"), (_done(report, say),)),
            Section(say("missed_title"), tuple(_missed(report, say))),
            Section(say("duties_title"), (_duties(report, say),)),
            Section(say("debrief_title"), _debrief(report, say)),
        ),
        practice=report.practice,
        case_number="",
        drill=True,
        at=report.ended_at,
        file_stem="attestation",
        subtitle=report.title,
    )


def _about(report: DrillReport, say: _Say) -> tuple[Block, ...]:
    return (
        FieldRow(say("story"), report.title),
        FieldRow(say("practice"), report.practice),
        FieldRow(say("by"), report.by),
        FieldRow(say("began"), long_instant(report.started_at)),
        FieldRow(say("ended"), long_instant(report.ended_at)),
        FieldRow(say("lasted"), duration(report.lasted)),
    )


def _done(report: DrillReport, say: _Say) -> Table:
    columns = (Column(say("step"), 3), Column(say("after")), Column(say("spent")))
    rows = tuple(
        (each.title, duration(each.after), duration(each.spent)) for each in report.done
    )
    return Table(columns, rows, say("none_done"))


def _missed(report: DrillReport, say: _Say) -> Iterator[Block]:
    if not report.declared:
        yield Paragraph(say("not_declared"))
    columns = (Column(say("step")), Column(say("expected")))
    rows = tuple((each.title, each.expected or say("first")) for each in report.missed_steps)
    yield Table(columns, rows, say("none_missed"))


def _duties(report: DrillReport, say: _Say) -> Table:
    columns = (Column(say("duty"), 2), Column(say("limit")))
    rows = tuple((duty.title, _limit(duty, say)) for duty in report.missed_duties)
    return Table(columns, rows, say("none_open"))


def _limit(duty: MissedDuty, say: _Say) -> str:
    if duty.due_at is None:
        return say("at_once")
    limit = short_instant(duty.due_at)
    return say("overdue", limit=limit) if duty.overdue else limit


def _debrief(report: DrillReport, say: _Say) -> tuple[Block, ...]:
    decisions = (say("decision", number=str(n)) for n in range(1, _DECISIONS + 1))
    return (
        Lines(report.debrief),
        WritingLines(say("people"), 1),
        *(WritingLines(words, 1) for words in decisions),
    )
