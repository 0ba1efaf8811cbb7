"""Severity score of the ENISA method (2013): SE = DPC x EI + CB, in whole hundredths.

DPC, data processing context, 1 to 4. EI, ease of identification, 0.25 to 1. CB, circumstances of
the breach, added together: one element each for confidentiality, integrity and availability, and
0.5 for malice. No float enters: 0.1 + 0.2 has no place in a paper for an authority.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinicir.domain.errors import UserError

DPC_STEPS: Mapping[str, Mapping[int, int]] = {
    "simple": {0: 1, 1: 2, 2: 3, 3: 4},
    "behavioural": {-1: 1, 0: 2, 1: 3, 2: 4},
    "financial": {-2: 1, -1: 2, 0: 3, 1: 4},
    "sensitive": {-3: 1, -2: 2, -1: 3, 0: 4},
}
"""Context by category of data and by step down or up from its base; the highest category wins."""

EI_LEVELS: Mapping[str, int] = {
    "negligeable": 25,
    "limite": 50,
    "significatif": 75,
    "maximal": 100,
}

CB_TERMS: Mapping[str, tuple[str, int]] = {
    "conf_none": ("confidentiality", 0),
    "conf_known": ("confidentiality", 25),
    "conf_unknown": ("confidentiality", 50),
    "integ_none": ("integrity", 0),
    "integ_recoverable": ("integrity", 25),
    "integ_lost": ("integrity", 50),
    "avail_none": ("availability", 0),
    "avail_temporary": ("availability", 25),
    "avail_lost": ("availability", 50),
    "malicious": ("malice", 50),
}
"""Circumstance by id: its element and its hundredths; one circumstance an element."""

_FIGURES: Mapping[int, str] = {0: "other_0", 25: "other_25", 50: "other_50"}
"""A circumstance given as a bare figure: counted, but it explains nothing."""

_ELEMENTS = 4
_FIGURE = re.compile(r"[0-4](\.[0-9]{1,2})?")
_MANY_PERSONS = 100
_MARGIN = 25


class Band(StrEnum):
    """Bands of the method, lowest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


_FLOORS = ((400, Band.VERY_HIGH), (300, Band.HIGH), (200, Band.MEDIUM))


@dataclass(frozen=True)
class Term:
    """One term of the score: `part` is dpc, ei or cb; `because` the facts and answers behind it."""

    id: str
    part: str
    hundredths: int
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """The three figures in hundredths: DPC 100 to 400, EI 25 to 100, CB 0 to 200."""

    dpc: int
    ei: int
    cb: int

    @property
    def se(self) -> int:
        """Severity in hundredths, exact because DPC is a whole number."""
        return self.dpc * self.ei // 100 + self.cb

    @property
    def raw_band(self) -> Band:
        """Band of the figure alone."""
        return _band_of(self.se)

    @property
    def band(self) -> Band:
        """Band retained: the upper one from 0.25 under its boundary on (our rule)."""
        return _band_of(self.se + _MARGIN)

    @property
    def near_boundary(self) -> bool:
        """True when the margin raised the band: it must be said."""
        return self.band is not self.raw_band


def _band_of(se: int) -> Band:
    return next((band for floor, band in _FLOORS if se >= floor), Band.LOW)


def score_of(terms: Sequence[Term]) -> Score:
    """Add up the terms: one dpc, one ei, any number of cb."""
    total = {"dpc": 0, "ei": 0, "cb": 0}
    for term in terms:
        total[term.part] += term.hundredths
    return Score(total["dpc"], total["ei"], total["cb"])


def flags_of(persons: int | None, *, unintelligible: bool) -> tuple[str, ...]:
    """What the method states beside the figure: more than 100 persons, unreadable data."""
    many = persons is not None and persons > _MANY_PERSONS
    return ("many_persons",) * many + ("unintelligible",) * unintelligible


def dpc_term(value: int, *because: str) -> Term:
    """Context, 1 to 4."""
    return Term(f"dpc_{value}", "dpc", value * 100, because)


def ei_term(level: str, *because: str) -> Term:
    """Ease of identification, a key of `EI_LEVELS`."""
    return Term(level, "ei", EI_LEVELS[level], because)


def cb_term(circumstance: str, *because: str) -> Term:
    """A circumstance, a key of `CB_TERMS`."""
    return Term(circumstance, "cb", CB_TERMS[circumstance][1], because)


def read_terms(dpc: object, ei: object, cb: object) -> tuple[Term, ...]:
    """Terms typed by a person or by a story; UserError `assessment.bad_term`.

    `dpc`: 1 to 4. `ei`: 0.25, 0.5, 0.75, 1 or the word of the level. `cb`: list of ids of
    `CB_TERMS`, at most one an element, or of bare figures 0, 0.25, 0.5.
    """
    if not isinstance(cb, Sequence) or isinstance(cb, str) or len(cb) > _ELEMENTS:
        raise _bad("cb", cb)
    circumstances = tuple(_read_circumstance(item) for item in cb)
    elements = [CB_TERMS[term.id][0] for term in circumstances if term.id in CB_TERMS]
    if len(set(elements)) != len(elements):
        raise _bad("cb", cb)
    return (_read_context(dpc), _read_ease(ei), *circumstances)


def _read_context(value: object) -> Term:
    hundredths = _hundredths(value)
    if hundredths not in (100, 200, 300, 400):
        raise _bad("dpc", value)
    return dpc_term(hundredths // 100)


def _read_ease(value: object) -> Term:
    hundredths = _hundredths(value)
    for level, figure in EI_LEVELS.items():
        if value == level or hundredths == figure:
            return ei_term(level)
    raise _bad("ei", value)


def _read_circumstance(value: object) -> Term:
    if isinstance(value, str) and value in CB_TERMS:
        return cb_term(value)
    hundredths = _hundredths(value)
    if hundredths in _FIGURES:
        return Term(_FIGURES[hundredths], "cb", hundredths)
    bare = {name: figure for figure, name in _FIGURES.items()}
    if isinstance(value, str) and value in bare:
        return Term(value, "cb", bare[value])
    raise _bad("cb", value)


def _hundredths(value: object) -> int:
    """A number, or its text as records keep it, in hundredths; -1 when it is not one."""
    if isinstance(value, str) and _FIGURE.fullmatch(value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return -1
    # Quarters are exact in binary: nothing but a true quarter passes the tables above.
    scaled = value * 100
    return int(scaled) if 0 <= scaled <= 400 and scaled == int(scaled) else -1


def _bad(part: str, value: object) -> UserError:
    return UserError("assessment.bad_term", term=part, value=str(value)[:80])
