"""The folder `objects/`: encrypted files written once, read with every tag checked."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.domain.ids import ObjectId, Plain
from clinicir.services.ports import StoredObject
from clinicir.vault.digests import DigestLane
from clinicir.vault.fsio import FileSystem, ReadHandle, WriteHandle, require_space
from clinicir.vault.keys import IncidentKey
from clinicir.vault.objects import (
    BLOCK_BYTES,
    BLOCK_CHUNKS,
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_BLOCK_BYTES,
    DamagedObjectError,
    ObjectCipher,
    ObjectKind,
    frame,
    new_object_id,
    open_bytes,
    open_cipher,
    plain_size,
    seal_bytes,
    unframe,
)

MEMORY_LIMIT_BYTES = 64 << 20
"""Largest content handed over in memory; larger ones go through `copy_out`."""
READABLE = (ObjectKind.EVIDENCE, ObjectKind.DOCUMENT)

OnBytes = Callable[[int], None]
"""Called with the number of content bytes treated since the last call."""


@dataclass(frozen=True)
class OpenedObject:
    """Content and metadata of an object whose every tag was checked."""

    metadata: Mapping[str, Plain]
    content: bytes


class ObjectStore:
    """Objects of one vault folder."""

    def __init__(self, fs: FileSystem, root: Path) -> None:
        self.fs = fs
        self.root = root

    def path(self, object_id: str) -> Path:
        """Where an object lives: `objects/<first two digits>/<id>.cev`."""
        return self.root / "objects" / object_id[:2] / f"{object_id}.cev"

    def temporary(self, object_id: str) -> Path:
        """Where an object is written before it is complete and durable."""
        return self.root / "tmp" / object_id

    def put(
        self, content: bytes, key: IncidentKey, kind: ObjectKind, metadata: Mapping[str, Plain]
    ) -> StoredObject:
        """Encrypt, write durably and read back a content held in memory."""
        digest = hashlib.sha256(content).hexdigest()
        prefix = frame({**metadata, "sha256": digest, "size": len(content)})
        object_id = new_object_id()
        sealed = seal_bytes(key, kind, object_id, prefix + content)
        require_space(self.fs, self.root, len(sealed))
        with self.writing(object_id) as handle:
            handle.write(sealed)
        return self.settle(object_id, key, kind, digest)

    @contextlib.contextmanager
    def writing(self, object_id: str) -> Iterator[WriteHandle]:
        """A temporary file, synced when the block ends well, removed when it does not."""
        temporary = self.temporary(object_id)
        self.fs.make_dir(temporary.parent)
        try:
            with self.fs.create(temporary) as handle:
                yield handle
                handle.sync()
        except BaseException:
            with contextlib.suppress(StorageError, FileNotFoundError):
                self.fs.remove(temporary)
            raise

    def settle(
        self,
        object_id: str,
        key: IncidentKey,
        kind: ObjectKind,
        sha256: str,
        on_bytes: OnBytes | None = None,
    ) -> StoredObject:
        """Move a synced temporary file to its place, then read it back from there.

        A content that does not come back as it went in is deleted: StorageError
        `vault.object_damaged`, and nothing may name the object.
        """
        target = self.path(object_id)
        self.fs.make_dir(target.parent)
        self.fs.replace(self.temporary(object_id), target)
        for folder in (target.parent, target.parent.parent):
            self.fs.sync_dir(folder)
        try:
            stored = self.check(object_id, key, (kind,), on_bytes)
            if stored.sha256 != sha256:
                raise DamagedObjectError("read-back")
        except BaseException:
            with contextlib.suppress(StorageError, FileNotFoundError):
                self.fs.remove(target)
            raise
        return stored

    def read(
        self,
        object_id: str,
        key: IncidentKey,
        kinds: tuple[ObjectKind, ...] = READABLE,
        most: int = 0,
    ) -> OpenedObject:
        """Content in memory, up to `MEMORY_LIMIT_BYTES`, or its first `most` bytes.

        StorageError `vault.object_missing`, `vault.object_damaged`; ValueError when too large.
        """
        if most:
            return self._start(object_id, key, kinds, most)
        path = self.path(object_id)
        try:
            if self.fs.size(path) > MEMORY_LIMIT_BYTES:
                raise ValueError("too large for memory: use copy_out")
            data = self.fs.read(path)
        except FileNotFoundError as error:
            raise StorageError("vault.object_missing", object=object_id) from error
        plain = open_bytes(key, kinds, object_id, data)
        metadata, start = unframe(plain)
        content = plain[start:]
        if metadata.get("sha256") != hashlib.sha256(content).hexdigest():
            raise DamagedObjectError("content")
        return OpenedObject(metadata, content)

    def _start(
        self, object_id: str, key: IncidentKey, kinds: tuple[ObjectKind, ...], most: int
    ) -> OpenedObject:
        """Only the chunks that hold it are read and checked, not the digest of the whole."""
        path = self.path(object_id)
        try:
            left = plain_size(self.fs.size(path))
            handle = self.fs.open_read(path)
        except FileNotFoundError as error:
            raise StorageError("vault.object_missing", object=object_id) from error
        found = bytearray()
        with handle:
            cipher = open_cipher(key, kinds, object_id, handle.read_at(0, HEADER_BYTES))
            sealed = memoryview(bytearray(SEALED_BLOCK_BYTES))
            plain = memoryview(bytearray(BLOCK_BYTES))
            metadata: dict[str, Plain] = {}
            first, at, skipped = 0, HEADER_BYTES, 0
            while len(found) < most + skipped and (left or first == 0):
                taken = handle.read_at(at, SEALED_BLOCK_BYTES)
                sealed[: len(taken)] = taken
                last = left <= BLOCK_BYTES
                done = cipher.open_block(first, sealed[: len(taken)], plain, last=last)
                if first == 0:
                    metadata, skipped = unframe(plain[:done])
                found += plain[:done]
                first, at, left = first + BLOCK_CHUNKS, at + len(taken), left - done
        return OpenedObject(metadata, bytes(found[skipped : skipped + most]))

    def check(
        self,
        object_id: str,
        key: IncidentKey,
        kinds: tuple[ObjectKind, ...] = READABLE,
        on_bytes: OnBytes | None = None,
    ) -> StoredObject:
        """Read and decrypt a whole object, of any size, in constant memory.

        Raises as `read`; also when the content is not the one its own metadata announce.
        """
        return self.walk(object_id, key, kinds, lambda piece: on_bytes and on_bytes(len(piece)))

    def copy_out(
        self,
        object_id: str,
        key: IncidentKey,
        handle: WriteHandle,
        kinds: tuple[ObjectKind, ...] = READABLE,
    ) -> StoredObject:
        """Write the clear content, of any size, to `handle`; the caller syncs it.

        The object is decrypted twice, so that nothing leaves before its last tag was verified.
        """
        self.check(object_id, key, kinds)
        return self.walk(object_id, key, kinds, handle.write)

    def walk(
        self,
        object_id: str,
        key: IncidentKey,
        kinds: tuple[ObjectKind, ...] = READABLE,
        visit: Callable[[memoryview], object] = len,
    ) -> StoredObject:
        """Show the clear content piece by piece; `check` it first if it leaves the vault."""
        path = self.path(object_id)
        try:
            left = plain_size(size := self.fs.size(path))
            handle = self.fs.open_read(path)
        except FileNotFoundError as error:
            raise StorageError("vault.object_missing", object=object_id) from error
        metadata: dict[str, Plain] = {}
        with handle, DigestLane(SEALED_BLOCK_BYTES) as sealed, DigestLane(BLOCK_BYTES) as clear:
            cipher = _read_header(handle, sealed, key, kinds, object_id)
            for first in range(0, max(1, -(-left // CHUNK_BYTES)), BLOCK_CHUNKS):
                taken, plain = sealed.borrow(), clear.borrow()
                count = handle.readinto(taken)
                last = left <= BLOCK_BYTES
                done = cipher.open_block(first, taken[:count], plain, last=last)
                sealed.feed(taken, 0, count)
                start = 0
                if first == 0:
                    metadata, start = unframe(plain[:done])
                visit(plain[start:done])
                clear.feed(plain, start, done)
                left -= done
            if left or handle.read_at(size, 1):
                raise DamagedObjectError("size")
            stored = StoredObject(
                ObjectId(object_id),
                plain_size(size) - len(frame(metadata)),
                clear.hexdigest(),
                sealed.hexdigest(),
            )
        if metadata.get("sha256") != stored.sha256 or metadata.get("size") != stored.size_bytes:
            raise DamagedObjectError("content")
        return stored


def _read_header(
    handle: ReadHandle,
    lane: DigestLane,
    key: IncidentKey,
    kinds: tuple[ObjectKind, ...],
    object_id: str,
) -> ObjectCipher:
    buffer = lane.borrow()
    count = handle.readinto(buffer[:HEADER_BYTES])
    cipher = open_cipher(key, kinds, object_id, bytes(buffer[:count]))
    lane.feed(buffer, 0, count)
    return cipher
