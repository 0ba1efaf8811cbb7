"""What two answers say differently: listed for a human to settle, never refused (ruling 10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clinicir.domain.case import Case
from clinicir.domain.ids import Plain
from clinicir.domain.lookup import FactLookup


@dataclass(frozen=True)
class Disagreement:
    """A fact and the answer of the CNIL form that contradicts it."""

    fact: str
    slug: str

    def __str__(self) -> str:
        return f"{self.fact}/{self.slug}"


def disagreements(case: Case) -> tuple[Disagreement, ...]:
    """Facts that somebody gave against answers that somebody gave."""
    lookup = FactLookup(case)
    found = []
    for fact, slug, says in _PAIRS:
        given = lookup.confirmed(fact)
        answer = case.incident.answers.get(slug)
        if given not in ("yes", "no") or answer is None or answer == "unknown":
            continue
        said = says(answer)
        if said == "yes" and fact in _SEEN_OR_COPIED and not _confidentiality_lost(case):
            # Data may be concerned by a breakdown without having been seen by anybody.
            continue
        if said is not None and said != given:
            found.append(Disagreement(fact, slug))
    return tuple(found)


_SEEN_OR_COPIED = frozenset({"health_conf", "nir_exposed"})


def _confidentiality_lost(case: Case) -> bool:
    nature = case.incident.answers.get("viol.nature")
    return isinstance(nature, list) and "confidentialite" in nature


def _holds(word: str) -> Callable[[Plain], str | None]:
    def says(answer: Plain) -> str | None:
        if not isinstance(answer, list) or "inconnu" in answer:
            return None
        return "yes" if word in answer else "no"

    return says


def _malicious(answer: Plain) -> str | None:
    if not isinstance(answer, list) or not answer or "inconnu" in answer or "autre" in answer:
        return None
    wilful = any(str(cause).endswith("_malveillant") for cause in answer)
    return "yes" if wilful else "no"


def _processor(answer: Plain) -> str | None:
    # Other bodies may be involved without a processor being the source: only a flat no disagrees.
    return "no" if answer is False else None


_PAIRS: tuple[tuple[str, str, Callable[[Plain], str | None]], ...] = (
    ("health_conf", "data.sensibles", _holds("sante")),
    ("nir_exposed", "data.categories", _holds("nir")),
    ("malicious", "viol.cause", _malicious),
    ("processor_origin", "tiers.oui", _processor),
)
