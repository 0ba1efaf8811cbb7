"""The one spelling of our ZIP files: stored, sorted, dated 1 January 1980, nothing optional.

A reader computes from the names, sizes and checksums what every other byte must be, and refuses the
archive when one is not so. What attacks play with (overlaps, links, comments, extra fields, two
spellings of one size, compression, encryption) therefore has no place to stand.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinicir.domain.errors import StorageError

MAX_ENTRIES = 20_000
MAX_ENTRY_BYTES = 0xFFFF_FFFE
MAX_DIRECTORY_BYTES = MAX_ENTRIES * 160
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_FAR = struct.Struct("<2HQ")
"""Extra field of an entry that starts beyond 4 GiB: its offset."""
_END = struct.Struct("<4s4H2IH")
_FAR_END = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_VERSION, _FAR_VERSION, _DATE = 20, 45, 0x0021
_LIMIT = 0xFFFF_FFFF
TAIL_BYTES = _END.size + _LOCATOR.size + _FAR_END.size
"""The longest end of an archive."""


class BadBundleError(StorageError):
    """Not an archive that this program could have written."""

    def __init__(self, why: str) -> None:
        super().__init__("bundle.refused", why=why)


@dataclass(frozen=True)
class Entry:
    """One file of an archive."""

    name: str
    size_bytes: int
    crc: int
    """CRC-32 of the content, as ZIP wants it; what proves anything is SHA-256, elsewhere."""


@dataclass(frozen=True)
class Tail:
    """What the end of an archive says."""

    entries: int
    directory_bytes: int
    directory_at: int


def local_header(entry: Entry) -> bytes:
    """What precedes the content of an entry."""
    name = entry.name.encode("ascii")
    return (
        _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE, entry.crc, entry.size_bytes,
                    entry.size_bytes, len(name), 0) + name
    )  # fmt: skip


def local_bytes(name: str) -> int:
    """Length of the local header of that name."""
    return _LOCAL.size + len(name)


def offsets(entries: Sequence[Entry]) -> Iterator[int]:
    """Where each entry starts, then where the directory does."""
    at = 0
    for entry in entries:
        yield at
        at += local_bytes(entry.name) + entry.size_bytes
    yield at


def directory(entries: Sequence[Entry]) -> bytes:
    """All that follows the last content."""
    starts = list(offsets(entries))
    listed = _listed(entries, starts)
    return listed + _tail(len(entries), len(listed), starts[-1])


def archive_bytes(entries: Sequence[Entry]) -> int:
    """Size of the whole archive."""
    return list(offsets(entries))[-1] + len(directory(entries))


def _listed(entries: Sequence[Entry], starts: Sequence[int]) -> bytes:
    return b"".join(_central(entry, start) for entry, start in zip(entries, starts, strict=False))


def _central(entry: Entry, start: int) -> bytes:
    name, far = entry.name.encode("ascii"), start >= _LIMIT
    extra = _FAR.pack(1, 8, start) if far else b""
    version = _FAR_VERSION if far else _VERSION
    fixed = _CENTRAL.pack(
        b"PK\x01\x02", version, version, 0, 0, 0, _DATE, entry.crc, entry.size_bytes,
        entry.size_bytes, len(name), len(extra), 0, 0, 0, 0, min(start, _LIMIT),
    )  # fmt: skip
    return fixed + name + extra


def _tail(count: int, listed_bytes: int, at: int) -> bytes:
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, listed_bytes, min(at, _LIMIT), 0)
    if at < _LIMIT:
        return end
    far = _FAR_END.pack(b"PK\x06\x06", _FAR_END.size - 12, _FAR_VERSION, _FAR_VERSION, 0, 0,
                        count, count, listed_bytes, at)  # fmt: skip
    return far + _LOCATOR.pack(b"PK\x06\x07", 0, at + listed_bytes, 1) + end


def read_tail(last: bytes, size_bytes: int) -> Tail:
    """From the last `TAIL_BYTES` (or all) of an archive of that size; BadBundleError."""
    end = last[-_END.size :]
    if len(end) < _END.size or not end.startswith(b"PK\x05\x06"):
        raise BadBundleError("end")
    *_, count, listed_bytes, at, _ = _END.unpack(end)
    if at == _LIMIT and len(last) == TAIL_BYTES and last.startswith(b"PK\x06\x06"):
        at = _FAR_END.unpack(last[: _FAR_END.size])[-1]
    tail = Tail(count, listed_bytes, at)
    if not 0 < count <= MAX_ENTRIES or listed_bytes > MAX_DIRECTORY_BYTES:
        raise BadBundleError("count")
    exact = _tail(count, listed_bytes, at)
    if at + listed_bytes + len(exact) != size_bytes or not last.endswith(exact):
        raise BadBundleError("end")
    return tail


def read_directory(listed: bytes, tail: Tail) -> tuple[Entry, ...]:
    """The entries that a directory lists; BadBundleError unless it is spelt as `directory` does."""
    entries: list[Entry] = []
    at = 0
    try:
        for _ in range(tail.entries):
            fields = _CENTRAL.unpack_from(listed, at)
            crc, size_bytes, name_bytes, extra_bytes = fields[7], fields[8], fields[10], fields[11]
            at += _CENTRAL.size
            name = listed[at : at + name_bytes].decode("ascii")
            at += name_bytes + extra_bytes
            entries.append(Entry(name, size_bytes, crc))
    except (struct.error, UnicodeDecodeError) as error:
        raise BadBundleError("directory") from error
    names = [entry.name for entry in entries]
    if names != sorted({name.casefold(): name for name in names}.values()):
        raise BadBundleError("names")
    if any(entry.size_bytes > MAX_ENTRY_BYTES for entry in entries):
        raise BadBundleError("size")
    starts = list(offsets(entries))
    if starts[-1] != tail.directory_at or _listed(entries, starts) != listed:
        raise BadBundleError("directory")
    return tuple(entries)
