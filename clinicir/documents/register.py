"""The register of breaches, on paper and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from clinicir.documents.model import (
    Block,
    Column,
    Document,
    FieldRow,
    Heading,
    Paragraph,
    Section,
    Table,
)
from clinicir.documents.register_rows import GROUPS, RegisterLine, Row
from clinicir.domain.case import CaseFile
from clinicir.texts.csv_table import csv_bytes
from clinicir.texts.encoders import number
from clinicir.texts.printing import TO_COMPLETE

KIND = "registre"
WHOLE_KIND = "registre_complet"
WHOLE_STEM = "registre-des-violations"
CSV_NAME = "registre.csv"


def build_register(file: CaseFile) -> Document:
    """The line of one incident, item by item."""
    case = file.case
    rows = RegisterLine(file).rows()
    sections = [Section("", (Paragraph(_said(file, "intro"), "lead"),))]
    sections += [
        Section(_said(file, f"group.{group}"), _fields(rows, group)) for group in GROUPS
    ]
    sections.append(_keep(file))
    return Document(
        kind=KIND,
        title=_said(file, "title"),
        sections=tuple(sections),
        practice=case.practice.name,
        case_number=case.incident.number,
        drill=case.drill,
        at=case.local(case.now),
        file_stem=f"{KIND}-{case.incident.number}",
        subtitle=_said(file, "subtitle"),
        missing=_gaps(rows),
    )


def build_whole_register(file: CaseFile) -> Document:
    """Every incident of the practice: a table of them all, then each one on its own pages."""
    case = file.case
    lines = [(each, RegisterLine(each)) for each in _all(file)]
    told = [(each, line, line.rows()) for each, line in lines]
    opening = (
        Paragraph(_said(file, "intro"), "lead"),
        Paragraph(_counted(file, len(told))),
        _summary(file, tuple(line for _, line in lines)),
    )
    sections = [
        Section("", opening),
        _keep(file),
        *(_incident(each, rows) for each, _, rows in told),
    ]
    return Document(
        kind=WHOLE_KIND,
        title=_said(file, "title"),
        sections=tuple(sections),
        practice=case.practice.name,
        case_number="",
        drill=case.drill,
        at=case.local(case.now),
        file_stem=WHOLE_STEM,
        subtitle=_said(file, "subtitle"),
        missing=tuple(
            f"{each.case.incident.number}.{gap}" for each, _, rows in told for gap in _gaps(rows)
        ),
    )


def register_csv(file: CaseFile) -> bytes:
    """One header, one line an incident (`texts.csv_table`)."""
    lines = [RegisterLine(each).rows() for each in _all(file)]
    header = [row.label for row in lines[0]]
    told = ([TO_COMPLETE if row.text is None else row.text for row in rows] for rows in lines)
    return csv_bytes([header, *told])


def _all(file: CaseFile) -> tuple[CaseFile, ...]:
    """In the order of their numbers."""
    return tuple(sorted((file, *file.others), key=lambda each: each.case.incident.number))


def _said(file: CaseFile, key: str, **values: str) -> str:
    return file.case.knowledge.wording.text(f"registre.{key}", **values)


def _fields(rows: Iterable[Row], group: str) -> tuple[Block, ...]:
    return tuple(FieldRow(row.label, row.text) for row in rows if row.group == group)


def _gaps(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row.id for row in rows if row.text is None)


def _keep(file: CaseFile) -> Section:
    return Section(_said(file, "keep_title"), (Paragraph(_said(file, "keep")),))


def _counted(file: CaseFile, count: int) -> str:
    return _said(file, "one" if count == 1 else "many", count=number(count))


def _summary(file: CaseFile, lines: tuple[RegisterLine, ...]) -> Table:
    columns = tuple(
        Column(_said(file, f"column.{key}"), width)
        for key, width in (
            ("number", 1.0), ("situation", 2.4), ("known", 1.5), ("persons", 1.35), ("cnil", 1.9),
            ("state", 0.9),
        )
    )  # fmt: skip
    return Table(columns, tuple(line.summary() for line in lines))


def _incident(file: CaseFile, rows: tuple[Row, ...]) -> Section:
    """Headings inside one section, so that the outline of the paper lists the incidents."""
    case = file.case
    blocks = [
        block
        for group in GROUPS
        for block in (Heading(_said(file, f"group.{group}")), *_fields(rows, group))
    ]
    title = _said(file, "case", number=case.incident.number, situation=case.scenario.title)
    return Section(title, tuple(blocks), new_page=True)
