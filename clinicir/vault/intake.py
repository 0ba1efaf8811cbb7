"""Taking in a proof: one reading of the source, encrypted and hashed at once, then read back (2.4).

The source is never followed through a link, never changed, never deleted. SHA-256 runs in a second
thread beside the encryption. A change during the copy shows in size, modification time or inode.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.services.ports import StoredObject
from clinicir.vault.digests import DigestLane
from clinicir.vault.early_sync import EarlySync
from clinicir.vault.fsio import WriteHandle, require_space
from clinicir.vault.keys import IncidentKey
from clinicir.vault.object_store import ObjectStore
from clinicir.vault.objects import (
    BLOCK_BYTES,
    BLOCK_CHUNKS,
    HEADER_BYTES,
    SEALED_BLOCK_BYTES,
    ObjectCipher,
    ObjectKind,
    frame,
    new_cipher,
    new_object_id,
    sealed_size,
)

MAX_BYTES = 2 << 30
"""Largest evidence file (security design 4.1)."""
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOINHERIT", 0)
)
_LINK_TAGS = frozenset({0xA000000C, 0xA0000003})
"""Windows reparse tags of symbolic links and junctions; those of a cloud client are files."""
_DIGEST_PLACE = "0" * 64


@dataclass(frozen=True)
class Watcher:
    """How a long intake speaks with the screen."""

    progress: Callable[[int, int], None] | None = None
    """`(done, total)` in bytes; each byte counts twice, for the copy and for the read-back."""
    cancelled: Callable[[], bool] | None = None
    """Asked about once per MiB, during both passes."""


class _Meter:
    def __init__(self, watcher: Watcher, size_bytes: int, source: Path) -> None:
        self._watcher, self._total, self._done = watcher, 2 * size_bytes, 0
        self._source = source

    def advance(self, count: int) -> None:
        self._done += count
        if self._watcher.cancelled is not None and self._watcher.cancelled():
            raise UserError("evidence.cancelled", file=self._source.name)
        if self._watcher.progress is not None:
            self._watcher.progress(self._done, self._total)


def take_in(
    store: ObjectStore,
    source: Path,
    key: IncidentKey,
    metadata: Mapping[str, Plain],
    watcher: Watcher | None = None,
) -> StoredObject:
    """Encrypt `source` into the vault; durable and read back when this returns.

    The metadata sealed with the content are those given, plus `name`, `mtime`, `size`, `sha256`.
    UserError `evidence.file_missing`, `.unreadable`, `.too_large`, `.changing`, `.cancelled`;
    StorageError of the disk. After any of them the vault holds nothing of the file.
    """
    with _opened(source) as (file, before):
        if before.st_size > MAX_BYTES:
            raise UserError(
                "evidence.too_large", file=source.name, size=before.st_size, limit=MAX_BYTES
            )
        require_space(store.fs, store.root, sealed_size(before.st_size))
        meter = _Meter(watcher or Watcher(), before.st_size, source)
        object_id = new_object_id()
        copy = _Copy(file, source, before, meter)
        with store.writing(object_id) as handle:
            cipher = new_cipher(key, ObjectKind.EVIDENCE, object_id)
            sha256 = copy.run(cipher, handle, _described(source, before, metadata))
    return store.settle(object_id, key, ObjectKind.EVIDENCE, sha256, meter.advance)


class _Copy:
    """One pass over the source. The first block is written last: it holds the digest."""

    def __init__(self, file: FileIO, source: Path, before: os.stat_result, meter: _Meter) -> None:
        self._file, self._source, self._before, self._meter = file, source, before, meter
        self._left = before.st_size

    def run(self, cipher: ObjectCipher, handle: WriteHandle, metadata: Mapping[str, Plain]) -> str:
        """Encrypt everything to `handle`; SHA-256 of the content."""
        start = len(frame({**metadata, "sha256": _DIGEST_PLACE}))
        sealed = memoryview(bytearray(SEALED_BLOCK_BYTES))
        with DigestLane(BLOCK_BYTES) as lane, EarlySync(handle) as output:
            buffer, stop = self._fill(lane, start)
            opening, is_whole = bytearray(buffer[:stop]), self._left == 0
            lane.feed(buffer, start, stop)
            if not is_whole:
                handle.write(bytes(HEADER_BYTES + SEALED_BLOCK_BYTES))
            first = BLOCK_CHUNKS
            while self._left:
                buffer, stop = self._fill(lane, 0)
                count = cipher.seal_block(first, buffer[:stop], sealed, last=self._left == 0)
                lane.feed(buffer, 0, stop)
                output.write(sealed[:count])
                first += BLOCK_CHUNKS
            output.settle()
            self._require_unchanged()
            sha256 = lane.hexdigest()
        opening[:start] = frame({**metadata, "sha256": sha256})
        count = cipher.seal_block(0, memoryview(opening), sealed, last=is_whole)
        handle.write_at(0, cipher.header + bytes(sealed[:count]))
        return sha256

    def _fill(self, lane: DigestLane, start: int) -> tuple[memoryview, int]:
        """A buffer of the lane holding content from `start` on, and where the content stops."""
        buffer = lane.borrow()
        stop = start + min(len(buffer) - start, self._left)
        position = start
        while position < stop:
            count = self._read(buffer[position:stop])
            if count == 0:
                raise self._changing()
            position += count
        self._left -= stop - start
        self._meter.advance(stop - start)
        return buffer, stop

    def _require_unchanged(self) -> None:
        if self._read(memoryview(bytearray(1))):
            raise self._changing()
        try:
            later = (os.fstat(self._file.fileno()), self._source.lstat())
        except OSError as error:
            raise self._changing() from error
        if any(_identity(state) != _identity(self._before) for state in later):
            raise self._changing()

    def _read(self, view: memoryview) -> int:
        try:
            return self._file.readinto(view) or 0
        except OSError as error:
            raise _unreadable(self._source, "read") from error

    def _changing(self) -> UserError:
        return UserError("evidence.changing", file=self._source.name)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[tuple[FileIO, os.stat_result]]:
    try:
        seen = source.lstat()
        if _is_link(seen):
            raise _unreadable(source, "link")
        if not stat.S_ISREG(seen.st_mode):
            raise _unreadable(source, "not_a_file")
        file = FileIO(os.open(source, _FLAGS))
    except FileNotFoundError as error:
        raise UserError("evidence.file_missing", file=source.name) from error
    except (OSError, ValueError) as error:
        raise _unreadable(source, "open") from error
    with file:
        before = os.fstat(file.fileno())
        if _identity(before) != _identity(seen) or not stat.S_ISREG(before.st_mode):
            raise UserError("evidence.changing", file=source.name)
        yield file, before


def _is_link(state: os.stat_result) -> bool:
    return stat.S_ISLNK(state.st_mode) or getattr(state, "st_reparse_tag", 0) in _LINK_TAGS


def _identity(state: os.stat_result) -> tuple[int, ...]:
    return state.st_ino, state.st_size, state.st_mtime_ns


def _unreadable(source: Path, why: str) -> UserError:
    return UserError("evidence.unreadable", file=source.name, why=why)


def _described(
    source: Path, state: os.stat_result, metadata: Mapping[str, Plain]
) -> dict[str, Plain]:
    modified = datetime.fromtimestamp(state.st_mtime, UTC)
    # a name that is no text in the system's encoding must still be kept, escaped
    name = source.name.encode("utf-8", "backslashreplace").decode("utf-8")
    return {
        "mtime": modified.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "name": name,
        **metadata,
        "size": state.st_size,
    }
