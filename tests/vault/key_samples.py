"""Known keys and a vault folder to try them in."""

from __future__ import annotations

from pathlib import Path

from clinicir.vault.disk import OsFileSystem
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import IncidentKey, KeyRing, incident_key_of
from clinicir.vault.object_store import ObjectStore

VAULT_ID = "0123456789abcdef" * 2
MASTER = bytes(range(32))
SCOPE = "00112233445566aa"
INCIDENT_KEY: IncidentKey = incident_key_of(bytes(16), bytes(range(32)))


def key_files(root: Path, *, may_mend: bool = True) -> KeyFiles:
    """Key files of a folder that need not exist yet."""
    return KeyFiles(OsFileSystem(), root, VAULT_ID, may_mend=may_mend)


def ring(root: Path) -> KeyRing:
    """A ring whose master key is known."""
    return KeyRing(MASTER, key_files(root))


def store(root: Path) -> ObjectStore:
    """An empty store."""
    root.mkdir(parents=True, exist_ok=True)
    return ObjectStore(OsFileSystem(), root)


def flipped(data: bytes, bit: int) -> bytes:
    """The same bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
