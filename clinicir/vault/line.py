"""One line of the trail: a public envelope, a sealed body (security design 3.1, rulings 3 and 4).

A line is canonical JSON and a line feed. The associated data of the seal are the canonical line
without its key `b`, so no part of an envelope can change without the key of the incident.
"""

from __future__ import annotations

import binascii
import re
import secrets
from dataclasses import dataclass

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


class LineError(ValueError):
    """The line is not one of ours, or its seal does not hold."""


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


def pad(body: bytes) -> bytes:
    """ISO/IEC 7816-4 up to a multiple of 256 bytes, so that a length tells little."""
    return body + b"\x80" + bytes(-(len(body) + 1) % BLOCK_BYTES)


def unpad(padded: bytes) -> bytes:
    """Reverse of `pad`; LineError when no marker ends the text."""
    body = padded.rstrip(b"\0")
    if not body.endswith(b"\x80") or len(padded) % BLOCK_BYTES:
        raise LineError("padding")
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


def unseal(cipher: AESGCM, text: bytes, public: bytes) -> bytes:
    """Body bytes of the base64 `text` of `b`; LineError when the seal does not hold."""
    try:
        sealed = binascii.a2b_base64(text, strict_mode=True)
        return unpad(cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], public))
    except (binascii.Error, InvalidTag, ValueError) as error:
        raise LineError("seal") from error


def parse(line: bytes) -> tuple[Envelope, bytes, bytes]:
    """Envelope, text of `b` and associated data of a line with its line feed; LineError."""
    match = SHAPE.fullmatch(line)
    if match is None or len(line) > LINE_LIMIT:
        raise LineError("form")
    before, text, after, digest, incident, kind, mono, n, oid, previous, start, at, zone = (
        match.groups()
    )
    envelope = Envelope(
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
    return envelope, text, before + after
