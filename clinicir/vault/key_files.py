"""Small key files, each kept twice: losing 300 bytes must not lose an incident.

A file `keys/<name>.json` has a twin in `keys.bak/`. Both are canonical JSON with a `check` (SHA-256
of the rest, cut to 16 hex) that tells damage from a wrong secret before any key derivation; what a
file holds is sealed besides. Reading falls back on the twin, mends the other, and says so.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from clinicir.domain.errors import StorageError
from clinicir.domain.ids import Plain
from clinicir.vault import canonical
from clinicir.vault.fsio import FileSystem, write_durably

T = TypeVar("T")
FOLDERS = ("keys", "keys.bak")
MAX_BYTES = 4096
_NAME = re.compile(r"(?:ik|slot)-[0-9a-z]{1,32}")


class RejectedError(Exception):
    """The record is whole but its seal does not open: wrong secret, or forged."""


def sealed_part(record: Mapping[str, Plain]) -> bytes:
    """Bytes bound to the ciphertext as associated data: all the record but `ct` and `check`."""
    return canonical.encode({k: v for k, v in record.items() if k not in ("ct", "check")})


def checksum(record: Mapping[str, Plain]) -> str:
    """16 hex of SHA-256 over the record without its `check`; detects accidents only."""
    rest = {k: v for k, v in record.items() if k != "check"}
    return hashlib.sha256(canonical.encode(rest)).hexdigest()[:16]


def parse(data: bytes) -> dict[str, Plain] | None:
    """The record of a file, or None when its bytes are not what was written."""
    try:
        record = canonical.decode_map(data, MAX_BYTES)
    except canonical.CanonicalError:
        return None
    return record if record.get("check") == checksum(record) else None


def text_of(record: Mapping[str, Plain], key: str) -> str:
    """A text of the record; RejectedError when absent or of another type."""
    value = record.get(key)
    if not isinstance(value, str):
        raise RejectedError(key)
    return value


def number_of(record: Mapping[str, Plain], key: str) -> int:
    """An integer of the record; RejectedError when absent or of another type."""
    value = record.get(key)
    if type(value) is not int:
        raise RejectedError(key)
    return value


def bytes_of(record: Mapping[str, Plain], key: str, length: int) -> bytes:
    """`length` bytes written in hexadecimal; RejectedError otherwise."""
    text = text_of(record, key)
    if not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", text):
        raise RejectedError(key)
    return bytes.fromhex(text)


class KeyFiles:
    """The key files of one vault folder, and the copies mended since it was made."""

    def __init__(self, fs: FileSystem, root: Path, vault_id: str, *, may_mend: bool = True) -> None:
        self.vault_id = vault_id
        self.mended: list[str] = []
        """Relative paths of copies rewritten from their twin, for an entry `recovery.key_copy`."""
        self._fs = fs
        self._root = root
        self._may_mend = may_mend

    def names(self, prefix: str) -> tuple[str, ...]:
        """Names (without `.json`) present in either folder, sorted; strangers are ignored."""
        found = {
            name.removesuffix(".json")
            for folder in FOLDERS
            for name in self._fs.names(self._root / folder)
            if name.endswith(".json")
        }
        return tuple(sorted(n for n in found if n.startswith(prefix) and _NAME.fullmatch(n)))

    def exists(self, name: str) -> bool:
        """True when at least one copy is there, whatever its state."""
        return any(self._fs.exists(path) for path in self._paths(name))

    def write(self, name: str, record: Mapping[str, Plain]) -> None:
        """Both copies, durably, one after the other: one of the two is whole at any instant."""
        content = canonical.encode({**record, "check": checksum(record)})
        for path in self._paths(name):
            self._write_copy(path, content)
        self._fs.sync_dir(self._root)

    def _write_copy(self, path: Path, content: bytes) -> None:
        """Over the very bytes of the copy, without a rename.

        Where folders cannot be synced a crash may lose a rename, and the other copy would by then
        have been overwritten in the belief that this one is whole.
        """
        self._fs.make_dir(path.parent)
        if not self._fs.exists(path):
            write_durably(self._fs, path, content)
            return
        with self._fs.open_update(path) as handle:
            handle.write_at(0, content)
            handle.truncate(len(content))
            handle.sync()

    def read(self, name: str, accept: Callable[[Mapping[str, Plain]], T]) -> T:
        """What `accept` makes of the first copy it does not reject; the other one is mended.

        Raises StorageError `key.missing` (no copy at all) or `key.damaged` (none is whole), and
        RejectedError when every whole copy was rejected.
        """
        copies = {path: self._content(path) for path in self._paths(name)}
        if all(content is None for content in copies.values()):
            raise StorageError("key.missing", name=name)
        rejected: RejectedError | None = None
        for content in dict.fromkeys(copies.values()):
            record = parse(content) if content is not None else None
            if content is None or record is None:
                continue
            try:
                result = accept(record)
            except RejectedError as error:
                rejected = error
                continue
            self._mend(copies, content)
            return result
        if rejected is not None:
            raise rejected
        raise StorageError("key.damaged", name=name)

    def erase(self, name: str) -> None:
        """Overwrite both copies with random bytes, then delete them; repeatable after a crash.

        On flash memory and in backups older bytes may survive (security design 2.8).
        """
        for path in self._paths(name):
            if not self._fs.exists(path):
                continue
            with self._fs.open_update(path) as handle:
                handle.write_at(0, secrets.token_bytes(max(self._fs.size(path), 512)))
                handle.sync()
            self._fs.remove(path)
            self._fs.sync_dir(path.parent)

    def _paths(self, name: str) -> tuple[Path, ...]:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a key file name: {name!r}")
        return tuple(self._root / folder / f"{name}.json" for folder in FOLDERS)

    def _content(self, path: Path) -> bytes | None:
        try:
            if self._fs.size(path) > MAX_BYTES:
                return b""
            return self._fs.read(path)
        except FileNotFoundError:
            return None

    def _mend(self, copies: Mapping[Path, bytes | None], good: bytes) -> None:
        for path, content in copies.items():
            if content == good or not self._may_mend:
                continue
            try:
                self._write_copy(path, good)
            except StorageError:
                continue  # a full or read-only disk must not hide a key that can be read
            self.mended.append(f"{path.parent.name}/{path.name}")
