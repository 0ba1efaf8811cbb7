"""Scenarios: their own words, and lists of steps with references and bundles resolved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from clinicir.content.steps import RawStep, check_names, worded
from clinicir.content.typography import french, french_lines
from clinicir.domain.errors import UserError
from clinicir.domain.facts import FactBook, Scope
from clinicir.domain.ids import Plain, ScenarioId, StepId
from clinicir.domain.playbook import Exit, Scenario, Step


class _Exit(msgspec.Struct, forbid_unknown_fields=True):
    when: str
    go: str | None = None
    advice: str = ""


class _Question(msgspec.Struct, forbid_unknown_fields=True):
    fact: str
    text: str


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    ref: str = ""
    bundle: str = ""
    words: dict[str, str] = {}
    target_minutes: int | None = None


class RawScenario(msgspec.Struct, forbid_unknown_fields=True):
    """A file of `scenarios/`."""

    id: str
    letter: str
    title: str
    seen: str
    signs: list[str]
    not_this: list[_Exit]
    first: list[str]
    never: list[str]
    questions: list[_Question]
    body: list[str | _Entry]
    tail: list[str | _Entry]
    outputs: list[str]
    presets: dict[str, str]
    overlay: bool = False
    step: list[RawStep] = []


@dataclass(frozen=True)
class Shelf:
    """What a scenario may name."""

    library: Mapping[StepId, Step]
    bundles: Mapping[str, list[str]]
    facts: FactBook
    warnings: Collection[str]
    outputs: Collection[str]
    scenarios: Collection[str]


def to_scenario(raw: RawScenario, file: str, shelf: Shelf) -> Scenario:
    """A scenario ready to show; UserError `content.*` naming file and key."""
    body = _resolve(raw.body, file, "body", shelf, ())
    tail = _resolve(raw.tail, file, "tail", shelf, body)
    check_names(raw.first, frozenset(step.id for step in body), file, "first")
    check_names(raw.never, shelf.warnings, file, "never")
    check_names(raw.outputs, shelf.outputs, file, "outputs")
    asked = [question.fact for question in raw.questions if question.fact]
    check_names(asked, shelf.facts, file, "questions")
    return Scenario(
        id=ScenarioId(raw.id),
        letter=raw.letter,
        title=french(raw.title),
        seen=french(raw.seen),
        signs=french_lines(raw.signs),
        not_this=tuple(_exit(way, file, shelf) for way in raw.not_this),
        presets=_presets(raw.presets, file, shelf.facts),
        first=tuple(StepId(step) for step in raw.first),
        never=tuple(raw.never),
        questions=tuple((question.fact, french(question.text)) for question in raw.questions),
        body=body,
        tail=tail,
        outputs=tuple(raw.outputs),
        overlay=raw.overlay,
    )


def _exit(raw: _Exit, file: str, shelf: Shelf) -> Exit:
    if raw.go is None and not raw.advice:
        raise UserError(
            "content.missing_key", file=file, key="not_this.advice", problem="nowhere to go"
        )
    if raw.go is not None:
        check_names(raw.go, shelf.scenarios, file, "not_this.go")
    return Exit(french(raw.when), ScenarioId(raw.go) if raw.go else None, french(raw.advice))


def _presets(raw: Mapping[str, str], file: str, facts: FactBook) -> Mapping[str, Plain]:
    for fact, value in raw.items():
        check_names(fact, facts, file, f"presets.{fact}")
        spec = facts[fact]
        if spec.scope is not Scope.INCIDENT or value not in (*spec.values, "unknown"):
            raise UserError(
                "content.bad_value", file=file, key=f"presets.{fact}", problem=f"not {value!r}"
            )
    return dict(raw)


def _resolve(
    entries: Sequence[str | _Entry], file: str, key: str, shelf: Shelf, before: tuple[Step, ...]
) -> tuple[Step, ...]:
    """Steps of a list; one already met, here or in `before`, keeps its first place."""
    met = {step.id for step in before}
    found: list[Step] = []
    for entry in entries:
        for step in _steps_of(entry, file, key, shelf):
            if step.id not in met:
                met.add(step.id)
                found.append(step)
    return tuple(found)


def _steps_of(entry: str | _Entry, file: str, key: str, shelf: Shelf) -> list[Step]:
    if isinstance(entry, str):
        return [worded(_library_step(entry, file, key, shelf), {})]
    if bool(entry.ref) is bool(entry.bundle):
        raise UserError(
            "content.bad_value", file=file, key=key, problem="either ref or bundle, not both"
        )
    if entry.bundle:
        check_names(entry.bundle, shelf.bundles, file, f"{key}.bundle")
        return [
            worded(_library_step(step, file, f"{key}.{entry.bundle}", shelf), {})
            for step in shelf.bundles[entry.bundle]
        ]
    step = _library_step(entry.ref, file, key, shelf)
    check_names(list(entry.words), step.words, file, f"{key}.{entry.ref}.words")
    if entry.target_minutes is not None and not 0 < entry.target_minutes <= step.target_minutes:
        raise UserError(
            "content.bad_value", file=file, key=f"{key}.{entry.ref}.target_minutes",
            problem="a scenario may only tighten a target",
        )
    return [worded(step, entry.words, entry.target_minutes)]


def _library_step(step: str, file: str, key: str, shelf: Shelf) -> Step:
    check_names(step, shelf.library, file, key)
    return shelf.library[StepId(step)]
