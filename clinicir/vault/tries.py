"""Openings that failed, kept beside the trail until one succeeds: nothing can be written before.

The file is in clear and holds instants only. Who holds the disk can delete it.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from clinicir.domain.audit import EntryDraft
from clinicir.domain.errors import StorageError
from clinicir.domain.ids import Plain
from clinicir.vault import canonical
from clinicir.vault.fsio import FileSystem, write_durably
from clinicir.vault.time_watch import PROGRAM

NAME = "tries.json"
KEPT = 100
"""Instants kept, the latest ones; the count goes on."""
_MAX_BYTES = 65_536


def note(fs: FileSystem, root: Path, at: str) -> None:
    """One more; a disk that refuses must not hide why the opening failed."""
    with contextlib.suppress(StorageError):
        _note(fs, root, at)


def _note(fs: FileSystem, root: Path, at: str) -> None:
    count, instants = _read(fs, root)
    latest: list[Plain] = [*instants, at]
    record: dict[str, Plain] = {"at": latest[-KEPT:], "count": count + 1}
    write_durably(fs, root / NAME, canonical.encode(record))


def owed(fs: FileSystem, root: Path) -> list[EntryDraft]:
    """The entry `auth.fail` to write, if any opening failed since the last one that succeeded.

    StorageError of a disk that refuses to be read.
    """
    count, instants = _read(fs, root)
    detail: dict[str, Plain] = {"count": count, "at": [*instants]}
    return [EntryDraft("auth.fail", None, PROGRAM, detail=detail)] if count else []


def forget(fs: FileSystem, root: Path) -> None:
    """Call once the entry is durable."""
    with contextlib.suppress(FileNotFoundError, StorageError):
        fs.remove(root / NAME)


def _read(fs: FileSystem, root: Path) -> tuple[int, list[str]]:
    try:
        record = canonical.decode_map(fs.read(root / NAME), _MAX_BYTES)
    except (FileNotFoundError, canonical.CanonicalError):
        return 0, []
    count, instants = record.get("count"), record.get("at")
    if type(count) is not int or count < 1 or not isinstance(instants, list):
        return 0, []
    return count, [str(at) for at in instants[-KEPT:]]
