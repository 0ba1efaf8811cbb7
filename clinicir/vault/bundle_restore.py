"""From a backup to a vault: made beside its place, verified there, then switched (2.9).

Three names: `<vault>.restauration` while it is made, `<vault>.restaure` once it is verified, then
the name of the vault, whose former folder becomes `<vault>.avant-...`. Each step is one rename, so
a cut leaves the former vault whole under one name or the other; `finish_switch` ends what was cut.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.clock import Clock
from clinicir.domain.errors import StorageError
from clinicir.domain.ids import Plain
from clinicir.services.bundle_ports import Watch
from clinicir.vault.bundle_backup import named_digests
from clinicir.vault.bundle_folder import ROOT, BundleFolder
from clinicir.vault.bundle_names import Sort
from clinicir.vault.bundle_read import Bundle
from clinicir.vault.bundle_unpack import extract
from clinicir.vault.bundle_zip import BadBundleError
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.fsio import FileSystem
from clinicir.vault.head import read_slots
from clinicir.vault.header import NAME, load_header
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.lock import Lock, VaultLock
from clinicir.vault.opening import FOLDERS, take_lock
from clinicir.vault.slots import RecoveryCode, open_slots
from clinicir.vault.time_watch import PROGRAM
from clinicir.vault.trail import FOLDER, HEAD_NAME
from clinicir.vault.vault import Vault
from clinicir.vault.verify import Verdict, verify_bodies

MAKING, READY = ".restauration", ".restaure"
_FORMER = ".avant-"
_STAMP = "%Y%m%d-%H%M%S"
_EMPTY = TrailPosition(0, "")


@dataclass(frozen=True)
class Restored:
    """A vault back in its place."""

    position: TrailPosition
    """Last entry of the backup."""
    former: Path | None
    """Folder of the vault that was there, under its new name."""
    missing: int
    """Objects that the backup does not have, because its vault had them no more."""


@dataclass(frozen=True)
class Place:
    """Where a backup goes, and what a restore needs of this computer."""

    fs: FileSystem
    into: Path
    clock: Clock
    lock_of: Callable[[Path], Lock] = VaultLock


def finish_switch(fs: FileSystem, into: Path) -> None:
    """End a restore that a crash cut between its renames; nothing otherwise.

    Where the system forgot the first rename but not the second, the former vault comes back.
    """
    if fs.exists(into):
        return
    ready, making = (into.with_name(into.name + end) for end in (READY, MAKING))
    if not fs.is_dir(ready):
        former = [n for n in fs.names(into.parent) if n.startswith(into.name + _FORMER)]
        if not former or not fs.is_dir(making):
            return
        ready = into.with_name(max(former))
    fs.move_dir(ready, into)
    fs.sync_dir(into.parent)


def restore(bundle: Bundle, code: str, place: Place, watch: Watch) -> Restored:
    """Put a backup in its place; a vault that is there is renamed, never changed.

    StorageError `bundle.refused`, `bundle.damaged`, `vault.exists` (a folder that is no vault),
    `vault.locked`, `disk.*`; UserError `key.wrong_recovery_code`, `bundle.cancelled`.
    """
    if bundle.sort is not Sort.BACKUP:
        raise BadBundleError("sort")
    fs, into = place.fs, place.into
    finish_switch(fs, into)
    former = _former_of(place)
    making = into.with_name(into.name + MAKING)
    with contextlib.ExitStack() as held:
        if former is not None:
            lock = place.lock_of(into)
            take_lock(lock)
            held.callback(lock.release)
        ring = _keys(bundle, code)
        fs.remove_tree(making)
        try:
            extract(bundle, fs, making, watch, *FOLDERS)
            verdict = _verified(fs, making, ring)
            _tell(place, making, ring.master, verdict, former)
        except BaseException:
            with contextlib.suppress(StorageError):
                fs.remove_tree(making)
            raise
    # the lock is free again: a folder with an open file cannot be renamed everywhere
    kept = _switch(place, making, has_former=former is not None)
    return Restored(verdict.position, kept, len(verdict.findings))


def _former_of(place: Place) -> TrailPosition | None:
    """Where the vault that is in the way stands; None when nothing is in the way."""
    fs, into = place.fs, place.into
    if not fs.exists(into) or (fs.is_dir(into) and not fs.names(into)):
        return None
    if not any(fs.exists(into / folder / NAME) for folder in ("", "keys.bak")):
        raise StorageError("vault.exists", path=str(into))
    try:
        slots = [slot for slot in read_slots(fs.read(into / FOLDER / HEAD_NAME)) if slot]
    except FileNotFoundError:
        slots = []
    return max((slot.position for slot in slots), key=lambda p: p.n, default=_EMPTY)


def _keys(bundle: Bundle, code: str) -> KeyRing:
    """Before anything is copied: a wrong code costs one derivation."""
    folder = BundleFolder(bundle)
    header, _ = load_header(folder, ROOT, may_mend=False)
    files = KeyFiles(folder, ROOT, header.vault_id, may_mend=False)
    return open_slots(files, RecoveryCode(code))


def _verified(fs: FileSystem, making: Path, ring: KeyRing) -> Verdict:
    """Chain, seals, head and every object present, read from where they now lie."""
    header, _ = load_header(fs, making, may_mend=False)
    files = KeyFiles(fs, making, header.vault_id, may_mend=False)
    there = KeyRing(ring.master, files)
    verdict = verify_bodies(making, BodyCiphers(there).get, there.head_key, fs)
    for finding in verdict.findings:
        if finding.code != "object.changed":
            raise StorageError("bundle.damaged", entry=finding.entry)
    # an object that its vault had lost is absent here too; one that is there must be the right one
    if verdict.objects_present != len(named_digests(fs, making)) - len(verdict.findings):
        raise StorageError("bundle.damaged")
    return verdict


def _tell(
    place: Place, making: Path, master: bytes, verdict: Verdict, former: TrailPosition | None
) -> None:
    """Open it as any vault, and let its journal say where it comes from."""
    detail: dict[str, Plain] = {
        "entry": verdict.position.n, "head": verdict.position.head,
        "former_entry": former.n if former is not None else None,
        "former_head": former.head if former is not None else None,
    }  # fmt: skip
    with Vault.open_with(
        making, lambda files: KeyRing(master, files), place.clock, place.fs, place.lock_of(making)
    ) as vault:
        if vault.state.read_only is not None or vault.state.sealed_incidents:
            raise StorageError("bundle.damaged", entry=vault.state.at_entry)
        vault.commit(EntryDraft("restore.done", None, PROGRAM, detail=detail))


def _switch(place: Place, making: Path, *, has_former: bool) -> Path | None:
    fs, into = place.fs, place.into
    ready = into.with_name(into.name + READY)
    fs.remove_tree(ready)
    fs.move_dir(making, ready)
    fs.sync_dir(into.parent)
    kept = None
    if has_former:
        kept = _free_name(place)
        fs.move_dir(into, kept)
        fs.sync_dir(into.parent)
    fs.move_dir(ready, into)
    fs.sync_dir(into.parent)
    return kept


def _free_name(place: Place) -> Path:
    stem = place.into.name + _FORMER + place.clock.now().strftime(_STAMP)
    kept, n = place.into.with_name(stem), 1
    while place.fs.exists(kept):
        n += 1
        kept = place.into.with_name(f"{stem}-{n}")
    return kept
