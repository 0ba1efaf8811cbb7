"""A small lookup over given facts and the declared `when_absent`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clinicir.domain.conditions import Known, Value
from clinicir.domain.obligation import Level, Rule

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"


def absent_values() -> dict[str, str]:
    """`when_absent` of every declared fact."""
    declared = tomllib.loads((CHECKLISTS / "facts.toml").read_text(encoding="utf-8"))
    return {name: entry["when_absent"] for name, entry in declared.items()}


ABSENT = absent_values()


@dataclass(frozen=True)
class Facts:
    """Facts that somebody gave, and those that a scenario presumes."""

    given: Mapping[str, Value]
    presumed: Mapping[str, Value] = field(default_factory=dict)
    acts: frozenset[str] = frozenset()

    def fact(self, name: str) -> Known:
        if name in self.given:
            return Known(self.given[name])
        if name in self.presumed:
            return Known(self.presumed[name], presumed=True)
        return Known(ABSENT[name], given=False)

    def submitted(self, rule: str) -> bool:
        return rule in self.acts


def levels(rules: tuple[Rule, ...], practice: str, facts: Facts) -> dict[str, Level]:
    """Level of each rule that applies to a practice of this type, in reading order."""
    found: dict[str, Level] = {}
    for rule in rules:
        if not rule.enabled or (rule.types and practice not in rule.types):
            continue
        if rule.when is not None and not rule.when(facts).holds:
            continue
        case = next(c for c in rule.levels if c.when is None or c.when(facts).holds)
        if case.level is not Level.SANS_OBJET:
            found[rule.id] = case.level
    return found
