"""A story: an incident played through the services with its own clock (docs/story-format.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.ids import Plain, PlainMap


@dataclass(frozen=True)
class Event:
    """One act at one instant; `by` has already been carried on from the event before."""

    at: datetime
    by: str
    act: str
    given: PlainMap
    """Keys of the act, checked: instants as ISO text with offset, decimals as text."""
    expects: Event | None = None
    """For `expect_error`: the event that must be refused."""


@dataclass(frozen=True)
class Story:
    """A whole story, read and checked, not yet played."""

    title: str
    drill: bool
    practice: PlainMap
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Key:
    """A key of an act: the shape of its value, and whether it must be there."""

    shape: str
    """text, texts, table, tables, instant, instants, bool, term (word or number) or terms."""
    required: bool = False


_R = True

ACTS: Mapping[str, Mapping[str, Key]] = {
    "open_incident": {
        "scenario": Key("text", _R), "facts": Key("table"), "instants": Key("instants"),
    },
    "set_facts": {
        "facts": Key("table"), "instants": Key("instants"), "cnil": Key("table"),
    },
    "correct": {"facts": Key("table"), "instants": Key("instants"), "reason": Key("text")},
    "set_scenario": {"scenario": Key("text", _R), "reason": Key("text")},
    "complete_step": {
        "step": Key("text", _R), "done_at": Key("instant"), "note": Key("text"),
        "answers": Key("table"), "evidence": Key("texts"),
    },
    "block_step": {
        "step": Key("text", _R), "reason": Key("text"), "blocked_on": Key("text"),
        "retry_at": Key("instant", _R),
    },
    "skip_step": {"step": Key("text", _R), "reason": Key("text")},
    "reopen_step": {"step": Key("text", _R), "reason": Key("text")},
    "decide": {
        "subject": Key("text", _R), "choice": Key("text", _R), "reason": Key("text"),
        "confirmed": Key("bool"),
    },
    "assess": {
        "dpc": Key("term", _R), "ei": Key("term", _R), "cb": Key("terms", _R),
        "reason": Key("text"),
    },
    "add_evidence": {
        "file": Key("text", _R), "label": Key("text", _R), "title": Key("text", _R),
        "source": Key("text"), "step": Key("text"),
    },
    "hand_over_evidence": {
        "label": Key("text", _R), "to": Key("text", _R), "purpose": Key("text", _R),
    },
    "note": {"text": Key("text", _R), "happened_at": Key("instant")},
    "track": {"accounts": Key("tables"), "addresses": Key("tables")},
    "file_notification": {
        "authority": Key("text", _R), "version": Key("text", _R), "number": Key("text"),
        "receipt": Key("text"),
    },
    "record_submission": {
        "obligation": Key("text", _R), "channel": Key("text", _R), "reference": Key("text"),
        "receipt": Key("text"),
    },
    "import_patients": {"file": Key("text", _R)},
    "produce": {"document": Key("text", _R), "version": Key("text"), "variant": Key("text")},
    "close": {"lessons": Key("texts", _R), "leave_open": Key("table")},
    "expect_error": {"event": Key("table", _R), "code": Key("text", _R)},
}
"""Acts and their keys, beside `at`, `by` and `do`."""


def text_of(given: PlainMap, key: str) -> str:
    """Text of a key, empty when absent."""
    value = given.get(key)
    return value if isinstance(value, str) else ""


def table_of(given: PlainMap, key: str) -> dict[str, Plain]:
    """Table of a key, empty when absent."""
    value = given.get(key)
    return value if isinstance(value, dict) else {}


def texts_of(given: PlainMap, key: str) -> tuple[str, ...]:
    """List of texts of a key, empty when absent."""
    value = given.get(key)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def tables_of(given: PlainMap, key: str) -> tuple[dict[str, Plain], ...]:
    """List of tables of a key, empty when absent."""
    value = given.get(key)
    rows = value if isinstance(value, list) else []
    return tuple(row for row in rows if isinstance(row, dict))


def instant_of(given: PlainMap, key: str) -> datetime | None:
    """Instant of a key."""
    value = given.get(key)
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def instants_of(given: PlainMap, key: str) -> dict[str, datetime]:
    """Named instants of a key."""
    return {name: datetime.fromisoformat(str(at)) for name, at in table_of(given, key).items()}
