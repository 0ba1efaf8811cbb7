"""Gravity of a breach for the persons: proposed from the facts, with every reason.

The CNIL scale has four levels; the ENISA score leads to one of them (corrections.md 7, cnil.md 4).
The thresholds are ours. A presumed fact is never scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from clinicir.domain.conditions import UNKNOWN, Value
from clinicir.domain.enisa import (
    Band,
    Score,
    Term,
    cb_term,
    dpc_term,
    ei_term,
    flags_of,
    read_terms,
    score_of,
)
from clinicir.domain.ids import Plain, PlainMap

UNREADABLE_ROW = "C2"
"""Row of the decision table for data that stay unreadable: no floor then."""


class Confirmed(Protocol):
    """Facts as far as they may be scored."""

    def confirmed(self, name: str) -> Value:
        """The value that somebody gave, else `unknown` (absent or only presumed)."""
        ...


class Gravity(StrEnum):
    """Levels of the CNIL, in the slugs of `impact.gravite`."""

    NEGLIGEABLE = "negligeable"
    LIMITE = "limite"
    IMPORTANT = "important"
    MAXIMAL = "maximal"

    @property
    def rank(self) -> int:
        """1 to 4, to compare."""
        return tuple(Gravity).index(self) + 1


_GRAVITY = {
    Band.LOW: Gravity.NEGLIGEABLE,
    Band.MEDIUM: Gravity.LIMITE,
    Band.HIGH: Gravity.IMPORTANT,
    Band.VERY_HIGH: Gravity.IMPORTANT,
}
_IRREVERSIBLE = frozenset({"death", "life_threatening", "probable_deficit"})
_KNOWN_RECIPIENTS = frozenset({"bound_to_secrecy", "organisation", "private"})
_FRAGILE = frozenset({"mineurs", "vulnerables"})
_SCORED_FACTS = ("health_conf", "nir_exposed", "malicious")
_SCORED_ANSWERS = ("viol.nature", "data.categories", "data.sensibles", "pers.categories")


@dataclass(frozen=True)
class Assessment:
    """A score, the level it leads to, and why."""

    score: Score
    terms: tuple[Term, ...]
    gravity: Gravity
    floored: bool
    """Raised to `limite` because health data or NIR are concerned."""
    irreversible: bool
    """What made `maximal` of a very high score."""
    fragile: bool
    """Minors or vulnerable persons are concerned."""
    flags: tuple[str, ...]
    unknowns: tuple[str, ...]
    """Facts and answers of the score that nobody has confirmed yet: it may still rise."""
    proposed: bool
    """False when a person chose the terms."""
    reason: str | None = None

    def to_plain(self) -> dict[str, Plain]:
        """The terms as `assessment_from_terms` reads them again."""
        plain: dict[str, Plain] = {
            "dpc": self.score.dpc // 100,
            "ei": next(term.id for term in self.terms if term.part == "ei"),
            "cb": [term.id for term in self.terms if term.part == "cb"],
        }
        if self.reason is not None:
            plain["reason"] = self.reason
        return plain


def propose(facts: Confirmed, answers: PlainMap, *, row: str = "") -> Assessment:
    """Score what is confirmed (architecture.md 10 (13)).

    `answers`: CNIL answers by slug. `row`: row of the decision table that applies (`C2`...).
    """
    scene = _Scene(facts, answers)
    terms = (
        _context(scene),
        _ease(scene),
        _confidentiality(scene),
        _integrity(scene),
        _availability(scene),
        *_malice(scene),
    )
    return _assessed(terms, scene, row, proposed=True, reason=None)


def assessment_from_terms(
    dpc: object,
    ei: object,
    cb: object,
    *,
    facts: Confirmed,
    answers: PlainMap,
    row: str = "",
    reason: str | None = None,
) -> Assessment:
    """The same with terms chosen by a person; UserError `assessment.bad_term`."""
    terms = read_terms(dpc, ei, cb)
    return _assessed(terms, _Scene(facts, answers), row, proposed=False, reason=reason)


def warnings_of(
    assessment: Assessment, chosen: Gravity | None, *, persons_told: bool | None
) -> tuple[str, ...]:
    """Ids of what must be said beside the level retained; `persons_not_told` is a red box.

    `chosen`: level that a person retained, None for the proposed one. `persons_told`: False when
    it is decided that they will not be told, None while undecided.
    """
    gravity = assessment.gravity if chosen is None else chosen
    found: list[str] = []
    if assessment.fragile and gravity.rank < Gravity.IMPORTANT.rank:
        found.append("fragile_persons")
    if gravity.rank < assessment.gravity.rank:
        found.append("lower_than_proposed")
    if persons_told is False and gravity.rank >= Gravity.IMPORTANT.rank:
        found.append("persons_not_told")
    return tuple(found)


class _Scene:
    """Confirmed facts and given answers, asked in one word."""

    def __init__(self, facts: Confirmed, answers: PlainMap) -> None:
        self._facts = facts
        self._answers = answers

    def fact(self, name: str) -> Value:
        return self._facts.confirmed(name)

    def yes(self, name: str) -> bool:
        return self.fact(name) == "yes"

    def ticked(self, slug: str) -> frozenset[str]:
        answer = self._answers.get(slug)
        return frozenset(str(item) for item in answer) if isinstance(answer, list) else frozenset()

    def answered(self, slug: str) -> bool:
        return isinstance(self._answers.get(slug), list)

    def persons(self) -> int | None:
        answer = self._answers.get("pers.nombre")
        return answer if isinstance(answer, int) and not isinstance(answer, bool) else None

    def unreadable(self) -> bool:
        return self.yes("data_unintelligible") and self.fact("key_compromised") == "no"

    def reasons(self, *tests: tuple[str, bool]) -> tuple[str, ...]:
        return tuple(name for name, held in tests if held)

    def sensitive(self) -> tuple[str, ...]:
        return self.reasons(
            ("data.sensibles", bool(self.ticked("data.sensibles"))),
            ("health_conf", self.yes("health_conf")),
        )

    def nir(self) -> tuple[str, ...]:
        return self.reasons(
            ("data.categories", "nir" in self.ticked("data.categories")),
            ("nir_exposed", self.yes("nir_exposed")),
        )

    def fragile(self) -> bool:
        return bool(_FRAGILE & self.ticked("pers.categories")) or self.yes("vulnerable_persons")


def _context(scene: _Scene) -> Term:
    sensitive = scene.sensitive()
    if sensitive:
        return dpc_term(4, *sensitive)
    categories = scene.ticked("data.categories")
    patients = "patients" in scene.ticked("pers.categories")
    because = dict.fromkeys(scene.nir())
    if "etat_civil" in categories and patients:
        # A patient of a given practice: the identity alone says something of the health.
        because |= dict.fromkeys(("data.categories", "pers.categories"))
    if "financieres" in categories:
        because["data.categories"] = None
    return dpc_term(3, *because) if because else dpc_term(1)


def _ease(scene: _Scene) -> Term:
    if scene.unreadable():
        return ei_term("negligeable", "data_unintelligible", "key_compromised")
    categories = scene.ticked("data.categories")
    linked = scene.nir() or "coordonnees" in categories
    if "etat_civil" in categories and linked:
        return ei_term("maximal", *dict.fromkeys(("data.categories", *scene.nir())))
    return ei_term("limite")


def _confidentiality(scene: _Scene) -> Term:
    lost = scene.reasons(
        ("viol.nature", "confidentialite" in scene.ticked("viol.nature")),
        *((name, scene.yes(name)) for name in ("health_conf", "nir_exposed", "data_published")),
    )
    if not lost:
        return cb_term("conf_none")
    if scene.yes("data_published"):
        return cb_term("conf_unknown", "data_published")
    if scene.unreadable():
        return cb_term("conf_none", "data_unintelligible", "key_compromised")
    if scene.yes("copy_excluded"):
        return cb_term("conf_none", "copy_excluded")
    if scene.fact("recipient_kind") in _KNOWN_RECIPIENTS:
        return cb_term("conf_known", "recipient_kind")
    # Nobody said who received: unknown recipients, by caution.
    return cb_term("conf_unknown", *lost)


def _integrity(scene: _Scene) -> Term:
    because = scene.reasons(
        ("viol.nature", "integrite" in scene.ticked("viol.nature")),
        ("health_integ", scene.yes("health_integ")),
    )
    if not because:
        return cb_term("integ_none")
    if scene.fact("data_available") == "no":
        return cb_term("integ_lost", *because, "data_available")
    return cb_term("integ_recoverable", *because)


def _availability(scene: _Scene) -> Term:
    because = scene.reasons(
        ("viol.nature", "disponibilite" in scene.ticked("viol.nature")),
        ("operation_impaired", scene.yes("operation_impaired")),
    )
    if not because:
        return cb_term("avail_none")
    if scene.fact("data_available") == "no":
        return cb_term("avail_lost", *because, "data_available")
    if scene.yes("data_available") and scene.fact("operation_impaired") == "no":
        return cb_term("avail_none", "data_available", "operation_impaired")
    return cb_term("avail_temporary", *because)


def _malice(scene: _Scene) -> tuple[Term, ...]:
    return (cb_term("malicious", "malicious"),) if scene.yes("malicious") else ()


def _assessed(
    terms: tuple[Term, ...], scene: _Scene, row: str, *, proposed: bool, reason: str | None
) -> Assessment:
    score = score_of(terms)
    gravity = _GRAVITY[score.band]
    irreversible = scene.fact("patient_harm") in _IRREVERSIBLE
    if score.band is Band.VERY_HIGH and irreversible:
        gravity = Gravity.MAXIMAL
    protected = bool(_health(scene) or scene.nir()) and row != UNREADABLE_ROW
    floored = protected and gravity is Gravity.NEGLIGEABLE
    return Assessment(
        score=score,
        terms=terms,
        gravity=Gravity.LIMITE if floored else gravity,
        floored=floored,
        irreversible=irreversible,
        fragile=scene.fragile(),
        flags=flags_of(scene.persons(), unintelligible=scene.yes("data_unintelligible")),
        unknowns=_unknowns(scene),
        proposed=proposed,
        reason=reason,
    )


def _health(scene: _Scene) -> bool:
    return "sante" in scene.ticked("data.sensibles") or scene.yes("health_conf")


def _unknowns(scene: _Scene) -> tuple[str, ...]:
    facts = (name for name in _SCORED_FACTS if scene.fact(name) == UNKNOWN)
    answers = (slug for slug in _SCORED_ANSWERS if not scene.answered(slug))
    return (*facts, *answers)
