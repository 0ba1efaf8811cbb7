"""Steps of the phases and of the scenarios, from TOML to the domain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from clinicir.content.obligations import condition
from clinicir.content.typography import fill_words, french, french_lines, slots
from clinicir.domain.conditions import Condition
from clinicir.domain.errors import UserError
from clinicir.domain.facts import FactBook
from clinicir.domain.ids import StepId
from clinicir.domain.playbook import FieldSpec, FieldUse, Step

Feed = Literal["cnil", "sante", "plainte", "assurance", "patients", "registre", "retex"]

_REQUIRED = "!"


class RawStep(msgspec.Struct, forbid_unknown_fields=True):
    """A `[[step]]` table."""

    id: str
    phase: str
    title: str
    do: list[str]
    why: str
    role: str
    target_minutes: int
    deadline: str | None = None
    when: str | None = None
    needs: list[str] = []
    erases: bool = False
    os_reset: bool = False
    gate: Literal["G1", "G2", "G3", "G4", "G5"] | None = None
    fields: list[str] = []
    """Ids of `fields.toml`, those that are required followed by an exclamation mark."""
    evidence: list[str] = []
    feeds: list[Feed] = []
    avoid: str = ""
    howto: list[str] = []
    output: list[str] = []
    source: list[str] = []
    unverified: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """What a step may name."""

    facts: FactBook
    fields: Mapping[str, FieldSpec]
    phases: Collection[str]
    roles: Collection[str]
    clocks: Mapping[str, int]
    howto: Collection[str]
    outputs: Collection[str]
    sources: Collection[str]
    words: Mapping[str, str]
    """What fills `{service}` and `{editeur}` when a scenario says nothing."""


def to_step(raw: RawStep, file: str, known: Vocabulary) -> Step:
    """The step as the library holds it; UserError `content.unknown_reference` or `bad_value`.

    References to other steps are checked once every file is read.
    """
    _check(raw, file, known)
    return Step(
        id=StepId(raw.id),
        phase=raw.phase,
        title=french(raw.title),
        do=french_lines(raw.do),
        why=french(raw.why),
        role=raw.role,
        target_minutes=raw.target_minutes,
        deadline=raw.deadline,
        when=read_condition(raw.when, file, f"{raw.id}.when", known.facts),
        needs=tuple(StepId(step) for step in raw.needs),
        erases=raw.erases,
        os_reset=raw.os_reset,
        gate=raw.gate,
        fields=tuple(_use(name, raw, file, known.fields) for name in raw.fields),
        evidence=french_lines(raw.evidence),
        feeds=tuple(raw.feeds),
        avoid=french(raw.avoid),
        howto=tuple(raw.howto),
        output=tuple(raw.output),
        source=tuple(raw.source),
        unverified=raw.unverified,
        words=_words(raw, file, known.words),
    )


def _check(raw: RawStep, file: str, known: Vocabulary) -> None:
    check_names(raw.phase, known.phases, file, f"{raw.id}.phase")
    check_names(raw.role, known.roles, file, f"{raw.id}.role")
    check_names(raw.howto, known.howto, file, f"{raw.id}.howto")
    check_names(raw.output, known.outputs, file, f"{raw.id}.output")
    check_names(raw.source, known.sources, file, f"{raw.id}.source")
    if raw.deadline is not None:
        check_names(raw.deadline, known.clocks, file, f"{raw.id}.deadline")
    if raw.target_minutes <= 0:
        raise UserError(
            "content.bad_value", file=file, key=f"{raw.id}.target_minutes", problem="not positive"
        )


def worded(step: Step, words: Mapping[str, str], target: int | None = None) -> Step:
    """The step as a scenario shows it: its words filled in, its target perhaps tighter."""
    if not step.words and target is None:
        return step
    chosen = {**step.words, **{name: french(word) for name, word in words.items()}}

    def filled(text: str) -> str:
        # The contraction may bring an apostrophe of its own.
        return french(fill_words(text, chosen))

    return replace(
        step,
        title=filled(step.title),
        do=tuple(filled(line) for line in step.do),
        why=filled(step.why),
        evidence=tuple(filled(line) for line in step.evidence),
        avoid=filled(step.avoid),
        target_minutes=target if target is not None else step.target_minutes,
        words=chosen,
    )


def read_condition(
    text: str | None, file: str, key: str, facts: FactBook
) -> Condition | None:
    """A condition whose facts all exist; None for no text."""
    if text is None:
        return None
    parsed = condition(text, {}, file, key)
    check_names(sorted(parsed.names), facts, file, key)
    return parsed


def check_names(
    names: str | list[str], known: Collection[str], file: str, key: str
) -> None:
    """UserError `content.unknown_reference` for the first name that is not known."""
    for name in [names] if isinstance(names, str) else names:
        if name not in known:
            raise UserError("content.unknown_reference", file=file, key=key, name=name)


def _words(raw: RawStep, file: str, words: Mapping[str, str]) -> Mapping[str, str]:
    """What stands for the slots of the step as long as no scenario says better."""
    wanted = slots((raw.title, *raw.do, raw.why, raw.avoid, *raw.evidence))
    check_names(sorted(wanted), words, file, f"{raw.id}.words")
    return {name: french(words[name]) for name in sorted(wanted)}


def _use(name: str, raw: RawStep, file: str, fields: Mapping[str, FieldSpec]) -> FieldUse:
    field = name.removesuffix(_REQUIRED)
    check_names(field, fields, file, f"{raw.id}.fields")
    return FieldUse(fields[field], required=name.endswith(_REQUIRED))
