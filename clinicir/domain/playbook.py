"""What to do: steps, scenarios, cards, warnings. Immutable; progress is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clinicir.domain.conditions import Condition
from clinicir.domain.ids import Plain, ScenarioId, StepId


class FieldType(StrEnum):
    """Types of captured fields (the data keeps these words)."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATETIME = "datetime"
    DATE = "date"
    DURATION = "duration"
    NUMBER = "number"
    RANGE = "range"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI = "multi"
    PERSON = "person"
    CALL = "call"
    MAIL = "mail"
    ACCOUNTS = "accounts"
    ADDRESSES = "addresses"
    DEVICES = "devices"
    ACCESSES = "accesses"
    PATIENT_REFERENCES = "patient_references"
    FILES = "files"
    DECISION = "decision"


@dataclass(frozen=True)
class Choice:
    """One value of an enumerated list and its French label."""

    id: str
    label: str
    verified: bool = True
    """False when nobody has read the official words."""


@dataclass(frozen=True)
class FieldSpec:
    """A captured field, defined once for all the steps that ask it."""

    id: str
    type: FieldType
    label: str
    binds: str | None = None
    """What the answer sets: `fact:ID`, `instant:ID`, `cnil:SLUG`, `decision:SUBJECT`; else None."""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class FieldUse:
    """A field asked by a step."""

    spec: FieldSpec
    required: bool = False


@dataclass(frozen=True)
class Phase:
    """One of the ten phases, in screen order."""

    id: str
    label: str
    sub_label: str
    icon: str


@dataclass(frozen=True)
class Step:
    """One act, written to be read aloud (scenarios.md 2.2)."""

    id: StepId
    phase: str
    title: str
    do: tuple[str, ...]
    why: str
    role: str
    target_minutes: int
    deadline: str | None = None
    when: Condition | None = None
    needs: tuple[StepId, ...] = ()
    erases: bool = False
    os_reset: bool = False
    gate: str | None = None
    fields: tuple[FieldUse, ...] = ()
    evidence: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    avoid: str = ""
    howto: tuple[str, ...] = ()
    output: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    unverified: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    """Values of `{service}` and `{editeur}` given by the scenario."""


@dataclass(frozen=True)
class HowTo:
    """A card opened from a step; commands are shown with a copy button, never run."""

    id: str
    title: str
    do: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Titled lists: good to know, limits, rules."""
    ask: str = ""
    """Sentence to read on the telephone, or model of a letter."""
    commands: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """(system, ((note, command), ...)) groups."""
    proof: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    unverified: bool = False


@dataclass(frozen=True)
class Exit:
    """A way out of a scenario that does not fit."""

    when: str
    go: ScenarioId | None
    """None when nothing is to be opened."""
    advice: str = ""


@dataclass(frozen=True)
class Scenario:
    """An ordered list of steps for one kind of breach, references already resolved."""

    id: ScenarioId
    letter: str
    title: str
    seen: str
    signs: tuple[str, ...]
    not_this: tuple[Exit, ...]
    presets: Mapping[str, Plain]
    """Facts presumed at opening; any answer replaces them."""
    first: tuple[StepId, ...]
    """Five to seven steps of the first screen."""
    never: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    """(fact id, French question) asked after the first pause; fact id may be empty."""
    body: tuple[Step, ...]
    tail: tuple[Step, ...]
    outputs: tuple[str, ...]
    overlay: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """Body then tail, in reading order."""
        return self.body + self.tail


@dataclass(frozen=True)
class ReadinessItem:
    """One protection to prove again from time to time."""

    id: str
    theme: str
    title: str
    do: str
    proof: str
    every_months: int
    weight: int
    step: StepId | None


@dataclass(frozen=True)
class Inject:
    """One event played by the facilitator of a drill."""

    id: str
    at_minute: int
    core: bool
    channel: str
    sender: str
    text: str
    expect: tuple[StepId, ...]
    ok: str


@dataclass(frozen=True)
class Drill:
    """An exercise: same screens, fictional facts."""

    id: str
    title: str
    duration_minutes: int
    scenarios: tuple[ScenarioId, ...]
    profile: Mapping[str, Plain]
    objectives: tuple[str, ...]
    roles: tuple[str, ...]
    injects: tuple[Inject, ...]
    traps: tuple[str, ...]
    debrief: tuple[str, ...]


@dataclass(frozen=True)
class Playbooks:
    """Everything of `checklists/` about what to do."""

    phases: tuple[Phase, ...]
    roles: Mapping[str, str]
    fields: Mapping[str, FieldSpec]
    library: Mapping[StepId, Step]
    """Every step, common and scenario-specific, without words."""
    scenarios: Mapping[ScenarioId, Scenario]
    howto: Mapping[str, HowTo]
    warnings: Mapping[str, str]
    readiness: tuple[ReadinessItem, ...]
    drills: Mapping[str, Drill]
    inserts: tuple[tuple[StepId, Condition], ...]
    """Steps that appear in any scenario when their condition holds (NOT-04 once late)."""
