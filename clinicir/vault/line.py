"""One line of the trail: a public envelope, a sealed body (security design 3.1, rulings 3 and 4).

A line is canonical JSON and a line feed. The associated data of the seal are the canonical line
without its key `b`, so no part of an envelope can change without the key of the incident.
"""

from __future__ import annotations

import binascii
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.ids import Plain
from clinicir.vault import canonical

LINE_LIMIT = 1 << 20
"""Bytes of the longest line, line feed included; also of the longest tail that may be mended."""
NO_INCIDENT = "-"
SCOPE = re.compile(r"[0-9a-f]{16}|-")
"""Values of `i`."""
BLOCK_BYTES = 256
NONCE_BYTES = 12
PREFIX_BYTES = 18
"""Length of `{"a":"u-xxxxxxxx",`, the part of a line before `b`."""

SHAPE = re.compile(
    rb'(\{"a":"u-[0-9a-f]{8}",)"b":"([^"]*)",'
    rb'("c":"([0-9a-f]{64})","i":"([0-9a-f]{16}|-)","k":"([a-z_]+\.[a-z_]+|[a-z_]+)",'
    rb'"m":(0|[1-9][0-9]{0,15}),"n":([1-9][0-9]{0,15}),(?:"o":"([0-9a-f]{64})",)?'
    rb'"p":"([0-9a-f]{64})","s":"([0-9a-f]{8})",'
    rb'"t":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)",'
    rb'"v":1,"z":(0|-?[1-9][0-9]{0,3})\})\n'
)
"""The only spelling that a writer of ours produces; `b` is checked apart, by `unseal`."""

_TEXT_START = PREFIX_BYTES + len(b'"b":"')
BODY_DIGEST_START = PREFIX_BYTES + len(b'"c":"')
"""Where the value of `c` starts in the associated data."""
_SCOPE_START = BODY_DIGEST_START + 64 + len(b'","i":"')
KIND_AFTER_SCOPE = _SCOPE_START + len(b'","k":"')
"""Where the value of `k` starts in the associated data, less the length of `i`."""
ERASING: Mapping[str, str] = MappingProxyType({"purge": "", "purge.evidence": "evidence.add"})
"""Kinds that tell of an erasure, and the one kind of entry whose objects it concerns, if one."""
ERASURE = tuple(f'{kind}"'.encode() for kind in ERASING)
"""The value of `k` of an erasure with its quote. The body is sealed under the practice's key."""
_AFTER_LINK = len(b'","s":"xxxxxxxx","t":"YYYY-MM-DDThh:mm:ss.mmmZ","v":1')
_COMMA, _PAD_MARK = b",\x80"
_decode_base64 = msgspec.json.Decoder(bytes).decode  # twice as fast as that of `binascii`


class LineError(ValueError):
    """The line is not one of ours, or its seal does not hold."""


class SealError(LineError):
    """The form may be right, but the key says that nobody of ours wrote this."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Public part of an entry, in the names of the format's table."""

    n: int
    kind: str
    incident: str
    """16 hex or `-`."""
    actor: str
    """`u-` and 8 hex."""
    body_sha256: str
    previous: str
    """SHA-256 (hex) of the line before, or of `vault.json`."""
    at: str
    """UTC, `YYYY-MM-DDThh:mm:ss.mmmZ`."""
    zone_minutes: int
    monotonic_ms: int
    start: str
    """8 hex, drawn at each start of the program."""
    object_sha256: str | None = None

    def public_bytes(self) -> bytes:
        """Canonical line without `b` and without line feed: the associated data of the seal."""
        fields: dict[str, Plain] = {
            "a": self.actor, "c": self.body_sha256, "i": self.incident, "k": self.kind,
            "m": self.monotonic_ms, "n": self.n, "p": self.previous, "s": self.start,
            "t": self.at, "v": 1, "z": self.zone_minutes,
        }  # fmt: skip
        if self.object_sha256 is not None:
            fields["o"] = self.object_sha256
        return canonical.encode(fields)


def sealing_scope(incident: str, kind: str) -> str:
    """The `i` under whose key a body is sealed: an erasure must stay readable after it."""
    return NO_INCIDENT if kind in ERASING else incident


