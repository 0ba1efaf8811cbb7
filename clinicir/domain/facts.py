"""Facts of an incident and of a practice: one vocabulary, each declared once as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinicir.domain.conditions import UNKNOWN, Known, Value
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain


class Scope(StrEnum):
    """Who answers a fact."""

    INCIDENT = "incident"
    PRACTICE = "practice"
    DERIVED = "derived"
    """Computed from the rest; setting it is refused."""


@dataclass(frozen=True)
class FactSpec:
    """Declaration of one fact (`checklists/facts.toml`)."""

    id: str
    label: str
    scope: Scope
    values: tuple[str, ...]
    """Allowed words; empty for a count. `unknown` is always allowed."""
    when_absent: str
    """`unknown`, `yes` or `no`: absent is not the same as unknown."""
    question: str = ""

    def absent(self) -> Known:
        """What a condition sees when nobody has answered."""
        return Known(self.when_absent, given=False)

    def check(self, value: Plain) -> str | int:
        """The value, or UserError `fact.bad_value` / `fact.derived`."""
        if self.scope is Scope.DERIVED:
            raise UserError("fact.derived", fact=self.id)
        if value == UNKNOWN:
            return UNKNOWN
        if self.values:
            if isinstance(value, str) and value in self.values:
                return value
        elif isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**9:
            return value
        raise UserError("fact.bad_value", fact=self.id, value=str(value)[:80])


FactBook = Mapping[str, FactSpec]
"""Every declared fact by id."""


def spec_of(book: FactBook, fact: str) -> FactSpec:
    """Declaration of a fact; UserError `fact.unknown`."""
    try:
        return book[fact]
    except KeyError:
        raise UserError("fact.unknown", fact=fact[:80]) from None


def as_value(plain: Plain) -> Value:
    """A recorded answer as the condition language reads it: booleans become yes and no."""
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, int | str):
        return plain
    if isinstance(plain, list):
        return tuple(str(item) for item in plain)
    return UNKNOWN
