"""Erasing on purpose: what an entry `purge` or `purge.evidence` tells is then made true (2.8).

The entry comes first. After a crash the next opening repeats the whole act, so each part of it may
be done twice. On flash memory, and in copies kept elsewhere, older bytes may survive.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinicir.domain.ids import Plain
from clinicir.vault import drafts, quarantine
from clinicir.vault.fsio import FileSystem
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.objects import HEADER_BYTES

_KEY_ID = slice(16, 32)


@dataclass(frozen=True)
class Tombstone:
    """What an entry says was erased."""

    incident: str
    whole: bool
    """True for all that the incident had, its key first; else only `objects`."""
    key_id: str
    """Of the key of the incident, 32 hex: it stands in clear in each object."""
    objects: tuple[str, ...]

    @classmethod
    def of(cls, detail: Mapping[str, Plain]) -> Tombstone | None:
        """The tombstone in the detail of an entry; None for an entry of another kind."""
        if "incident" not in detail or "key_id" not in detail:
            return None
        named = detail.get("objects")
        return cls(
            str(detail["incident"]),
            detail.get("scope") == "incident",
            str(detail["key_id"]),
            tuple(map(str, named)) if isinstance(named, list) else (),
        )

    def detail(self) -> dict[str, Plain]:
        """Reverse of `of`."""
        return {
            "incident": self.incident, "scope": "incident" if self.whole else "evidence",
            "key_id": self.key_id, "objects": [*self.objects],
        }  # fmt: skip


def erase(
    fs: FileSystem,
    root: Path,
    files: KeyFiles,
    tombstones: Sequence[Tombstone],
    kept: Container[str] = (),
) -> None:
    """Key, draft and objects of what is told erased; StorageError leaves the rest to later.

    `kept`: ids of objects that are certainly not concerned, which spares reading them.
    """
    for tombstone in tombstones:
        if tombstone.whole:
            files.erase(f"ik-{tombstone.incident}")
            _drop_drafts(fs, root, tombstone.incident)
    if tombstones:
        _drop_objects(fs, root, tombstones, kept)


def _drop_drafts(fs: FileSystem, root: Path, incident: str) -> None:
    folder = root / drafts.FOLDER
    for name in [name for name in fs.names(folder) if name.startswith(incident)]:
        fs.remove(folder / name)
        fs.sync_dir(folder)


def _drop_objects(
    fs: FileSystem, root: Path, tombstones: Sequence[Tombstone], kept: Container[str]
) -> None:
    keys = {t.key_id for t in tombstones if t.whole}
    named = {name for t in tombstones if not t.whole for name in t.objects}
    touched = set()
    for path in _object_files(fs, root):
        object_id = path.name.removesuffix(".cev")[-32:]
        if object_id in kept and path.parent.parent.name == "objects":
            continue
        if object_id in named:
            # without the salt of its header an object cannot be opened, even with the key
            with fs.open_update(path) as handle:
                handle.write_at(0, secrets.token_bytes(HEADER_BYTES))
                handle.sync()
        elif _key_id(fs, path) not in keys:
            continue
        fs.remove(path)
        touched.add(path.parent)
    for folder in sorted(touched):
        fs.sync_dir(folder)


def _object_files(fs: FileSystem, root: Path) -> Iterator[Path]:
    objects = root / "objects"
    folders = [objects / name for name in fs.names(objects) if fs.is_dir(objects / name)]
    for folder in [*folders, root / "tmp", root / quarantine.FOLDER]:
        for name in fs.names(folder):
            if not fs.is_dir(folder / name):
                yield folder / name


def _key_id(fs: FileSystem, path: Path) -> str:
    with contextlib.suppress(FileNotFoundError), fs.open_read(path) as handle:
        return handle.read_at(0, HEADER_BYTES)[_KEY_ID].hex()
    return ""
