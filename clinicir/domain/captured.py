"""Answers that belong to a step alone: each has the shape that its field declares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clinicir.domain.clock import from_wire
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.playbook import FieldSpec, FieldType


def check_captured(spec: FieldSpec, value: Plain) -> Plain:
    """The value, `unknown` being always one; UserError `answer.bad_value` for another shape."""
    if value == UNKNOWN or _SHAPES[spec.type](spec, value):
        return value
    raise UserError("answer.bad_value", answer=spec.id, shape=spec.type.value)


def _is_text(_spec: FieldSpec, value: Plain) -> bool:
    return isinstance(value, str)


def _is_number(_spec: FieldSpec, value: Plain) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_instant(_spec: FieldSpec, value: Plain) -> bool:
    try:
        return isinstance(value, str) and from_wire(value) is not None
    except ValueError:
        return False


def _is_day(_spec: FieldSpec, value: Plain) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value[:10]) is not None
    except ValueError:
        return False


def _is_yes_no(_spec: FieldSpec, value: Plain) -> bool:
    return isinstance(value, bool) or value in ("yes", "no")


def _is_choice(spec: FieldSpec, value: Plain) -> bool:
    return any(value == choice.id for choice in spec.choices)


def _is_selection(spec: FieldSpec, value: Plain) -> bool:
    # A multiple field without a list of its own (who was told) takes what is typed.
    known = {choice.id for choice in spec.choices}
    return isinstance(value, list) and all(
        isinstance(item, str) and (not known or item in known) for item in value
    )


def _is_table(_spec: FieldSpec, value: Plain) -> bool:
    return isinstance(value, dict)


def _is_range(spec: FieldSpec, value: Plain) -> bool:
    return _is_table(spec, value) or _is_number(spec, value)


def _is_list(_spec: FieldSpec, value: Plain) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict | str) for row in value)


_SHAPES: dict[FieldType, Callable[[FieldSpec, Plain], bool]] = {
    FieldType.TEXT: _is_text,
    FieldType.LONG_TEXT: _is_text,
    FieldType.DATETIME: _is_instant,
    FieldType.DATE: _is_day,
    FieldType.DURATION: _is_text,
    FieldType.NUMBER: _is_number,
    FieldType.RANGE: _is_range,
    FieldType.YES_NO: _is_yes_no,
    FieldType.CHOICE: _is_choice,
    FieldType.MULTI: _is_selection,
    FieldType.PERSON: _is_table,
    FieldType.CALL: _is_table,
    FieldType.MAIL: _is_table,
    FieldType.DECISION: _is_table,
    FieldType.ACCOUNTS: _is_list,
    FieldType.ADDRESSES: _is_list,
    FieldType.DEVICES: _is_list,
    FieldType.ACCESSES: _is_list,
    FieldType.PATIENT_REFERENCES: _is_list,
    FieldType.FILES: _is_list,
}
