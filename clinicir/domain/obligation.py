"""Rules and the duties that arise from them (authorities.md 7, corrections.md 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from clinicir.domain.conditions import Condition
from clinicir.domain.ids import RuleId, StepId


class Level(IntEnum):
    """Strength of a duty; the number orders them, the name is kept in records and papers."""

    SANS_OBJET = 0
    RECOMMANDE = 1
    FORTEMENT_RECOMMANDE = 2
    CONDITION = 3
    """No duty, but a right is lost."""
    OBLIGATOIRE = 4


class RuleKind(StrEnum):
    """Only an obligation has a row; the others are shown where they help."""

    OBLIGATION = "obligation"
    HINT = "hint"
    BANNER = "banner"
    PRODUCT = "product"


class Unit(StrEnum):
    """How the amount of a deadline is counted."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    IMMEDIATE = "immediate"
    """`sans delai`: no hour, red at once."""
    NONE = "none"


class Combine(StrEnum):
    """Which origin counts when several are named."""

    FIRST_KNOWN = "first_known"
    EARLIEST = "earliest"


@dataclass(frozen=True)
class DeadlineRule:
    """When a duty is due (corrections.md 60)."""

    origins: tuple[str, ...]
    """Instants (`T_BREACH`) or acts (`filed:CNIL-01`, `submitted:SANTE-07`)."""
    unit: Unit
    amount: int = 0
    combine: Combine = Combine.FIRST_KNOWN
    legal: bool = True
    amount_fact: str = ""
    """Practice fact that replaces the amount when given (days of the insurance contract)."""
    target_hours: int = 0
    """Internal objective in hours after the origin, 0 for none; always said to be ours."""


@dataclass(frozen=True)
class LevelCase:
    """A level and the condition under which it is the one; the first case that holds wins."""

    level: Level
    when: Condition | None = None


@dataclass(frozen=True)
class Rule:
    """One line of the table of duties, as data."""

    id: RuleId
    kind: RuleKind
    title: str
    authority: str
    types: frozenset[str]
    """Practice types concerned; empty means all."""
    when: Condition | None
    levels: tuple[LevelCase, ...]
    deadline: DeadlineRule
    basis: str
    channel: str
    proof: str
    if_missed: str
    steps: tuple[StepId, ...]
    """Steps that do it; brought into the scenario when it lacks them."""
    discharged_by: tuple[RuleId, ...]
    """Other rules whose submission discharges this one too."""
    source: tuple[str, ...]
    checked_on: date
    confidence: str
    """A firm, B reading of the text, C to confirm: C caps the level at FORTEMENT_RECOMMANDE."""
    enabled: bool = True
    duty_of: str = ""
    """Who owes it when it is not the practice (parent entity)."""
    overseas_off: bool = False
    """Does not exist in 986-988 (corrections.md 57)."""


class ObligationState(StrEnum):
    """State at a given instant."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True)
class Obligation:
    """A duty of this incident, with its reasons."""

    rule: Rule
    level: Level
    presumed: bool
    because: tuple[str, ...]
    establishments: tuple[str, ...]
    origin: str
    origin_at: datetime | None
    due_at: datetime | None
    target_at: datetime | None
    done_at: datetime | None
    state: ObligationState
