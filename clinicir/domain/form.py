"""Official forms as data: rubrics, fields, enumerations, conditions between answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinicir.domain.conditions import Condition
from clinicir.domain.playbook import Choice


class AnswerType(StrEnum):
    """Shape of an answer."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    SINGLE = "single"
    MULTI = "multi"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    THIRD_PARTIES = "third_parties"
    OTHER_NOTIFICATIONS = "other_notifications"


class Needed(StrEnum):
    """When an answer is needed (our product rule, cnil.md 1.3)."""

    INITIAL = "I"
    COMPLETE = "C"
    OPTIONAL = "O"


@dataclass(frozen=True)
class FormField:
    """One field with its exact official label."""

    id: str
    label: str
    type: AnswerType
    needed: Needed
    choices: tuple[Choice, ...] = ()
    when: Condition | None = None
    derived: bool = False
    """Filled from instants, versions and the practice; setting it is refused."""
    hint: str = ""
    proof: str = ""
    """V2, V, S, or `unverified`: an unverified label never prints as an official fact."""
    companion: str = ""
    """Text field printed after a number (`pers.nombre_detail`)."""
    unverified_choices: frozenset[str] = frozenset()
    """Choices whose wording no source shows."""


@dataclass(frozen=True)
class Rubric:
    """A section of the form."""

    id: str
    title: str
    fields: tuple[FormField, ...]
    verified: bool = True


@dataclass(frozen=True)
class Form:
    """A whole form, with where its wording comes from."""

    id: str
    title: str
    rubrics: tuple[Rubric, ...]
    source: str
    checked_on: str

    @property
    def fields(self) -> Mapping[str, FormField]:
        """Every field by id."""
        return {field.id: field for rubric in self.rubrics for field in rubric.fields}
