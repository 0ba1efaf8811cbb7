"""A small drill vault on the real disk, with everything a verifier looks at."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.ids import IncidentId
from clinicir.vault.head import SLOT_BYTES, encode_slot, offset_of
from clinicir.vault.keys import KeyRing
from clinicir.vault.vault import Vault
from tests.vault.key_samples import MASTER

INCIDENT = IncidentId("00112233445566aa")
OTHER_INCIDENT = IncidentId("ffeeddccbbaa9988")
BY = "Dr Camille Exemple"
_START = datetime(2026, 11, 21, 9, 0, tzinfo=timezone(timedelta(hours=1)))


def forge_head(root: Path, key: bytes = bytes(32)) -> None:
    """Write slots that name the last two lines of the one file of a trail, sealed with `key`."""
    lines = (root / "trail" / "trail-000001.jsonl").read_bytes().splitlines(keepends=True)
    heads = [hashlib.sha256((root / "vault.json").read_bytes()).hexdigest()]
    heads += [hashlib.sha256(line).hexdigest() for line in lines]
    slots = bytearray(2 * SLOT_BYTES)
    for n in {len(lines), max(len(lines) - 1, 0)}:
        slot = encode_slot(key, TrailPosition(n, heads[n]))
        slots[offset_of(n) : offset_of(n) + SLOT_BYTES] = slot
    (root / "trail" / "head").write_bytes(slots)


class SteadyClock:
    """One second passes at each look."""

    def __init__(self) -> None:
        self._looks = 0

    def now(self) -> datetime:
        self._looks += 1
        return _START + timedelta(seconds=self._looks)

    def monotonic_ms(self) -> int:
        return self._looks * 1000


def sample_vault(root: Path, source: Path, notes: int = 12) -> None:
    """Write a vault of `7 + notes` entries or so, three of which name an object.

    `source`: a folder for the files that are taken in.
    """
    clock = SteadyClock()
    vault = Vault.create_with(root, lambda files: KeyRing(MASTER, files), clock, _START, drill=True)
    with vault:
        for incident in (INCIDENT, OTHER_INCIDENT):
            vault.commit(EntryDraft("incident.open", incident, BY))
        for number, content in enumerate((b"", b"courriel", bytes(70_000)), 1):
            piece = source / f"piece-{number}.bin"
            piece.write_bytes(content)
            stored = vault.take_in(piece, INCIDENT, {"how": "courriel"})
            vault.commit(
                EntryDraft(
                    "evidence.add",
                    INCIDENT,
                    BY,
                    detail={"number": number, "sha256": stored.sha256},
                    object_digest=stored.cipher_sha256,
                )
            )
        for number in range(notes):
            text = {"text": f"note {number}"}
            vault.commit(EntryDraft("note.add", OTHER_INCIDENT, BY, detail=text))
