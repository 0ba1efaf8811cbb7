"""The trail, readable: its verification first, then every entry in order.

Corrections, notes and hand-overs are set apart too, because a reader looks for them; nothing is
left out of the full list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from clinicir.documents.captured import breakable
from clinicir.documents.journal_lines import EntryText
from clinicir.documents.model import (
    Block,
    Column,
    Document,
    Fingerprint,
    Heading,
    KeyFact,
    KeyFacts,
    Lines,
    Notice,
    Paragraph,
    Section,
    Table,
    Timeline,
    TimelineEvent,
)
from clinicir.domain.audit import Problem
from clinicir.domain.case import CaseFile
from clinicir.domain.ids import Plain
from clinicir.texts import labels
from clinicir.texts.encoders import exact_instant, file_size, number
from clinicir.texts.labels import labelled

KIND = "journal"
_CORRECTIONS = frozenset({"fact.correct", "deadline.correct", "contact.correct"})
_CUSTODY = frozenset({"evidence.note", "evidence.hand_over", "evidence.export"})


def build_journal(file: CaseFile) -> Document:
    """Everything recorded for one incident, with what this proves and does not prove."""
    return _Paper(file).document()


@dataclass(frozen=True)
class _Paper:
    file: CaseFile

    @cached_property
    def _text(self) -> EntryText:
        return EntryText(self.file.case)

    def document(self) -> Document:
        case = self.file.case
        return Document(
            kind=KIND,
            title=self._say("title"),
            sections=(
                Section("", (Paragraph(self._say("intro"), "lead"),)),
                self._verification(),
                self._proves(),
                self._corrections(),
                self._custody(),
                self._notes(),
                self._entries(),
            ),
            practice=case.practice.name,
            case_number=case.incident.number,
            drill=case.drill,
            at=case.local(case.now),
            file_stem=f"{KIND}-{case.incident.number}",
            subtitle=self._say("subtitle", number=case.incident.number),
        )

    def _say(self, key: str, **values: str) -> str:
        return self.file.case.knowledge.wording.text(f"journal.{key}", **values)

    def _verification(self) -> Section:
        found = self.file.verification
        state = self._say("intact" if found.intact else "altered")
        blocks: list[Block] = [
            KeyFacts((
                KeyFact(self._say("state"), state),
                KeyFact(self._say("count"), number(found.entries)),
                KeyFact(self._say("files"), number(found.objects)),
            )),
            Paragraph(self._say(f"level_{found.level}")),
        ]  # fmt: skip
        if found.problems:
            lines = "\n".join(self._problem(problem) for problem in found.problems)
            blocks.append(Notice("danger", lines, self._say("problems_title")))
        if found.erasures:
            entries = ", ".join(number(n) for n in found.erasures)
            blocks.append(Notice("info", self._say("erased", entries=entries)))
        if found.remarks:
            entries = ", ".join(number(n) for n in found.remarks)
            blocks.append(Notice("info", self._say("clock_set_back", entries=entries)))
        blocks.append(Fingerprint(self._say("head"), found.head))
        return Section(self._say("verification_title"), tuple(blocks))

    def _problem(self, problem: Problem) -> str:
        where = problem.file or self._say("trail")
        return self._say("problem", entry=number(problem.entry), file=where, code=problem.code)

    def _proves(self) -> Section:
        wording = self.file.case.knowledge.wording
        return Section(
            self._say("proves_title"),
            (
                Heading(self._say("proves_heading")),
                Lines(wording.lines("journal.proves")),
                Heading(self._say("does_not_heading")),
                Lines(wording.lines("journal.does_not")),
                Paragraph(self._say("bundle"), "quote"),
            ),
        )

    def _corrections(self) -> Section:
        rows = []
        for entry in self.file.entries:
            if entry.kind in _CORRECTIONS and not entry.sealed:
                reason = str(entry.detail.get("reason") or labels.NOTHING)
                for what, old, new in self._text.before(entry):
                    rows.append((number(entry.n), what, old, new, reason, entry.by))
        columns = self._columns(
            ("n", 0.4), ("what", 1.3), ("old", 1.1), ("new", 1.1), ("why", 1.7), ("by", 0.8)
        )
        table = Table(columns, tuple(rows), self._say("no_correction"))
        return Section(self._say("corrections_title"), (table,))

    def _custody(self) -> Section:
        zone = self.file.case.calendar.zone
        pieces = tuple(
            (
                piece.number,
                piece.title,
                f"{breakable(exact_instant(piece.collected_at, zone))}\n{piece.collected_by}",
                f"{piece.name}\n{file_size(piece.size_bytes)}",
                piece.sha256,
            )
            for piece in self.file.case.incident.evidence
        )
        columns = (
            *self._columns(("piece", 0.6), ("title_of", 1.4), ("taken", 1.2), ("original", 1.1)),
            Column(self._say("digest"), 1.7, code=True),
        )
        moves = tuple(
            TimelineEvent(
                self._text.when(entry),
                labelled(self._text.kind(entry), entry.detail.get("number", "")),
                self._text.detail(entry),
            )
            for entry in self.file.entries
            if entry.kind in _CUSTODY
        )
        blocks: list[Block] = [Table(columns, pieces, self._say("no_evidence"))]
        if moves:
            blocks += [Heading(self._say("moves")), Timeline(moves)]
        return Section(self._say("custody_title"), tuple(blocks))

    def _notes(self) -> Section:
        notes = tuple(
            TimelineEvent(self._text.when(entry), _note_of(entry.detail), entry.by)
            for entry in self.file.entries
            if _note_of(entry.detail)
        )
        blocks: tuple[Block, ...] = (Paragraph(self._say("no_note")),)
        return Section(self._say("notes_title"), (Timeline(notes),) if notes else blocks)

    def _entries(self) -> Section:
        events = tuple(
            TimelineEvent(
                self._text.when(entry),
                self._say(
                    "entry",
                    n=number(entry.n),
                    act=self._text.kind(entry),
                    by=entry.by or entry.actor,
                ),
                self._text.detail(entry),
            )
            for entry in self.file.entries
        )
        blocks: tuple[Block, ...] = (
            Paragraph(self._say("gaps"), "small"),
            Timeline(events) if events else Paragraph(self._say("no_entry")),
        )
        return Section(self._say("entries_title"), blocks)

    def _columns(self, *widths: tuple[str, float]) -> tuple[Column, ...]:
        return tuple(Column(self._say(key), width) for key, width in widths)


def _note_of(detail: object) -> str:
    """Text of a note, alone or attached to a step."""
    if not isinstance(detail, dict):
        return ""
    text: Plain = detail.get("text") or detail.get("note")
    return text if isinstance(text, str) else ""
