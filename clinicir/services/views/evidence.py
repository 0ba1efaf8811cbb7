"""The exhibits of an incident: what is known of each, and what may be shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from clinicir.domain.ids import IncidentId, ObjectId
from clinicir.domain.incident import IncidentState
from clinicir.domain.route import step_on_route
from clinicir.services.session import Session

LARGEST_SHOWN = 64 * 1024 * 1024
"""Bytes of the largest file that is shown inside; a larger one stays in the vault."""

_GROUP = 4


class Nature(StrEnum):
    """What the name of a file says of it; the content decides when it is shown."""

    PICTURE = "picture"
    PDF = "pdf"
    TEXT = "text"
    OTHER = "other"


_BY_SUFFIX = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"), Nature.PICTURE),
    ".pdf": Nature.PDF,
    **dict.fromkeys((".txt", ".log", ".csv", ".eml", ".json", ".md"), Nature.TEXT),
}
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", Nature.PICTURE),
    (b"\xff\xd8\xff", Nature.PICTURE),
    (b"GIF8", Nature.PICTURE),
    (b"BM", Nature.PICTURE),
    (b"RIFF", Nature.PICTURE),
    (b"%PDF-", Nature.PDF),
)


@dataclass(frozen=True)
class EvidenceRow:
    """One exhibit, as the list shows it."""

    number: str
    title: str
    source: str
    name: str
    size_bytes: int
    nature: Nature
    by: str
    at: datetime
    """Wall clock of the practice."""
    step: str
    """Title of the step it came with, possibly empty."""
    sha256: str
    object_id: ObjectId

    @property
    def fingerprint(self) -> str:
        """The 64 signs in groups of four, as they are read aloud."""
        return grouped(self.sha256)

    @property
    def may_be_shown(self) -> bool:
        """False for what is never opened here: unknown natures, very large files."""
        return self.nature is not Nature.OTHER and self.size_bytes <= LARGEST_SHOWN


@dataclass(frozen=True)
class EvidenceView:
    """The exhibits in the order of arrival."""

    closed: bool
    rows: tuple[EvidenceRow, ...]
    labels: frozenset[str]
    """Short names already taken."""


def evidence_view(session: Session, incident: IncidentId) -> EvidenceView:
    """Everything that the list and its detail show."""
    case = session.case(incident)
    rows = tuple(
        EvidenceRow(
            number=piece.number,
            title=piece.title or piece.name,
            source=piece.source,
            name=piece.name,
            size_bytes=piece.size_bytes,
            nature=nature_of_name(piece.name),
            by=piece.collected_by,
            at=case.local(piece.collected_at),
            step=step_on_route(case, piece.step).title if piece.step else "",
            sha256=piece.sha256,
            object_id=piece.object_id,
        )
        for piece in case.incident.evidence
    )
    return EvidenceView(
        case.incident.state is IncidentState.CLOSED,
        rows,
        frozenset(piece.label for piece in case.incident.evidence),
    )


def grouped(digest: str) -> str:
    """`4F2A 91C0 ...`."""
    upper = digest.upper()
    return " ".join(upper[at : at + _GROUP] for at in range(0, len(upper), _GROUP))


def nature_of_name(name: str) -> Nature:
    """By the suffix alone: what the list may announce without reading the file."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), Nature.OTHER)


def nature_of(name: str, content: bytes) -> Nature:
    """By suffix and content, which must agree: a program named `.png` is not shown."""
    said = nature_of_name(name)
    found = next((kind for sign, kind in _SIGNATURES if content.startswith(sign)), None)
    if said is Nature.TEXT:
        return said if found is None and b"\x00" not in content[:4096] else Nature.OTHER
    return said if said is found else Nature.OTHER


def free_label(name: str, taken: frozenset[str]) -> str:
    """`alerte.eml`, then `alerte.eml (2)`: short names are unique in an incident."""
    if name not in taken:
        return name
    return next(
        label
        for count in range(2, len(taken) + 3)
        if (label := f"{name} ({count})") not in taken
    )
