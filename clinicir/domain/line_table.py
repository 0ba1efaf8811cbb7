"""A list that somebody brings as a file: its cells, what its columns hold, what was left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 1 << 20
MAX_ROWS = 5000


class RowFault(StrEnum):
    """Why a row is not taken."""

    EMPTY = "empty"
    LONG = "long"
    NIR = "nir"
    """It holds what looks like a social security number."""
    NO_NAME = "no_name"
    NO_PLACE = "no_place"
    STATE = "state"
    TEXT = "text"
    """Signs that no line of text has."""
    BAD_FORM = "bad_form"
    NOT_PUBLIC = "not_public"
    OWN = "own"
    ALREADY = "already"
    TWICE = "twice"


@dataclass(frozen=True)
class TableRow:
    """One row; `number` is that of its first line in the file, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RefusedRow:
    """One row that is not taken."""

    number: int
    text: str
    """Its cells, shortened; never those of a row that may be about a patient."""
    fault: RowFault


@dataclass(frozen=True)
class LineTable:
    """What a file holds."""

    columns: tuple[str, ...]
    """Key of what each column holds, empty when nobody knows; no item at all without headings."""
    aside: tuple[str, ...]
    """Headings, as written, of the columns that nobody knows."""
    rows: tuple[TableRow, ...]
    refused: tuple[RefusedRow, ...]


def folded(text: str) -> str:
    """Lower case, without accents, one space for all that is neither letter nor digit."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters))
