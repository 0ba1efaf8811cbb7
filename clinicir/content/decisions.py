"""The decision table of `checklists/decisions.toml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from clinicir.content.obligations import condition
from clinicir.content.toml_reader import read_toml
from clinicir.domain.decision import DecisionRow, DecisionTable, Persons
from clinicir.domain.errors import UserError

FILE = "decisions.toml"


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    when: str
    cnil: bool
    persons: Literal["yes", "now", "no", "to_decide"]
    label: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal[1]
    title: str
    note: str
    source: list[str]
    checked_on: date
    confidence: Literal["A", "B", "C"]
    unknown_is_an_answer: list[str]
    row: list[_Row]


def load_decisions(root: Path) -> DecisionTable:
    """The table, from the `checklists` folder; UserError `content.*` naming file and key."""
    file = read_toml(root / FILE, _File)
    if not file.row or file.row[-1].when != "always":
        raise UserError(
            "content.bad_value", file=FILE, key="row", problem="the last row must be `always`"
        )
    return DecisionTable(
        title=file.title,
        note=file.note,
        rows=tuple(
            DecisionRow(
                id=row.id,
                when=condition(row.when, {}, FILE, f"{row.id}.when"),
                cnil=row.cnil,
                persons=Persons(row.persons),
                label=row.label,
            )
            for row in file.row
        ),
        unknown_is_an_answer=frozenset(file.unknown_is_an_answer),
        source=tuple(file.source),
        checked_on=file.checked_on,
        confidence=file.confidence,
    )
