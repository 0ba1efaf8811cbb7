"""The `.cev` object: one encrypted file, any size, tied to its key, kind and id (2.3).

112 bytes of header, then chunks of 64 KiB, each AES-256-GCM with its 16-byte tag. The nonce is the
number of the chunk in 11 bytes and a byte that is 1 on the last one (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizar, CRYPTO 2015), so chunks cannot be cut, moved or added. The
header, bound through HKDF, carries a commitment to the key: no second key opens the same file.
"""

from __future__ import annotations

import hmac
import secrets
import struct
from collections.abc import Mapping
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from clinicir.domain.errors import StorageError
from clinicir.domain.ids import Plain
from clinicir.vault import canonical
from clinicir.vault.keys import IncidentKey

HEADER_BYTES = 112
_BOUND_BYTES = 80
CHUNK_BYTES = 1 << 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + 16
BLOCK_CHUNKS = 16
"""Chunks handled per read and per write: 1 MiB, so that Python's own cost disappears."""
BLOCK_BYTES = BLOCK_CHUNKS * CHUNK_BYTES
SEALED_BLOCK_BYTES = BLOCK_CHUNKS * SEALED_CHUNK_BYTES
MAX_METADATA_BYTES = 1 << 15
_MAGIC = b"\x89CIR\r\n\x1a\n"
_FIXED = struct.Struct(">8sBBBBB3s16s16s32s")
_LENGTH = struct.Struct(">I")
_INFO = b"clinicir/object/1"


class ObjectKind(IntEnum):
    """What an object holds; a reader says which kinds it expects."""

    SNAPSHOT = 1
    EVIDENCE = 2
    DOCUMENT = 3
    BUNDLE = 4


class DamagedObjectError(StorageError):
    """The bytes are not the object that was asked for: header, tag, length or commitment."""

    def __init__(self, why: str) -> None:
        super().__init__("vault.object_damaged", why=why)


class ObjectCipher:
    """The key of one object; made by `new_cipher` or `open_cipher`."""

    def __init__(self, key: IncidentKey, bound_header: bytes) -> None:
        okm = HKDFExpand(algorithm=SHA512(), length=64, info=_INFO + bound_header).derive(key.key)
        self.header = bound_header + okm[32:]
        """The 112 bytes that open the file."""
        self._aead = AESGCM(okm[:32])

    def seal_block(self, first: int, plain: memoryview, out: memoryview, *, last: bool) -> int:
        """Encrypt whole chunks (the last one may be short) into `out`; bytes written.

        `first` is the number of the first chunk; `last` tells that the object ends here.
        """
        seal, start, done = self._aead.encrypt_into, 0, 0
        while start < len(plain) or done == 0:
            end = start + CHUNK_BYTES
            piece = plain[start:end]
            flag = last and end >= len(plain)
            stop = done + len(piece) + 16
            seal((first << 8 | flag).to_bytes(12, "big"), piece, None, out[done:stop])
            first, start, done = first + 1, end, stop
        return done

    def open_block(self, first: int, sealed: memoryview, out: memoryview, *, last: bool) -> int:
        """Reverse of `seal_block`; DamagedObjectError, and then `out` must not be used."""
        unseal, start, done = self._aead.decrypt_into, 0, 0
        try:
            while start < len(sealed):
                end = start + SEALED_CHUNK_BYTES
                piece = sealed[start:end]
                flag = last and end >= len(sealed)
                stop = done + len(piece) - 16
                unseal((first << 8 | flag).to_bytes(12, "big"), piece, None, out[done:stop])
                first, start, done = first + 1, end, stop
        except (InvalidTag, ValueError) as error:
            raise DamagedObjectError("chunk") from error
        return done


def new_object_id() -> str:
    """32 hex digits drawn at random."""
    return secrets.token_hex(16)


def new_cipher(
    key: IncidentKey, kind: ObjectKind, object_id: str, salt: bytes | None = None
) -> ObjectCipher:
    """Cipher of a new object; `salt` (32 bytes) is random, given only by vectors."""
    return ObjectCipher(key, _bound_header(key, kind, object_id, salt or secrets.token_bytes(32)))


def open_cipher(
    key: IncidentKey, kinds: tuple[ObjectKind, ...], object_id: str, header: bytes
) -> ObjectCipher:
    """Cipher of an existing object; DamagedObjectError unless every byte of the header fits."""
    for kind in kinds:
        expected = _bound_header(key, kind, object_id, header[48:_BOUND_BYTES].ljust(32, b"\0"))
        if header[:_BOUND_BYTES] == expected:
            cipher = ObjectCipher(key, expected)
            if hmac.compare_digest(cipher.header, header):
                return cipher
    raise DamagedObjectError("header")


def sealed_size(plain_bytes: int) -> int:
    """Size of the file for that many bytes of plaintext."""
    chunks = max(1, -(-plain_bytes // CHUNK_BYTES))
    return HEADER_BYTES + plain_bytes + 16 * chunks


def plain_size(file_bytes: int) -> int:
    """Size of the plaintext; DamagedObjectError when no object has that file size."""
    body = file_bytes - HEADER_BYTES
    chunks = -(-body // SEALED_CHUNK_BYTES)
    size = body - 16 * chunks
    if body < 16 or sealed_size(size) != file_bytes:
        raise DamagedObjectError("size")
    return size


def frame(metadata: Mapping[str, Plain]) -> bytes:
    """What precedes the content: length in 4 bytes, then canonical JSON."""
    text = canonical.encode(metadata)
    if len(text) > MAX_METADATA_BYTES:
        raise ValueError("metadata too long")
    return _LENGTH.pack(len(text)) + text


def unframe(plain: bytes | memoryview) -> tuple[dict[str, Plain], int]:
    """Metadata and where the content starts, from the first bytes of a plaintext."""
    view = memoryview(plain)
    if len(view) < _LENGTH.size:
        raise DamagedObjectError("metadata")
    (length,) = _LENGTH.unpack(view[: _LENGTH.size])
    start = _LENGTH.size + length
    if length > MAX_METADATA_BYTES or start > len(view):
        raise DamagedObjectError("metadata")
    try:
        return canonical.decode_map(bytes(view[_LENGTH.size : start])), start
    except canonical.CanonicalError as error:
        raise DamagedObjectError("metadata") from error


def seal_bytes(
    key: IncidentKey, kind: ObjectKind, object_id: str, plain: bytes, salt: bytes | None = None
) -> bytes:
    """A whole object in memory."""
    cipher = new_cipher(key, kind, object_id, salt)
    out = bytearray(sealed_size(len(plain)))
    out[:HEADER_BYTES] = cipher.header
    cipher.seal_block(0, memoryview(plain), memoryview(out)[HEADER_BYTES:], last=True)
    return bytes(out)


def open_bytes(
    key: IncidentKey, kinds: tuple[ObjectKind, ...], object_id: str, data: bytes
) -> bytes:
    """Plaintext of a whole object in memory, every tag checked; DamagedObjectError."""
    out = bytearray(plain_size(len(data)))
    cipher = open_cipher(key, kinds, object_id, data[:HEADER_BYTES])
    cipher.open_block(0, memoryview(data)[HEADER_BYTES:], memoryview(out), last=True)
    return bytes(out)


def _bound_header(key: IncidentKey, kind: ObjectKind, object_id: str, salt: bytes) -> bytes:
    return _FIXED.pack(
        _MAGIC, 1, 1, kind, 0, 16, b"\0\0\0", key.key_id, bytes.fromhex(object_id), salt
    )
