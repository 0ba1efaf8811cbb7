"""The published vectors of the trail, and the form of a line."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from clinicir.vault.line import (
    BLOCK_BYTES,
    Envelope,
    LineError,
    SealError,
    clear_body,
    pad,
    parse,
    seal,
    split,
    split_linked,
    unpad,
    with_body,
)

GENESIS = (
    b'{"created":"2025-11-21T21:13:07.000Z","format":"clinicir-vault","suite":1,"v":1,'
    b'"vault":"00000000000000000000000000000000"}'
)
GENESIS_SHA256 = "97de96dc94ef23f7470961c085dc3f73e5cd713ca2d1691145716f409423192c"
BODY_1 = b'{"k":"app.open","salt":"' + b"0" * 64 + b'"}'
LINE_1 = (
    b'{"a":"u-00000001","b":"","c":"6391415b06ce8108cc0f16ad194ab34b26efa38dc5070527a5717be7610efb73'
    b'","i":"-","k":"app.open","m":1500,"n":1,"p":"97de96dc94ef23f7470961c085dc3f73e5cd713ca2d169114'
    b'5716f409423192c","s":"0000002a","t":"2025-11-21T21:13:08.000Z","v":1,"z":60}\n'
)
BODY_2 = (
    b'{"k":"note.add","salt":"' + b"1" * 64 + b'","text":"Acc\\u00e8s coup\\u00e9s \\u00e0 9 h 40"}'
)
LINE_2 = (
    b'{"a":"u-00000001","b":"","c":"01721ec0c753206f778caac1ccfb12d0cba1b389c7a123fb707c82d655b15f34'
    b'","i":"-","k":"note.add","m":3000,"n":2,"p":"ff5f05b6431bb225a09a27d99a70dfe4ef22e4e552be12c58'
    b'555a21c7e500ebf","s":"0000002a","t":"2025-11-21T21:13:09.000Z","v":1,"z":60}\n'
)
HEAD = "30e97239b8c458a6a6489a82fd60cbcc52208e2e3dd27724c8e34bea4ed1df67"


def _envelope(n: int, kind: str, previous: str, body: bytes) -> Envelope:
    return Envelope(
        n=n,
        kind=kind,
        incident="-",
        actor="u-00000001",
        body_sha256=hashlib.sha256(body).hexdigest(),
        previous=previous,
        at=f"2025-11-21T21:13:{7 + n:02d}.000Z",
        zone_minutes=60,
        monotonic_ms=1500 * n,
        start="0000002a",
    )


def test_the_published_vector() -> None:
    assert hashlib.sha256(GENESIS).hexdigest() == GENESIS_SHA256
    one = with_body(_envelope(1, "app.open", GENESIS_SHA256, BODY_1).public_bytes(), b"")
    assert one == LINE_1
    two = with_body(
        _envelope(2, "note.add", hashlib.sha256(one).hexdigest(), BODY_2).public_bytes(), b""
    )
    assert two == LINE_2
    assert hashlib.sha256(two).hexdigest() == HEAD


def test_an_envelope_is_read_back() -> None:
    assert parse(LINE_1) == _envelope(1, "app.open", GENESIS_SHA256, BODY_1)
    head = hashlib.sha256(LINE_1).hexdigest().encode()
    assert split_linked(LINE_2, 2, head)[2] == b"-"
    assert split_linked(LINE_2, 2, head) == split(LINE_2)
    for n, link in ((3, head), (1, head), (22, head), (2, HEAD.encode())):
        with pytest.raises(LineError):
            split_linked(LINE_2, n, link)


@given(st.binary(max_size=1200).filter(lambda body: not body.endswith(b"\0")))
def test_padding_is_undone_and_hides_the_length(body: bytes) -> None:
    padded = pad(body)
    assert len(padded) % BLOCK_BYTES == 0
    assert unpad(padded) == body


@pytest.mark.parametrize("padded", [b"", bytes(256), b"a" * 256])
def test_a_padding_without_marker_is_refused(padded: bytes) -> None:
    with pytest.raises(SealError):
        unpad(padded)


def _sealed(object_sha256: str | None = None) -> tuple[AESGCM, bytes]:
    cipher = AESGCM(bytes(32))
    envelope = Envelope(
        n=7, kind="evidence.add", incident="00000000000000a1", actor="u-0a1b2c3d",
        body_sha256=hashlib.sha256(BODY_2).hexdigest(), previous=HEAD,
        at="2026-03-27T19:00:00.125Z", zone_minutes=-240, monotonic_ms=0, start="deadbeef",
        object_sha256=object_sha256,
    )  # fmt: skip
    return cipher, seal(cipher, envelope, BODY_2)


@pytest.mark.parametrize("object_sha256", [None, "ab" * 32])
def test_a_body_comes_back_from_its_line(object_sha256: str | None) -> None:
    cipher, line = _sealed(object_sha256)
    public, quote, _ = split_linked(line, 7, HEAD.encode())
    assert clear_body(cipher, line, quote, public) == BODY_2
    assert parse(line).object_sha256 == object_sha256
    assert public == parse(line).public_bytes()


def test_no_bit_of_a_line_can_change_unseen() -> None:
    cipher, line = _sealed("cd" * 32)
    head = HEAD.encode()
    for position in range(len(line) - 1):
        for bit in range(8):
            changed = bytearray(line)
            changed[position] ^= 1 << bit
            try:
                public, quote, _ = split_linked(bytes(changed), 7, head)
                body = clear_body(cipher, bytes(changed), quote, public)
            except (ValueError, IndexError):
                continue
            # the unused bits at the end of base64 carry nothing; the next line's `p` covers them
            assert body == BODY_2
            assert line[position + 1 : position + 2] in (b"=", b'"')
