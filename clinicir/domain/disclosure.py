"""What of an incident leaves in a dossier: asked for, then found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.audit import TrailPosition
from clinicir.domain.evidence import Evidence
from clinicir.domain.incident import Issued

BACKUP, POLICE, DPO = "backup", "police", "dpo"
PROFILES = (POLICE, DPO, BACKUP)
"""Police: for the police, a judge, an insurer, all of it. DPO: without the lists of patients."""


@dataclass(frozen=True)
class Choice:
    """What somebody wants in a dossier."""

    profile: str
    """`POLICE` or `DPO`."""
    journal: bool = True
    evidence: bool = True
    documents: bool = True
    without: frozenset[str] = frozenset()
    """Numbers of exhibits and papers that stay inside."""


@dataclass(frozen=True)
class Selection:
    """What a choice amounts to, and what the dossier says of itself."""

    number: str
    """Of the case, `2027-001`."""
    practice: str
    profile: str
    at: datetime
    by: str
    drill: bool
    position: TrailPosition
    """End of the trail that the dossier holds."""
    entries: tuple[int, ...]
    withheld: int
    """Entries of the incident whose content stays inside."""
    evidence: tuple[Evidence, ...]
    documents: tuple[Issued, ...]


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for; a path is text here."""

    incident: str
    """Number or id; empty for a backup."""
    profile: str
    out: str
    clear: bool
    """In clear, without the container under a passphrase."""
