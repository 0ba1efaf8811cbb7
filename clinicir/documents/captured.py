"""Answers that belong to one step alone, read back for a paper."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.domain.case import Case
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.ids import Plain
from clinicir.domain.playbook import FieldSpec, FieldUse
from clinicir.texts.encoders import number


def captured(case: Case, *fields: str) -> Iterator[tuple[FieldSpec, Plain]]:
    """Field and value of each of these fields that somebody filled, in the order asked."""
    specs = {use.spec.id: use.spec for step in _steps(case) for use in step}
    for name in fields:
        for record in case.incident.steps.values():
            value = (record.answers or {}).get(name)
            if value not in (None, "", [], {}, UNKNOWN) and name in specs:
                yield specs[name], value
                break


def _steps(case: Case) -> Iterator[tuple[FieldUse, ...]]:
    for step in case.incident.steps:
        yield case.knowledge.step(step).fields


def plain_lines(spec: FieldSpec, value: Plain) -> tuple[str, ...]:
    """One line for each item of a captured value; a table of values is joined by commas."""
    items = value if isinstance(value, list) else [value]
    words = {choice.id: choice.label for choice in spec.choices}
    return tuple(_line(item, words) for item in items)


def _line(item: Plain, words: dict[str, str]) -> str:
    match item:
        case dict():
            parts = (_line(part, words) for part in item.values() if part not in (None, "", []))
            return ", ".join(parts)
        case list():
            return ", ".join(_line(part, words) for part in item)
        case bool() | None:
            return ""
        case int():
            return number(item)
    return words.get(item, item)
