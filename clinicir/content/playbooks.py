"""Everything about what to do, from the folder `checklists/` to the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import msgspec

from clinicir.content.cards import load_drills, load_howto, load_readiness
from clinicir.content.facts import load_facts, load_fields
from clinicir.content.scenarios import RawScenario, Shelf, to_scenario
from clinicir.content.steps import RawStep, Vocabulary, check_names, read_condition, to_step
from clinicir.content.toml_reader import read_table, read_toml
from clinicir.content.typography import french
from clinicir.domain.conditions import Condition
from clinicir.domain.errors import UserError
from clinicir.domain.facts import FactBook
from clinicir.domain.ids import ScenarioId, StepId
from clinicir.domain.playbook import Phase, Playbooks, Scenario, Step

COMMON_PREFIXES = frozenset(
    {"ALR", "CON", "PRV", "QUA", "NOT", "SAN", "PLA", "PAT", "RET", "REX"}
)
"""Prefixes of the steps that scenarios share, one a phase."""


class _Phase(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    label: str
    sub_label: str
    icon: str


class _PhaseFile(msgspec.Struct, forbid_unknown_fields=True):
    phase: list[_Phase]
    roles: dict[str, str]
    clocks: dict[str, int]


class _StepFile(msgspec.Struct, forbid_unknown_fields=True):
    step: list[RawStep]


class _Insert(msgspec.Struct, forbid_unknown_fields=True):
    step: str
    when: str


class _BundleFile(msgspec.Struct, forbid_unknown_fields=True):
    bundles: dict[str, list[str]]
    words: dict[str, str]
    insert: list[_Insert]


class _Output(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal[
        "cnil", "cert_sante", "plainte", "assureur", "prestataire", "point", "registre", "journal",
        "lettre", "fiche", "export",
    ]
    variant: str
    label: str


def load_playbooks(root: Path) -> Playbooks:
    """Steps, scenarios, cards, warnings, readiness and drills of the `checklists` folder.

    Raises UserError `content.unreadable`, `bad_toml`, `unknown_key`, `missing_key`, `bad_type`,
    `bad_value` or `unknown_reference`, each with `file` and `key`.
    """
    facts = load_facts(root)
    phases = read_toml(root / "phases.toml", _PhaseFile)
    bundles = read_toml(root / "bundles.toml", _BundleFile)
    sources = read_toml(root / "sources.toml", dict[str, str])
    howto = load_howto(root, sources)
    known = Vocabulary(
        facts=facts,
        fields=load_fields(root, facts),
        phases={phase.id for phase in phases.phase},
        roles=phases.roles,
        clocks=phases.clocks,
        howto=howto,
        outputs=read_table(root / "outputs.toml", _Output),
        sources=sources,
        words=bundles.words,
    )
    raws = _read_scenarios(root)
    library = _library(root, raws, known)
    warnings = _warnings(root)
    scenarios = _scenarios(raws, library, warnings, bundles, known)
    return Playbooks(
        phases=_phases(phases),
        roles={role: french(label) for role, label in phases.roles.items()},
        fields=known.fields,
        library=library,
        scenarios=scenarios,
        howto=howto,
        warnings=warnings,
        readiness=load_readiness(root, library),
        drills=load_drills(root, library, scenarios, warnings, known.roles, facts),
        inserts=_inserts(bundles, library, facts),
    )


def _phases(file: _PhaseFile) -> tuple[Phase, ...]:
    return tuple(
        Phase(phase.id, french(phase.label), french(phase.sub_label), phase.icon)
        for phase in file.phase
    )


def merge_overlay(base: Scenario, overlay: Scenario) -> Scenario:
    """A scenario with the steps that only the overlay brings, for a group of several sites.

    The common steps of the overlay are left out: the base knows which of them it needs. Each
    step that comes in goes after the last one of its phase that is not due later than itself.
    What both presume, the base decides.
    """
    return replace(
        base,
        presets={**overlay.presets, **base.presets},
        questions=base.questions
        + tuple(asked for asked in overlay.questions if asked not in base.questions),
        body=_merged(base.body, _brought(base, overlay.body)),
        tail=_merged(base.tail, _brought(base, overlay.tail)),
        outputs=tuple(dict.fromkeys(base.outputs + overlay.outputs)),
    )


def _brought(base: Scenario, steps: tuple[Step, ...]) -> list[Step]:
    present = {step.id for step in base.steps}
    return [
        step
        for step in steps
        if step.id not in present and step.id.partition("-")[0] not in COMMON_PREFIXES
    ]


def _merged(steps: tuple[Step, ...], brought: list[Step]) -> tuple[Step, ...]:
    merged = list(steps)
    for step in brought:
        same = [
            index
            for index, other in enumerate(merged)
            if other.phase == step.phase and other.target_minutes <= step.target_minutes
        ]
        merged.insert(same[-1] + 1 if same else len(merged), step)
    return tuple(merged)


def _read_scenarios(root: Path) -> Mapping[str, RawScenario]:
    raws: dict[str, RawScenario] = {}
    for path in sorted((root / "scenarios").glob("*.toml")):
        raw = read_toml(path, RawScenario)
        if raw.id != path.stem:
            raise UserError(
                "content.bad_value", file=path.name, key="id", problem="not the name of the file"
            )
        raws[path.name] = raw
    return raws


def _library(
    root: Path, raws: Mapping[str, RawScenario], known: Vocabulary
) -> Mapping[StepId, Step]:
    """Every step by id; a common file holds the steps of the phase it is named after."""
    listed: list[tuple[str, RawStep]] = []
    for path in sorted((root / "steps").glob("*.toml")):
        for raw in read_toml(path, _StepFile).step:
            if raw.phase != path.stem:
                raise UserError(
                    "content.bad_value", file=path.name, key=f"{raw.id}.phase", problem=raw.phase
                )
            listed.append((path.name, raw))
    listed += [(file, raw) for file, scenario in raws.items() for raw in scenario.step]
    library: dict[StepId, Step] = {}
    for file, raw in listed:
        if raw.id in library:
            raise UserError("content.bad_value", file=file, key=raw.id, problem="id given twice")
        library[StepId(raw.id)] = to_step(raw, file, known)
    for file, raw in listed:
        check_names(raw.needs, library, file, f"{raw.id}.needs")
    return library


def _warnings(root: Path) -> Mapping[str, str]:
    texts = read_toml(root / "warnings.toml", dict[str, str])
    return {warning: french(text) for warning, text in texts.items()}


def _scenarios(
    raws: Mapping[str, RawScenario],
    library: Mapping[StepId, Step],
    warnings: Mapping[str, str],
    bundles: _BundleFile,
    known: Vocabulary,
) -> Mapping[ScenarioId, Scenario]:
    for name, steps in bundles.bundles.items():
        check_names(steps, library, "bundles.toml", f"bundles.{name}")
    shelf = Shelf(
        library=library,
        bundles=bundles.bundles,
        facts=known.facts,
        warnings=warnings,
        outputs=known.outputs,
        scenarios={raw.id for raw in raws.values()},
    )
    read = [to_scenario(raw, file, shelf) for file, raw in raws.items()]
    return {scenario.id: scenario for scenario in sorted(read, key=lambda found: found.letter)}


def _inserts(
    bundles: _BundleFile, library: Mapping[StepId, Step], facts: FactBook
) -> tuple[tuple[StepId, Condition], ...]:
    found: list[tuple[StepId, Condition]] = []
    for raw in bundles.insert:
        check_names(raw.step, library, "bundles.toml", "insert.step")
        condition = read_condition(raw.when, "bundles.toml", f"insert.{raw.step}.when", facts)
        if condition is not None:
            found.append((StepId(raw.step), condition))
    return tuple(found)
