"""Identifiers that must not be mixed up, and the plain values that records are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType, TypeAlias

IncidentId = NewType("IncidentId", str)
"""16 lower-case hexadecimal digits, drawn at opening."""

StepId = NewType("StepId", str)
ScenarioId = NewType("ScenarioId", str)
RuleId = NewType("RuleId", str)

ObjectId = NewType("ObjectId", str)
"""32 lower-case hexadecimal digits naming one encrypted file of the vault."""

Plain: TypeAlias = "None | bool | int | str | list[Plain] | dict[str, Plain]"
"""What canonical JSON of the trail can hold: no float, no date object."""

PlainMap: TypeAlias = Mapping[str, Plain]
