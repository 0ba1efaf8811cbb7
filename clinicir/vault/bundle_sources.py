"""What goes into a bundle, measured once before it is copied: sizes and checksums come first."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clinicir.domain.errors import StorageError, UserError
from clinicir.services.bundle_ports import Watch
from clinicir.vault.bundle_names import size_limit
from clinicir.vault.bundle_zip import MAX_ENTRIES, Entry
from clinicir.vault.digests import DigestLane
from clinicir.vault.fsio import FileSystem
from clinicir.vault.keys import IncidentKey
from clinicir.vault.object_store import ObjectStore

PIECE_BYTES = 1 << 20
Visit = Callable[[bytes | memoryview], object]


class Source(Protocol):
    """One file of a bundle to be; `feed` shows the same content each time."""

    @property
    def name(self) -> str: ...

    @property
    def size_hint(self) -> int:
        """Bytes, for the progress only."""
        ...

    def feed(self, visit: Visit) -> None:
        """Show the whole content, at most 1 MiB at a time."""
        ...


@dataclass(frozen=True)
class InMemory:
    """A small file made for the bundle."""

    name: str
    content: bytes

    @property
    def size_hint(self) -> int:
        """See `Source`."""
        return len(self.content)

    def feed(self, visit: Visit) -> None:
        """See `Source`."""
        for start in range(0, len(self.content), PIECE_BYTES):
            visit(memoryview(self.content)[start : start + PIECE_BYTES])


@dataclass(frozen=True)
class OnDisk:
    """A file of the vault, as it lies there."""

    name: str
    fs: FileSystem
    path: Path

    @property
    def size_hint(self) -> int:
        """See `Source`."""
        return self.fs.size(self.path)

    def feed(self, visit: Visit) -> None:
        """See `Source`."""
        buffer = memoryview(bytearray(PIECE_BYTES))
        with self.fs.open_read(self.path) as handle:
            while count := handle.readinto(buffer):
                visit(buffer[:count])


@dataclass(frozen=True)
class Decrypted:
    """The clear content of an object; the measure checks every tag before any byte leaves."""

    name: str
    store: ObjectStore
    object_id: str
    key: IncidentKey

    @property
    def size_hint(self) -> int:
        """See `Source`."""
        return self.store.fs.size(self.store.path(self.object_id))

    def feed(self, visit: Visit) -> None:
        """See `Source`; raises as `ObjectStore.check`."""
        self.store.walk(self.object_id, self.key, visit=visit)


@dataclass(frozen=True)
class Measured:
    """A source, and what its content was found to be."""

    source: Source
    entry: Entry
    sha256: str


class Meter:
    """Tells the progress and hears the cancelling."""

    def __init__(self, watch: Watch, total_bytes: int) -> None:
        self._watch, self._total, self._done = watch, total_bytes, 0

    def advance(self, count: int) -> None:
        """UserError `bundle.cancelled`."""
        self._done += count
        if self._watch.cancelled is not None and self._watch.cancelled():
            raise UserError("bundle.cancelled")
        if self._watch.progress is not None:
            self._watch.progress(min(self._done, self._total), self._total)


class Sums:
    """Size and SHA-256 of what is shown to it; large contents hash in a thread."""

    def __init__(self, *, large: bool) -> None:
        self.size_bytes = 0
        self._hash = hashlib.sha256()
        self._lane = DigestLane(PIECE_BYTES) if large else None

    def add(self, piece: bytes | memoryview) -> None:
        """The next bytes, at most 1 MiB."""
        if self._lane is None:
            self._hash.update(piece)
        else:
            buffer = self._lane.borrow()
            buffer[: len(piece)] = piece
            self._lane.feed(buffer, 0, len(piece))
        self.size_bytes += len(piece)

    def sha256(self) -> str:
        """Of everything; nothing may be added afterwards."""
        return self._hash.hexdigest() if self._lane is None else self._lane.hexdigest()

    def __enter__(self) -> Sums:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._lane is not None:
            self._lane.__exit__()


def measure(source: Source, meter: Meter) -> Measured:
    """Read a source once; StorageError `bundle.too_large`, and what reading it raises."""
    crc = 0
    with Sums(large=source.size_hint > PIECE_BYTES) as sums:

        def visit(piece: bytes | memoryview) -> None:
            nonlocal crc
            sums.add(piece)
            crc = zlib.crc32(piece, crc)
            meter.advance(len(piece))

        source.feed(visit)
        if sums.size_bytes > size_limit(source.name):
            raise StorageError("bundle.too_large", file=source.name)
        return Measured(source, Entry(source.name, sums.size_bytes, crc), sums.sha256())


def in_order(measured: Sequence[Measured]) -> tuple[Measured, ...]:
    """As an archive lists them; StorageError `bundle.too_large` above what one may hold."""
    if len(measured) > MAX_ENTRIES:
        raise StorageError("bundle.too_large", files=len(measured))
    return tuple(sorted(measured, key=lambda one: one.entry.name))
