"""Writing a bundle: streamed to a neighbour, synced, read back from the medium, then renamed.

Until the last step the place chosen by the person holds what it held before. The copy is only
called verified when each of its bytes, read again from the medium, hashed as it did when written.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.bundle_seal import SealedOut
from clinicir.vault.bundle_sources import PIECE_BYTES, Measured, Meter, Sums
from clinicir.vault.bundle_zip import archive_bytes, directory, local_header
from clinicir.vault.early_sync import EarlySync
from clinicir.vault.fsio import FileSystem, WriteHandle, require_space

_PART = ".part"
_SEAL_ROOM_BYTES = 4096


@dataclass(frozen=True)
class Written:
    """A bundle that lies, verified, beside the place it is for."""

    sha256: str
    size_bytes: int


@contextlib.contextmanager
def written(
    fs: FileSystem,
    target: Path,
    measured: Sequence[Measured],
    passphrase: str | None,
    meter: Meter,
) -> Iterator[Written]:
    """The block writes what must be known of the copy; when it ends well the copy gets its name.

    StorageError `bundle.not_verified`, `disk.*`; UserError `bundle.cancelled`. After any of them,
    or of the block's own, `target` is what it was and nothing lies beside it.
    """
    part = target.with_name(target.name + _PART)
    with contextlib.suppress(FileNotFoundError):
        fs.remove(part)
    try:
        copy = _write(fs, part, measured, passphrase, meter)
        _read_back(fs, part, measured, passphrase, copy, meter)
        yield copy
        fs.replace(part, target)
    except BaseException:
        with contextlib.suppress(StorageError, FileNotFoundError):
            fs.remove(part)
        raise
    with contextlib.suppress(StorageError):  # a stick may refuse it, and its bytes are synced
        fs.sync_dir(target.parent)


class _Hashed:
    """A handle that hashes what goes through it."""

    def __init__(self, handle: WriteHandle, sums: Sums) -> None:
        self._early, self._sums = EarlySync(handle), sums

    def write(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        for start in range(0, len(view), PIECE_BYTES):
            piece = view[start : start + PIECE_BYTES]
            self._sums.add(piece)
            self._early.write(piece)

    def __enter__(self) -> _Hashed:
        self._early.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._early.__exit__(*raised)

    def settle(self) -> None:
        self._early.settle()


def _write(
    fs: FileSystem,
    part: Path,
    measured: Sequence[Measured],
    passphrase: str | None,
    meter: Meter,
) -> Written:
    entries = [one.entry for one in measured]
    plain_bytes = archive_bytes(entries)
    require_space(fs, part.parent, plain_bytes + plain_bytes // 4096 + _SEAL_ROOM_BYTES)
    with Sums(large=True) as sums, fs.create(part) as handle:
        with _Hashed(handle, sums) as hashed:
            out = hashed if passphrase is None else SealedOut(hashed, passphrase, plain_bytes)
            for one in measured:
                out.write(local_header(one.entry))
                _copy(one, out, meter)
            out.write(directory(entries))
            hashed.settle()
        handle.sync()
        return Written(sums.sha256(), sums.size_bytes)


def _copy(one: Measured, out: _Hashed | SealedOut, meter: Meter) -> None:
    """StorageError `bundle.not_verified` when the content is no longer what was measured."""
    crc = done = 0

    def visit(piece: bytes | memoryview) -> None:
        nonlocal crc, done
        crc, done = zlib.crc32(piece, crc), done + len(piece)
        out.write(piece)
        meter.advance(len(piece))

    one.source.feed(visit)
    if (done, crc) != (one.entry.size_bytes, one.entry.crc):
        raise StorageError("bundle.not_verified", file=one.entry.name)


def _read_back(
    fs: FileSystem,
    part: Path,
    measured: Sequence[Measured],
    passphrase: str | None,
    copy: Written,
    meter: Meter,
) -> None:
    buffer = memoryview(bytearray(PIECE_BYTES))
    with Sums(large=True) as sums, fs.open_fresh(part) as handle:
        while count := handle.readinto(buffer):
            sums.add(buffer[:count])
            meter.advance(count)
        if (sums.sha256(), sums.size_bytes) != (copy.sha256, copy.size_bytes):
            raise StorageError("bundle.not_verified", file=part.name)
    with open_bundle(fs, part, passphrase) as bundle:
        if bundle.entries != tuple(one.entry for one in measured):
            raise StorageError("bundle.not_verified", file=part.name)
