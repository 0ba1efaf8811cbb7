"""Tables for a spreadsheet: what French spreadsheets open at once, and never compute."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from clinicir.texts.plain_text import visible

_FORMULA = "=+-@\t\r"
_BOM = "\ufeff"


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, `;`, every cell quoted, CRLF.

    A cell that a spreadsheet would take for a formula gets a leading apostrophe (OWASP ASVS
    1.2.10).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([neutralised(visible(cell)) for cell in row] for row in rows)
    return (_BOM + text.getvalue()).encode("utf-8")


def neutralised(cell: str) -> str:
    """The cell, which no spreadsheet will compute; full-width signs count as their plain form."""
    if cell.startswith(("\t", "\r")):
        return f"'{cell}"
    first = unicodedata.normalize("NFKC", cell.lstrip())[:1]
    return f"'{cell}" if first and first in _FORMULA else cell
