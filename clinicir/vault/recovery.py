"""What an opening finds after a crash or an accident, and what it may mend (2.6, R1 to R8).

Only two things are ever mended: one torn line after the last acknowledged entry, and a rename that
was lost. Anything else leaves the vault readable and closed to writing. Every act may be repeated
after a crash in the middle of it.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.errors import StorageError
from clinicir.domain.ids import Plain
from clinicir.vault import rotation
from clinicir.vault.erasure import erase
from clinicir.vault.fold import CipherOf, Folded, Folder
from clinicir.vault.fsio import FileSystem, write_durably
from clinicir.vault.head import SLOT_BYTES, Slot, encode_slot, offset_of, read_slots
from clinicir.vault.keys import KeyRing
from clinicir.vault.line import LINE_LIMIT
from clinicir.vault.object_store import ObjectStore
from clinicir.vault.quarantine import keep_tail, set_aside, strangers, untold
from clinicir.vault.slots import list_slots
from clinicir.vault.time_watch import PROGRAM
from clinicir.vault.trail import FOLDER, HEAD_NAME, file_name

_PIECE_BYTES = 1 << 20


@dataclass
class Findings:
    """State of a vault at its opening."""

    folded: Folded
    read_only: str | None = None
    """Code of the reason why nothing may be written, None when all is well."""
    at_entry: int | None = None
    """Entry where the damage shows."""
    head_lost: bool = False
    """True when no slot vouches for the end of the trail."""
    rolled_back_from: TrailPosition | None = None
    """Mark kept outside the vault that this trail does not reach."""
    missing_objects: tuple[str, ...] = ()
    owed: list[EntryDraft] = field(default_factory=list)
    """Entries to write before any other."""


class Recovery:
    """The opening of one vault, under its lock."""

    def __init__(self, fs: FileSystem, root: Path, ring: KeyRing, cipher_of: CipherOf) -> None:
        self._fs = fs
        self._root = root
        self._ring = ring
        self._head_key = ring.head_key
        self._cipher_of = cipher_of

    def examine(self, genesis_sha256: str, mark: TrailPosition | None) -> Findings:
        """Read and judge, without changing anything (R1, R2, R4, R8).

        `mark`: last position known outside the vault (high-water mark), if any.
        """
        slots = self._true_slots()
        best = max(slots, key=lambda slot: slot.position.n, default=None)
        claims = [slot.position for slot in slots] + ([mark] if mark is not None else [])
        folder = Folder(self._fs, self._root, self._cipher_of)
        folded = folder.run(genesis_sha256, frozenset(claim.n for claim in claims))
        findings = Findings(folded, head_lost=best is None)
        claimed = best.position if best is not None else TrailPosition(0, genesis_sha256)
        _judge(findings, claimed)
        if mark is not None and folded.heads.get(mark.n) != mark.head:
            findings.rolled_back_from = mark
        return findings

    def mend(self, findings: Findings) -> None:
        """R3, R5 and R6; call only when `read_only` is None."""
        folded = findings.folded
        if folded.tail:
            self._cut_tail(folded)
        self._mend_head(folded)
        erase(self._fs, self._root, self._ring.files, folded.tombstones, folded.objects)
        missing, finished = self._finish_renames(folded)
        findings.missing_objects = missing
        if not folded.unreadable - folded.purged:
            self._tidy(folded)
        findings.owed = [*untold(self._fs, self._root, folded.quarantined), *finished]
        if self._ring.changing:
            rotation.finish(self._fs, self._root, self._ring)
            if self._ring.check_value.hex() not in folded.rotated:
                ways = sorted(slot.way for slot in list_slots(self._ring.files))
                findings.owed.append(rotation.entry(self._ring, ways, PROGRAM))
        alarm = self._alarm(findings)
        if alarm is not None:
            findings.owed.append(alarm)

    def _true_slots(self) -> list[Slot]:
        """Those that were signed with a key of this vault."""
        keys = self._ring.head_keys
        return [slot for slot in self._slots() if slot and any(slot.holds(key) for key in keys)]

    def _slots(self) -> tuple[Slot | None, Slot | None]:
        try:
            return read_slots(self._fs.read(self._root / FOLDER / HEAD_NAME))
        except FileNotFoundError:
            return None, None

    def _cut_tail(self, folded: Folded) -> None:
        keep_tail(self._fs, self._root, folded.position.n + 1, folded.tail)
        path = self._root / FOLDER / file_name(folded.file)
        with self._fs.open_update(path) as handle:
            handle.truncate(folded.offset)
            handle.sync()
        folded.tail = b""

    def _mend_head(self, folded: Folded) -> None:
        """Both slots name the last two entries again, the last one first."""
        wanted = [folded.position] + ([folded.previous] if folded.previous is not None else [])
        path = self._root / FOLDER / HEAD_NAME
        slots = self._true_slots()
        if not slots:
            content = bytearray(2 * SLOT_BYTES)
            for position in wanted:
                start = offset_of(position.n)
                content[start : start + SLOT_BYTES] = encode_slot(self._head_key, position)
            write_durably(self._fs, path, bytes(content))
            return
        claimed = {slot.position for slot in slots}
        stale = [position for position in wanted if position not in claimed]
        if stale:
            with self._fs.open_update(path) as handle:
                for position in stale:
                    handle.write_at(offset_of(position.n), encode_slot(self._head_key, position))
                    handle.sync()

    def _finish_renames(self, folded: Folded) -> tuple[tuple[str, ...], list[EntryDraft]]:
        store = ObjectStore(self._fs, self._root)
        missing: list[str] = []
        finished: list[EntryDraft] = []
        for object_id, (n, digest) in folded.objects.items():
            target = store.path(object_id)
            if self._fs.exists(target):
                continue
            if self._digest(store.temporary(object_id)) != digest:
                missing.append(object_id)
                continue
            self._fs.make_dir(target.parent)
            self._fs.replace(store.temporary(object_id), target)
            self._fs.sync_dir(target.parent)
            self._fs.sync_dir(target.parent.parent)
            detail: dict[str, Plain] = {"object": object_id, "entry": n}
            finished.append(EntryDraft("recovery.object", None, PROGRAM, detail=detail))
        return tuple(missing), finished

    def _digest(self, path: Path) -> str | None:
        digest, buffer = hashlib.sha256(), bytearray(_PIECE_BYTES)
        try:
            with self._fs.open_read(path) as handle:
                while count := handle.readinto(buffer):
                    digest.update(memoryview(buffer)[:count])
        except FileNotFoundError:
            return None
        return digest.hexdigest()

    def _tidy(self, folded: Folded) -> None:
        """Strangers aside; unfinished copies, which nothing names, away."""
        for path in strangers(self._fs, self._root, folded.objects):
            set_aside(self._fs, self._root, path)
        for path in self._leftovers():
            if path.name not in folded.objects:
                with contextlib.suppress(FileNotFoundError):
                    self._fs.remove(path)

    def _leftovers(self) -> Iterator[Path]:
        folder = self._root / "tmp"
        for name in self._fs.names(folder):
            if not self._fs.is_dir(folder / name):
                yield folder / name

    def _alarm(self, findings: Findings) -> EntryDraft | None:
        """The entry that tells of an end of the trail that nothing confirms."""
        position, mark = findings.folded.position, findings.rolled_back_from
        if mark is None and not findings.head_lost:
            return None
        detail: dict[str, Plain] = {
            "n": position.n, "head": position.head,
            "mark_n": mark.n if mark is not None else None,
            "mark_head": mark.head if mark is not None else None,
        }  # fmt: skip
        return EntryDraft("rollback.detected", None, PROGRAM, detail=detail)


def _judge(findings: Findings, claimed: TrailPosition) -> None:
    folded = findings.folded
    n = folded.position.n
    if n < claimed.n:
        code = "trail.damaged" if folded.stopped else "trail.acknowledged_missing"
        findings.read_only, findings.at_entry = code, n + 1
    elif folded.heads.get(claimed.n) != claimed.head:
        findings.read_only, findings.at_entry = "trail.acknowledged_missing", claimed.n
    elif folded.stopped:
        one_torn_line = not folded.more_files and len(folded.tail) <= LINE_LIMIT
        if findings.head_lost or n != claimed.n or not one_torn_line:
            findings.read_only, findings.at_entry = "trail.damaged", n + 1


def require_readable(findings: Findings) -> None:
    """StorageError `vault.damaged` when not even the first entry can be read."""
    if findings.folded.position.n == 0:
        raise StorageError("vault.damaged", entry=1)
