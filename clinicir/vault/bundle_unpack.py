"""A bundle on the disk: its files made one by one, under names that were all checked before."""

from __future__ import annotations

import contextlib
import hashlib
import re
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.services.bundle_ports import Watch
from clinicir.vault.bundle_names import SUMS, Sort
from clinicir.vault.bundle_read import Bundle
from clinicir.vault.bundle_sources import Meter
from clinicir.vault.bundle_zip import BadBundleError
from clinicir.vault.early_sync import EarlySync
from clinicir.vault.fsio import FileSystem, require_space

_MAKING = ".copie"
_SUM = re.compile(rb"([0-9a-f]{64})  ([!-~]+)\n")


def extract(bundle: Bundle, fs: FileSystem, folder: Path, watch: Watch, *inside: str) -> None:
    """Every file into a folder that does not exist yet, durably; `inside`: folders made besides."""
    total = sum(entry.size_bytes for entry in bundle.entries)
    meter = Meter(watch, total)
    fs.make_dir(folder)
    require_space(fs, folder, total)
    folders = {folder / name for name in inside}
    for entry in bundle.entries:
        folders |= set((folder / entry.name).parents) - set(folder.parents)
    for made in sorted(folders):
        fs.make_dir(made)
    for entry in bundle.entries:
        with fs.create(folder / entry.name) as handle:
            with EarlySync(handle) as early:
                for piece in bundle.pieces(entry):
                    early.write(memoryview(piece))
                    meter.advance(len(piece))
                early.settle()
            handle.sync()
    for made in sorted(folders, reverse=True):
        fs.sync_dir(made)


def unpack_dossier(bundle: Bundle, fs: FileSystem, into: Path, watch: Watch) -> None:
    """A dossier into a new folder, once each of its files is the one that SHA256SUMS names.

    StorageError `bundle.refused`, `bundle.damaged`, `vault.exists`, `disk.*`.
    """
    if bundle.sort is not Sort.DOSSIER:
        raise BadBundleError("sort")
    if fs.exists(into) and (not fs.is_dir(into) or fs.names(into)):
        raise StorageError("vault.exists", path=str(into))
    _require_sums(bundle)
    making = into.with_name(into.name + _MAKING)
    fs.remove_tree(making)
    try:
        extract(bundle, fs, making, watch)
        fs.move_dir(making, into)
    except BaseException:
        with contextlib.suppress(StorageError):
            fs.remove_tree(making)
        raise
    fs.sync_dir(into.parent)


def _require_sums(bundle: Bundle) -> None:
    listed = bundle.entry(SUMS)
    if listed is None:
        raise BadBundleError("names")
    text = b"".join(bundle.pieces(listed))
    wanted = {name.decode(): digest.decode() for digest, name in _SUM.findall(text)}
    found = {entry.name for entry in bundle.entries} - {SUMS}
    if set(wanted) != found or len(_SUM.sub(b"", text)):
        raise StorageError("bundle.damaged")
    for entry in bundle.entries:
        if entry.name != SUMS:
            digest = hashlib.sha256()
            for piece in bundle.pieces(entry):
                digest.update(piece)
            if digest.hexdigest() != wanted[entry.name]:
                raise StorageError("bundle.damaged")
