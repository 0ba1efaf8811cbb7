"""Entries read back from the trail, one line at a time (ruling 8)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import msgspec

from clinicir.domain.audit import AuditEntry
from clinicir.domain.changes import Operation
from clinicir.domain.errors import StorageError
from clinicir.domain.ids import IncidentId, Plain
from clinicir.vault.fold import CipherOf, read_body
from clinicir.vault.line import (
    NO_INCIDENT,
    Envelope,
    LineError,
    clear_body,
    parse,
    sealing_scope,
    split,
)
from clinicir.vault.time_watch import utc_of
from clinicir.vault.trail import TrailIndex, TrailReader

_decode_detail = msgspec.json.Decoder(dict[str, Any]).decode


class Journal:
    """The readable side of the trail; it keeps one file open until `close`."""

    def __init__(self, reader: TrailReader, index: TrailIndex, cipher_of: CipherOf) -> None:
        self._reader = reader
        self._index = index
        self._cipher_of = cipher_of

    def entries(self, incident: str | None, start: int = 0) -> Iterator[AuditEntry]:
        """Entries of one incident, or (None) of the whole vault, as of the call, from one on.

        StorageError `trail.damaged` when a line is no longer what was checked at the opening.
        """
        for n in self._index.numbers(incident, start):
            yield self.entry(n)

    def entry(self, n: int) -> AuditEntry:
        """One entry by its number; raises as `entries`."""
        try:
            entry = read_entry(self._reader.line(n), self._cipher_of)
        except (LineError, FileNotFoundError) as error:
            raise StorageError("trail.damaged", entry=n) from error
        if entry.n != n:
            raise StorageError("trail.damaged", entry=n)
        return entry

    def close(self) -> None:
        """Free the file."""
        self._reader.close()


def read_entry(line: bytes, cipher_of: CipherOf) -> AuditEntry:
    """One entry from its line, sealed when its key is gone; LineError when it is damaged."""
    envelope = parse(line)
    cipher = cipher_of(sealing_scope(envelope.incident, envelope.kind))
    head = hashlib.sha256(line).hexdigest()
    if cipher is None:
        return _entry(envelope, head, "", (), {}, sealed=True)
    public, quote, _ = split(line)
    data = clear_body(cipher, line, quote, public)
    if hashlib.sha256(data).hexdigest() != envelope.body_sha256:
        raise LineError("digest")
    body = read_body(data)
    try:
        operations = tuple(Operation.from_plain(plain) for plain in body.ops)
        detail = _decode_detail(body.d)
    except ValueError as error:
        raise LineError("body") from error
    return _entry(envelope, head, body.by, operations, detail, sealed=False)


def _entry(
    envelope: Envelope,
    head: str,
    by: str,
    operations: tuple[Operation, ...],
    detail: dict[str, Plain],
    *,
    sealed: bool,
) -> AuditEntry:
    return AuditEntry(
        n=envelope.n,
        kind=envelope.kind,
        incident=None if envelope.incident == NO_INCIDENT else IncidentId(envelope.incident),
        actor=envelope.actor,
        at=_local(envelope),
        zone_minutes=envelope.zone_minutes,
        head=head,
        by=by,
        operations=operations,
        detail=detail,
        sealed=sealed,
    )


def _local(envelope: Envelope) -> datetime:
    try:
        zone = timezone(timedelta(minutes=envelope.zone_minutes))
        return utc_of(envelope.at).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise LineError("time") from error
