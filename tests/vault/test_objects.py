"""The `.cev` format: the published vector, every flipped bit, every cut, every exchange."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.errors import StorageError
from clinicir.vault.keys import IncidentKey, incident_key_of
from clinicir.vault.objects import (
    BLOCK_BYTES,
    BLOCK_CHUNKS,
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    DamagedObjectError,
    ObjectKind,
    frame,
    new_cipher,
    new_object_id,
    open_bytes,
    plain_size,
    seal_bytes,
    sealed_size,
    unframe,
)
from tests.vault.key_samples import INCIDENT_KEY, flipped

OBJECT_ID = bytes(range(16)).hex()
EVIDENCE = (ObjectKind.EVIDENCE,)


def sealed(plain: bytes, kind: ObjectKind = ObjectKind.EVIDENCE) -> bytes:
    """An object under the sample key."""
    return seal_bytes(INCIDENT_KEY, kind, OBJECT_ID, plain)


def opened(data: bytes, key: IncidentKey = INCIDENT_KEY, object_id: str = OBJECT_ID) -> bytes:
    """Its plaintext."""
    return open_bytes(key, EVIDENCE, object_id, data)


def test_the_published_vector() -> None:
    data = seal_bytes(INCIDENT_KEY, ObjectKind.EVIDENCE, OBJECT_ID, b"bonjour", b"\x55" * 32)
    assert len(data) == 135
    assert hashlib.sha256(data).hexdigest() == (
        "99dcdbb7b521be2f5c44235cafb77c6cd5a112173011b8df4988a20d019185d6"
    )
    assert opened(data) == b"bonjour"


@pytest.mark.parametrize("around", [0, CHUNK_BYTES, 2 * CHUNK_BYTES, BLOCK_BYTES])
@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_sizes_around_the_borders_come_back(around: int, beside: int) -> None:
    plain = bytes(i * 31 & 255 for i in range(max(0, around + beside)))
    data = sealed(plain)
    assert len(data) == sealed_size(len(plain))
    assert opened(data) == plain


@given(st.integers(0, 1 << 40))
def test_sizes_are_a_bijection(size: int) -> None:
    assert plain_size(sealed_size(size)) == size


@pytest.mark.parametrize("body", [0, 15, SEALED_CHUNK_BYTES + 1, SEALED_CHUNK_BYTES + 16])
def test_impossible_sizes_are_refused(body: int) -> None:
    with pytest.raises(DamagedObjectError):
        plain_size(HEADER_BYTES + body)


def test_every_flipped_bit_of_a_small_object_is_found() -> None:
    data = sealed(b"a short proof")
    for bit in range(len(data) * 8):
        with pytest.raises(DamagedObjectError):
            opened(flipped(data, bit))


def test_flipped_bits_of_first_and_last_chunks_are_found() -> None:
    data = sealed(bytes(2 * CHUNK_BYTES + 100))
    ends = [*range(200), *range(len(data) - 150, len(data))]
    borders = [HEADER_BYTES + i * SEALED_CHUNK_BYTES + d for i in (1, 2) for d in range(-20, 20)]
    for place in ends + borders:
        with pytest.raises(DamagedObjectError):
            opened(flipped(data, place * 8 + place % 8))


def test_every_cut_is_found() -> None:
    data = sealed(b"a short proof")
    for size in range(len(data)):
        with pytest.raises(DamagedObjectError):
            opened(data[:size])


@given(st.integers(0, 3 * SEALED_CHUNK_BYTES), st.binary(max_size=40))
def test_cuts_and_additions_of_a_long_object_are_found(size: int, added: bytes) -> None:
    data = LONG[: HEADER_BYTES + size] + added
    if data != LONG:
        with pytest.raises(DamagedObjectError):
            opened(data)


LONG = sealed(b"x" * (2 * CHUNK_BYTES + 7))


def chunks_of(data: bytes) -> list[bytes]:
    """Sealed chunks of an object."""
    body = data[HEADER_BYTES:]
    return [body[at : at + SEALED_CHUNK_BYTES] for at in range(0, len(body), SEALED_CHUNK_BYTES)]


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 0, 2), (0, 2), (1, 2), (0, 1), (0, 1, 1, 2)])
def test_moved_dropped_or_doubled_chunks_are_found(order: tuple[int, ...]) -> None:
    chunks = chunks_of(LONG)
    data = LONG[:HEADER_BYTES] + b"".join(chunks[i] for i in order)
    with pytest.raises(DamagedObjectError):
        opened(data)


def test_chunks_of_another_object_are_refused() -> None:
    other = sealed(b"y" * (2 * CHUNK_BYTES + 7))
    data = LONG[:HEADER_BYTES] + chunks_of(other)[0] + b"".join(chunks_of(LONG)[1:])
    with pytest.raises(DamagedObjectError):
        opened(data)


def test_an_empty_last_chunk_is_refused_unless_the_object_is_empty() -> None:
    cipher = new_cipher(INCIDENT_KEY, ObjectKind.EVIDENCE, OBJECT_ID)
    out = memoryview(bytearray(2 * SEALED_CHUNK_BYTES))
    first = cipher.seal_block(0, memoryview(bytes(CHUNK_BYTES)), out, last=False)
    more = cipher.seal_block(1, memoryview(b""), out[first:], last=True)
    assert (first, more) == (SEALED_CHUNK_BYTES, 16)
    with pytest.raises(DamagedObjectError):
        opened(cipher.header + bytes(out[: first + more]))
    assert opened(sealed(b"")) == b""


def test_another_key_id_kind_or_key_is_refused() -> None:
    data = sealed(b"a short proof")
    with pytest.raises(DamagedObjectError):
        opened(data, object_id="f" * 32)
    with pytest.raises(DamagedObjectError):
        opened(data, incident_key_of(bytes(16), bytes(32)))
    with pytest.raises(DamagedObjectError):
        opened(data, incident_key_of(b"k" * 16, INCIDENT_KEY.key))
    with pytest.raises(StorageError, match=r"vault\.object_damaged"):
        opened(sealed(b"a short proof", ObjectKind.DOCUMENT))


def test_two_objects_never_share_their_key() -> None:
    assert sealed(b"the same") != sealed(b"the same")
    assert len({new_object_id() for _ in range(100)}) == 100


def test_blocks_continue_one_another() -> None:
    plain = bytes(i * 7 & 255 for i in range(BLOCK_BYTES + 3 * CHUNK_BYTES + 5))
    cipher = new_cipher(INCIDENT_KEY, ObjectKind.EVIDENCE, OBJECT_ID)
    out = memoryview(bytearray(sealed_size(len(plain))))
    head = memoryview(plain)[:BLOCK_BYTES]
    done = cipher.seal_block(0, head, out, last=False)
    rest = memoryview(plain)[BLOCK_BYTES:]
    done += cipher.seal_block(BLOCK_CHUNKS, rest, out[done:], last=True)
    assert opened(cipher.header + bytes(out[:done])) == plain


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=20), max_size=4), st.binary())
def test_metadata_and_content_come_apart_again(metadata: dict[str, str], content: bytes) -> None:
    try:
        plain = frame(metadata) + content
    except ValueError:
        return  # a lone surrogate has no canonical form
    read, start = unframe(plain)
    assert (read, plain[start:]) == (metadata, content)


@pytest.mark.parametrize(
    "plain",
    [b"", b"\0\0", b"\0\0\0\x09{}", b"\xff\xff\xff\xff{}", b"\0\0\0\x02[]", b"\0\0\0\x03{ }"],
)
def test_a_bad_frame_is_damage(plain: bytes) -> None:
    with pytest.raises(DamagedObjectError):
        unframe(plain)
