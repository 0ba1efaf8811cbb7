"""A bundle seen as a folder that can only be read, so that what verifies a vault verifies it."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NoReturn

from clinicir.domain.errors import StorageError
from clinicir.vault.bundle_read import Bundle
from clinicir.vault.fsio import ReadHandle, WriteHandle

ROOT = Path("bundle")
"""Name of the folder inside the view; nothing of that name is looked for on the disk."""


class BundleFolder:
    """Implements `clinicir.vault.fsio.FileSystem`; whoever makes it closes the bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._sizes = {ROOT / entry.name: entry.size_bytes for entry in bundle.entries}
        self._inside: dict[Path, set[str]] = {ROOT: set()}
        for path in self._sizes:
            for parent in path.parents:
                if parent == Path():
                    break
                self._inside.setdefault(parent, set()).add(path.relative_to(parent).parts[0])

    def read(self, path: Path) -> bytes:
        """See `FileSystem`."""
        return self._bundle.read_at(self._name(path), 0, self.size(path))

    def open_read(self, path: Path) -> ReadHandle:
        """See `FileSystem`."""
        return _EntryRead(self._bundle, self._name(path))

    def open_fresh(self, path: Path) -> ReadHandle:
        """See `FileSystem`."""
        return self.open_read(path)

    def names(self, path: Path) -> tuple[str, ...]:
        """See `FileSystem`."""
        return tuple(sorted(self._inside.get(path, ())))

    def exists(self, path: Path) -> bool:
        """See `FileSystem`."""
        return path in self._sizes or path in self._inside

    def is_dir(self, path: Path) -> bool:
        """See `FileSystem`."""
        return path in self._inside

    def size(self, path: Path) -> int:
        """See `FileSystem`."""
        self._name(path)
        return self._sizes[path]

    def free_bytes(self, path: Path) -> int:  # noqa: ARG002
        """See `FileSystem`: none."""
        return 0

    def create(self, path: Path) -> WriteHandle:
        """Refused, as all that writes."""
        _refuse(path)

    def open_append(self, path: Path) -> WriteHandle:
        """Refused."""
        _refuse(path)

    def open_update(self, path: Path) -> WriteHandle:
        """Refused."""
        _refuse(path)

    def replace(self, source: Path, target: Path) -> None:  # noqa: ARG002
        """Refused."""
        _refuse(source)

    def move_dir(self, source: Path, target: Path) -> None:  # noqa: ARG002
        """Refused."""
        _refuse(source)

    def remove(self, path: Path) -> None:
        """Refused."""
        _refuse(path)

    def remove_tree(self, path: Path) -> None:
        """Refused."""
        _refuse(path)

    def make_dir(self, path: Path) -> None:
        """Refused."""
        _refuse(path)

    def sync_dir(self, path: Path) -> None:
        """Refused."""
        _refuse(path)

    def _name(self, path: Path) -> str:
        if path not in self._sizes:
            raise FileNotFoundError(errno.ENOENT, "absent", str(path))
        return path.relative_to(ROOT).as_posix()


class _EntryRead:
    """Implements `ReadHandle` over one file of a bundle."""

    def __init__(self, bundle: Bundle, name: str) -> None:
        self._bundle, self._name, self._position = bundle, name, 0

    def readinto(self, buffer: bytearray | memoryview) -> int:
        piece = self.read_at(self._position, len(buffer))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def read_at(self, offset: int, size_bytes: int) -> bytes:
        return self._bundle.read_at(self._name, offset, size_bytes)

    def close(self) -> None:
        pass

    def __enter__(self) -> _EntryRead:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _refuse(path: Path) -> NoReturn:
    raise StorageError("disk.readonly", path=path.name)
