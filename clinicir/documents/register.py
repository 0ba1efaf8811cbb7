"""The register of breaches, on paper and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata

from clinicir.documents.model import Document, FieldRow, Paragraph, Section
from clinicir.documents.register_rows import GROUPS, RegisterLine
from clinicir.domain.case import CaseFile
from clinicir.texts.printing import TO_COMPLETE

KIND = "registre"
CSV_NAME = "registre.csv"
_FORMULA = "=+-@\t\r"
_BOM = "\ufeff"


def build_register(file: CaseFile) -> Document:
    """The line of one incident, item by item."""
    case = file.case
    rows = RegisterLine(file).rows()

    def say(key: str) -> str:
        return case.knowledge.wording.text(f"registre.{key}")

    sections = [Section("", (Paragraph(say("intro"), "lead"),))]
    sections += [
        Section(
            say(f"group.{group}"),
            tuple(FieldRow(row.label, row.text) for row in rows if row.group == group),
        )
        for group in GROUPS
    ]
    sections.append(Section(say("keep_title"), (Paragraph(say("keep")),)))
    return Document(
        kind=KIND,
        title=say("title"),
        sections=tuple(sections),
        practice=case.practice.name,
        case_number=case.incident.number,
        drill=case.drill,
        at=case.local(case.now),
        file_stem=f"{KIND}-{case.incident.number}",
        subtitle=say("subtitle"),
        missing=tuple(row.id for row in rows if row.text is None),
    )


def register_csv(file: CaseFile) -> bytes:
    """UTF-8 with its mark, `;`, every cell quoted, CRLF: what French spreadsheets open at once.

    One header, one line for the incident. A cell that a spreadsheet would take for a formula gets
    a leading apostrophe (OWASP ASVS 1.2.10).
    """
    rows = RegisterLine(file).rows()
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutralised(row.label) for row in rows])
    writer.writerow(
        [neutralised(TO_COMPLETE if row.text is None else row.text) for row in rows]
    )
    return (_BOM + text.getvalue()).encode("utf-8")


def neutralised(cell: str) -> str:
    """The cell, which no spreadsheet will compute; full-width signs count as their plain form."""
    first = unicodedata.normalize("NFKC", cell.lstrip(" \u00a0\u202f\n"))[:1]
    return f"'{cell}" if first and first in _FORMULA else cell
