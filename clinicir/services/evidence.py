"""Take evidence in, hand a copy over: the bytes first, then the entry that names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinicir.domain import evidence as moves
from clinicir.domain.changes import Changes
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import Evidence, next_number
from clinicir.domain.ids import IncidentId, Plain, StepId
from clinicir.domain.length import check_length
from clinicir.services.ports import StoredObject
from clinicir.services.session import Session


@dataclass(frozen=True)
class Described:
    """What the person says of a file."""

    label: str
    title: str
    source: str = ""
    step: str | None = None


def take_in(
    session: Session,
    incident: IncidentId,
    file: Path,
    described: Described,
    by: str,
    progress: Callable[[int, int], None] | None = None,
) -> Changes:
    """Copy a file into the vault, encrypted and read back, then write the entry.

    Raises `evidence.label_taken`, `step.unknown`, `text.too_long` and the errors of the intake.
    """
    number, step = _place(session, incident, described, by)
    stored = session.store.take_in(file, incident, _metadata(number, described), progress)
    evidence = _evidence(session, described, number, step, file.name, stored, by)
    return session.commit(incident, moves.add(evidence), by, stored.cipher_sha256)


def take_in_picture(
    session: Session,
    incident: IncidentId,
    content: bytes,
    name: str,
    described: Described,
    by: str,
) -> Changes:
    """Keep a picture pasted from the clipboard: its bytes never touch the disk in clear.

    Raises `evidence.label_taken`, `step.unknown`, `text.too_long`.
    """
    number, step = _place(session, incident, described, by)
    stored = session.store.put(content, incident, _metadata(number, described))
    evidence = _evidence(session, described, number, step, name, stored, by)
    return session.commit(incident, moves.add(evidence), by, stored.cipher_sha256)


def _place(
    session: Session, incident: IncidentId, described: Described, by: str
) -> tuple[str, StepId | None]:
    """Number of the next exhibit and the step it comes with, once both are known to be right."""
    case = session.open_case(incident)
    texts = {"title": described.title, "source": described.source, "label": described.label}
    check_length("evidence", {**texts, "by": by})
    if any(piece.label == described.label for piece in case.incident.evidence):
        raise UserError("evidence.label_taken", label=described.label[:80])
    step = session.knowledge.step(described.step).id if described.step else None
    return next_number(len(case.incident.evidence), "P"), step


def _metadata(number: str, described: Described) -> dict[str, Plain]:
    return {"number": number, "title": described.title, "source": described.source}


def _evidence(
    session: Session,
    described: Described,
    number: str,
    step: StepId | None,
    name: str,
    stored: StoredObject,
    by: str,
) -> Evidence:
    return Evidence(
        number=number,
        label=described.label,
        title=described.title,
        source=described.source,
        name=name,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        object_id=stored.object_id,
        collected_by=by,
        collected_at=session.clock.now(),
        step=step,
    )


def hand_over(
    session: Session, incident: IncidentId, label: str, to: str, purpose: str, by: str
) -> Changes:
    """A custody event: a copy went to somebody, for a purpose."""
    case = session.open_case(incident)
    if not to.strip() or not purpose.strip():
        raise UserError("reason.missing")
    piece = case.incident.evidence_labelled(label)
    return session.commit(incident, moves.hand_over(piece, to, purpose), by)
