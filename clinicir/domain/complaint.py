"""What a complaint may offer: facts qualify, the prosecutor decides (authorities.md 2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from clinicir.domain.case import Case
from clinicir.domain.conditions import Known, Truth
from clinicir.domain.facts import as_value
from clinicir.domain.lookup import FactLookup
from clinicir.domain.offence import SCENARIO, Offence


@dataclass(frozen=True)
class OffenceLookup:
    """Facts of the case, answers of the CNIL form by slug, and the scenario."""

    facts: FactLookup

    def fact(self, name: str) -> Known:
        """An answer that is absent establishes nothing: it reads as `no`."""
        case = self.facts.case
        if name == SCENARIO:
            return Known(case.incident.scenario)
        if name in case.knowledge.facts:
            return self.facts.fact(name)
        value = case.incident.answers.get(name)
        return Known("no", given=False) if value is None else Known(as_value(value))

    def submitted(self, rule: str) -> bool:
        """As for every condition."""
        return self.facts.submitted(rule)


@dataclass(frozen=True)
class Offered:
    """Offences by what is known: a presumption never establishes one (corrections.md 18)."""

    established: tuple[Offence, ...]
    to_confirm: tuple[Offence, ...]


def offered(case: Case) -> Offered:
    """Offences whose condition is true on given answers, then those that a doubt leaves open."""
    lookup = OffenceLookup(FactLookup(case))
    established: list[Offence] = []
    to_confirm: list[Offence] = []
    for offence in case.knowledge.offences:
        outcome = offence.when(lookup)
        if outcome.truth is Truth.TRUE and not outcome.presumed:
            established.append(offence)
        elif outcome.holds:
            to_confirm.append(offence)
    return Offered(tuple(established), tuple(to_confirm))
