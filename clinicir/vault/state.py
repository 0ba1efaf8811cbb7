"""What the opening of a vault found; codes and numbers, the sentences are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from clinicir.domain.audit import TrailPosition
from clinicir.vault.recovery import Findings


@dataclass(frozen=True)
class VaultState:
    """Updated when the disk refuses later on."""

    read_only: str | None
    """Code of the reason why nothing can be recorded, None when all is well."""
    at_entry: int | None
    """Entry where the damage shows, when the trail is the reason."""
    head_lost: bool
    """Nothing vouched for the end of the trail."""
    rolled_back_from: TrailPosition | None
    """The trail does not reach this mark kept outside: an older copy was put back."""
    missing_objects: tuple[str, ...]
    """Objects that an entry names and that are gone."""
    sealed_incidents: tuple[str, ...]
    """Incidents whose key is gone although no entry tells of an erasure; `-`: the practice."""
    erased_incidents: tuple[str, ...] = ()
    """Incidents whose whole content was erased on purpose."""


def state_of(findings: Findings) -> VaultState:
    """What is worth knowing after the opening."""
    folded = findings.folded
    return VaultState(
        findings.read_only,
        findings.at_entry,
        findings.head_lost,
        findings.rolled_back_from,
        findings.missing_objects,
        tuple(sorted(folded.unreadable - folded.purged)),
        tuple(sorted(folded.purged)),
    )
