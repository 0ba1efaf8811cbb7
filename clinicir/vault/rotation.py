"""A new master key for the same vault: what opened it before opens nothing any more (2.2).

In order: the former master key sealed under the new one (`ik-former`), the new slots, the entry,
the former slots erased, each incident key wrapped again in place, both head slots, `ik-former`
erased. Until its slots are erased the former key opens all; from the first new slot on the new key
opens all, with the help of `ik-former`. Whoever opens with the new key finishes what was cut short.

What the former master key opened in a copy made before stays open in that copy.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from clinicir.domain.audit import EntryDraft
from clinicir.domain.errors import ClinicirError, StorageError
from clinicir.domain.ids import Plain
from clinicir.vault.fsio import FileSystem
from clinicir.vault.head import encode_slot, offset_of, read_slots
from clinicir.vault.keys import KeyRing, new_master
from clinicir.vault.slots import Cost, Secret, create_slot, erase_slots_of_others
from clinicir.vault.trail import FOLDER, HEAD_NAME


def begin(ring: KeyRing, ways: Sequence[Secret], cost: Cost) -> KeyRing:
    """New keys with their slots, durable, beside those of `ring`; nothing of `ring` is gone.

    On an error of the disk or of a secret, what was begun is taken away again, if the disk lets.
    """
    discard(ring)
    new = KeyRing(new_master(), ring.files)
    try:
        new.keep_former(ring.master)
        for way in ways:
            create_slot(new, way, cost)
    except ClinicirError:
        with contextlib.suppress(StorageError):
            discard(ring)
        raise
    return new


def discard(ring: KeyRing) -> None:
    """Take away what a change of keys that never ended has left beside `ring`."""
    erase_slots_of_others(ring)
    ring.forget_former()


def entry(ring: KeyRing, ways: Sequence[str], by: str, reason: str = "") -> EntryDraft:
    """The entry that tells of the change to `ring`."""
    detail: dict[str, Plain] = {"check": ring.check_value.hex(), "ways": [*ways]}
    if reason:
        detail["reason"] = reason
    return EntryDraft("key.rotate", None, by, detail=detail)


def finish(fs: FileSystem, root: Path, ring: KeyRing) -> None:
    """Close the former ways, then wrap all under `ring`; may be repeated after a crash."""
    erase_slots_of_others(ring)
    ring.wrap_again()
    _sign_head_again(fs, root, ring)
    ring.forget_former()


def _sign_head_again(fs: FileSystem, root: Path, ring: KeyRing) -> None:
    path = root / FOLDER / HEAD_NAME
    slots = [slot for slot in read_slots(fs.read(path)) if slot is not None]
    with fs.open_update(path) as handle:
        for slot in slots:
            if any(slot.holds(key) for key in ring.head_keys):
                position = slot.position
                handle.write_at(offset_of(position.n), encode_slot(ring.head_key, position))
                handle.sync()
