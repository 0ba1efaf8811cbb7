"""Answers that belong to one step alone, read back for a paper."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.domain.case import Case
from clinicir.domain.clock import from_wire
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.playbook import FieldSpec, FieldUse
from clinicir.texts import labels
from clinicir.texts.encoders import exact_instant, number
from clinicir.texts.labels import labelled, said


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
    """One line for each item of a captured value."""
    items = value if isinstance(value, list) else [value]
    words = {choice.id: choice.label for choice in spec.choices}
    return tuple(_line(item, words) for item in items)


def _line(item: Plain, words: dict[str, str]) -> str:
    match item:
        case dict():
            return answer_row(item)
        case list():
            return ", ".join(_line(part, words) for part in item)
        case bool() | None:
            return ""
        case int():
            return number(item)
    return words.get(item, item)


def answer_row(row: PlainMap) -> str:
    """A row of a table of answers (a device, an access): each column named, hours as printed."""
    return ", ".join(
        labelled(said(labels.ANSWER_COLUMNS, key), _cell(key, value))
        for key, value in row.items()
        if value not in (None, "", [])
    )


def _cell(key: str, value: Plain) -> str:
    return told_instant(value) if key.endswith("_at") else said(labels.FACT_VALUES, value)


def told_instant(value: Plain) -> str:
    """An instant as it was written, to the second, with its offset; any other text as it is."""
    try:
        return breakable(exact_instant(from_wire(str(value))))
    except ValueError:
        return str(value)


def breakable(instant: str) -> str:
    """An exact instant that a narrow column may cut between its parts."""
    return instant.replace(labels.NBSP, " ")
