"""What the use cases need from the outside world, implemented by the vault and the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from clinicir.domain.audit import AuditEntry, EntryDraft, TrailPosition, Verification
from clinicir.domain.case import CaseFile
from clinicir.domain.drill import DrillReport
from clinicir.domain.ids import IncidentId, ObjectId, Plain, PlainMap
from clinicir.domain.line_table import LineTable
from clinicir.domain.practice import Practice
from clinicir.domain.reminder import Alarm
from clinicir.domain.shown import Shown
from clinicir.services.bundle_ports import Bundles


@dataclass(frozen=True)
class StoredObject:
    """One encrypted file of the vault, durable and read back when this value exists."""

    object_id: ObjectId
    size_bytes: int
    sha256: str
    """Of the clear content."""
    cipher_sha256: str
    """Of the `.cev` file."""


class CaseStore(Protocol):
    """The vault, as seen by a use case."""

    @property
    def drill(self) -> bool:
        """True for a vault of exercises: every paper then says EXERCICE."""
        ...

    @property
    def position(self) -> TrailPosition:
        """Last acknowledged entry."""
        ...

    def incidents(self) -> tuple[IncidentId, ...]:
        """In the order of opening; without those that were erased or cannot be read."""
        ...

    def erased(self) -> tuple[IncidentId, ...]:
        """Incidents whose whole content was erased on purpose, in the order of opening.

        What they still have is what the entry of the erasure has set.
        """
        ...

    def erase(self, draft: EntryDraft, objects: Sequence[ObjectId]) -> TrailPosition:
        """Append an entry `purge`, or `purge.evidence` of some `objects`, then make it true.

        UserError `incident.unknown`. On a StorageError after the entry, the next opening goes on.
        """
        ...

    def records(self, incident: IncidentId | None, kind: str) -> Mapping[str, PlainMap]:
        """Current records of one kind, by key; None is the practice."""
        ...

    def commit(self, draft: EntryDraft) -> TrailPosition:
        """Append one entry durably, then apply it; on StorageError nothing changed."""
        ...

    def journal(
        self, incident: IncidentId | None = None, start: int = 0
    ) -> Iterator[AuditEntry]:
        """Entries in order, of one incident or (None) of the whole vault, read from the trail.

        Each is read when it is asked for; the first `start` ones are not read at all.
        """
        ...

    def journal_size(self, incident: IncidentId | None = None) -> int:
        """How many entries `journal` would give."""
        ...

    def take_in(
        self,
        source: Path,
        incident: IncidentId,
        metadata: Mapping[str, Plain],
        progress: Callable[[int, int], None] | None = None,
    ) -> StoredObject:
        """Encrypt an evidence file: one reading pass, read back; `progress` in bytes."""
        ...

    def put(
        self, content: bytes, incident: IncidentId, metadata: Mapping[str, Plain]
    ) -> StoredObject:
        """Encrypt a produced document."""
        ...

    def read_object(self, object_id: ObjectId, incident: IncidentId, most: int = 0) -> bytes:
        """Clear content, or its first `most` bytes, once every tag of what is read was checked.

        StorageError `vault.object_damaged`, `vault.object_missing`.
        """
        ...

    def copy_out(self, object_id: ObjectId, incident: IncidentId, target: Path) -> StoredObject:
        """Write the clear content, of any size, to a new file; StorageError as above."""
        ...


class Viewer(Protocol):
    """Decodes what came from elsewhere, in a process that may do nothing else."""

    def wanted(self, name: str, start: bytes) -> int:
        """How many bytes `look` takes of a file of this name that begins like this."""
        ...

    def look(self, name: str, content: bytes) -> Shown | None:
        """None when it cannot be shown, for whatever reason; 10 seconds at most."""
        ...


class LineReader(Protocol):
    """Makes cells of a list that came as a file; it may be hostile."""

    def __call__(self, content: bytes) -> LineTable:
        """UserError `lines.*` when it is none."""
        ...


@dataclass(frozen=True)
class Request:
    """A paper asked for: kind, and for some of them version or variant."""

    kind: str
    version: str = ""
    variant: str = ""


class Paper(Protocol):
    """What a use case needs to know of a built paper; what it says is the printer's business."""

    @property
    def kind(self) -> str: ...

    @property
    def variant(self) -> str:
        """`initiale`, another variant, or empty."""
        ...

    @property
    def file_stem(self) -> str:
        """ASCII, made by us from kind, version and case number."""
        ...

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the fields printed as still to be completed."""
        ...

    @property
    def asked(self) -> int:
        """How many answers it prints or leaves to be completed."""
        ...


class Printed(Protocol):
    """A PDF and its number of pages."""

    @property
    def content(self) -> bytes: ...

    @property
    def pages(self) -> int: ...


class Printer(Protocol):
    """Papers: what they say and how they are printed."""

    def build(self, file: CaseFile, request: Request) -> tuple[Paper, ...]:
        """Papers of one kind; UserError `document.unknown`, `document.patient_data`."""
        ...

    def attachments(self, file: CaseFile, request: Request) -> tuple[tuple[str, bytes], ...]:
        """Plain files that go with a kind (the register as CSV): (name, content)."""
        ...

    def digest(self, paper: Paper) -> str:
        """SHA-256 of all that the paper says, 64 hex."""
        ...

    def render(self, paper: Paper, prepared: TrailPosition) -> Printed:
        """The PDF, stamped with the entry that prepared it."""
        ...

    def calendar(self, alarms: Sequence[Alarm], now: datetime, *, drill: bool) -> bytes:
        """The file that rings before each limit, for the calendar of any computer or phone."""
        ...


Verifier = Callable[[], Verification]
"""Checks the whole trail of the open vault."""


@dataclass(frozen=True)
class OpenVault:
    """A vault just made or opened, with what its pages need besides the store."""

    store: CaseStore
    printer: Printer
    verifier: Verifier
    read_only: str | None = None
    """Code of the reason why nothing can be recorded, None when all is well."""
    rolled_back: bool = False
    """An older copy of the vault was put back."""
    recovery_code: str = ""
    """Only when the vault has just been made: seven groups of four signs joined by hyphens."""
    bundles: Bundles | None = None
    """None where nothing may leave the vault."""


@dataclass(frozen=True)
class OpenContact:
    """Somebody to call, readable without any passphrase: never anything about a patient."""

    role: str
    """One of `domain.practice.ROLES`, or `dpo`."""
    name: str
    phone: str


class VaultDoor(Protocol):
    """Ways into the one vault of this place; none of them may run on the GUI thread."""

    @property
    def place(self) -> str:
        """Folder of the vault, to be shown."""
        ...

    def exists(self) -> bool:
        """True once a vault was made here."""
        ...

    def keyring_is_real(self) -> bool:
        """The system has a keyring that keeps what it is given; may take seconds."""
        ...

    def keyring_opens(self) -> bool:
        """The vault has a slot for the keyring of this account."""
        ...

    def weakness(self, passphrase: str) -> str | None:
        """None when accepted, else why not: `short`, `classes`, `repeats`, `common`, `long`..."""
        ...

    def propose(self) -> str:
        """Eight words joined by hyphens."""
        ...

    def create(self, passphrase: str | None) -> OpenVault:
        """A new vault; None: opened by the system keyring, which is added to a passphrase too.

        A stolen disk alone then gives nothing to guess; without a real keyring the passphrase
        opens by itself.
        UserError `passphrase.too_weak`; StorageError `vault.exists`, `keyring.*`, `disk.*`.
        """
        ...

    def open_with_passphrase(self, text: str) -> OpenVault:
        """UserError `key.wrong_passphrase`; StorageError `vault.*`, `key.*`, `keyring.*`..."""
        ...

    def open_with_recovery(self, code: str) -> OpenVault:
        """UserError `key.wrong_recovery_code` with `groups`, the numbers to look at again."""
        ...

    def open_with_keyring(self) -> OpenVault:
        """StorageError `keyring.*`, `key.none_left`."""
        ...

    def restore(self, file: Path, code: str) -> OpenVault:
        """Put a backup in the place of the vault, which is renamed, and open it with its code.

        UserError `key.wrong_recovery_code`; StorageError `bundle.*`, `vault.*`, `disk.*`.
        """
        ...

    def replace_passphrase(self, text: str | None) -> None:
        """From now on the open vault opens as if made by `create(text)`; its sheet stays good."""
        ...

    def new_recovery_code(self) -> str:
        """A fresh code for the open vault; the former one opens nothing any more."""
        ...

    def change_keys(self, text: str | None, by: str, reason: str) -> str:
        """New keys for the open vault and a fresh code; every former way opens nothing any more.

        `text` as for `create`. UserError `passphrase.too_weak`; StorageError `keyring.*`,
        `disk.*`: the former ways, or the new ones, still open.
        """
        ...

    def recovery_sheet(self, code: str, practice: str) -> Printed:
        """The A4 page to keep away from the computer."""
        ...

    def open_contacts(self) -> tuple[OpenContact, ...] | None:
        """Contacts shown while locked; None when the practice does not want it."""
        ...

    def show_contacts(self, contacts: tuple[OpenContact, ...] | None) -> None:
        """Keep them in clear beside the vault; None: keep none and remember the refusal.

        A refusal also takes the limit away.
        """
        ...

    def open_limit(self) -> datetime | None:
        """Instant of the nearest limit, shown while locked; never what it is about."""
        ...

    def show_limit(self, at: datetime | None) -> None:
        """Keep it in clear beside the contacts, unless these were refused; None: none is left."""
        ...

    def account_only(self) -> bool:
        """Every way into the open vault, but the sheet, needs the keyring of this account."""
        ...

    def close(self) -> None:
        """Free the vault and its keys; nothing when none is open."""
        ...


class DrillRoom(Protocol):
    """Vaults of exercises, beside the real one; nothing here may run on the GUI thread."""

    def practice(self, story: str) -> Practice:
        """The fictional practice that a bundled story lends; UserError `story.*`."""
        ...

    def start(self) -> OpenVault:
        """A new vault, opened without asking anything; the one before it is closed."""
        ...

    def resume(self) -> OpenVault:
        """The vault of `start` again, as long as the program runs."""
        ...

    @property
    def door(self) -> VaultDoor:
        """Of the vault of `start`."""
        ...

    def certificate(self, report: DrillReport) -> Printed:
        """What was done and missed, to be kept on paper."""
        ...

    def close(self) -> None:
        """Free the vault; `resume` opens it again."""
        ...
