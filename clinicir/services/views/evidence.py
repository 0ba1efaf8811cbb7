"""The exhibits of an incident: what is known of each, and what may be shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from clinicir.domain.audit import AuditEntry
from clinicir.domain.case import Case
from clinicir.domain.clock import from_wire
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import Evidence, act_of, is_half_full
from clinicir.domain.ids import IncidentId, ObjectId, PlainMap
from clinicir.domain.incident import IncidentState
from clinicir.domain.route import step_on_route
from clinicir.services.session import Session

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
    seen_at: datetime | None = None
    """When what it shows happened, on the wall clock of the practice."""
    withdrawn: str = ""
    """Why it was taken out of the file, empty while it counts."""

    @property
    def fingerprint(self) -> str:
        """The 64 signs in groups of four, as they are read aloud."""
        return grouped(self.sha256)


@dataclass(frozen=True)
class StepLink:
    """The step that somebody comes from, and that new exhibits belong to."""

    id: str
    title: str


@dataclass(frozen=True)
class EvidenceView:
    """The exhibits in the order of arrival."""

    closed: bool
    rows: tuple[EvidenceRow, ...]
    labels: frozenset[str]
    """Short names already taken."""
    step: StepLink | None = None
    filling: bool = False
    """Half of what an incident may hold is there."""


def evidence_view(session: Session, incident: IncidentId, step: str = "") -> EvidenceView:
    """Everything that the list shows; `step` may name a step of the checklist."""
    case = session.case(incident)
    return EvidenceView(
        case.incident.state is IncidentState.CLOSED,
        tuple(_row(case, piece) for piece in case.incident.evidence),
        frozenset(piece.label for piece in case.incident.evidence),
        _link(case, step),
        is_half_full(case.incident.evidence),
    )


def _row(case: Case, piece: Evidence) -> EvidenceRow:
    return EvidenceRow(
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
        seen_at=case.local(piece.seen_at) if piece.seen_at else None,
        withdrawn=piece.withdrawn,
    )


def _link(case: Case, step: str) -> StepLink | None:
    try:
        known = case.knowledge.step(step).id
    except UserError:
        return None
    return StepLink(known, step_on_route(case, known).title)


class Custody(StrEnum):
    """What happened to an exhibit."""

    TAKEN = "taken"
    DESCRIBED = "described"
    WITHDRAWN = "withdrawn"
    PUT_BACK = "put_back"
    HANDED = "handed"
    EXPORTED = "exported"
    VIEWED = "viewed"


@dataclass(frozen=True)
class CustodyLine:
    """One thing that was done with an exhibit, by whom and when."""

    act: Custody
    at: datetime
    by: str
    said: tuple[tuple[str, str], ...] = ()
    """Names of `texts.labels.DETAILS` with their values: reason, receiver, former words."""


@dataclass(frozen=True)
class CustodyView:
    """The whole life of one exhibit, oldest first."""

    lines: tuple[CustodyLine, ...]


def custody_view(session: Session, incident: IncidentId, number: str) -> CustodyView:
    """Read from the trail, which alone knows who held what."""
    case = session.case(incident)
    entries = [
        entry
        for entry in session.store.journal(incident)
        if entry.kind.startswith("evidence.") and entry.detail.get("number") == number
    ]
    return CustodyView(tuple(_custody(case, entry) for entry in entries))


def _custody(case: Case, entry: AuditEntry) -> CustodyLine:
    at, by, detail = case.local(entry.at), entry.by or entry.actor, entry.detail
    match act_of(entry.kind, detail):
        case "evidence.add":
            return CustodyLine(Custody.TAKEN, at, by)
        case "evidence.view":
            return CustodyLine(Custody.VIEWED, at, by)
        case "evidence.hand_over":
            return CustodyLine(Custody.HANDED, at, by, _told(case, detail, ("to", "purpose")))
        case "evidence.export":
            return CustodyLine(Custody.EXPORTED, at, by, _told(case, detail, ("file",)))
    former = detail.get("before")
    record = next((op.value for op in entry.operations if op.value is not None), {})
    if record.get("withdrawn"):
        return CustodyLine(Custody.WITHDRAWN, at, by, _told(case, record, ("withdrawn",)))
    if not isinstance(former, dict) or "withdrawn" in former:
        return CustodyLine(Custody.PUT_BACK, at, by)
    return CustodyLine(Custody.DESCRIBED, at, by, _told(case, former, tuple(former)))


def _told(case: Case, plain: PlainMap, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _word(case, name, str(plain.get(name, "")))) for name in names)


def _word(case: Case, name: str, value: str) -> str:
    if name == "seen_at" and value:
        return case.local(from_wire(value)).isoformat()
    return value


def grouped(digest: str) -> str:
    """`4F2A 91C0 ...`."""
    upper = digest.upper()
    return " ".join(upper[at : at + _GROUP] for at in range(0, len(upper), _GROUP))


def nature_of_name(name: str) -> Nature:
    """By the suffix alone: what the list may announce without reading the file."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), Nature.OTHER)


def free_label(name: str, taken: frozenset[str]) -> str:
    """`alerte.eml`, then `alerte.eml (2)`: short names are unique in an incident."""
    if name not in taken:
        return name
    return next(
        label
        for count in range(2, len(taken) + 3)
        if (label := f"{name} ({count})") not in taken
    )
