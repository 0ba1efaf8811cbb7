"""Take evidence in, describe it, let a copy out: first the bytes, then the entry about them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from clinicir.domain import evidence as moves
from clinicir.domain.changes import Changes
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.evidence import Evidence, next_number
from clinicir.domain.ids import IncidentId, Plain, StepId
from clinicir.domain.incident import check_past, check_reason
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
    seen_at: datetime | None = None
    """When what it shows happened, None when nobody said."""


def take_in(
    session: Session,
    incident: IncidentId,
    file: Path,
    described: Described,
    by: str,
    progress: Callable[[int, int], None] | None = None,
) -> Changes:
    """Copy a file into the vault, encrypted and read back, then write the entry.

    Raises `evidence.label_taken`, `evidence.too_many`, `evidence.incident_full`, `step.unknown`,
    `text.*` and the errors of the intake.
    """
    number, step = _place(session, incident, described, by, _size_of(file))
    stored = session.store.take_in(file, incident, _metadata(number, described), progress)
    name = moves.written_name(file.name)
    evidence = _evidence(session, described, number, step, name, stored, by)
    return session.commit(incident, moves.add(evidence), by, stored.cipher_sha256)


def take_in_pasted(
    session: Session,
    incident: IncidentId,
    content: bytes,
    name: str,
    described: Described,
    by: str,
    points: int = 0,
) -> Changes:
    """Keep what was pasted, a picture or a text: its bytes never touch the disk in clear.

    `points`: width times height of a picture, as far as it is known. Raises `picture.too_large`
    and as `take_in`.
    """
    moves.check_picture(len(content), points)
    number, step = _place(session, incident, described, by, len(content))
    stored = session.store.put(content, incident, _metadata(number, described))
    evidence = _evidence(session, described, number, step, name, stored, by)
    added = moves.add(evidence)
    told = replace(added, detail={**added.detail, "pasted": True})
    return session.commit(incident, told, by, stored.cipher_sha256)


def _place(
    session: Session, incident: IncidentId, described: Described, by: str, size_bytes: int
) -> tuple[str, StepId | None]:
    """Number of the next exhibit and the step it comes with, once both are known to be right."""
    case = session.open_case(incident)
    texts = {"title": described.title, "source": described.source, "label": described.label}
    check_length("evidence", {**texts, "by": by})
    _check_seen(session, described.seen_at)
    moves.check_room(case.incident.evidence, size_bytes)
    if any(piece.label == described.label for piece in case.incident.evidence):
        raise UserError("evidence.label_taken", label=described.label[:80])
    step = session.knowledge.step(described.step).id if described.step else None
    return next_number(len(case.incident.evidence), "P"), step


def _size_of(file: Path) -> int:
    """0 when it cannot be read: the intake says why."""
    try:
        return file.lstat().st_size
    except OSError:
        return 0


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
        seen_at=described.seen_at,
    )


def _check_seen(session: Session, seen_at: datetime | None) -> None:
    if seen_at is not None:
        check_past("seen_at", seen_at, session.clock.now())


def describe(
    session: Session,
    incident: IncidentId,
    number: str,
    title: str,
    source: str,
    seen_at: datetime | None,
    by: str,
) -> Changes:
    """Say otherwise what an exhibit shows; one more entry, the former words stay in it.

    Raises `evidence.unknown`, `evidence.same`, `instant.*`, `text.too_long`.
    """
    case = session.open_case(incident)
    piece = case.incident.evidence_labelled(number)
    _check_seen(session, seen_at)
    return session.commit(incident, moves.describe(piece, title, source, seen_at), by)


def withdraw(
    session: Session, incident: IncidentId, number: str, reason: str, by: str
) -> Changes:
    """Take an exhibit out of the file, with a reason; nothing is ever deleted."""
    case = session.open_case(incident)
    piece = case.incident.evidence_labelled(number)
    check_reason(reason)
    return session.commit(incident, moves.withdraw(piece, reason), by)


def put_back(session: Session, incident: IncidentId, number: str, by: str) -> Changes:
    """An exhibit that was taken out counts again."""
    case = session.open_case(incident)
    return session.commit(incident, moves.put_back(case.incident.evidence_labelled(number)), by)


def export(
    session: Session, incident: IncidentId, number: str, target: Path, by: str
) -> Changes:
    """A clear copy at `target`, which it replaces; even when the incident has ended.

    The copy does not stay when the entry cannot be written: no copy leaves without its trace.
    Raises `evidence.unknown` and the errors of the vault and of the disk.
    """
    piece = session.case(incident).incident.evidence_labelled(number)
    partial = target.with_name(f"{target.name}.part")
    try:
        partial.unlink(missing_ok=True)
        session.store.copy_out(piece.object_id, incident, partial)
        changes = session.commit(incident, moves.export(piece, target.name), by)
        partial.replace(target)
    except OSError as problem:
        raise StorageError("disk.failure", path=target.name) from problem
    finally:
        _forget(partial)
    return changes


def _forget(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def hand_over(
    session: Session, incident: IncidentId, label: str, to: str, purpose: str, by: str
) -> Changes:
    """A custody event: a copy went to somebody, for a purpose."""
    case = session.open_case(incident)
    if not to.strip() or not purpose.strip():
        raise UserError("reason.missing")
    piece = case.incident.evidence_labelled(label)
    return session.commit(incident, moves.hand_over(piece, to, purpose), by)
