"""What the use cases of anchors need from the vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from clinicir.domain.audit import TrailPosition

AnchorFiles = tuple[Path | None, Path | None, Path | None]
"""Of a command: folder for what leaves; reply of an authority, and its certificates in PEM."""


@dataclass(frozen=True)
class Prepared:
    """A checkpoint ready to leave: its text for an e-mail, its request for an authority."""

    position: TrailPosition
    text: bytes
    request: bytes
    """RFC 3161, to be written to a file and sent by the person."""


@dataclass(frozen=True)
class Stamped:
    """A reply of an authority that was checked and kept."""

    entry: int
    at: str
    """UTC, `YYYY-MM-DDThh:mm:ssZ`, as the authority says."""
    authority: str
    sha256: str
    """Of the reply."""


class AnchorKeeper(Protocol):
    """The folder of the anchors of the open vault."""

    def prepare(self, position: TrailPosition, at: datetime) -> Prepared:
        """Write checkpoint and request durably; what was prepared for that entry comes back."""
        ...

    def accept(self, reply: bytes, trusted_pem: bytes) -> Stamped:
        """Judge a reply and keep it; UserError `stamp.refused`, `stamp.not_asked`."""
        ...
