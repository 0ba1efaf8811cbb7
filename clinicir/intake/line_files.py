"""Lists brought as CSV: accounts to reset, addresses to block.

The file comes from a spreadsheet, a provider or an access log: encoding and separator are found
out, headings are read in French and in English, and nothing of a patient goes further than here.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from clinicir.domain.errors import UserError
from clinicir.domain.line_table import (
    MAX_BYTES,
    MAX_ROWS,
    LineTable,
    RefusedRow,
    RowFault,
    TableRow,
    folded,
)

_SEPARATORS = ";,\t|"
_SAMPLE = 4096
_MAX_CELLS, _MAX_CELL = 64, 2000
_SHOWN = 80
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NIR = re.compile(
    r"(?<![0-9A-Za-z])[1-478]\s?\d\d\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?\d[0-9ABab]\s?\d{3}\s?\d{3}"
    r"(?:\s?\d\d)?(?![0-9A-Za-z])"
)

_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": (
            "compte", "comptes", "nom du compte", "identifiant", "login", "utilisateur",
            "nom d utilisateur", "user", "username", "account", "mail", "email", "e mail",
            "adresse mail", "adresse e mail", "adresse email", "courriel", "user principal name",
        ),
        "system": (
            "logiciel", "logiciel ou site", "site", "systeme", "system", "application", "service",
        ),
        "owner": ("titulaire", "proprietaire", "owner", "personne", "nom", "display name"),
        "address": (
            "adresse", "adresses", "address", "adresse ip", "adresse suspecte",
            "adresse suspecte ip", "ip", "ip address", "ip source", "source ip",
            "adresse ip source",
        ),
        "where": ("ou", "ou la bloquer", "ou bloquer", "lieu", "where"),
        "state": ("etat", "statut", "state", "status"),
        "done_at": (
            "quand", "date", "date et heure", "fait le", "fait a quelle heure", "done at", "when",
        ),
        "by": ("fait par", "par", "par qui", "by", "done by"),
    }
)  # fmt: skip
"""Headings in lower case, without accents nor signs."""
_KEYS = {word: key for key, words in _WORDS.items() for word in words}
_OF_PATIENTS = frozenset(
    {
        "patient", "patients", "patiente", "nom du patient", "nom de naissance", "nir", "ins",
        "date de naissance", "ne le", "nee le", "numero de securite sociale", "securite sociale",
        "n de securite sociale", "n secu", "ipp", "diagnostic", "pathologie", "birth date",
    }
)  # fmt: skip


def read_lines(content: bytes) -> LineTable:
    """Cells of a CSV file, with what its columns hold when it has headings.

    UserError `lines.too_large`, `lines.too_many`, `lines.unreadable`, `lines.empty`,
    `lines.patients`.
    """
    if len(content) > MAX_BYTES:
        raise UserError("lines.too_large", limit=MAX_BYTES)
    text, start = _without_hint(_decoded(content))
    rows = list(_rows(text, start))
    if not rows:
        raise UserError("lines.empty")
    first = [folded(cell) for cell in rows[0].cells]
    if set(first) & _OF_PATIENTS:
        raise UserError("lines.patients")
    columns = tuple(_KEYS.get(word, "") for word in first)
    headed = any(columns)
    aside = [cell for cell, key in zip(rows[0].cells, columns, strict=True) if cell and not key]
    good: list[TableRow] = []
    refused: list[RefusedRow] = []
    for row in rows[1:] if headed else rows:
        fault = _fault(row)
        if fault is None:
            good.append(row)
        else:
            refused.append(RefusedRow(row.number, _told(row, fault), fault))
    if len(good) + len(refused) > MAX_ROWS:
        raise UserError("lines.too_many", limit=MAX_ROWS)
    if not headed:
        return LineTable((), (), tuple(good), tuple(refused))
    return LineTable(_once(columns), tuple(aside), tuple(good), tuple(refused))


def _decoded(content: bytes) -> str:
    names = ["utf-16"] if content.startswith(_UTF_16) else ["utf-8-sig", "cp1252"]
    for name in names:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UserError("lines.unreadable")


def _without_hint(text: str) -> tuple[str, int]:
    """A spreadsheet may write `sep=;` first: what follows, and the number of its first line."""
    found = re.match(r"sep=[;,\t|]\r?\n", text)
    return (text[found.end() :], 2) if found else (text, 1)


def _rows(text: str, start: int) -> Iterator[TableRow]:
    try:
        separator = csv.Sniffer().sniff(text[:_SAMPLE], _SEPARATORS).delimiter
    except csv.Error:
        separator = ";"
    try:
        found = _parsed(text, separator, quoted=True)
    except csv.Error:
        # A lone quotation mark would swallow all that follows.
        try:
            found = _parsed(text, separator, quoted=False)
        except csv.Error:
            raise UserError("lines.unreadable") from None
    for number, cells in found:
        if cells:
            yield TableRow(number + start - 1, tuple(" ".join(cell.split()) for cell in cells))


def _parsed(text: str, separator: str, *, quoted: bool) -> list[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=True,
    )
    found: list[tuple[int, list[str]]] = []
    number = 1
    for cells in reader:
        found.append((number, cells))
        number = reader.line_num + 1
        if len(found) > 2 * MAX_ROWS:
            raise UserError("lines.too_many", limit=MAX_ROWS)
    return found


def _fault(row: TableRow) -> RowFault | None:
    if not any(row.cells):
        return RowFault.EMPTY
    if len(row.cells) > _MAX_CELLS or any(len(cell) > _MAX_CELL for cell in row.cells):
        return RowFault.LONG
    if any(_NIR.search(cell) for cell in row.cells):
        return RowFault.NIR
    return None


def _told(row: TableRow, fault: RowFault) -> str:
    return "" if fault is RowFault.NIR else " ; ".join(filter(None, row.cells[:6]))[:_SHOWN]


def _once(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The first column of a kind is the one that counts."""
    return tuple("" if key in columns[:place] else key for place, key in enumerate(columns))