def pad(body: bytes) -> bytes:
    """ISO/IEC 7816-4 up to a multiple of 256 bytes, so that a length tells little."""
    return body + b"\x80" + bytes(-(len(body) + 1) % BLOCK_BYTES)


def unpad(padded: bytes) -> bytes:
    """Reverse of `pad`; SealError when no marker ends the text."""
    body = padded.rstrip(b"\0")
    if not body or body[-1] != _PAD_MARK:
        raise SealError("padding")
    return body[:-1]


def with_body(public: bytes, sealed: bytes) -> bytes:
    """The whole line, from the associated data and the sealed body."""
    text = binascii.b2a_base64(sealed, newline=False)
    return b'%b"b":"%b",%b\n' % (public[:PREFIX_BYTES], text, public[PREFIX_BYTES:])


def seal(cipher: AESGCM, envelope: Envelope, body: bytes) -> bytes:
    """The line of an entry; `cipher` is that of the incident's body key."""
    public = envelope.public_bytes()
    nonce = secrets.token_bytes(NONCE_BYTES)
    return with_body(public, nonce + cipher.encrypt(nonce, pad(body), public))


def split(line: bytes) -> tuple[bytes, int, bytes]:
    """Associated data, index of the quote that ends `b`, and `i`; ValueError when not so shaped.

    Quick, and sure only together with `clear_body`: the seal vouches for the associated data.
    """
    quote = line.index(b'"', _TEXT_START)
    public = line[:PREFIX_BYTES] + line[quote + 2 : -1]
    return public, quote, public[_SCOPE_START : public.index(b'"', _SCOPE_START)]


def split_linked(line: bytes, n: int, head: bytes) -> tuple[bytes, int, bytes]:
    """As `split`, for a line that must be entry `n` after the line hashing to `head`; LineError."""
    quote = line.index(b'"', _TEXT_START)
    public = line[:PREFIX_BYTES] + line[quote + 2 : -1]
    stop = public.rindex(b",") - _AFTER_LINK
    if not public.endswith(b',"n":%d,"p":"%b' % (n, head), 0, stop) and (
        b',"n":%d,"o":"' % n not in public or not public.endswith(b'","p":"%b' % head, 0, stop)
    ):
        raise LineError("chain")
    return public, quote, public[_SCOPE_START : public.index(b'"', _SCOPE_START)]


def clear_body(cipher: AESGCM, line: bytes, quote: int, public: bytes) -> bytes:
    """Body bytes of a line that `split` has cut; SealError when the seal does not hold."""
    if line[PREFIX_BYTES:_TEXT_START] != b'"b":"' or line[quote + 1] != _COMMA or b"\\" in line:
        raise LineError("form")
    return _unsealed(cipher, line[_TEXT_START - 1 : quote + 1], public)


def body_of(cipher: AESGCM, line: bytes, seal: bytes) -> bytes:
    """The same for a line whose form was checked, `seal` being its `b` with the quotes."""
    if b"\\" in seal:
        raise LineError("form")
    return _unsealed(cipher, seal, line[:PREFIX_BYTES] + line[_TEXT_START + len(seal) : -1])


def _unsealed(cipher: AESGCM, seal: bytes, public: bytes) -> bytes:
    try:
        sealed = _decode_base64(seal)
        body = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], public).rstrip(b"\0")
    except (msgspec.DecodeError, InvalidTag) as error:
        raise SealError("seal") from error
    if body[-1] != _PAD_MARK:
        raise SealError("padding")
    return body[:-1]


def parse(line: bytes) -> Envelope:
    """Envelope of a line with its line feed; LineError when its form is not ours."""
    match = SHAPE.fullmatch(line)
    if match is None or len(line) > LINE_LIMIT or b"\n" in match[2]:
        raise LineError("form")
    before, _, _, digest, incident, kind, mono, n, oid, previous, start, at, zone = match.groups()
    return Envelope(
        n=int(n),
        kind=kind.decode(),
        incident=incident.decode(),
        actor=before[6:16].decode(),
        body_sha256=digest.decode(),
        previous=previous.decode(),
        at=at.decode(),
        zone_minutes=int(zone),
        monotonic_ms=int(mono),
        start=start.decode(),
        object_sha256=oid.decode() if oid is not None else None,
    )
