"""The vault: one practice, all its incidents, one trail (ruling 1).

Not for several threads at once: the writer thread of the program owns it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.audit import AuditEntry, EntryDraft, TrailPosition
from clinicir.domain.changes import Operation
from clinicir.domain.clock import Clock
from clinicir.domain.errors import BugError, StorageError, UserError
from clinicir.domain.ids import IncidentId, ObjectId, Plain, PlainMap
from clinicir.services.ports import StoredObject
from clinicir.vault import intake, rotation, tries
from clinicir.vault.ciphers import scope_of
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.drafts import Drafts
from clinicir.vault.entry_writer import EntryWriter, Moment
from clinicir.vault.erasure import Tombstone, erase
from clinicir.vault.fold import read_body
from clinicir.vault.fsio import FileSystem, require_space
from clinicir.vault.header import new_header
from clinicir.vault.journal import Journal
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing, new_master
from clinicir.vault.line import LINE_LIMIT, NO_INCIDENT, sealing_scope
from clinicir.vault.lock import Lock, VaultLock
from clinicir.vault.object_store import ObjectStore
from clinicir.vault.objects import ObjectKind
from clinicir.vault.opening import (
    MarkOf,
    Opened,
    Unlock,
    make_vault,
    take_in_hand,
    take_lock,
)
from clinicir.vault.projection import Projection
from clinicir.vault.slots import FLOOR, Cost, Secret, create_slot, open_slots
from clinicir.vault.state import VaultState, state_of
from clinicir.vault.time_watch import PROGRAM, TimeWatch, utc_of, utc_text
from clinicir.vault.trail import TrailReader, TrailWriter

CHECKPOINT_EVERY = 64
"""Each entry whose number is a multiple of it is a checkpoint."""


class Vault:
    """Implements `clinicir.services.ports.CaseStore`; use as a context manager."""

    def __init__(
        self, fs: FileSystem, root: Path, opened: Opened, clock: Clock, lock: Lock
    ) -> None:
        """Use `create` or `open`."""
        self._fs, self._root, self._clock, self._lock = fs, root, clock, lock
        self.header, self.ring, self._mark = opened.header, opened.ring, opened.mark
        self._ciphers = opened.ciphers
        folded, findings = opened.findings.folded, opened.findings
        self._position, self._index = folded.position, folded.index
        self._projection = Projection(folded.tables)
        self._objects = {digest: object_id for object_id, (_, digest) in folded.objects.items()}
        self._state = state_of(findings)
        self._entries = EntryWriter(self.ring.actor_key)
        self._watch = TimeWatch(utc_of(folded.last_at) if folded.last_at else None)
        self._writer = TrailWriter(
            fs, root, self.ring.head_key, file=folded.file, size_bytes=folded.offset
        )
        self._journal = Journal(TrailReader(fs, root, self._index), self._index, self._ciphers.get)
        self._store, self._drafts = ObjectStore(fs, root), Drafts(fs, root)

    @classmethod
    def create(
        cls,
        root: Path,
        *,
        ways: Sequence[Secret],
        clock: Clock,
        created: datetime,
        drill: bool,
        fs: FileSystem | None = None,
        cost: Cost = FLOOR,
        mark_of: MarkOf | None = None,
    ) -> Vault:
        """A new vault with one slot per way in; StorageError `vault.exists` for a used folder."""

        def fill(files: KeyFiles) -> KeyRing:
            ring = KeyRing(new_master(), files)
            for way in ways:
                create_slot(ring, way, cost)
            return ring

        return cls.create_with(root, fill, clock, created, drill=drill, fs=fs, mark_of=mark_of)

    @classmethod
    def create_with(
        cls,
        root: Path,
        fill_keys: Callable[[KeyFiles], KeyRing],
        clock: Clock,
        created: datetime,
        *,
        drill: bool,
        fs: FileSystem | None = None,
        lock: Lock | None = None,
        mark_of: MarkOf | None = None,
    ) -> Vault:
        """As `create`, with the master key and the slots made by `fill_keys`."""
        disk = fs or OsFileSystem()
        if disk.exists(root) and (not disk.is_dir(root) or disk.names(root)):
            raise StorageError("vault.exists", path=str(root))
        disk.make_dir(root)
        held = lock or VaultLock(root)
        held.acquire()
        try:
            header = new_header(utc_text(created), drill=drill)
            moment = Moment(clock.now(), clock.monotonic_ms())
            ring = make_vault(disk, root, header, fill_keys, moment)
            return cls._in_hand(disk, root, lambda _: ring, clock, held, mark_of, None)
        except BaseException:
            held.release()
            raise

    @classmethod
    def open(
        cls,
        root: Path,
        secret: Secret,
        clock: Clock,
        fs: FileSystem | None = None,
        mark_of: MarkOf | None = None,
    ) -> Vault:
        """An existing vault, mended if a crash left something to mend; see `state`.

        StorageError `vault.not_found`, `vault.locked`, `vault.newer`, `vault.bad_header`,
        `vault.damaged`, those of the keys and of the disk; UserError for a wrong secret.
        """
        return cls.open_with(
            root, lambda files: open_slots(files, secret), clock, fs, mark_of=mark_of
        )

    @classmethod
    def open_with(
        cls,
        root: Path,
        unlock: Unlock,
        clock: Clock,
        fs: FileSystem | None = None,
        lock: Lock | None = None,
        mark_of: MarkOf | None = None,
    ) -> Vault:
        """As `open`, with the keys found by `unlock`."""
        disk = fs or OsFileSystem()
        if not disk.is_dir(root):
            raise StorageError("vault.not_found", path=str(root))
        held = lock or VaultLock(root)
        closed = take_lock(held)
        try:
            return cls._in_hand(disk, root, unlock, clock, held, mark_of, closed)
        except BaseException:
            held.release()
            raise

    @classmethod
    def _in_hand(
        cls, fs: FileSystem, root: Path, unlock: Unlock, clock: Clock, lock: Lock,
        mark_of: MarkOf | None, closed: str | None,
    ) -> Vault:  # fmt: skip
        opened = take_in_hand(fs, root, unlock, mark_of, closed, utc_text(clock.now()))
        vault = cls(fs, root, opened, clock, lock)
        if vault.state.read_only is None:
            with contextlib.suppress(StorageError):
                for draft in opened.findings.owed:
                    vault.commit(draft)
                    if draft.kind == "auth.fail":
                        tries.forget(fs, root)
                if opened.findings.owed:
                    vault.save_mark()
        return vault

    @property
    def drill(self) -> bool:
        """See `CaseStore`."""
        return self.header.drill

    @property
    def position(self) -> TrailPosition:
        """See `CaseStore`."""
        return self._position

    @property
    def state(self) -> VaultState:
        """What the opening found, and since then whether the disk refused."""
        return self._state

    def incidents(self) -> tuple[IncidentId, ...]:
        """See `CaseStore`."""
        hidden = {NO_INCIDENT, *self._state.sealed_incidents, *self._state.erased_incidents}
        return tuple(IncidentId(i) for i in self._index.incidents() if i not in hidden)

    def erased(self) -> tuple[IncidentId, ...]:
        """See `CaseStore`."""
        gone = self._state.erased_incidents
        return tuple(IncidentId(i) for i in self._index.incidents() if i in gone)

    def records(self, incident: IncidentId | None, kind: str) -> Mapping[str, PlainMap]:
        """See `CaseStore`."""
        return self._projection.records(incident, kind)

    def journal(self, incident: IncidentId | None = None, start: int = 0) -> Iterator[AuditEntry]:
        """See `CaseStore`; StorageError `trail.damaged` if a line changed since the opening."""
        return self._journal.entries(incident, start)

    def journal_size(self, incident: IncidentId | None = None) -> int:
        """See `CaseStore`."""
        return self._index.count(incident)

    def commit(self, draft: EntryDraft) -> TrailPosition:
        """See `CaseStore`.

        StorageError `vault.read_only`, `disk.*`, `entry.too_long`; UserError `incident.unknown`
        when the first entry of an incident does not open it. After a failure of the disk the vault
        only reads, until it is opened again: what the disk kept is then known.
        """
        moment = Moment(self._clock.now(), self._clock.monotonic_ms())
        notice = self._watch.notice(moment.now, moment.monotonic_ms)
        if notice is not None:
            self._append(notice, moment)
        self._watch.remember(moment.now, moment.monotonic_ms)
        position = self._append(draft, moment)
        if (position.n + 1) % CHECKPOINT_EVERY == 0:
            self._checkpoint(moment)
        return position

    def _append(self, draft: EntryDraft, moment: Moment) -> TrailPosition:
        self._require_writable()
        require_space(self._fs, self._root, LINE_LIMIT)
        incident = draft.incident or NO_INCIDENT
        object_id = self._named_object(draft.object_digest)
        with self._closing_on_failure():
            cipher = self._cipher(sealing_scope(incident, draft.kind), draft.kind)
            line, body = self._entries.line(draft, self._position, moment, cipher, object_id)
            position, (file, offset) = self._writer.append(line, self._position.n + 1)
        self._position = position
        self._index.add(incident, file, offset, len(line))
        # from the bytes, not from the draft: what is shown is what a later opening would read
        operations = [Operation.from_plain(plain) for plain in read_body(body).ops]
        self._projection.apply(draft.incident, operations)
        return position

    @contextlib.contextmanager
    def _closing_on_failure(self) -> Iterator[None]:
        try:
            yield
        except StorageError as error:
            if error.code.startswith("disk."):
                self._state = replace(self._state, read_only=error.code)
                with contextlib.suppress(StorageError):
                    self._writer.close()
            raise

    def _cipher(self, incident: str, kind: str) -> AESGCM:
        if incident == NO_INCIDENT or self._index.knows(incident):
            cipher = self._ciphers.get(incident)
            if cipher is None:
                raise StorageError("key.missing", name=incident)
            return cipher
        if kind != "incident.open":
            raise UserError("incident.unknown", incident=incident)
        return self._ciphers.make(incident)

    def _named_object(self, digest: str | None) -> str | None:
        if digest is None:
            return None
        if digest not in self._objects:
            raise BugError("an entry names an object that this vault does not hold")
        return self._objects[digest]

    def _checkpoint(self, moment: Moment) -> None:
        """Fails silently: the entry before it is durable, and the state tells the failure."""
        position = self._position
        detail: dict[str, Plain] = {"size": position.n, "head": position.head}
        with contextlib.suppress(StorageError):
            self._append(EntryDraft("checkpoint", None, PROGRAM, detail=detail), moment)
        self.save_mark()

    def save_mark(self) -> None:
        """Tell the keeper of the high-water mark where the trail stands; failures do not matter."""
        if self._mark is not None and self._state.read_only is None:
            with contextlib.suppress(StorageError):
                self._mark.save_mark(self._position)

    def take_in(
        self,
        source: Path,
        incident: IncidentId,
        metadata: Mapping[str, Plain],
        progress: Callable[[int, int], None] | None = None,
    ) -> StoredObject:
        """See `CaseStore`."""
        self._require_writable()
        watcher, key = intake.Watcher(progress=progress), self._ciphers.key(incident)
        return self._known(intake.take_in(self._store, source, key, metadata, watcher))

    def put(
        self, content: bytes, incident: IncidentId, metadata: Mapping[str, Plain]
    ) -> StoredObject:
        """See `CaseStore`."""
        self._require_writable()
        kind, key = ObjectKind.DOCUMENT, self._ciphers.key(incident)
        return self._known(self._store.put(content, key, kind, metadata))

    def read_object(self, object_id: ObjectId, incident: IncidentId, most: int = 0) -> bytes:
        """See `CaseStore`; ValueError above the memory limit: use `copy_out`."""
        return self._store.read(object_id, self._ciphers.key(incident), most=most).content

    def copy_out(self, object_id: ObjectId, incident: IncidentId, target: Path) -> StoredObject:
        """Write the clear content of an object, of any size, to a new file outside the vault."""
        key = self._ciphers.key(incident)
        with self._fs.create(target) as handle:
            stored = self._store.copy_out(object_id, key, handle)
            handle.sync()
        return stored

    def erase(self, draft: EntryDraft, objects: Sequence[ObjectId]) -> TrailPosition:
        """See `CaseStore`."""
        incident = draft.incident
        if incident is None or incident not in self.incidents():
            raise UserError("incident.unknown", incident=incident)
        whole, key = draft.kind == "purge", self._ciphers.key(incident)
        tombstone = Tombstone(incident, whole, key.key_id.hex(), () if whole else (*objects,))
        position = self.commit(replace(draft, detail={**draft.detail, **tombstone.detail()}))
        if whole:
            gone = (*self._state.erased_incidents, incident)
            self._state = replace(self._state, erased_incidents=gone)
            self._ciphers.forget(incident)
            self._projection.forget(incident)
            self._projection.apply(incident, draft.operations)
        with self._closing_on_failure():
            erase(self._fs, self._root, self.ring.files, [tombstone])
        return position

    def change_keys(self, ways: Sequence[Secret], by: str, reason: str, cost: Cost) -> None:
        """A new master key, opened by `ways` only; StorageError: the former ways may still open."""
        self._require_writable()
        with self._closing_on_failure():
            ring = rotation.begin(self.ring, ways, cost)
            self.commit(rotation.entry(ring, [way.way for way in ways], by, reason))
            rotation.finish(self._fs, self._root, ring)
        self.ring, self._entries = ring, EntryWriter(ring.actor_key)
        self._ciphers.read_from(ring)
        self._writer.sign_with(ring.head_key)

    def save_draft(self, incident: IncidentId | None, content: PlainMap) -> None:
        """Keep half-typed text outside the trail (ruling 9); replaces what was kept."""
        self._require_writable()
        scope = scope_of(incident)
        self._drafts.save(scope, self._ciphers.key(incident or NO_INCIDENT), content)

    def load_draft(self, incident: IncidentId | None) -> dict[str, Plain]:
        """What `save_draft` kept last, empty when there is none that can be read."""
        return self._drafts.load(scope_of(incident), self._ciphers.key(incident or NO_INCIDENT))

    def close(self) -> None:
        """Move the mark, free the files and the lock; nothing waits to be written."""
        self.save_mark()
        with contextlib.suppress(StorageError):
            self._journal.close()
            self._writer.close()
        self._lock.release()

    def _require_writable(self) -> None:
        if self._state.read_only is not None:
            raise StorageError("vault.read_only", because=self._state.read_only)

    def _known(self, stored: StoredObject) -> StoredObject:
        self._objects[stored.cipher_sha256] = stored.object_id
        return stored

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()
