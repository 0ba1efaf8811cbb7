"""What the use cases need to let copies leave the vault; implemented by `clinicir.vault`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clinicir.domain.ids import IncidentId, ObjectId


@dataclass(frozen=True)
class Watch:
    """How a long copy speaks with whoever waits for it."""

    progress: Callable[[int, int], None] | None = None
    """`(done, total)` in bytes; each byte counts for every time it is read."""
    cancelled: Callable[[], bool] | None = None
    """Asked about once per MiB; True ends the copy with `bundle.cancelled`."""


@dataclass(frozen=True)
class BundleCopy:
    """A bundle written, synced, read back from its medium and found the same."""

    sha256: str
    """Of the file as it lies there."""
    size_bytes: int
    files: int
    missing: int = 0
    """Objects that the trail names and that the vault has no more, or not as they were."""


@dataclass(frozen=True)
class DossierParts:
    """What of a vault goes into a disclosure dossier, in clear."""

    entries: tuple[int, ...]
    """Numbers of the entries whose bodies are disclosed."""
    evidence: tuple[tuple[IncidentId, ObjectId], ...]
    documents: tuple[tuple[IncidentId, ObjectId], ...]
    readme: str
    """`LISEZMOI.txt`."""


Tell = Callable[[BundleCopy], None]
"""Writes the entry about a copy that is verified and not yet under its name."""


class Bundles(Protocol):
    """Copies that leave the open vault; `target` is replaced only by a whole, verified copy."""

    def propose(self) -> str:
        """Words said once and kept nowhere, for a sealed dossier."""
        ...

    def backup(self, target: Path, tell: Tell, watch: Watch) -> BundleCopy:
        """All the ciphertext, the trail and the recovery slots.

        StorageError `bundle.no_recovery`, `.too_large`, `.not_verified`, `.inside_vault`,
        `vault.read_only`, `disk.*`; UserError `bundle.cancelled`. Nothing stays after any of them.
        """
        ...

    def dossier(
        self,
        target: Path,
        parts: DossierParts,
        passphrase: str | None,
        tell: Tell,
        watch: Watch,
    ) -> BundleCopy:
        """The trail and the chosen parts; in clear when `passphrase` is None. Raises likewise."""
        ...
