"""Offences of `checklists/offences.toml`, checked against the facts and the answers they name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from clinicir.content.obligations import condition
from clinicir.content.toml_reader import read_toml
from clinicir.domain.errors import UserError
from clinicir.domain.offence import SCENARIO, Offence

FILE = "offences.toml"


class _Offence(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    article: str
    words: str
    penalty: str
    when: str
    source: list[str]
    checked_on: date
    confidence: Literal["A", "B", "C"]
    note: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal[1]
    sources: dict[str, str]
    offence: list[_Offence]


def load_offences(root: Path, names: Collection[str]) -> tuple[Offence, ...]:
    """Every offence in reading order, from the `checklists` folder.

    `names` are the facts and the slugs that a condition may ask. UserError `content.*`.
    """
    file = read_toml(root / FILE, _File)
    ids = [raw.id for raw in file.offence]
    for twice in (name for name in ids if ids.count(name) > 1):
        raise UserError("content.bad_value", file=FILE, key=twice, problem="offence defined twice")
    return tuple(_offence(raw, file.sources, names) for raw in file.offence)


def _offence(raw: _Offence, sources: dict[str, str], names: Collection[str]) -> Offence:
    when = condition(raw.when, {}, FILE, f"{raw.id}.when")
    for name in sorted(when.names - {SCENARIO}):
        if name not in names:
            raise _dangling(raw.id, "when", name)
    for key in raw.source:
        if key not in sources:
            raise _dangling(raw.id, "source", key)
    return Offence(
        id=raw.id,
        article=raw.article,
        words=raw.words,
        penalty=raw.penalty,
        when=when,
        note=raw.note,
        source=tuple(sources[key] for key in raw.source),
        checked_on=raw.checked_on,
        confidence=raw.confidence,
    )


def _dangling(offence: str, key: str, name: str) -> UserError:
    return UserError("content.unknown_reference", file=FILE, key=f"{offence}.{key}", name=name)
