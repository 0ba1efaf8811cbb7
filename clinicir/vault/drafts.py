"""Half-typed text: one encrypted file per incident, replaced as a whole, never in the trail.

Ruling 9: saved every two seconds at most, gone with the incident. What a person said is finished
goes to the trail; this only spares typing after a crash, so an unreadable draft is an empty one.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicir.domain.ids import Plain, PlainMap
from clinicir.vault import canonical
from clinicir.vault.fsio import FileSystem, require_space, write_durably
from clinicir.vault.keys import IncidentKey, derive
from clinicir.vault.line import NONCE_BYTES, LineError, pad, unpad

FOLDER = "drafts"


class Drafts:
    """The draft files of one vault; `scope` is an incident id or `practice`."""

    def __init__(self, fs: FileSystem, root: Path) -> None:
        self._fs = fs
        self._root = root

    def save(self, scope: str, key: IncidentKey, content: PlainMap) -> None:
        """Replace the draft of a scope."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = pad(canonical.encode(dict(content)))
        sealed = nonce + _cipher(key).encrypt(nonce, plain, _bound(scope))
        require_space(self._fs, self._root, len(sealed))
        self._fs.make_dir(self._root / FOLDER)
        write_durably(self._fs, self._path(scope), sealed)

    def load(self, scope: str, key: IncidentKey) -> dict[str, Plain]:
        """The last draft, empty when there is none that can be read."""
        try:
            sealed = self._fs.read(self._path(scope))
            plain = _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(scope))
            return canonical.decode_map(unpad(plain))
        except (FileNotFoundError, InvalidTag, LineError, canonical.CanonicalError, ValueError):
            return {}

    def _path(self, scope: str) -> Path:
        return self._root / FOLDER / f"{scope}.draft"


def _cipher(key: IncidentKey) -> AESGCM:
    return AESGCM(derive(key.key, b"clinicir/1/draft"))


def _bound(scope: str) -> bytes:
    return b"clinicir/draft/1/" + scope.encode("ascii")
