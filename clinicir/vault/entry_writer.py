"""From an asked-for entry to its line: numbers, times, names and the seal (3.1)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.audit import KINDS, EntryDraft, TrailPosition
from clinicir.domain.clock import offset_minutes
from clinicir.domain.errors import BugError
from clinicir.domain.ids import Plain
from clinicir.vault import canonical
from clinicir.vault.line import NO_INCIDENT, Envelope, seal
from clinicir.vault.time_watch import utc_text

_SALT_BYTES = 32
_START_BYTES = 4
_PSEUDONYM_BYTES = 4


@dataclass(frozen=True)
class Moment:
    """What the clocks said when an entry was asked for."""

    now: datetime
    monotonic_ms: int


class EntryWriter:
    """Makes the lines of one start of the program."""

    def __init__(self, actor_key: bytes) -> None:
        self._actor_key = actor_key
        self._start = secrets.token_hex(_START_BYTES)
        self._pseudonyms: dict[str, str] = {}

    def line(
        self,
        draft: EntryDraft,
        after: TrailPosition,
        moment: Moment,
        cipher: AESGCM,
        object_id: str | None,
    ) -> tuple[bytes, bytes]:
        """The line that follows `after`, and the clear body sealed in it.

        `object_id`: the object whose digest the draft carries, if it carries one.
        """
        if draft.kind not in KINDS:
            raise BugError(f"unlisted kind of entry {draft.kind!r}")
        body = self._body(draft, object_id)
        envelope = Envelope(
            n=after.n + 1,
            kind=draft.kind,
            incident=draft.incident or NO_INCIDENT,
            actor=self._pseudonym(draft.by),
            body_sha256=hashlib.sha256(body).hexdigest(),
            previous=after.head,
            at=utc_text(moment.now),
            zone_minutes=offset_minutes(moment.now),
            monotonic_ms=max(0, moment.monotonic_ms),
            start=self._start,
            object_sha256=draft.object_digest,
        )
        return seal(cipher, envelope, body), body

    @staticmethod
    def _body(draft: EntryDraft, object_id: str | None) -> bytes:
        fields: dict[str, Plain] = {
            "by": draft.by,
            "d": dict(draft.detail),
            "k": draft.kind,
            "ops": [operation.to_plain() for operation in draft.operations],
            "salt": secrets.token_hex(_SALT_BYTES),
        }
        if object_id is not None:
            fields["object"] = object_id
        try:
            return canonical.encode(fields)
        except canonical.CanonicalError as error:
            raise BugError(f"entry {draft.kind} holds a value the trail cannot: {error}") from error

    def _pseudonym(self, name: str) -> str:
        known = self._pseudonyms.get(name)
        if known is None:
            text = unicodedata.normalize("NFC", name).encode("utf-8")
            digest = hmac.digest(self._actor_key, text, "sha256")
            known = self._pseudonyms[name] = f"u-{digest[:_PSEUDONYM_BYTES].hex()}"
        return known
