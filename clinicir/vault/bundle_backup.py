"""What a backup holds: the ciphertext, the trail, and one way in, the recovery code (2.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.vault.bundle_names import Sort, is_object, object_name, sort_of
from clinicir.vault.bundle_sources import Measured, Meter, OnDisk, Source, measure
from clinicir.vault.fsio import FileSystem
from clinicir.vault.header import NAME
from clinicir.vault.key_files import FOLDERS as KEY_FOLDERS
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.line import ERASING, NO_INCIDENT, SHAPE
from clinicir.vault.slots import list_slots
from clinicir.vault.trail import FOLDER, HEAD_NAME, file_name, file_numbers, pieces

_NAMES_OBJECT = b',"o":"'
_ERASES = b'"k":"purge'
_EVERYTHING = NO_INCIDENT.encode()
_Named = dict[tuple[bytes, str], set[bytes]]
"""Digests by the incident and the kind of the entry that names them."""


def trail_sources(fs: FileSystem, root: Path) -> Iterator[Source]:
    """`vault.json`, the journal and its head, and the anchors: what proves the rest."""
    yield OnDisk(NAME, fs, root / NAME)
    for number in file_numbers(fs, root):
        name = file_name(number)
        yield OnDisk(f"{FOLDER}/{name}", fs, root / FOLDER / name)
    yield OnDisk(f"{FOLDER}/{HEAD_NAME}", fs, root / FOLDER / HEAD_NAME)
    yield from _known(fs, root, "anchors")


def key_sources(fs: FileSystem, root: Path, files: KeyFiles) -> Iterator[Source]:
    """Wrapped incident keys and the recovery slots, twice as in the vault.

    StorageError `bundle.no_recovery`: what nobody could open is no backup.
    """
    recovery = [slot for slot in list_slots(files) if slot.way == "recovery"]
    if not recovery:
        raise StorageError("bundle.no_recovery")
    names = [*files.names("ik-"), *(f"slot-{slot.slot_id}" for slot in recovery)]
    for folder in KEY_FOLDERS:
        for name in names:
            path = root / folder / f"{name}.json"
            if fs.exists(path):
                yield OnDisk(f"{folder}/{path.name}", fs, path)
    yield OnDisk(f"{KEY_FOLDERS[1]}/{NAME}", fs, root / KEY_FOLDERS[1] / NAME)
    yield from _known(fs, root, "drafts")


def object_sources(fs: FileSystem, root: Path) -> Iterator[Source]:
    """Every encrypted file, named by the trail or not yet known to be."""
    folder = root / "objects"
    for part in fs.names(folder):
        for file in fs.names(folder / part):
            name = object_name(file.removesuffix(".cev"))
            if is_object(name) and name == f"objects/{part}/{file}":
                yield OnDisk(name, fs, folder / part / file)


def named_digests(fs: FileSystem, root: Path) -> set[bytes]:
    """SHA-256 (hex) of the objects that the trail names and that no erasure took away."""
    named: _Named = {}
    for number in file_numbers(fs, root):
        for data in pieces(fs, root / FOLDER / file_name(number)):
            for line in data.splitlines(keepends=True):
                if _NAMES_OBJECT in line or _ERASES in line:
                    _note(named, line)
    return set().union(*named.values())


def _note(named: _Named, line: bytes) -> None:
    match = SHAPE.fullmatch(line)
    if match is None:
        return
    scope, kind = match[5], match[6].decode()
    if kind in ERASING:
        for incident, of in list(named):
            if scope in (incident, _EVERYTHING) and ERASING[kind] in ("", of):
                del named[incident, of]
    if match[9] is not None:
        named.setdefault((scope, kind), set()).add(match[9])


def measured_objects(fs: FileSystem, root: Path, meter: Meter) -> tuple[list[Measured], int]:
    """The objects that are what the trail says, and how many that it names are not there."""
    wanted = named_digests(fs, root)
    found = [measure(source, meter) for source in object_sources(fs, root)]
    kept = [one for one in found if one.sha256.encode() in wanted]
    return kept, len(wanted - {one.sha256.encode() for one in kept})


def _known(fs: FileSystem, root: Path, folder: str) -> Iterator[Source]:
    for name in fs.names(root / folder):
        whole = f"{folder}/{name}"
        if re.fullmatch(r"[a-z0-9.-]+", name) and sort_of([NAME, whole]) is Sort.BACKUP:
            yield OnDisk(whole, fs, root / folder / name)
