"""Offences that a complaint may offer, as data (authorities.md 2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicir.domain.conditions import Condition

SCENARIO = "scenario"
"""Name under which a condition may ask which list is followed."""


@dataclass(frozen=True)
class Offence:
    """One article of the criminal code, in plain words."""

    id: str
    article: str
    words: str
    penalty: str
    """Maximum for a natural person."""
    when: Condition
    note: str
    source: tuple[str, ...]
    checked_on: date
    confidence: str
