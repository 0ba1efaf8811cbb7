"""Official forms of `checklists/forms/`: rubrics, fields, lists, conditions between answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from clinicir.content.obligations import condition
from clinicir.content.toml_reader import read_toml
from clinicir.content.typography import french, official
from clinicir.domain.errors import UserError
from clinicir.domain.form import AnswerType, Form, FormField, Needed, Rubric
from clinicir.domain.playbook import Choice


class _Choice(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    label: str
    verified: bool = True


class _Field(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    label: str
    type: Literal[
        "text", "long_text", "yes_no", "single", "multi", "number", "date", "datetime",
        "third_parties", "other_notifications",
    ]
    needed: Literal["I", "C", "O"]
    proof: str
    list: str = ""
    when: str = ""
    derived: bool = False
    hint: str = ""
    companion: str = ""


class _Rubric(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    field: list[_Field]
    verified: bool = True


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal[1]
    id: str
    title: str
    source: str
    checked_on: date
    lists: dict[str, list[_Choice]]
    rubric: list[_Rubric]


_LISTED = {AnswerType.SINGLE, AnswerType.MULTI, AnswerType.THIRD_PARTIES}


def load_form(root: Path, name: str) -> Form:
    """The form `forms/<name>.toml` of the `checklists` folder; UserError `content.*`."""
    path = root / "forms" / f"{name}.toml"
    file = read_toml(path, _File)
    for key, values in file.lists.items():
        _check_list(values, path.name, key)
    form = Form(
        id=file.id,
        title=file.title,
        rubrics=tuple(
            Rubric(
                rubric.id,
                rubric.title,
                tuple(_field(raw, file.lists, path.name) for raw in rubric.field),
                rubric.verified,
            )
            for rubric in file.rubric
        ),
        source=file.source,
        checked_on=file.checked_on.isoformat(),
    )
    _check(form, file, path.name)
    return form


def _check_list(values: list[_Choice], file: str, key: str) -> None:
    ids = [value.id for value in values]
    if len(set(ids)) != len(ids) or "unknown" in ids:
        raise UserError("content.bad_value", file=file, key=f"lists.{key}", problem="id twice")


def _field(raw: _Field, lists: Mapping[str, list[_Choice]], file: str) -> FormField:
    kind = AnswerType(raw.type)
    if (kind in _LISTED) != bool(raw.list):
        raise UserError("content.bad_value", file=file, key=f"{raw.id}.list", problem=raw.type)
    if raw.list and raw.list not in lists:
        raise UserError(
            "content.unknown_reference", file=file, key=f"{raw.id}.list", name=raw.list
        )
    values = lists[raw.list] if raw.list else []
    return FormField(
        id=raw.id,
        label=official(raw.label),
        type=kind,
        needed=Needed(raw.needed),
        choices=tuple(Choice(value.id, official(value.label), value.verified) for value in values),
        when=condition(raw.when, {}, file, f"{raw.id}.when") if raw.when else None,
        derived=raw.derived,
        hint=french(raw.hint),
        proof=raw.proof,
        companion=raw.companion,
        unverified_choices=frozenset(value.id for value in values if not value.verified),
    )


def _check(form: Form, read: _File, file: str) -> None:
    fields = [field for rubric in form.rubrics for field in rubric.fields]
    ids = [field.id for field in fields]
    for twice in (name for name in ids if ids.count(name) > 1):
        raise UserError("content.bad_value", file=file, key=twice, problem="field defined twice")
    for field in fields:
        if field.companion and field.companion not in ids:
            raise UserError(
                "content.unknown_reference", file=file, key=f"{field.id}.companion",
                name=field.companion,
            )
    used = {field.list for rubric in read.rubric for field in rubric.field}
    for key in read.lists.keys() - used:
        raise UserError("content.unknown_key", file=file, key=f"lists.{key}")
