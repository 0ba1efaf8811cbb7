"""Reading a bundle that may come from anyone: every byte of its frame is checked before any use."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from clinicir.domain.errors import StorageError, UserError
from clinicir.vault.bundle_names import Sort, size_limit, sort_of
from clinicir.vault.bundle_seal import START, SealedRead
from clinicir.vault.bundle_zip import (
    TAIL_BYTES,
    BadBundleError,
    Entry,
    local_bytes,
    local_header,
    offsets,
    read_directory,
    read_tail,
)
from clinicir.vault.fsio import FileSystem, ReadHandle

PIECE_BYTES = 1 << 20


class Bundle:
    """An archive whose frame was checked; use as a context manager."""

    def __init__(self, source: ReadHandle, size_bytes: int, *, sealed: bool) -> None:
        """Use `open_bundle`. BadBundleError unless every header is the one we would write."""
        self._source = source
        self.sealed = sealed
        """True when it came under a passphrase."""
        tail_bytes = min(size_bytes, TAIL_BYTES)
        tail = read_tail(source.read_at(size_bytes - tail_bytes, tail_bytes), size_bytes)
        self.entries = read_directory(
            source.read_at(tail.directory_at, tail.directory_bytes), tail
        )
        """In the order of their names."""
        found = sort_of([entry.name for entry in self.entries])
        if found is None:
            raise BadBundleError("names")
        self.sort = found
        self._starts: dict[str, int] = {}
        self._by_name = {entry.name: entry for entry in self.entries}
        for entry, start in zip(self.entries, offsets(self.entries), strict=False):
            header = local_header(entry)
            if entry.size_bytes > size_limit(entry.name):
                raise BadBundleError("size")
            if source.read_at(start, len(header)) != header:
                raise BadBundleError("header")
            self._starts[entry.name] = start + local_bytes(entry.name)

    def entry(self, name: str) -> Entry | None:
        """None when the archive has no such file."""
        return self._by_name.get(name)

    def read_at(self, name: str, offset: int, size_bytes: int) -> bytes:
        """Part of a file, fewer bytes at its end; FileNotFoundError."""
        entry = self._by_name.get(name)
        if entry is None:
            raise FileNotFoundError(name)
        wanted = max(0, min(size_bytes, entry.size_bytes - offset))
        return self._source.read_at(self._starts[name] + offset, wanted)

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The content, at most 1 MiB at a time; BadBundleError at its end if it was damaged."""
        crc, done = 0, 0
        while done < entry.size_bytes:
            piece = self.read_at(entry.name, done, PIECE_BYTES)
            if not piece:
                raise BadBundleError("content")
            crc, done = zlib.crc32(piece, crc), done + len(piece)
            yield piece
        if crc != entry.crc:
            raise BadBundleError("content")

    def close(self) -> None:
        """Free the file."""
        self._source.close()

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def needs_passphrase(fs: FileSystem, path: Path) -> bool:
    """True for a bundle under a passphrase said once."""
    with fs.open_read(path) as handle:
        return handle.read_at(0, len(START)) == START


def open_bundle(fs: FileSystem, path: Path, passphrase: str | None = None) -> Bundle:
    """A `.cirbak`, a dossier, or with `passphrase` a sealed one.

    StorageError `bundle.refused`, `bundle.not_found`, `key.bad_parameters`; UserError
    `input.no_passphrase`, `key.wrong_passphrase`.
    """
    try:
        handle, size_bytes = fs.open_read(path), fs.size(path)
    except FileNotFoundError as error:
        raise StorageError("bundle.not_found", file=path.name) from error
    try:
        if handle.read_at(0, len(START)) != START:
            return Bundle(handle, size_bytes, sealed=False)
        if passphrase is None:
            raise UserError("input.no_passphrase")
        inside = SealedRead(handle, size_bytes, passphrase)
        bundle = Bundle(inside, inside.size_bytes, sealed=True)
        if bundle.sort is not Sort.DOSSIER:
            raise BadBundleError("names")
    except BaseException:
        with contextlib.suppress(StorageError):
            handle.close()
        raise
    return bundle
