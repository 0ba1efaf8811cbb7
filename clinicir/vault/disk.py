"""The real disk behind `clinicir.vault.fsio`."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.vault.fsio import ReadHandle, WriteHandle, storage_error, translated

if sys.platform != "win32":
    import fcntl

_NO_FULL_SYNC = frozenset({errno.ENOTSUP, errno.ENOTTY, errno.EINVAL})
_WINDOWS_BUSY = frozenset({5, 32, 33})
_RETRY_DELAYS_MS = (10, 20, 40, 80, 160, 320, 800, 800, 770)
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)


def _full_sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _NO_FULL_SYNC:
                raise
        else:
            return
    os.fsync(descriptor)


def _forget_pages(descriptor: int) -> None:
    """Best effort: the bytes are right in either case, only less is proved of the medium."""
    with contextlib.suppress(OSError):
        if sys.platform == "darwin":
            fcntl.fcntl(descriptor, fcntl.F_NOCACHE, 1)
        elif sys.platform != "win32":
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


class OsWriteHandle:
    """A descriptor that loops on short writes and dies at the first failure."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._failed = False

    def write(self, data: bytes | memoryview) -> None:
        """See `WriteHandle`; one system call unless the system writes short."""
        with self._guarded():
            done = os.write(self._descriptor, data)
            if done == len(data):
                return
            rest = memoryview(data)[done:]
            while rest:
                done = os.write(self._descriptor, rest)
                if done == 0:
                    raise OSError(errno.EIO, "nothing written")
                rest = rest[done:]

    def write_at(self, offset: int, data: bytes) -> None:
        """See `WriteHandle`."""
        with self._guarded():
            os.lseek(self._descriptor, offset, os.SEEK_SET)
        self.write(data)

    def truncate(self, size_bytes: int) -> None:
        """See `WriteHandle`."""
        with self._guarded():
            os.ftruncate(self._descriptor, size_bytes)

    def sync(self) -> None:
        """See `WriteHandle`; F_FULLFSYNC on macOS, where fsync leaves bytes in the drive."""
        with self._guarded():
            _full_sync(self._descriptor)

    def close(self) -> None:
        """See `WriteHandle`; a second close does nothing."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        with translated():
            os.close(descriptor)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        if self._failed or self._descriptor < 0:
            raise StorageError("disk.failure", errno=errno.EBADF)
        try:
            yield
        except OSError as error:
            self._failed = True
            raise storage_error(error) from error

    def __enter__(self) -> OsWriteHandle:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class OsReadHandle:
    """A descriptor read in whole buffers."""

    def __init__(self, descriptor: int) -> None:
        self._file = os.fdopen(descriptor, "rb", buffering=0)
        self._position = 0

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """See `ReadHandle`."""
        view, done = memoryview(buffer), 0
        with translated():
            self._file.seek(self._position)
            while done < len(view):
                count = self._file.readinto(view[done:])
                if not count:
                    break
                done += count
        self._position += done
        return done

    def read_at(self, offset: int, size_bytes: int) -> bytes:
        """See `ReadHandle`."""
        parts: list[bytes] = []
        with translated():
            self._file.seek(offset)
            while size_bytes > 0:
                part = self._file.read(size_bytes)
                if not part:
                    break
                parts.append(part)
                size_bytes -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def close(self) -> None:
        """See `ReadHandle`."""
        with translated():
            self._file.close()

    def __enter__(self) -> OsReadHandle:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class OsFileSystem:
    """The real disk."""

    def __init__(
        self,
        pause: Callable[[float], None] = time.sleep,
        rename: Callable[[Path, Path], None] = os.replace,
    ) -> None:
        self._pause = pause
        self._rename = rename

    def read(self, path: Path) -> bytes:
        """See `FileSystem`."""
        with translated():
            return path.read_bytes()

    def open_read(self, path: Path) -> ReadHandle:
        """See `FileSystem`."""
        with translated():
            return OsReadHandle(os.open(path, os.O_RDONLY | _FLAGS))

    def open_fresh(self, path: Path) -> ReadHandle:
        """See `FileSystem`; Windows keeps what it likes in memory."""
        with translated():
            descriptor = os.open(path, os.O_RDONLY | _FLAGS)
            _forget_pages(descriptor)
            return OsReadHandle(descriptor)

    def create(self, path: Path) -> WriteHandle:
        """See `FileSystem`; a link in the way counts as present."""
        return self._open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)

    def open_append(self, path: Path) -> WriteHandle:
        """See `FileSystem`."""
        return self._open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def open_update(self, path: Path) -> WriteHandle:
        """See `FileSystem`."""
        return self._open(path, os.O_WRONLY)

    def _open(self, path: Path, flags: int) -> WriteHandle:
        with translated():
            return OsWriteHandle(os.open(path, flags | _FLAGS, 0o600))

    def replace(self, source: Path, target: Path) -> None:
        """See `FileSystem`; waits for an antivirus or a sync client to let go on Windows."""
        for delay_ms in (*_RETRY_DELAYS_MS, None):
            try:
                with translated():
                    self._rename(source, target)
            except StorageError as error:
                busy = getattr(error.__cause__, "winerror", None) in _WINDOWS_BUSY
                if not busy or delay_ms is None:
                    raise
                self._pause(delay_ms / 1000)
            else:
                return

    def move_dir(self, source: Path, target: Path) -> None:
        """See `FileSystem`; an empty folder in the way is taken off, as Windows wants."""
        with contextlib.suppress(OSError):
            target.rmdir()
        try:
            self.replace(source, target)
        except FileExistsError as error:
            raise storage_error(error) from error

    def remove_tree(self, path: Path) -> None:
        """See `FileSystem`."""
        with translated(), contextlib.suppress(FileNotFoundError):
            shutil.rmtree(path)

    def remove(self, path: Path) -> None:
        """See `FileSystem`."""
        with translated():
            path.unlink()

    def make_dir(self, path: Path) -> None:
        """See `FileSystem`."""
        with translated():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def sync_dir(self, path: Path) -> None:
        """See `FileSystem`."""
        if sys.platform == "win32":
            return
        with translated():
            descriptor = os.open(path, os.O_RDONLY | _FLAGS)
            try:
                _full_sync(descriptor)
            finally:
                os.close(descriptor)

    def names(self, path: Path) -> tuple[str, ...]:
        """See `FileSystem`."""
        with translated():
            try:
                return tuple(sorted(entry.name for entry in path.iterdir()))
            except FileNotFoundError:
                return ()

    def exists(self, path: Path) -> bool:
        """See `FileSystem`."""
        with translated():
            return os.path.lexists(path)

    def is_dir(self, path: Path) -> bool:
        """See `FileSystem`."""
        with translated():
            return path.is_dir() and not path.is_symlink()

    def size(self, path: Path) -> int:
        """See `FileSystem`."""
        with translated():
            return path.stat().st_size

    def free_bytes(self, path: Path) -> int:
        """See `FileSystem`."""
        with translated():
            return shutil.disk_usage(path).free
