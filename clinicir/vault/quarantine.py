"""The folder `quarantine/`: what does not belong is moved there, never read, never lost (2.6)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from clinicir.domain.audit import EntryDraft
from clinicir.domain.ids import Plain
from clinicir.vault.fsio import FileSystem, write_durably
from clinicir.vault.time_watch import PROGRAM
from clinicir.vault.trail import FOLDER as TRAIL_FOLDER
from clinicir.vault.trail import HEAD_NAME, file_number

FOLDER = "quarantine"
_NAMES_PER_ENTRY = 500
_TAIL = re.compile(r"tail-\d{9}-([0-9a-f]{16})\.bin")
_OBJECT = re.compile(r"([0-9a-f]{32})\.cev")
_OF_THE_SYSTEM = frozenset({".DS_Store", "desktop.ini", "Desktop.ini", "Thumbs.db"})


def keep_tail(fs: FileSystem, root: Path, n: int, tail: bytes) -> None:
    """Copy the bytes that stand where entry `n` would, before they are cut off."""
    name = f"tail-{n:09d}-{hashlib.sha256(tail).hexdigest()[:16]}.bin"
    fs.make_dir(root / FOLDER)
    write_durably(fs, root / FOLDER / name, tail)


def set_aside(fs: FileSystem, root: Path, path: Path) -> None:
    """Move a file into the folder, under a name that no other one has."""
    number = 0
    while fs.exists(target := root / FOLDER / f"{number:03d}-{path.name}"):
        number += 1
    fs.make_dir(target.parent)
    fs.replace(path, target)
    fs.sync_dir(target.parent)
    fs.sync_dir(path.parent)


def strangers(fs: FileSystem, root: Path, referenced: Iterable[str]) -> list[Path]:
    """Files of `trail/` and `objects/` that no entry and no rule of the format explains."""
    known = set(referenced)
    found = [
        root / TRAIL_FOLDER / name
        for name in fs.names(root / TRAIL_FOLDER)
        if name not in (HEAD_NAME, HEAD_NAME + ".tmp") and file_number(name) is None
    ]
    objects = root / "objects"
    for folder in fs.names(objects):
        if not fs.is_dir(objects / folder):
            found.append(objects / folder)
            continue
        for name in fs.names(objects / folder):
            match = _OBJECT.fullmatch(name)
            if match is None or match[1] not in known or match[1][:2] != folder:
                found.append(objects / folder / name)
    return [path for path in found if path.name not in _OF_THE_SYSTEM and not fs.is_dir(path)]


def untold(fs: FileSystem, root: Path, told: set[str]) -> list[EntryDraft]:
    """Entries that the trail owes for what lies in the folder; none after they are written."""
    drafts: list[EntryDraft] = []
    others: list[Plain] = []
    for name in fs.names(root / FOLDER):
        if name in told:
            continue
        if _TAIL.fullmatch(name) is None:
            others.append(name)
            continue
        content = fs.read(root / FOLDER / name)
        detail: dict[str, Plain] = {
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "quarantined": [name],
        }
        drafts.append(EntryDraft("recovery.torn_tail", None, PROGRAM, detail=detail))
    for start in range(0, len(others), _NAMES_PER_ENTRY):
        names = others[start : start + _NAMES_PER_ENTRY]
        drafts.append(EntryDraft("recovery.orphans", None, PROGRAM, detail={"quarantined": names}))
    return drafts
