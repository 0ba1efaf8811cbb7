"""All that is bundled with the program, read once at start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinicir.domain.deadline import Calendar
from clinicir.domain.decision import DecisionTable
from clinicir.domain.directory import Directory
from clinicir.domain.errors import UserError
from clinicir.domain.facts import FactBook
from clinicir.domain.form import Form
from clinicir.domain.ids import ScenarioId, StepId
from clinicir.domain.obligation import Rule
from clinicir.domain.offence import Offence
from clinicir.domain.playbook import Playbooks, Scenario, Step
from clinicir.domain.wording import Wording


@dataclass(frozen=True)
class Knowledge:
    """Law, forms, lists, wordings and addresses, as data."""

    facts: FactBook
    playbooks: Playbooks
    group_scenarios: Mapping[ScenarioId, Scenario]
    """Each scenario with the overlay of a group merged in."""
    rules: tuple[Rule, ...]
    decisions: DecisionTable
    cnil_form: Form
    cert_sante_form: Form
    offences: tuple[Offence, ...]
    directory: Directory
    wording: Wording
    calendar_of: Callable[[str], Calendar]
    """Calendar and time zone of a department code."""

    def scenario(self, scenario: str, *, group: bool = False) -> Scenario:
        """A scenario, merged with the overlay for a group; UserError `scenario.unknown`."""
        table = self.group_scenarios if group else self.playbooks.scenarios
        try:
            return table[ScenarioId(scenario)]
        except KeyError:
            raise UserError("scenario.unknown", scenario=scenario[:80]) from None

    def step(self, step: str) -> Step:
        """A step of the library; UserError `step.unknown`."""
        try:
            return self.playbooks.library[StepId(step)]
        except KeyError:
            raise UserError("step.unknown", step=step[:80]) from None

    def rule(self, rule: str) -> Rule:
        """A rule by id; UserError `obligation.unknown`."""
        for known in self.rules:
            if known.id == rule:
                return known
        raise UserError("obligation.unknown", obligation=rule[:80])
