"""The bundled playbooks, read once for all the content tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from clinicir.content.facts import load_facts
from clinicir.content.playbooks import load_playbooks
from clinicir.domain.conditions import UNKNOWN, Known
from clinicir.domain.facts import FactBook, as_value
from clinicir.domain.ids import Plain
from clinicir.domain.playbook import HowTo, Playbooks, Scenario, Step

ROOT = Path(__file__).resolve().parents[2] / "checklists"


@cache
def playbooks() -> Playbooks:
    return load_playbooks(ROOT)


@cache
def facts() -> FactBook:
    return load_facts(ROOT)


class Answers:
    """Facts as a condition sees them when only these are known."""

    def __init__(self, values: Mapping[str, Plain]) -> None:
        self._values = values

    def fact(self, name: str) -> Known:
        if name in self._values:
            return Known(as_value(self._values[name]))
        spec = facts()[name]
        # A derived fact that nothing decides yet is unknown; it is never "not asked".
        return Known(UNKNOWN, given=False) if spec.scope == "derived" else spec.absent()

    def submitted(self, rule: str) -> bool:
        return False


def visible(steps: tuple[Step, ...], answers: Mapping[str, Plain]) -> list[Step]:
    lookup = Answers(answers)
    return [step for step in steps if step.when is None or step.when(lookup).holds]


CABINET: Mapping[str, Plain] = {
    "type": "CAB_GROUPE", "insurance_cyber": "yes", "has_it_provider": "yes", "has_dpo": "no",
    "cnil_late": "no",
}
CLINIC: Mapping[str, Plain] = {**CABINET, "type": "ES_PRIVE", "has_dpo": "yes"}


def opened(scenario: Scenario, practice: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Answers at opening; care is undisturbed unless the scenario says otherwise."""
    calm: Mapping[str, Plain] = {"operation_impaired": "no", "care_safety": "none"}
    return {**calm, **practice, **scenario.presets}


def card_lines(card: HowTo) -> Iterator[str]:
    yield from card.do
    for _, lines in card.groups:
        yield from lines
    yield from card.ask.splitlines()
