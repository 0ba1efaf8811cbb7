"""How-to cards, readiness items and drills, from TOML to the domain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from clinicir.content.steps import check_names
from clinicir.content.toml_reader import read_toml
from clinicir.content.typography import french, french_lines
from clinicir.domain.errors import UserError
from clinicir.domain.facts import FactBook
from clinicir.domain.ids import Plain, ScenarioId, StepId
from clinicir.domain.playbook import Drill, HowTo, Inject, ReadinessItem

_ANIMATOR = "animateur"


class _Group(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    lines: list[str]


class _Command(msgspec.Struct, forbid_unknown_fields=True):
    note: str
    command: str


class _Commands(msgspec.Struct, forbid_unknown_fields=True):
    system: str
    lines: list[_Command]


class _HowTo(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    do: list[str]
    groups: list[_Group] = []
    ask: str = ""
    commands: list[_Commands] = []
    proof: list[str] = []
    source: list[str] = []
    unverified: bool = False


class _HowToFile(msgspec.Struct, forbid_unknown_fields=True):
    howto: list[_HowTo]


class _Item(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    theme: str
    title: str
    do: str
    proof: str
    every_months: int
    weight: int
    step: str | None = None


class _Readiness(msgspec.Struct, forbid_unknown_fields=True):
    item: list[_Item]


class _Inject(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    at_minute: int
    core: bool
    channel: str
    sender: str
    text: str
    expect: list[str]
    ok: str


class _Drill(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    duration_minutes: int
    scenarios: list[str]
    objectives: list[str]
    roles: list[str]
    traps: list[str]
    debrief: list[str]
    profile: dict[str, str]
    inject: list[_Inject]


def load_howto(root: Path, sources: Collection[str]) -> Mapping[str, HowTo]:
    """Every card by id, from the files of `howto/`; commands are kept as typed."""
    cards: dict[str, HowTo] = {}
    for path in sorted((root / "howto").glob("*.toml")):
        for raw in read_toml(path, _HowToFile).howto:
            check_names(raw.source, sources, path.name, f"{raw.id}.source")
            if raw.id in cards:
                raise _twice(path.name, raw.id)
            cards[raw.id] = _card(raw)
    return cards


def _card(raw: _HowTo) -> HowTo:
    return HowTo(
        id=raw.id,
        title=french(raw.title),
        do=french_lines(raw.do),
        groups=tuple((french(group.title), french_lines(group.lines)) for group in raw.groups),
        ask=french(raw.ask),
        commands=tuple(
            (french(group.system), tuple((french(line.note), line.command) for line in group.lines))
            for group in raw.commands
        ),
        proof=french_lines(raw.proof),
        source=tuple(raw.source),
        unverified=raw.unverified,
    )


def load_readiness(root: Path, steps: Collection[StepId]) -> tuple[ReadinessItem, ...]:
    """The protections to prove again, in reading order."""
    path = root / "readiness.toml"
    items: dict[str, ReadinessItem] = {}
    for raw in read_toml(path, _Readiness).item:
        if raw.step is not None:
            check_names(raw.step, steps, path.name, f"{raw.id}.step")
        if raw.id in items:
            raise _twice(path.name, raw.id)
        items[raw.id] = ReadinessItem(
            id=raw.id,
            theme=french(raw.theme),
            title=french(raw.title),
            do=french(raw.do),
            proof=french(raw.proof),
            every_months=raw.every_months,
            weight=raw.weight,
            step=StepId(raw.step) if raw.step else None,
        )
    return tuple(items.values())


def load_drills(
    root: Path,
    steps: Collection[StepId],
    scenarios: Collection[ScenarioId],
    warnings: Collection[str],
    roles: Collection[str],
    facts: FactBook,
) -> Mapping[str, Drill]:
    """Every exercise by id, from the files of `drills/`."""
    drills: dict[str, Drill] = {}
    for path in sorted((root / "drills").glob("*.toml")):
        raw = read_toml(path, _Drill)
        check_names(raw.scenarios, scenarios, path.name, "scenarios")
        check_names(raw.traps, warnings, path.name, "traps")
        check_names(raw.roles, {*roles, _ANIMATOR}, path.name, "roles")
        profile = _profile(raw.profile, path.name, facts)
        for inject in raw.inject:
            check_names(inject.expect, steps, path.name, f"{inject.id}.expect")
        if raw.id in drills or raw.id != path.stem:
            raise _twice(path.name, raw.id)
        drills[raw.id] = _drill(raw, profile)
    return drills


def _profile(raw: Mapping[str, str], file: str, facts: FactBook) -> Mapping[str, Plain]:
    check_names(list(raw), frozenset(facts), file, "profile")
    for fact, value in raw.items():
        if value not in (*facts[fact].values, "unknown"):
            raise UserError(
                "content.bad_value", file=file, key=f"profile.{fact}", problem=f"not {value!r}"
            )
    return dict(raw)


def _drill(raw: _Drill, profile: Mapping[str, Plain]) -> Drill:
    return Drill(
        id=raw.id,
        title=french(raw.title),
        duration_minutes=raw.duration_minutes,
        scenarios=tuple(ScenarioId(scenario) for scenario in raw.scenarios),
        profile=profile,
        objectives=french_lines(raw.objectives),
        roles=tuple(raw.roles),
        injects=tuple(
            Inject(
                id=inject.id,
                at_minute=inject.at_minute,
                core=inject.core,
                channel=french(inject.channel),
                sender=french(inject.sender),
                text=french(inject.text),
                expect=tuple(StepId(step) for step in inject.expect),
                ok=french(inject.ok),
            )
            for inject in raw.inject
        ),
        traps=tuple(raw.traps),
        debrief=french_lines(raw.debrief),
    )


def _twice(file: str, name: str) -> UserError:
    return UserError(
        "content.bad_value", file=file, key=name, problem="id given twice, or not the file's name"
    )
