"""Must the CNIL be told, must the persons? The table of corrections.md 7 and its guards.

The table proposes, the person decides: every result may be overridden with a written reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinicir.domain.conditions import UNKNOWN, Condition, Known, Lookup, Truth
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain

NOT_KNOWN = "not_known"
"""How the table reads an unknown that somebody answered (who received the data)."""

NOTIFY = "notify"
DO_NOT_NOTIFY = "do_not_notify"

GUARDED_REASON_LENGTH = 100
"""Characters of reason needed not to notify a malicious leak of health data or NIR."""


class Persons(StrEnum):
    """What the table says about the persons concerned (GDPR art. 34)."""

    YES = "yes"
    NOW = "now"
    NO = "no"
    TO_DECIDE = "to_decide"


@dataclass(frozen=True)
class DecisionRow:
    """One case; `when` must be established for the row to win."""

    id: str
    when: Condition
    cnil: bool
    persons: Persons
    label: str


@dataclass(frozen=True)
class DecisionTable:
    """Rows in order of precedence; the last one always wins."""

    title: str
    note: str
    rows: tuple[DecisionRow, ...]
    unknown_is_an_answer: frozenset[str]
    source: tuple[str, ...]
    checked_on: date
    confidence: str


@dataclass(frozen=True)
class Verdict:
    """The winning row and the facts that carried it."""

    row: DecisionRow
    because: tuple[str, ...]

    @property
    def cnil(self) -> bool:
        return self.row.cnil

    @property
    def persons(self) -> Persons:
        return self.row.persons


@dataclass(frozen=True)
class _Established:
    """A lookup where only what somebody answered is known."""

    inner: Lookup
    answers: frozenset[str]

    def fact(self, name: str) -> Known:
        known = self.inner.fact(name)
        if known.presumed or not known.given:
            return Known(UNKNOWN)
        if known.is_unknown and name in self.answers:
            return Known(NOT_KNOWN)
        return known

    def submitted(self, rule: str) -> bool:
        return self.inner.submitted(rule)


def decide(table: DecisionTable, lookup: Lookup) -> Verdict:
    """First row that is true on answers alone: unknown, absent and preset facts match nothing."""
    established = _Established(lookup, table.unknown_is_an_answer)
    for row in table.rows:
        outcome = row.when(established)
        if outcome.truth is Truth.TRUE and not outcome.presumed:
            return Verdict(row, outcome.because)
    return Verdict(table.rows[-1], ())


@dataclass(frozen=True)
class Stakes:
    """What makes silence towards the CNIL dangerous (cnil.md 4.5)."""

    confidentiality_lost: bool
    health: bool
    nir: bool
    malicious: bool


def stakes_of(lookup: Lookup, answers: Mapping[str, Plain]) -> Stakes:
    """Stakes read in the facts and in the answers of the CNIL form; either is enough.

    `health_conf` and `nir_exposed` mean seen or copied: each implies lost confidentiality.
    """
    health_conf = lookup.fact("health_conf").value == "yes"
    nir_exposed = lookup.fact("nir_exposed").value == "yes"
    causes = {"interne_malveillant", "externe_malveillant"}
    return Stakes(
        confidentiality_lost=health_conf
        or nir_exposed
        or "confidentialite" in _list(answers, "viol.nature"),
        health=health_conf or "sante" in _list(answers, "data.sensibles"),
        nir=nir_exposed or "nir" in _list(answers, "data.categories"),
        malicious=lookup.fact("malicious").value == "yes"
        or bool(causes & _list(answers, "viol.cause")),
    )


def _list(answers: Mapping[str, Plain], slug: str) -> set[str]:
    answer = answers.get(slug)
    return {str(item) for item in answer} if isinstance(answer, list) else set()


def needs_confirmation(stakes: Stakes) -> bool:
    """Whether `do_not_notify` needs a second confirmation and a long reason."""
    return stakes.confidentiality_lost and (stakes.health or stakes.nir) and stakes.malicious


def check_cnil_choice(choice: str, reason: str, confirmed: bool, stakes: Stakes) -> None:
    """Refuse a silence that is not explained.

    UserError `decision.bad_choice`, or `notification.reason_for_not_notifying_missing` when
    `do_not_notify` has no reason, or lacks the confirmation or the 100 characters that a malicious
    leak of health data or NIR asks for.
    """
    if choice not in {NOTIFY, DO_NOT_NOTIFY}:
        raise UserError("decision.bad_choice", subject="cnil", choice=choice[:80])
    if choice == NOTIFY:
        return
    length = len(" ".join(reason.split()))
    guarded = needs_confirmation(stakes)
    needed = GUARDED_REASON_LENGTH if guarded else 1
    if length < needed or (guarded and not confirmed):
        raise UserError(
            "notification.reason_for_not_notifying_missing",
            needed=needed, given=length, confirmation=guarded,
        )
