"""What every scenario holds, in which order, and what stays visible."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from clinicir.content.forms import load_form
from clinicir.content.obligations import load_rules
from clinicir.content.playbooks import COMMON_PREFIXES, merge_overlay
from clinicir.domain.facts import Scope
from clinicir.domain.form import Needed
from clinicir.domain.ids import Plain, ScenarioId, StepId
from clinicir.domain.obligation import Level, RuleKind
from clinicir.domain.playbook import FieldUse, Scenario, Step
from tests.content.playbook_data import (
    CABINET,
    CLINIC,
    ROOT,
    facts,
    opened,
    playbooks,
    visible,
)

ALL = tuple(playbooks().scenarios.values())
BASES = tuple(scenario for scenario in ALL if not scenario.overlay)

MOST_ACTIONS = 33
"""30 before corrections.md 52 asked QUA-01 to QUA-04 of every scenario; most held one already."""

LEGAL_MINUTES = {"cnil_72h": 4320, "plainte_72h": 4320, "dommage_15j": 21600}


def everywhere(scenario: Scenario) -> str:
    return scenario.id


per_scenario = pytest.mark.parametrize("scenario", ALL, ids=everywhere)


def ids(steps: tuple[Step, ...]) -> list[str]:
    return [step.id for step in steps]


def test_the_scenarios_are_those_of_the_domain() -> None:
    assert [scenario.id for scenario in ALL] == [
        "inconnu", "amelipro", "compte_admin", "editeur_pirate", "donnees_en_vente",
        "rancongiciel", "messagerie", "perte_vol", "mauvais_destinataire", "acces_indu", "groupe",
        "panne", "faux_technicien", "fausses_ordonnances",
    ]
    assert [scenario.id for scenario in ALL if scenario.overlay] == ["groupe"]


def test_ids_have_their_form() -> None:
    loaded = playbooks()
    assert all(re.fullmatch(r"[A-Z]{2,3}-\d{2}", step) for step in loaded.library)
    assert all(re.fullmatch(r"HT-[A-Z0-9-]+", card) for card in loaded.howto)
    assert all(re.fullmatch(r"W-\d{2}", warning) for warning in loaded.warnings)
    assert len(loaded.howto) == 22
    assert [phase.id for phase in loaded.phases] == [
        "alerter", "contenir", "preuves", "qualifier", "cnil", "sante", "plainte", "patients",
        "retablir", "retex",
    ]
    for step in loaded.library.values():
        prefix = step.id.partition("-")[0]
        assert (prefix in COMMON_PREFIXES) is not any(
            step.id in ids(scenario.steps) and prefix not in COMMON_PREFIXES for scenario in ALL
        ), step.id


def test_the_steps_that_corrections_add_exist() -> None:
    library = playbooks().library
    for step in (
        "SAN-09", "SAN-10", "SAN-11", "NOT-07", "PAT-09", "PAT-10", "PAT-11", "QUA-08", "ED-09",
        "PLA-05", "ALR-12", "ALR-13",
    ):
        assert StepId(step) in library


@per_scenario
def test_first_screen(scenario: Scenario) -> None:
    body = {step.id: step for step in scenario.body}
    assert 5 <= len(scenario.first) <= 7
    assert len(set(scenario.first)) == len(scenario.first)
    for step in scenario.first:
        assert body[step].target_minutes <= 60, step
    assert 2 <= len(scenario.never) <= 3
    assert scenario.seen.startswith("J’ai")


def test_first_screens_that_corrections_settle() -> None:
    scenarios = playbooks().scenarios
    assert scenarios[ScenarioId("editeur_pirate")].first == (
        "ALR-01", "PRV-01", "ED-01", "ALR-11", "ALR-02", "CON-02",
    )
    assert scenarios[ScenarioId("perte_vol")].first == (
        "ALR-01", "PE-01", "CON-02", "PE-02", "PE-03", "PE-06",
    )


@per_scenario
def test_the_body_is_not_too_long(scenario: Scenario) -> None:
    actions = [step for step in visible(scenario.body, opened(scenario, CABINET)) if not step.gate]
    assert 15 <= len(actions) <= MOST_ACTIONS
    establishment = visible(scenario.body, opened(scenario, CLINIC))
    assert len([step for step in establishment if not step.gate]) <= MOST_ACTIONS + 2


@per_scenario
@pytest.mark.parametrize("practice", [CABINET, CLINIC], ids=["cabinet", "clinic"])
def test_no_chunk_is_over_nine(scenario: Scenario, practice: dict[str, Plain]) -> None:
    chunks = Counter(
        (step.phase, step.target_minutes <= 60)
        for step in visible(scenario.body, opened(scenario, practice))
    )
    assert max(chunks.values()) <= 9, chunks.most_common(1)


@per_scenario
def test_what_no_scenario_may_lack(scenario: Scenario) -> None:
    listed = set(ids(scenario.steps))
    assert {
        "ALR-01", "QUA-01", "QUA-02", "QUA-03", "QUA-04", "QUA-06", "NOT-01", "NOT-02", "NOT-03",
        "PAT-01", "NOT-06", "ALR-05", "PLA-02", "REX-04",
    } <= listed
    assert {"SAN-01", "SAN-03"} <= listed or "GR-10" in listed
    assert {"SAN-01", "SAN-02", "SAN-03", "SAN-04"} <= listed or "SAN-07" in listed


@per_scenario
def test_each_answer_that_the_initial_notification_needs_is_asked(scenario: Scenario) -> None:
    asked = {use.spec.binds for step in scenario.steps for use in step.fields}
    asked |= {use.spec.binds for step, _ in playbooks().inserts for use in _fields(step)}
    if "decision:persons" in asked:
        asked.add("cnil:info.etat")
    needed = [
        field
        for field in load_form(ROOT, "cnil").fields.values()
        if field.needed is Needed.INITIAL and not field.derived
    ]
    assert len(needed) > 12
    for field in needed:
        assert f"cnil:{field.id}" in asked, field.id


def _fields(step: StepId) -> tuple[FieldUse, ...]:
    return playbooks().library[step].fields


def test_conditions_name_rules_that_exist() -> None:
    rules = {rule.id for rule in load_rules(ROOT)}
    named = [step.when.rules for step in playbooks().library.values() if step.when]
    assert frozenset().union(*named)
    assert frozenset().union(*named) <= rules


@per_scenario
def test_what_a_step_needs_comes_before_it(scenario: Scenario) -> None:
    """corrections.md 35 asks it of the steps that erase; every step keeps it."""
    order = {step: index for index, step in enumerate(ids(scenario.steps))}
    for step in scenario.steps:
        for needed in step.needs:
            assert needed in order, f"{step.id} needs {needed}"
            assert order[needed] < order[step.id], f"{needed} must come before {step.id}"


def test_erasing_leads_to_evidence() -> None:
    library = playbooks().library

    def leads(step: StepId, seen: frozenset[StepId] = frozenset()) -> bool:
        if library[step].phase == "preuves":
            return True
        return any(
            leads(needed, seen | {step}) for needed in library[step].needs if needed not in seen
        )

    erasing = [step.id for step in library.values() if step.erases]
    assert len(erasing) > 15
    for step in erasing:
        assert leads(step), step


def test_steps_that_change_a_session_or_reinstall_say_so() -> None:
    flagged = {step.id for step in playbooks().library.values() if step.os_reset}
    assert flagged == {"RET-02", "RA-08", "FT-07", "PN-10"}
    for step in playbooks().library.values():
        if {"HT-WINDOWS", "HT-MAC"} & set(step.howto):
            assert step.os_reset, step.id


def test_no_target_is_later_than_its_legal_clock() -> None:
    for scenario in ALL:
        for step in scenario.steps:
            if step.deadline in LEGAL_MINUTES:
                assert step.target_minutes <= LEGAL_MINUTES[step.deadline or ""], step.id


def test_a_scenario_only_tightens() -> None:
    library = playbooks().library
    for scenario in ALL:
        for step in scenario.steps:
            assert step.target_minutes <= library[step.id].target_minutes, step.id


def test_targets_that_corrections_settle() -> None:
    library = playbooks().library
    wanted = {
        "SAN-01": 240, "SAN-03": 240, "GR-10": 240, "CON-03": 240, "PE-06": 60, "PE-07": 60,
        "AI-03": 60, "AI-09": 48 * 60, "PAT-01": 72 * 60, "PAT-04": 7 * 1440,
        "SAN-09": 15 * 1440,
    }
    assert {step: library[StepId(step)].target_minutes for step in wanted} == wanted
    assert library[StepId("AI-09")].deadline == "plainte_72h"
    assert library[StepId("PE-04")].needs == ("PE-02", "PE-06")


EVENTS = {"patient_harm", "public_notice", "insurance_cards", "medical_device", "judicial_request"}
"""Facts that bring a duty of their own: asked in sight, never presumed for every breach."""


@per_scenario
def test_an_unanswered_question_never_hides_a_step(scenario: Scenario) -> None:
    """A condition on a fact that reads `no` when absent: presumed unknown, or an event asked."""
    shown = visible(scenario.steps, opened(scenario, {}))
    asked = {(use.spec.binds or "").removeprefix("fact:") for step in shown for use in step.fields}
    for step in scenario.steps:
        for name in step.when.names if step.when else ():
            spec = facts()[name]
            if spec.scope is Scope.INCIDENT and spec.when_absent == "no":
                held = name in asked if name in EVENTS else name in scenario.presets
                assert held or step in shown, (step.id, name)


@per_scenario
def test_presumptions(scenario: Scenario) -> None:
    wanted = "no" if scenario.id == "mauvais_destinataire" else "unknown"
    assert scenario.presets["system_hit"] == wanted


def test_presumptions_that_corrections_settle() -> None:
    presets = {scenario.id: scenario.presets for scenario in ALL}
    vendor = presets[ScenarioId("editeur_pirate")]
    assert (vendor["malicious"], vendor["health_conf"]) == ("unknown", "unknown")
    sale = presets[ScenarioId("donnees_en_vente")]
    assert (sale["data_published"], sale["extortion"]) == ("unknown", "unknown")
    assert presets[ScenarioId("amelipro")]["account_amelipro"] == "yes"
    assert presets[ScenarioId("perte_vol")]["device_stolen"] == "unknown"
    assert presets[ScenarioId("messagerie")]["account_mssante"] == "unknown"
    ransom = presets[ScenarioId("rancongiciel")]
    assert (ransom["operation_impaired"], ransom["care_safety"]) == ("yes", "unknown")


def test_every_duty_that_binds_has_a_step() -> None:
    for rule in load_rules(ROOT, playbooks().library):
        if rule.kind is RuleKind.OBLIGATION and rule.enabled:
            strongest = max(case.level for case in rule.levels)
            if strongest in (Level.OBLIGATOIRE, Level.CONDITION):
                assert _discharged(rule.id, rule.steps), rule.id


def _discharged(rule: str, steps: tuple[StepId, ...]) -> bool:
    return bool(steps) or (rule in {"ANSSI-01", "P-03"} and {"ALR-12", "ALR-13"} <= {
        step for step, _ in playbooks().inserts
    })


def test_exits_lead_somewhere() -> None:
    loaded = playbooks()
    exits = [way for scenario in ALL for way in scenario.not_this]
    assert all(way.go is None or way.go in loaded.scenarios for way in exits)
    mail = loaded.scenarios[ScenarioId("messagerie")].not_this[0]
    assert mail.go is None
    assert mail.advice == "Ne cliquez pas, signalez, supprimez\u00a0: aucun dossier à ouvrir."
    assert all(way.go != scenario.id for scenario in ALL for way in scenario.not_this)


@pytest.mark.parametrize("base", BASES, ids=everywhere)
def test_a_group_adds_its_own_steps_and_changes_nothing_else(base: Scenario) -> None:
    group = playbooks().scenarios[ScenarioId("groupe")]
    merged = merge_overlay(base, group)
    assert (merged.id, merged.first, merged.never) == (base.id, base.first, base.never)
    assert [step for step in ids(merged.steps) if step in ids(base.steps)] == ids(base.steps)
    added = set(ids(merged.steps)) - set(ids(base.steps))
    assert added >= {f"GR-{number:02}" for number in range(1, 14)}
    assert not {step.partition("-")[0] for step in added} & COMMON_PREFIXES
    assert len(set(ids(merged.steps))) == len(merged.steps)
    for fact, value in base.presets.items():
        assert merged.presets[fact] == value
    cell = next(step for step in merged.body if step.id == "GR-01")
    late = [step for step in merged.body[: merged.body.index(cell)] if step.phase == cell.phase]
    assert all(step.target_minutes <= cell.target_minutes for step in late[-1:])


def test_readiness_and_drills() -> None:
    loaded = playbooks()
    assert [item.id for item in loaded.readiness] == [f"RD-{n:02}" for n in range(1, 25)]
    assert all(1 <= item.weight <= 3 and item.every_months >= 1 for item in loaded.readiness)
    assert len(loaded.drills) == 6
    injects = [inject for drill in loaded.drills.values() for inject in drill.injects]
    assert len({inject.id for inject in injects}) == len(injects)
    assert len(loaded.drills["exercice-compte-admin-vente"].injects) == 12
    for drill in loaded.drills.values():
        minutes = [inject.at_minute for inject in drill.injects]
        assert minutes == sorted(minutes)
        assert minutes[0] == 0
        assert minutes[-1] < drill.duration_minutes
        assert sum(inject.core for inject in drill.injects) >= 6
        assert all(inject.expect and inject.ok for inject in drill.injects)
        assert drill.traps
        assert len(drill.debrief) == 3


def test_inserted_steps_wait_for_a_plain_answer() -> None:
    quiet: dict[str, Plain] = {"type": "CAB_SOLO", "cnil_late": "no"}
    for step, condition in playbooks().inserts:
        assert not visible((playbooks().library[step],), quiet), step
        assert condition.names
