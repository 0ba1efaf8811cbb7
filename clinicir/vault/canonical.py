"""Canonical JSON: one value, one sequence of bytes (security design 3.1).

Keys sorted by code point, separators `,` and `:`, non-ASCII as lower-case `\\u` escapes, no float,
integers below 2^53 in absolute value, no duplicate key, no lone surrogate. A text is accepted only
when encoding what was read gives the same bytes again, so two programs can never disagree on it.
"""

from __future__ import annotations

import json
from typing import NoReturn

from clinicir.domain.ids import Plain

MAX_DEPTH = 32
"""Containers inside one another."""
MAX_BYTES = 1 << 20
"""Longest text accepted, the limit of a line of the trail."""
_MAX_INTEGER = (1 << 53) - 1

_ENCODER = json.JSONEncoder(
    ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


class CanonicalError(ValueError):
    """The value or the bytes are not canonical JSON."""


def encode(value: object, max_depth: int = MAX_DEPTH) -> bytes:
    """Bytes of a plain value; CanonicalError when it holds anything but `Plain`."""
    _check(value, max_depth)
    return _ENCODER.encode(value).encode("ascii")


def decode(data: bytes, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Plain:
    """Value of canonical bytes; CanonicalError on any other bytes, however close."""
    if len(data) > max_bytes:
        raise CanonicalError("too long")
    try:
        value: Plain = json.loads(data.decode("ascii"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise CanonicalError("not JSON of ours") from error
    if encode(value, max_depth) != data:
        raise CanonicalError("not in canonical form")
    return value


def decode_map(data: bytes, max_bytes: int = MAX_BYTES) -> dict[str, Plain]:
    """As `decode`, and the value must be an object."""
    value = decode(data, max_bytes)
    if not isinstance(value, dict):
        raise CanonicalError("not an object")
    return value


def _refuse(text: str) -> NoReturn:
    raise CanonicalError(f"number {text[:20]!r} is not an integer")


def _check(value: object, depth: int) -> None:
    kind = type(value)
    if kind is str:
        _check_text(value)  # type: ignore[arg-type]
    elif kind is int:
        if not -_MAX_INTEGER <= value <= _MAX_INTEGER:  # type: ignore[operator]
            raise CanonicalError("integer out of range")
    elif isinstance(value, dict):
        if depth == 0:
            raise CanonicalError("too deep")
        for key, inner in value.items():
            if type(key) is not str:
                raise CanonicalError("key is not a text")
            _check_text(key)
            _check(inner, depth - 1)
    elif isinstance(value, (list, tuple)):
        if depth == 0:
            raise CanonicalError("too deep")
        for inner in value:
            _check(inner, depth - 1)
    elif value is not None and kind is not bool:
        raise CanonicalError(f"{kind.__name__} is not a plain value")


def _check_text(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError("lone surrogate") from error
