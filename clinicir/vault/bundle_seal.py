"""A bundle under a passphrase said once: one line of parameters, then an object of kind 4.

The key of the object is Argon2id of the passphrase, and its public `key_id` is cut from the SHA-256
of the line, so that no parameter can change unseen. An archive inside is read at any place without
ever being written in clear: each chunk is opened when it is asked for.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Protocol

from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.ids import Plain
from clinicir.vault import canonical
from clinicir.vault.bundle_zip import BadBundleError
from clinicir.vault.fsio import ReadHandle
from clinicir.vault.keys import KEY_ID_BYTES, IncidentKey, incident_key_of
from clinicir.vault.objects import (
    BLOCK_BYTES,
    BLOCK_CHUNKS,
    HEADER_BYTES,
    SEALED_BLOCK_BYTES,
    DamagedObjectError,
    ObjectCipher,
    ObjectKind,
    frame,
    new_cipher,
    new_object_id,
    open_cipher,
    plain_size,
    sealed_size,
    unframe,
)
from clinicir.vault.passphrase import normalised
from clinicir.vault.slots import FLOOR, Cost, stretched

FORMAT = "clinicir-sealed"
START = b'{"format":"clinicir-sealed",'
MAX_LINE_BYTES = 512
_SALT_BYTES = 16
_KEYS = {"format", "m", "object", "p", "salt", "suite", "t", "v"}


class Output(Protocol):
    """Where sealed bytes go."""

    def write(self, data: bytes | memoryview) -> None:
        """All of it, in order."""
        ...


class SealedOut:
    """Encrypts `plain_bytes` of an archive on their way to a file."""

    def __init__(self, handle: Output, passphrase: str, plain_bytes: int) -> None:
        """Writes the line, the header and nothing else yet."""
        object_id = new_object_id()
        fields: dict[str, Plain] = {
            "format": FORMAT, "m": FLOOR.memory_kib, "object": object_id, "p": FLOOR.lanes,
            "salt": secrets.token_hex(_SALT_BYTES), "suite": 1, "t": FLOOR.passes, "v": 1,
        }  # fmt: skip
        line = canonical.encode(fields) + b"\n"
        self._cipher = new_cipher(_key(passphrase, fields, line), ObjectKind.BUNDLE, object_id)
        self._handle = handle
        prefix = frame({"size": plain_bytes})
        self._left = len(prefix) + plain_bytes
        self.total_bytes = len(line) + sealed_size(self._left)
        self._clear = memoryview(bytearray(BLOCK_BYTES))
        self._sealed = memoryview(bytearray(SEALED_BLOCK_BYTES))
        self._held = self._chunk = 0
        handle.write(line + self._cipher.header)
        self.write(prefix)

    def write(self, data: bytes | memoryview) -> None:
        """Bytes of the archive, in order; the last one ends the file."""
        view = memoryview(data)
        while len(view):
            count = min(len(view), BLOCK_BYTES - self._held)
            self._clear[self._held : self._held + count] = view[:count]
            view, self._held, self._left = view[count:], self._held + count, self._left - count
            if self._held == BLOCK_BYTES or self._left == 0:
                self._flush()

    def _flush(self) -> None:
        clear, last = self._clear[: self._held], self._left == 0
        done = self._cipher.seal_block(self._chunk, clear, self._sealed, last=last)
        self._handle.write(self._sealed[:done])
        self._chunk, self._held = self._chunk + BLOCK_CHUNKS, 0


class SealedRead:
    """Implements `ReadHandle` over the archive inside; BadBundleError or `key.wrong_passphrase`."""

    def __init__(self, handle: ReadHandle, file_bytes: int, passphrase: str) -> None:
        """`file_bytes`: size of the sealed file."""
        self._handle = handle
        line = _line_of(handle)
        fields = _fields(line)
        self._start = len(line)
        key, object_id = _key(passphrase, fields, line), str(fields["object"])
        try:
            self._cipher = _opened(handle, self._start, key, object_id)
            self._plain_bytes = plain_size(file_bytes - self._start)
            self._block, self._number = b"", -1
            # the last block first: it alone tells that nothing was cut off
            self._open_block(max(0, self._plain_bytes - 1) // BLOCK_BYTES)
            metadata, self._skip = unframe(self._open_block(0))
        except DamagedObjectError as error:
            raise BadBundleError("seal") from error
        self.size_bytes = self._plain_bytes - self._skip
        if metadata != {"size": self.size_bytes}:
            raise BadBundleError("seal")
        self._position = 0

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """See `ReadHandle`."""
        piece = self.read_at(self._position, len(buffer))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def read_at(self, offset: int, size_bytes: int) -> bytes:
        """See `ReadHandle`; BadBundleError when a chunk is not what was sealed."""
        at = offset + self._skip
        stop = min(at + size_bytes, self._plain_bytes)
        parts = []
        try:
            while at < stop:
                block, inside = self._open_block(at // BLOCK_BYTES), at % BLOCK_BYTES
                parts.append(block[inside : inside + stop - at])
                at += len(parts[-1])
        except DamagedObjectError as error:
            raise BadBundleError("seal") from error
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _open_block(self, number: int) -> bytes:
        if number != self._number:
            at = self._start + HEADER_BYTES + number * SEALED_BLOCK_BYTES
            sealed = self._handle.read_at(at, SEALED_BLOCK_BYTES)
            last = (number + 1) * BLOCK_BYTES >= self._plain_bytes
            wanted = min(BLOCK_BYTES, self._plain_bytes - number * BLOCK_BYTES)
            out = bytearray(BLOCK_BYTES)
            done = self._cipher.open_block(
                number * BLOCK_CHUNKS, memoryview(sealed), memoryview(out), last=last
            )
            if done != wanted:
                raise DamagedObjectError("size")
            self._block, self._number = bytes(out[:done]), number
        return self._block

    def close(self) -> None:
        """See `ReadHandle`."""
        self._handle.close()

    def __enter__(self) -> SealedRead:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _line_of(handle: ReadHandle) -> bytes:
    start = handle.read_at(0, MAX_LINE_BYTES)
    if not start.startswith(START) or b"\n" not in start:
        raise BadBundleError("seal")
    return start[: start.index(b"\n") + 1]


def _fields(line: bytes) -> dict[str, Plain]:
    """Parameters within bounds, before any memory is taken for the derivation."""
    try:
        fields = canonical.decode_map(line[:-1], MAX_LINE_BYTES)
    except canonical.CanonicalError as error:
        raise BadBundleError("seal") from error
    if set(fields) != _KEYS or (fields["v"], fields["suite"]) != (1, 1):
        raise BadBundleError("seal")
    if not _is_hex(fields["object"], 16) or not _is_hex(fields["salt"], _SALT_BYTES):
        raise BadBundleError("seal")
    if not all(type(fields[name]) is int for name in "mtp") or not _cost(fields).is_allowed:
        raise StorageError("key.bad_parameters")
    return fields


def _is_hex(value: Plain, length: int) -> bool:
    return (
        isinstance(value, str)
        and len(value) == 2 * length
        and set(value) <= set("0123456789abcdef")
    )


def _cost(fields: Mapping[str, Plain]) -> Cost:
    memory, passes, lanes = (fields[name] for name in "mtp")
    if isinstance(memory, int) and isinstance(passes, int) and isinstance(lanes, int):
        return Cost(memory, passes, lanes)
    return Cost(0, 0, 0)


def _key(passphrase: str, fields: Mapping[str, Plain], line: bytes) -> IncidentKey:
    salt = bytes.fromhex(str(fields["salt"]))
    key = stretched(normalised(passphrase), salt, _cost(fields))
    return incident_key_of(hashlib.sha256(line).digest()[:KEY_ID_BYTES], key)


def _opened(handle: ReadHandle, at: int, key: IncidentKey, object_id: str) -> ObjectCipher:
    header = handle.read_at(at, HEADER_BYTES)
    try:
        return open_cipher(key, (ObjectKind.BUNDLE,), object_id, header)
    except DamagedObjectError as error:
        if header[:80] == _bound(key, object_id, header):
            raise UserError("key.wrong_passphrase") from error
        raise


def _bound(key: IncidentKey, object_id: str, header: bytes) -> bytes:
    salt = header[48:80].ljust(32, b"\0")
    return new_cipher(key, ObjectKind.BUNDLE, object_id, salt).header[:80]
