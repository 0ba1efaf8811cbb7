"""Write a file that leaves the vault, where the person chose."""

from __future__ import annotations

import errno
from pathlib import Path

from clinicir.domain.errors import StorageError

_CODES = {
    errno.ENOSPC: "disk.full",
    errno.EACCES: "disk.readonly",
    errno.EPERM: "disk.readonly",
    errno.EROFS: "disk.readonly",
}


def save(path: Path, content: bytes) -> Path:
    """The bytes at `path`; StorageError `disk.full`, `disk.readonly` or `disk.failure`."""
    try:
        path.write_bytes(content)
    except OSError as problem:
        code = _CODES.get(problem.errno or 0, "disk.failure")
        raise StorageError(code, path=path.name) from problem
    return path
