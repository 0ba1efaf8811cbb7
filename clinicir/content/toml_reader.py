"""Strict reading of bundled TOML: an unknown, missing or mistyped key names the file and itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from clinicir.domain.errors import UserError

T = TypeVar("T")

_AT = re.compile(r"^(?P<problem>.*?)(?: - at `(?P<path>.*)`)?$", re.DOTALL)
_FIELD = re.compile(r"(?:unknown|required) field `(?P<name>.*)`$")


def read_toml(path: Path, shape: type[T]) -> T:
    """Content of a file as `shape`, a msgspec Struct that forbids unknown fields.

    Raises UserError `content.unreadable`, `content.bad_toml`, `content.unknown_key`,
    `content.missing_key`, `content.bad_type` or `content.bad_value`, with `file` and `key`.
    """
    return convert(read_raw(path), shape, path.name)


def read_table(path: Path, shape: type[T]) -> dict[str, T]:
    """A file whose top-level keys are ids, each with a table of the same shape."""
    return {key: convert(value, shape, path.name, key) for key, value in read_raw(path).items()}


def read_raw(path: Path) -> dict[str, object]:
    """The file as plain values; UserError `content.unreadable` or `content.bad_toml`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError("content.unreadable", file=path.name, problem=str(error)) from error
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError("content.bad_toml", file=path.name, problem=str(error)) from error


def convert(data: object, shape: type[T], file: str, under: str = "") -> T:
    """Plain values as `shape`; `under` is the key they were found at. Errors of `read_toml`."""
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise _explained(str(error), file, under) from error


def _explained(message: str, file: str, under: str) -> UserError:
    found = _AT.match(message)
    problem = found["problem"] if found else message
    where = (found["path"] if found else None) or "$"
    name = _FIELD.search(problem)
    key = under + where.removeprefix("$") + (f".{name['name']}" if name else "")
    key = key.removeprefix(".")
    if name is None:
        code = "content.bad_type" if problem.startswith("Expected") else "content.bad_value"
    elif "unknown field" in problem:
        code = "content.unknown_key"
    else:
        code = "content.missing_key"
    return UserError(code, file=file, key=key, problem=problem)
