"""Facts and captured fields: the one vocabulary, from `facts.toml` and `fields.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from clinicir.content.toml_reader import read_table
from clinicir.content.typography import french
from clinicir.domain.errors import UserError
from clinicir.domain.facts import FactBook, FactSpec, Scope
from clinicir.domain.playbook import Choice, FieldSpec, FieldType

FACTS = "facts.toml"
FIELDS = "fields.toml"

INSTANTS = frozenset({"T_ATTACK", "T_BREACH", "T_VENDOR", "T_CRIT", "T_HARM", "T_END"})
DECISIONS = frozenset({"cnil", "persons", "severity"})

_LISTED = frozenset({FieldType.CHOICE, FieldType.MULTI, FieldType.DECISION})


class _Fact(msgspec.Struct, forbid_unknown_fields=True):
    scope: Literal["incident", "practice", "derived"]
    label: str
    values: list[str]
    when_absent: Literal["unknown", "yes", "no"]
    question: str = ""


class _Choice(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    label: str


class _Field(msgspec.Struct, forbid_unknown_fields=True):
    type: FieldType
    label: str
    binds: str | None = None
    choices: list[_Choice] = []


def load_facts(root: Path) -> FactBook:
    """Every fact by id, from the `checklists` folder; UserError `content.*`."""
    return {
        fact: FactSpec(
            id=fact,
            label=french(raw.label),
            scope=Scope(raw.scope),
            values=tuple(raw.values),
            when_absent=raw.when_absent,
            question=french(raw.question),
        )
        for fact, raw in read_table(root / FACTS, _Fact).items()
    }


def load_fields(root: Path, facts: FactBook) -> Mapping[str, FieldSpec]:
    """Every captured field by id, its binding checked against the facts; UserError `content.*`."""
    return {
        name: _field(name, raw, facts) for name, raw in read_table(root / FIELDS, _Field).items()
    }


def _field(name: str, raw: _Field, facts: FactBook) -> FieldSpec:
    if bool(raw.choices) is not (raw.type in _LISTED):
        raise _bad(name, "choices", "a list is for choice, multi and decision")
    if len({choice.id for choice in raw.choices}) != len(raw.choices):
        raise _bad(name, "choices", "id given twice")
    if raw.binds is not None:
        _check_binding(name, raw, raw.binds, facts)
    return FieldSpec(
        id=name,
        type=raw.type,
        label=french(raw.label),
        binds=raw.binds,
        choices=tuple(Choice(choice.id, french(choice.label)) for choice in raw.choices),
    )


def _check_binding(name: str, raw: _Field, binds: str, facts: FactBook) -> None:
    kind, _, target = binds.partition(":")
    match kind:
        case "fact":
            _check_fact(name, raw, facts.get(target))
        case "instant":
            if target not in INSTANTS or raw.type is not FieldType.DATETIME:
                raise _unknown(name, binds)
        case "decision":
            if target not in DECISIONS or raw.type is not FieldType.DECISION:
                raise _unknown(name, binds)
        case "cnil":
            if not target:
                raise _unknown(name, binds)
        case _:
            raise _unknown(name, binds)


def _check_fact(name: str, raw: _Field, fact: FactSpec | None) -> None:
    if fact is None or fact.scope is not Scope.INCIDENT:
        raise _unknown(name, raw.binds or "")
    offered = {choice.id for choice in raw.choices}
    fits = {
        FieldType.YES_NO: set(fact.values) == {"yes", "no"},
        FieldType.CHOICE: offered == set(fact.values),
        FieldType.NUMBER: not fact.values,
    }
    if not fits.get(raw.type, False):
        raise _bad(name, "binds", f"{raw.type} cannot answer the fact {fact.id}")


def _bad(name: str, key: str, problem: str) -> UserError:
    return UserError("content.bad_value", file=FIELDS, key=f"{name}.{key}", problem=problem)


def _unknown(name: str, reference: str) -> UserError:
    return UserError("content.unknown_reference", file=FIELDS, key=f"{name}.binds", name=reference)
