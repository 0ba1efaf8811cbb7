"""Making a vault on the disk, and taking one in hand: lock, header, keys, trail (2.1, 2.6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.errors import StorageError, UserError
from clinicir.vault import tries
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.entry_writer import EntryWriter, Moment
from clinicir.vault.fsio import FileSystem, write_durably
from clinicir.vault.head import encode_slot
from clinicir.vault.header import VaultHeader, load_header, write_header
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import PRACTICE, KeyRing
from clinicir.vault.line import NO_INCIDENT
from clinicir.vault.lock import Lock
from clinicir.vault.recovery import Findings, Recovery, require_readable
from clinicir.vault.time_watch import PROGRAM
from clinicir.vault.trail import FOLDER, HEAD_NAME, TrailWriter

FOLDERS = ("keys", "keys.bak", FOLDER, "objects", "tmp", "drafts", "quarantine", "anchors")
Unlock = Callable[[KeyFiles], KeyRing]
"""Finds the master key among the key files of a vault."""


class HighWaterMark(Protocol):
    """Last position known outside the vault folder, where a copied folder cannot reach (3.3).

    `clinicir.vault.keystore.KeyStore` is one.
    """

    def load_mark(self) -> TrailPosition | None:
        """The mark, None when there is none or it cannot be read."""
        ...

    def save_mark(self, position: TrailPosition) -> None:
        """Move the mark; StorageError is no obstacle to going on."""
        ...


MarkOf = Callable[[str], HighWaterMark]
"""The mark of the vault of that id."""


@dataclass
class Opened:
    """A vault in hand; its lock is held, unless the folder may not be written."""

    header: VaultHeader
    ring: KeyRing
    ciphers: BodyCiphers
    mark: HighWaterMark | None
    findings: Findings


def make_vault(
    fs: FileSystem, root: Path, header: VaultHeader, fill_keys: Callable[[KeyFiles], KeyRing],
    moment: Moment,
) -> KeyRing:  # fmt: skip
    """Write every file of a new vault; it exists once `vault.json` does, written last.

    `fill_keys` draws the master key and writes the slots.
    """
    for name in FOLDERS:
        fs.make_dir(root / name)
    fs.sync_dir(root)
    ring = fill_keys(KeyFiles(fs, root, header.vault_id))
    ring.create_incident_key(PRACTICE)
    genesis = TrailPosition(0, header.sha256)
    write_durably(fs, root / FOLDER / HEAD_NAME, encode_slot(ring.head_key, genesis))
    draft = EntryDraft(
        "vault.create", None, PROGRAM, detail={"vault": header.vault_id, "drill": header.drill}
    )
    cipher = BodyCiphers(ring).get(NO_INCIDENT)
    if cipher is None:
        raise StorageError("key.missing", name=PRACTICE)
    line, _ = EntryWriter(ring.actor_key).line(draft, genesis, moment, cipher, None)
    writer = TrailWriter(fs, root, ring.head_key)
    try:
        writer.append(line, 1)
    finally:
        writer.close()
    write_header(fs, root, header)
    fs.sync_dir(root.parent)
    return ring


def take_lock(lock: Lock) -> str | None:
    """None once held; the code of the reason when the folder may only be read."""
    try:
        lock.acquire()
    except StorageError as error:
        if error.code != "disk.readonly":
            raise
        return error.code
    return None


def take_in_hand(
    fs: FileSystem, root: Path, unlock: Unlock, mark_of: MarkOf | None, closed: str | None,
    at: str,
) -> Opened:  # fmt: skip
    """Read, judge, and mend what may be mended. `closed`: why nothing may be written, if so;
    `at`: the present instant in UTC, for an opening that fails.

    StorageError `vault.not_found`, `vault.newer`, `vault.bad_header`, `vault.damaged` (not even
    one entry can be read), and what `unlock` raises.
    """
    header, header_mended = load_header(fs, root, may_mend=closed is None)
    files = KeyFiles(fs, root, header.vault_id, may_mend=closed is None)
    try:
        ring = unlock(files)
    except UserError as error:
        if error.code.startswith("key.wrong") and closed is None:
            tries.note(fs, root, at)
        raise
    ciphers = BodyCiphers(ring)
    recovery = Recovery(fs, root, ring, ciphers.get)
    mark = mark_of(header.vault_id) if mark_of is not None else None
    findings = recovery.examine(header.sha256, _known(mark))
    require_readable(findings)
    findings.read_only = findings.read_only or closed
    if findings.read_only is None:
        try:
            recovery.mend(findings)
            findings.owed += tries.owed(fs, root)
        except StorageError as error:
            findings.read_only = error.code
    for incident in findings.folded.purged:
        ciphers.forget(incident)
    mended = [*(["vault.json"] if header_mended else []), *files.mended]
    if mended:
        findings.owed.append(
            EntryDraft("recovery.key_copy", None, PROGRAM, detail={"files": [*mended]})
        )
    return Opened(header, ring, ciphers, mark, findings)


def _known(mark: HighWaterMark | None) -> TrailPosition | None:
    if mark is None:
        return None
    try:
        return mark.load_mark()
    except StorageError:
        return None  # a keyring that fails must not keep the owner out
