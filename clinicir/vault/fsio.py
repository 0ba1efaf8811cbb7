"""The only door to the disk for the vault: whole writes, real syncs, atomic replaces.

Every operation raises StorageError `disk.full`, `disk.readonly` or `disk.failure`, except that a
missing file stays FileNotFoundError and an existing one FileExistsError: callers decide on those.
A handle whose write or sync failed refuses further use, because the kernel may have dropped the
pages of a failed sync and a second sync would then succeed without them.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from clinicir.domain.errors import StorageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_WINDOWS_FULL = frozenset({39, 112})
SPARE_BYTES = 64 << 20
"""Free space that must remain after a write for it to be started."""


class WriteHandle(Protocol):
    """An open file; use as a context manager."""

    def write(self, data: bytes | memoryview) -> None:
        """At the current end (append, create) or position; all of it or StorageError."""
        ...

    def write_at(self, offset: int, data: bytes) -> None:
        """Replace bytes at `offset`; not for handles opened to append."""
        ...

    def truncate(self, size_bytes: int) -> None:
        """Cut the file to `size_bytes`."""
        ...

    def sync(self) -> None:
        """Return only when the bytes survive a power cut."""
        ...

    def close(self) -> None:
        """Free the descriptor; no promise of durability."""
        ...

    def __enter__(self) -> WriteHandle: ...

    def __exit__(self, *raised: object) -> None: ...


class ReadHandle(Protocol):
    """An open file read from its start; use as a context manager."""

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Fill `buffer` as far as the file goes; the number of bytes, less only at the end."""
        ...

    def read_at(self, offset: int, size_bytes: int) -> bytes:
        """Bytes at `offset`, fewer at the end; the position of `readinto` does not move."""
        ...

    def close(self) -> None:
        """Free the descriptor."""
        ...

    def __enter__(self) -> ReadHandle: ...

    def __exit__(self, *raised: object) -> None: ...


class FileSystem(Protocol):
    """What the vault asks of a disk."""

    def read(self, path: Path) -> bytes:
        """Whole content; FileNotFoundError when absent."""
        ...

    def open_read(self, path: Path) -> ReadHandle:
        """For large files; FileNotFoundError when absent."""
        ...

    def open_fresh(self, path: Path) -> ReadHandle:
        """As `open_read`, from the medium and not from memory, where the system lets us ask."""
        ...

    def create(self, path: Path) -> WriteHandle:
        """A new file, mode 0600; FileExistsError when present."""
        ...

    def open_append(self, path: Path) -> WriteHandle:
        """Every write goes to the end; created when absent."""
        ...

    def open_update(self, path: Path) -> WriteHandle:
        """An existing file for `write_at` and `truncate`; FileNotFoundError when absent."""
        ...

    def replace(self, source: Path, target: Path) -> None:
        """Rename within one folder tree, over any existing target, atomically."""
        ...

    def move_dir(self, source: Path, target: Path) -> None:
        """Rename a folder beside itself, atomically; StorageError when `target` has content."""
        ...

    def remove_tree(self, path: Path) -> None:
        """Delete a folder and all that it holds; nothing when absent; a link is not followed."""
        ...

    def remove(self, path: Path) -> None:
        """Delete a file; FileNotFoundError when absent."""
        ...

    def make_dir(self, path: Path) -> None:
        """Create a folder, mode 0700, with its parents; nothing when present."""
        ...

    def sync_dir(self, path: Path) -> None:
        """Make names durable where the system can (not Windows): never rely on it alone."""
        ...

    def names(self, path: Path) -> tuple[str, ...]:
        """Sorted names inside a folder, empty when it is absent."""
        ...

    def exists(self, path: Path) -> bool:
        """True for a file or a folder; a link counts even when it leads nowhere."""
        ...

    def is_dir(self, path: Path) -> bool:
        """True for a real folder, not for a link to one."""
        ...

    def size(self, path: Path) -> int:
        """Bytes of a file; FileNotFoundError when absent."""
        ...

    def free_bytes(self, path: Path) -> int:
        """Space left for us on the volume that holds `path`."""
        ...


def storage_error(error: OSError) -> StorageError:
    """The listed code that tells a person what an OSError means."""
    number = error.errno if error.errno is not None else 0
    windows = getattr(error, "winerror", None)
    if number in _FULL or windows in _WINDOWS_FULL:
        return StorageError("disk.full", errno=number)
    if number in _READONLY:
        return StorageError("disk.readonly", errno=number)
    return StorageError("disk.failure", errno=number)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """OSError to StorageError; absence and presence of a file pass through."""
    try:
        yield
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError as error:
        raise storage_error(error) from error


def require_space(fs: FileSystem, folder: Path, need_bytes: int) -> None:
    """StorageError `disk.full` before anything is written, when the volume is nearly full."""
    if fs.free_bytes(folder) < need_bytes + SPARE_BYTES:
        raise StorageError("disk.full", need=need_bytes)


def write_durably(fs: FileSystem, path: Path, content: bytes) -> None:
    """Write or replace a small file as a whole; its reader must recognise a torn first writing.

    A file that exists is replaced by a synced neighbour. A new one is written in place: there is
    nothing to protect, and a rename could be lost where folders cannot be synced (Windows).
    """
    present = fs.exists(path)
    target = path.with_name(path.name + ".tmp") if present else path
    if present:
        with contextlib.suppress(FileNotFoundError):
            fs.remove(target)
    with fs.create(target) as handle:
        handle.write(content)
        handle.sync()
    if present:
        fs.replace(target, path)
    fs.sync_dir(path.parent)
