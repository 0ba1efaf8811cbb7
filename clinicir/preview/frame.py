"""What the worker answers: a mark, a kind, then parts with their lengths; both sides know it.

    b"CLVIEW1\\n" kind (1 byte) count (u16) then for each part: length (u32) bytes

Nothing else may follow. The reader trusts no length before it was compared with what is there.
"""

from __future__ import annotations

import struct
from enum import Enum

MARK = b"CLVIEW1\n"
MAX_PARTS = 1_000
_HEAD = struct.Struct(">8scH")
_LENGTH = struct.Struct(">I")


class Reply(Enum):
    """How a content can be shown."""

    TEXT = b"t"
    """Guessed suffix, encoding, text."""
    BYTES = b"x"
    """Guessed suffix, nothing, hexadecimal lines."""
    PICTURE = b"p"
    """Width, height (u32 each), 3 bytes a point."""
    MAIL = b"m"
    """Name and value of each line, in pairs; the last pair is the body."""


class JunkError(ValueError):
    """The bytes are no answer."""


def pack(reply: Reply, *parts: bytes) -> bytes:
    """The answer of the worker."""
    pieces = [_HEAD.pack(MARK, reply.value, len(parts))]
    for part in parts:
        pieces += [_LENGTH.pack(len(part)), part]
    return b"".join(pieces)


def unpack(data: bytes) -> tuple[Reply, list[bytes]]:
    """The reverse; JunkError on anything that `pack` does not write."""
    if len(data) < _HEAD.size:
        raise JunkError("short")
    mark, kind, count = _HEAD.unpack_from(data)
    if mark != MARK or count > MAX_PARTS:
        raise JunkError("head")
    try:
        reply = Reply(kind)
    except ValueError as error:
        raise JunkError("kind") from error
    parts: list[bytes] = []
    at = _HEAD.size
    for _ in range(count):
        if at + _LENGTH.size > len(data):
            raise JunkError("length")
        (size,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if size > len(data) - at:
            raise JunkError("part")
        parts.append(data[at : at + size])
        at += size
    if at != len(data):
        raise JunkError("tail")
    return reply, parts
