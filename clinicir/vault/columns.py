"""Many lines of a trail read at once, column by column.

The form is that of `line.SHAPE`, to the character; checking a column whole is several times faster
than checking its cells. What does not pass here is read again line by line, to say where and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clinicir.vault.line import LINE_LIMIT

_ROWS = re.compile(
    rb'(\{"a":"u-(.{8})","b":("[^"]*"),"c":"(.{64})","i":"([^"]*)","k":"([^"]*)",'
    rb'"m":([^,]*),"n":([^,]*),(?:"o":"(.{64})",)?"p":"(.{64})","s":"(.{8})","t":"(.{24})",'
    rb'"v":1,"z":([^}]*)\}\n)'
)
_HEX = b"0123456789abcdef"
_SCOPE = re.compile(rb"[0-9a-f]{16}|-")
_KIND = re.compile(rb"[a-z_]+\.[a-z_]+|[a-z_]+")
_ZONE = re.compile(rb"0|-?[1-9][0-9]{0,3}")
_COUNTERS = re.compile(rb"(?:(?:0|[1-9][0-9]{0,15}),)+")
_DIGITS_TO_ZERO = bytes.maketrans(b"0123456789", b"0000000000")
_TIME = b"0000-00-00T00:00:00.000Z"


@dataclass(frozen=True)
class Columns:
    """Lines of right form; the caller checks `numbers`, `links` and the order of `times`."""

    lines: tuple[bytes, ...]
    seals: tuple[bytes, ...]
    """Values of `b` with their quotes; only the cipher can judge them."""
    digests: tuple[bytes, ...]
    scopes: tuple[bytes, ...]
    kinds: tuple[bytes, ...]
    numbers: tuple[bytes, ...]
    objects: tuple[bytes, ...]
    """Values of `o`, empty where the line has none."""
    links: tuple[bytes, ...]
    times: tuple[bytes, ...]


def read_columns(chunk: bytes) -> Columns | None:
    """The lines of a chunk that ends with a line feed, or None when one has not our form."""
    rows = _ROWS.findall(chunk)
    if not rows or len(rows) != chunk.count(b"\n"):
        return None
    columns = tuple(zip(*rows, strict=True))
    lines, actors, seals, digests, scopes, kinds, monos, numbers = columns[:8]
    objects, links, starts, times, zones = columns[8:]
    right = (
        sum(map(len, lines)) == len(chunk)
        and max(map(len, lines)) <= LINE_LIMIT
        and not b"".join((*set(actors), *digests, *objects, *set(starts))).translate(None, _HEX)
        and all(map(_SCOPE.fullmatch, set(scopes)))
        and all(map(_KIND.fullmatch, set(kinds)))
        and all(map(_ZONE.fullmatch, set(zones)))
        and _COUNTERS.fullmatch(b",".join(monos) + b",") is not None
        and b"".join(times).translate(_DIGITS_TO_ZERO) == _TIME * len(times)
    )
    if not right:
        return None
    return Columns(lines, seals, digests, scopes, kinds, numbers, objects, links, times)
