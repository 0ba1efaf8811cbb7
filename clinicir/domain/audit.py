"""The trail seen from the domain: what is asked to be written, what is read back.

The bytes on disk are the business of `clinicir.vault.trail`; nothing here hashes or encrypts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from clinicir.domain.changes import Operation
from clinicir.domain.ids import IncidentId, Plain

KINDS: frozenset[str] = frozenset(
    """app.open app.close vault.create key.add key.remove key.rotate key.sheet_checked
    key.sheet_waived incident.open incident.scenario incident.close incident.reopen
    step.complete step.block step.skip step.reopen step.start step.gate note.add fact.set
    fact.correct deadline.set deadline.correct evidence.add evidence.note evidence.hand_over
    evidence.export doc.prepare doc.issued doc.sent receipt.add backup.made restore.done
    anchor.add checkpoint clock.step clock.backwards recovery.torn_tail recovery.orphans
    recovery.key_copy recovery.object rollback.detected disk.low purge purge.evidence auth.fail
    retention.set practice.set track.set decision.made assessment.made notification.filed
    submission.recorded list.import list.purge letters.batch letters.posted reminder.made
    readiness.set contact.correct""".split()
)
"""Kinds of entry, closed. A reader shows an unknown kind raw and never skips it."""


@dataclass(frozen=True)
class EntryDraft:
    """One entry to append; `at` and the counter come from the clock of the vault."""

    kind: str
    incident: IncidentId | None
    by: str
    operations: tuple[Operation, ...] = ()
    detail: Mapping[str, Plain] = field(default_factory=dict)
    object_digest: str | None = None
    """SHA-256 of the `.cev` file: public, so that a verifier without key sees a change."""


@dataclass(frozen=True)
class TrailPosition:
    """Number of the last entry and the SHA-256 (64 hex) of its line."""

    n: int
    head: str


@dataclass(frozen=True)
class AuditEntry:
    """One entry read back; `body` is None when the key is missing or was erased."""

    n: int
    kind: str
    incident: IncidentId | None
    actor: str
    at: datetime
    zone_minutes: int
    head: str
    by: str
    operations: tuple[Operation, ...]
    detail: Mapping[str, Plain]
    sealed: bool = False
    """True when the body could not be read: `by`, `operations` and `detail` are then empty."""


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it was written: a stable code, the first entry, the file."""

    code: str
    entry: int
    file: str


@dataclass(frozen=True)
class Verification:
    """Result of checking a trail, as papers and screens state it."""

    intact: bool
    level: str
    """`chain` (no key needed) or `bodies` (content checked too)."""
    entries: int
    objects: int
    head: str
    problems: tuple[Problem, ...] = ()
    remarks: tuple[int, ...] = ()
    """Entries dated before the one they follow: a clock was set back, no damage."""
    erasures: tuple[int, ...] = ()
    """Entries that tell of content erased on purpose, no damage."""
