"""The folder `anchors/` of a vault: checkpoints, requests, replies (docs/file-format.md, 8)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

from clinicir.domain.audit import TrailPosition
from clinicir.domain.errors import UserError
from clinicir.services.anchor_ports import Prepared, Stamped
from clinicir.vault import checkpoint, time_stamp
from clinicir.vault.fsio import FileSystem, write_durably


class AnchorFolder:
    """Implements `clinicir.services.anchor_ports.AnchorKeeper`."""

    def __init__(self, fs: FileSystem, root: Path, vault_id: str) -> None:
        self._fs, self._root, self._vault_id = fs, root, vault_id

    def prepare(self, position: TrailPosition, at: datetime) -> Prepared:
        """See `AnchorKeeper`."""
        place = self._root / checkpoint.name_of(position.n)
        asked = place.with_suffix(".tsq")
        if not (self._fs.exists(place) and self._fs.exists(asked)):
            text = checkpoint.text_of(self._vault_id, position, at)
            self._fs.make_dir(place.parent)
            write_durably(self._fs, place, text)
            nonce = secrets.token_bytes(time_stamp.NONCE_BYTES)
            write_durably(self._fs, asked, time_stamp.request(text, nonce))
        return Prepared(position, self._fs.read(place), self._fs.read(asked))

    def accept(self, reply: bytes, trusted_pem: bytes) -> Stamped:
        """See `AnchorKeeper`."""
        for name in self._fs.names(self._root / checkpoint.FOLDER):
            match = checkpoint.NAME.fullmatch(name)
            place = self._root / checkpoint.FOLDER / name
            asked = place.with_suffix(".tsq")
            if match is None or not self._fs.exists(asked):
                continue
            text = self._fs.read(place)
            if hashlib.sha256(text).digest() not in reply:
                continue
            stamp = time_stamp.judge(reply, self._fs.read(asked), text, trusted_pem)
            write_durably(self._fs, place.with_suffix(".tsr"), reply)
            return Stamped(
                int(match[1]), time_stamp.instant_of(stamp), stamp.authority,
                hashlib.sha256(reply).hexdigest(),
            )  # fmt: skip
        raise UserError("stamp.not_asked")
