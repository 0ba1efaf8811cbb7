"""The append-only files of the trail and the place of every entry in them (2.6, 3.1)."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

from clinicir.domain.audit import TrailPosition
from clinicir.domain.errors import StorageError
from clinicir.vault.fsio import FileSystem, ReadHandle, WriteHandle
from clinicir.vault.head import encode_slot, offset_of
from clinicir.vault.line import LINE_LIMIT

FOLDER = "trail"
HEAD_NAME = "head"
ROTATE_BYTES = 64 << 20
"""A file that would grow beyond it is left, and the next one begun."""
_FILE_NAME = re.compile(r"trail-(\d{6})\.jsonl")
LENGTH_BITS = 21
_PIECE_BYTES = 1 << 18
_OFFSET_BITS = 28


def file_name(number: int) -> str:
    """Name of the `number`-th file, counted from 1."""
    return f"trail-{number:06d}.jsonl"


def file_number(name: str) -> int | None:
    """Reverse of `file_name`; None for any other name."""
    match = _FILE_NAME.fullmatch(name)
    return int(match[1]) if match else None


def file_numbers(fs: FileSystem, root: Path) -> tuple[int, ...]:
    """Numbers of the files that exist, from 1 without gap; what follows a gap is left out."""
    present = {file_number(name) for name in fs.names(root / FOLDER)}
    count = 0
    while count + 1 in present:
        count += 1
    return tuple(range(1, count + 1))


def pieces(fs: FileSystem, path: Path) -> Iterator[bytes]:
    """The bytes of a file in order, cut after line feeds; only what follows the last may not be.

    Small enough to stay in the cache of the processor, which doubles the speed of a long reading.
    """
    offset, rest = 0, b""
    with fs.open_read(path) as handle:
        while part := handle.read_at(offset, _PIECE_BYTES):
            offset += len(part)
            part = rest + part
            cut = part.rfind(b"\n") + 1
            if cut == 0 and len(part) > LINE_LIMIT:
                cut = len(part)  # no line is that long: let the reader refuse it
            rest = part[cut:]
            if cut:
                yield part[:cut]
    if rest:
        yield rest


class TrailIndex:
    """Where each entry lies, 8 bytes each, and which entries each incident has, 4 bytes each."""

    def __init__(self) -> None:
        self._places = array("Q")
        self._of_incident: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def add(self, incident: str, file: int, offset: int, length: int) -> None:
        """Place of the next entry; `incident` as in the envelope."""
        base, append = self.placing(file, offset)
        append(base + length)
        self.numbers_of(incident).append(len(self._places))

    def placing(self, file: int, offset: int) -> tuple[int, Callable[[int], None]]:
        """What a fold does in place of `add`: append `base + (further << LENGTH_BITS | length)`.

        `further` counts from `offset`. The other half is `numbers_of(incident).append(n)`.
        """
        return (file << _OFFSET_BITS | offset) << LENGTH_BITS, self._places.append

    def numbers_of(self, incident: str) -> array[int]:
        """The growing numbers of the entries of one `i`."""
        return self._of_incident.setdefault(incident, array("I"))

    def place(self, n: int) -> tuple[int, int, int]:
        """File number, offset and length of entry `n`, line feed included."""
        packed = self._places[n - 1]
        length = packed & ((1 << LENGTH_BITS) - 1)
        packed >>= LENGTH_BITS
        return packed >> _OFFSET_BITS, packed & ((1 << _OFFSET_BITS) - 1), length

    def incidents(self) -> tuple[str, ...]:
        """Values of `i` in the order of their first entry, `-` among them."""
        return tuple(incident for incident, numbers in self._of_incident.items() if numbers)

    def knows(self, incident: str) -> bool:
        """True when an entry has this `i`."""
        return bool(self._of_incident.get(incident))

    def numbers(self, incident: str | None, start: int = 0) -> Iterator[int]:
        """Entries of one incident in order, or (None) of the whole trail, as of now."""
        if incident is None:
            return iter(range(1 + start, len(self._places) + 1))
        return iter(self._of_incident.get(incident, array("I"))[start:])

    def count(self, incident: str | None) -> int:
        """How many entries `numbers` gives."""
        if incident is None:
            return len(self._places)
        return len(self._of_incident.get(incident, ()))


class TrailReader:
    """Lines by number; holds one file open."""

    def __init__(self, fs: FileSystem, root: Path, index: TrailIndex) -> None:
        self._fs = fs
        self._root = root
        self._index = index
        self._open: tuple[int, ReadHandle] | None = None

    def line(self, n: int) -> bytes:
        """Bytes of entry `n` as they are on disk now."""
        file, offset, length = self._index.place(n)
        if self._open is None or self._open[0] != file:
            self.close()
            handle = self._fs.open_read(self._root / FOLDER / file_name(file))
            self._open = (file, handle)
        return self._open[1].read_at(offset, length)

    def close(self) -> None:
        """Free the file."""
        if self._open is not None:
            self._open[1].close()
            self._open = None


class TrailWriter:
    """Appends lines durably; a line is acknowledged when `append` returns."""

    def __init__(
        self,
        fs: FileSystem,
        root: Path,
        head_key: bytes,
        *,
        file: int = 1,
        size_bytes: int = 0,
    ) -> None:
        """Continue file number `file`, which holds `size_bytes`."""
        self._fs = fs
        self._folder = root / FOLDER
        self._head_key = head_key
        self._file, self._size = file, size_bytes
        self._lines: WriteHandle | None = None
        self._head: WriteHandle | None = None

    def append(self, line: bytes, n: int) -> tuple[TrailPosition, tuple[int, int]]:
        """Write entry `n`; its position, and the file and offset where it lies."""
        if len(line) > LINE_LIMIT:
            raise StorageError("entry.too_long", size=len(line), limit=LINE_LIMIT)
        if self._size and self._size + len(line) > ROTATE_BYTES:
            self._rotate()
        handle = self._writable()
        handle.write(line)
        handle.sync()
        position = TrailPosition(n, hashlib.sha256(line).hexdigest())
        self.confirm(position)
        place = (self._file, self._size)
        self._size += len(line)
        return position, place

    def confirm(self, position: TrailPosition) -> None:
        """Write and sync the head slot of an entry that is durable."""
        if self._head is None:
            self._head = self._fs.open_update(self._folder / HEAD_NAME)
        self._head.write_at(offset_of(position.n), encode_slot(self._head_key, position))
        self._head.sync()

    def sign_with(self, head_key: bytes) -> None:
        """Sign head slots with another key from now on."""
        self._head_key = head_key

    def close(self) -> None:
        """Free both files; everything acknowledged is durable already."""
        for handle in (self._lines, self._head):
            if handle is not None:
                handle.close()
        self._lines = self._head = None

    def _rotate(self) -> None:
        if self._lines is not None:
            self._lines.close()
            self._lines = None
        self._file, self._size = self._file + 1, 0

    def _writable(self) -> WriteHandle:
        if self._lines is None:
            path = self._folder / file_name(self._file)
            created = not self._fs.exists(path)
            self._lines = self._fs.open_append(path)
            if created:
                self._fs.sync_dir(self._folder)
        return self._lines
