"""One writer per vault: a lock of the kernel, freed by the kernel when the program dies (2.7)."""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from clinicir.domain.errors import StorageError
from clinicir.vault.fsio import storage_error

LOCK_NAME = "lock"
INFO_NAME = "lock.info"
_MAX_INFO_BYTES = 2048


class Lock(Protocol):
    """Held from the opening of a vault to its closing."""

    def acquire(self) -> None:
        """StorageError `vault.locked` when another program holds it."""
        ...

    def release(self) -> None:
        """Free it; nothing when not held."""
        ...


class VaultLock:
    """The lock of the folder `root`. There is no stale lock: only the kernel decides."""

    def __init__(self, root: Path) -> None:
        self._info = root / INFO_NAME
        self._lock = FileLock(
            root / LOCK_NAME, timeout=0, thread_local=False, fallback_to_soft=False
        )

    def acquire(self) -> None:
        """See `Lock`; `vault.locked` carries `pid`, `account`, `host`, `since`, if known."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StorageError("vault.locked", **self._holder()) from error
        except NotImplementedError as error:
            raise StorageError("disk.failure", errno=errno.ENOLCK) from error
        except OSError as error:
            raise storage_error(error) from error
        self._tell()

    def release(self) -> None:
        """See `Lock`."""
        with contextlib.suppress(OSError):
            self._lock.release()

    def _tell(self) -> None:
        account = os.environ.get("USERNAME", "")
        with contextlib.suppress(OSError, KeyError, ImportError):
            account = getpass.getuser()
        holder = {
            "account": account, "host": platform.node(), "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }  # fmt: skip
        with contextlib.suppress(OSError):
            self._info.write_text(json.dumps(holder), encoding="utf-8")

    def _holder(self) -> dict[str, object]:
        try:
            with self._info.open("rb") as file:
                told = json.loads(file.read(_MAX_INFO_BYTES))
        except (OSError, ValueError):
            return {}
        if not isinstance(told, dict):
            return {}
        return {name: told[name] for name in ("pid", "account", "host", "since") if name in told}
