"""Strict reading of a plain record: every key is expected, every value has its shape.

A refusal names the key by its full path (`practice.contact.last_name`), because the person who
wrote the file has to find it again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar

from clinicir.domain.clock import from_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.length import LINE_LIMIT

ANSWERS = frozenset({"yes", "no", "unknown"})

_T = TypeVar("_T")


class Record:
    """One table being read; `done` refuses the keys that nobody asked for.

    Absent keys read as None. Errors: `story.bad_type`, `story.bad_value`, `story.missing_key`,
    `story.unknown_key`, `text.too_long`, `instant.no_offset`, each with `key`.
    """

    def __init__(self, plain: Plain | PlainMap, path: str) -> None:
        if not isinstance(plain, Mapping):
            raise UserError("story.bad_type", key=path)
        self._plain: PlainMap = plain
        self._path = path
        self._asked: set[str] = set()

    def path(self, key: str) -> str:
        """Full path of a key of this table."""
        return f"{self._path}.{key}"

    def text(self, key: str) -> str | None:
        """Single-line text, NFC, trimmed, at most `LINE_LIMIT` characters, never empty."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise UserError("story.bad_type", key=self.path(key))
        return line_of(value, self.path(key))

    def required(self, key: str) -> str:
        """Like `text`, and present."""
        value = self.text(key)
        if value is None:
            raise UserError("story.missing_key", key=self.path(key))
        return value

    def word(self, key: str, allowed: Collection[str]) -> str | None:
        """A text among `allowed`."""
        value = self.text(key)
        if value is not None and value not in allowed:
            raise UserError("story.bad_value", key=self.path(key), value=value[:80])
        return value

    def number(self, key: str, lowest: int, highest: int) -> int | None:
        """A whole number within bounds, both included; a boolean is not a number."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise UserError("story.bad_type", key=self.path(key))
        if not lowest <= value <= highest:
            raise UserError("story.bad_value", key=self.path(key), value=value)
        return value

    def answer(self, key: str) -> str | None:
        """`yes`, `no` or `unknown`; a boolean reads as yes or no."""
        value = self._plain.get(key)
        if isinstance(value, bool):
            self._asked.add(key)
            return "yes" if value else "no"
        return self.word(key, ANSWERS)

    def instant(self, key: str) -> datetime | None:
        """ISO 8601 text with its offset."""
        text = self.text(key)
        if text is None:
            return None
        try:
            naive = datetime.fromisoformat(text).tzinfo is None
        except ValueError:
            raise UserError("story.bad_value", key=self.path(key), value=text[:80]) from None
        if naive:
            raise UserError("instant.no_offset", key=self.path(key))
        try:
            return from_wire(text)
        except ValueError:
            raise UserError("story.bad_value", key=self.path(key), value=text[:80]) from None

    def table(self, key: str, read: Callable[[Plain, str], _T]) -> _T | None:
        """A nested table given to `read(plain, path)`."""
        value = self._take(key)
        return None if value is None else read(value, self.path(key))

    def items(self, key: str, read: Callable[[Plain, str], _T]) -> tuple[_T, ...]:
        """A list, each item given to `read(plain, path)` with a path such as `contacts[0]`."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise UserError("story.bad_type", key=self.path(key))
        return tuple(read(item, f"{self.path(key)}[{n}]") for n, item in enumerate(value))

    def done(self) -> None:
        """Refuse what was not asked for."""
        for key in self._plain:
            if key not in self._asked:
                raise UserError("story.unknown_key", key=self.path(key[:80]))

    def _take(self, key: str) -> Plain:
        self._asked.add(key)
        return self._plain.get(key)


def line_of(value: Plain, path: str) -> str:
    """A single-line text, trimmed and in NFC; empty text and control characters are refused."""
    if not isinstance(value, str):
        raise UserError("story.bad_type", key=path)
    text = unicodedata.normalize("NFC", value).strip()
    if len(text) > LINE_LIMIT:
        raise UserError("text.too_long", key=path, limit=LINE_LIMIT)
    if not text or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise UserError("story.bad_value", key=path, value=ascii(text)[:80])
    return text


def without_blanks(plain: PlainMap) -> dict[str, Plain]:
    """The record without the keys that say nothing (None, empty list, empty table)."""
    return {key: value for key, value in plain.items() if value not in (None, [], {})}
