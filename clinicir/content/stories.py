"""Read a story file: TOML from outside, so every key and every shape is checked before playing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.reading import line_of
from clinicir.domain.story import ACTS, Event, Key, Story

_FORMAT = 1
_TOP = {"format", "title", "drill", "practice", "event"}
_EVENT = {"at", "by", "do"}
_LARGEST = 4 * 1024 * 1024


def load_story(path: Path) -> Story:
    """The story of a file; UserError `story.*`, `event.*`, each naming file and key."""
    table = _read(path)
    _only(path, "", table, _TOP)
    if _need(path, "", table, "format", int) != _FORMAT:
        raise UserError("story.bad_value", file=path.name, key="format")
    practice = _plain(path, "practice", _need(path, "", table, "practice", dict))
    events = _need(path, "", table, "event", list)
    if not isinstance(practice, dict):
        raise UserError("story.bad_type", file=path.name, key="practice")
    return Story(
        title=line_of(_need(path, "", table, "title", str), "title"),
        drill=_need(path, "", table, "drill", bool),
        practice=practice,
        events=_events(path, events),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("story.unreadable", file=path.name)
        content = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise UserError("story.unreadable", file=path.name) from problem
    try:
        return tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise UserError("story.bad_toml", file=path.name, problem=str(problem)[:200]) from problem


def _events(path: Path, tables: list[Any]) -> tuple[Event, ...]:
    events: list[Event] = []
    by = ""
    for index, table in enumerate(tables):
        where = f"event[{index}]"
        if not isinstance(table, dict):
            raise UserError("story.bad_type", file=path.name, key=where)
        event = _event(path, where, table, by)
        if events and event.at < events[-1].at:
            raise UserError("event.out_of_order", file=path.name, key=where)
        by = event.by
        events.append(event)
    if not events:
        raise UserError("story.missing_key", file=path.name, key="event")
    return tuple(events)


def _event(path: Path, where: str, table: dict[str, Any], by: str) -> Event:
    act = _need(path, where, table, "do", str)
    if act not in ACTS:
        raise UserError("event.unknown", file=path.name, key=f"{where}.do", value=act[:80])
    keys = ACTS[act]
    _only(path, where, table, _EVENT | keys.keys())
    at = datetime.fromisoformat(_instant(path, f"{where}.at", table.get("at")))
    who = str(table.get("by") or by)
    if not who:
        raise UserError("story.missing_key", file=path.name, key=f"{where}.by")
    given: dict[str, Plain] = {}
    for key, shape in keys.items():
        if key in table:
            given[key] = _shaped(path, f"{where}.{key}", table[key], shape)
        elif shape.required:
            raise UserError("story.missing_key", file=path.name, key=f"{where}.{key}")
    if act == "expect_error":
        inner = table["event"]
        return Event(at, who, act, given, _event(path, f"{where}.event", inner, who))
    return Event(at, who, act, given)


def _shaped(path: Path, where: str, value: Any, key: Key) -> Plain:
    return _SHAPES[key.shape](path, where, value)


def _text(path: Path, where: str, value: Any) -> Plain:
    text: str = _typed(path, where, value, str)
    return text


def _texts(path: Path, where: str, value: Any) -> Plain:
    return [_text(path, f"{where}[{i}]", item) for i, item in _items(path, where, value)]


def _tables(path: Path, where: str, value: Any) -> Plain:
    return [_table(path, f"{where}[{i}]", item) for i, item in _items(path, where, value)]


def _table(path: Path, where: str, value: Any) -> Plain:
    return _plain(path, where, _typed(path, where, value, dict))


def _instants(path: Path, where: str, value: Any) -> Plain:
    table = _typed(path, where, value, dict)
    return {str(name): _instant(path, f"{where}.{name}", at) for name, at in table.items()}


def _term(path: Path, where: str, value: Any) -> Plain:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UserError("story.bad_type", file=path.name, key=where)
    return str(value) if isinstance(value, float) else value


def _terms(path: Path, where: str, value: Any) -> Plain:
    return [_term(path, f"{where}[{i}]", item) for i, item in _items(path, where, value)]


def _instant(path: Path, where: str, value: Any) -> str:
    """ISO text with an offset, from a text or from a TOML date-time."""
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise UserError("story.bad_type", file=path.name, key=where) from None
    if instant.tzinfo is None:
        raise UserError("instant.no_offset", file=path.name, instant=where)
    try:
        from_wire(to_wire(instant))
    except ValueError:
        text = str(value)[:80]
        raise UserError("story.bad_value", file=path.name, key=where, value=text) from None
    return to_wire(instant)


def _boolean(path: Path, where: str, value: Any) -> Plain:
    flag: bool = _typed(path, where, value, bool)
    return flag


_SHAPES: Mapping[str, Callable[[Path, str, Any], Plain]] = {
    "text": _text,
    "texts": _texts,
    "table": _table,
    "tables": _tables,
    "instant": _instant,
    "instants": _instants,
    "bool": _boolean,
    "term": _term,
    "terms": _terms,
}


def _plain(path: Path, where: str, value: Any) -> Plain:
    """What TOML holds as what the trail can hold."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return str(value)
    if isinstance(value, datetime):
        return _instant(path, where, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(path, f"{where}[{i}]", item) for i, item in enumerate(value)]
    if isinstance(value, dict):
        return {str(key): _plain(path, f"{where}.{key}", item) for key, item in value.items()}
    raise UserError("story.bad_type", file=path.name, key=where)


def _items(path: Path, where: str, value: Any) -> enumerate[Any]:
    return enumerate(_typed(path, where, value, list))


def _typed(path: Path, where: str, value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise UserError("story.bad_type", file=path.name, key=where)
    return value


def _need(path: Path, where: str, table: dict[str, Any], key: str, kind: type) -> Any:
    full = f"{where}.{key}" if where else key
    if key not in table:
        raise UserError("story.missing_key", file=path.name, key=full)
    return _typed(path, full, table[key], kind)


def _only(path: Path, where: str, table: dict[str, Any], allowed: set[str]) -> None:
    for key in table:
        if key not in allowed:
            full = f"{where}.{key}" if where else key
            raise UserError("story.unknown_key", file=path.name, key=full)
