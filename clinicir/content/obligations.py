"""Rules of `checklists/obligations.toml` as domain rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from clinicir.content.toml_reader import read_toml
from clinicir.content.typography import french
from clinicir.domain.conditions import Condition, ConditionSyntaxError, parse
from clinicir.domain.errors import UserError
from clinicir.domain.ids import RuleId, StepId
from clinicir.domain.obligation import (
    Combine,
    DeadlineRule,
    Level,
    LevelCase,
    Rule,
    RuleKind,
    Unit,
)
from clinicir.domain.practice import TYPES

FILE = "obligations.toml"

INSTANTS = frozenset({"T_ATTACK", "T_BREACH", "T_VENDOR", "T_CRIT", "T_HARM", "T_END"})

Authority = Literal[
    "cnil", "persons", "cert_sante", "ars", "police", "insurer", "cpam", "ans", "order", "anssi",
    "csirt", "processor", "controller", "internal",
]


class _Case(msgspec.Struct, forbid_unknown_fields=True):
    level: Literal["SANS_OBJET", "RECOMMANDE", "FORTEMENT_RECOMMANDE", "CONDITION", "OBLIGATOIRE"]
    when: str = ""


class _Deadline(msgspec.Struct, forbid_unknown_fields=True):
    origins: list[str]
    unit: Literal["hours", "days", "working_days", "months", "immediate", "none"]
    legal: bool
    amount: int = 0
    combine: Literal["first_known", "earliest"] = "first_known"
    amount_fact: str = ""
    target_hours: int = 0


class _Rule(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    authority: Authority
    levels: list[_Case]
    deadline: _Deadline
    basis: str
    channel: str
    proof: str
    if_missed: str
    source: list[str]
    checked_on: date
    confidence: Literal["A", "B", "C"]
    when: str
    kind: Literal["obligation", "hint", "banner", "product"] = "obligation"
    types: list[str] = []
    steps: list[str] = []
    discharged_by: list[str] = []
    enabled: bool = True
    duty_of: str = ""
    overseas_off: bool = False


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal[1]
    sets: dict[str, list[str]]
    macros: dict[str, str]
    sources: dict[str, str]
    rule: list[_Rule]


def load_rules(root: Path, playbooks_steps: Collection[str] | None = None) -> tuple[Rule, ...]:
    """Every rule, in reading order, from the `checklists` folder.

    With `playbooks_steps`, a rule that names a step outside them is refused. UserError
    `content.*` names the file and the key.
    """
    file = read_toml(root / FILE, _File)
    macros: dict[str, Condition] = {}
    for name, text in file.macros.items():
        macros[name] = condition(text, macros, FILE, f"macros.{name}")
    ids = {raw.id for raw in file.rule}
    if len(ids) != len(file.rule):
        twice = next(raw.id for raw in file.rule if [r.id for r in file.rule].count(raw.id) > 1)
        raise UserError("content.bad_value", file=FILE, key=twice, problem="rule defined twice")
    rules = tuple(_rule(raw, file, macros) for raw in file.rule)
    for rule in rules:
        _check_references(rule, ids, playbooks_steps)
    return rules


def condition(
    text: str, macros: Mapping[str, Condition], file: str, key: str
) -> Condition:
    """A parsed condition; UserError `content.bad_value` naming file and key."""
    try:
        return parse(text, macros)
    except ConditionSyntaxError as error:
        raise UserError("content.bad_value", file=file, key=key, problem=str(error)) from error


def _rule(raw: _Rule, file: _File, macros: Mapping[str, Condition]) -> Rule:
    return Rule(
        id=RuleId(raw.id),
        kind=RuleKind(raw.kind),
        title=french(raw.title),
        authority=raw.authority,
        types=_types(raw, file.sets),
        when=condition(raw.when, macros, FILE, f"{raw.id}.when"),
        levels=_levels(raw, macros),
        deadline=_deadline(raw),
        basis=french(raw.basis),
        channel=french(raw.channel),
        proof=french(raw.proof),
        if_missed=french(raw.if_missed),
        steps=tuple(StepId(step) for step in raw.steps),
        discharged_by=tuple(RuleId(rule) for rule in raw.discharged_by),
        source=tuple(_url(raw, key, file.sources) for key in raw.source),
        checked_on=raw.checked_on,
        confidence=raw.confidence,
        enabled=raw.enabled,
        duty_of=french(raw.duty_of),
        overseas_off=raw.overseas_off,
    )


def _levels(raw: _Rule, macros: Mapping[str, Condition]) -> tuple[LevelCase, ...]:
    if not raw.levels or raw.levels[-1].when:
        raise UserError(
            "content.bad_value", file=FILE, key=f"{raw.id}.levels",
            problem="the last level must have no condition",
        )
    return tuple(
        LevelCase(
            Level[case.level],
            condition(case.when, macros, FILE, f"{raw.id}.levels") if case.when else None,
        )
        for case in raw.levels
    )


def _deadline(raw: _Rule) -> DeadlineRule:
    clock = raw.deadline
    counted = clock.unit not in {"immediate", "none"}
    if counted != (clock.amount > 0) or clock.target_hours < 0 or not clock.origins:
        raise UserError(
            "content.bad_value", file=FILE, key=f"{raw.id}.deadline",
            problem="an amount goes with hours, days, working_days and months, and only with them",
        )
    return DeadlineRule(
        origins=tuple(clock.origins),
        unit=Unit(clock.unit),
        amount=clock.amount,
        combine=Combine(clock.combine),
        legal=clock.legal,
        amount_fact=clock.amount_fact,
        target_hours=clock.target_hours,
    )


def _types(raw: _Rule, sets: Mapping[str, list[str]]) -> frozenset[str]:
    types: set[str] = set()
    for name in raw.types:
        types |= set(sets.get(name, [name]))
    if unknown := types - set(TYPES):
        raise _dangling(raw.id, "types", min(unknown))
    return frozenset(types)


def _url(raw: _Rule, key: str, sources: Mapping[str, str]) -> str:
    if key not in sources:
        raise _dangling(raw.id, "source", key)
    return sources[key]


def _check_references(rule: Rule, ids: Collection[str], steps: Collection[str] | None) -> None:
    for other in rule.discharged_by:
        if other not in ids or other == rule.id:
            raise _dangling(rule.id, "discharged_by", other)
    conditions = [rule.when, *(case.when for case in rule.levels)]
    for named in sorted(frozenset().union(*(c.rules for c in conditions if c is not None))):
        if not _known_act(named, ids):
            raise _dangling(rule.id, "when", named)
    for origin in rule.deadline.origins:
        kind, _, act = origin.partition(":")
        acts = kind in {"filed", "submitted"} and act in ids
        if not (acts or origin in INSTANTS):
            raise _dangling(rule.id, "deadline.origins", origin)
    for step in rule.steps:
        if steps is not None and step not in steps:
            raise _dangling(rule.id, "steps", step)


def _known_act(name: str, ids: Collection[str]) -> bool:
    # A notification is filed in versions: CNIL-01-INITIALE is the first filing of CNIL-01.
    return name in ids or name.removesuffix("-INITIALE") in ids


def _dangling(rule: str, key: str, name: str) -> UserError:
    return UserError("content.unknown_reference", file=FILE, key=f"{rule}.{key}", name=name)
