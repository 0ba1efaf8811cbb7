"""Produce a paper: prepare (entry), build, print with that entry in the footer, keep, issue."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.audit import EntryDraft, TrailPosition
from clinicir.domain.case import CaseFile
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import to_wire
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.evidence import next_number
from clinicir.domain.ids import IncidentId
from clinicir.domain.length import check_length
from clinicir.services.ports import Paper, Printer, Request, StoredObject, Verifier
from clinicir.services.session import Session

_DRILL = "EXERCICE-"


@dataclass(frozen=True)
class Produced:
    """A paper in the vault, ready to be printed or saved."""

    number: str
    kind: str
    version: str
    name: str
    """File name, made by us."""
    content: bytes
    sha256: str
    pages: int
    missing: tuple[str, ...]
    entry: int


@dataclass(frozen=True)
class Reopened:
    """A paper of before, as it was printed."""

    number: str
    kind: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Production:
    """Result of one request: the papers, and the plain files that go with them."""

    papers: tuple[Produced, ...]
    attachments: tuple[tuple[str, bytes], ...]


def marked_name(session: Session, name: str) -> str:
    """A file of an exercise says so by its name, wherever it is copied to."""
    return f"{_DRILL}{name}" if session.store.drill else name


def produce(
    session: Session,
    printer: Printer,
    verifier: Verifier,
    incident: IncidentId,
    request: Request,
    by: str,
) -> Production:
    """Every paper of one kind: one per legal entity for the CNIL, one otherwise.

    Raises `document.unknown`, `document.unknown_variant`, `document.patient_data` before anything
    is written. A closed incident still gives its papers.
    """
    file = _case_file(session, verifier, incident)
    papers = printer.build(file, request)
    produced = tuple(
        _issue(session, printer, incident, paper, by) for paper in papers
    )
    return Production(produced, printer.attachments(file, request))


def reopen(session: Session, incident: IncidentId, number: str) -> Reopened:
    """A paper already produced, read again from the vault.

    UserError `document.gone` when its object is not known; StorageError `vault.object_damaged`
    when it is not what was printed.
    """
    issued = {paper.number: paper for paper in session.case(incident).incident.issued}
    paper = issued.get(number)
    if paper is None or paper.object_id is None:
        raise UserError("document.gone", document=number[:80])
    content = session.store.read_object(paper.object_id, incident)
    if hashlib.sha256(content).hexdigest() != paper.sha256:
        raise StorageError("vault.object_damaged", object=paper.object_id)
    return Reopened(number, paper.kind, paper.name, content)


def _case_file(session: Session, verifier: Verifier, incident: IncidentId) -> CaseFile:
    case = session.case(incident)
    return CaseFile(
        case,
        tuple(session.store.journal(incident)),
        session.store.position,
        verifier(),
    )


def _issue(
    session: Session, printer: Printer, incident: IncidentId, paper: Paper, by: str
) -> Produced:
    check_length("by", by)
    prepared = session.store.commit(
        EntryDraft(
            "doc.prepare",
            incident,
            by,
            detail={"kind": paper.kind, "input": printer.digest(paper)},
        )
    )
    printed = printer.render(paper, prepared)
    digest = hashlib.sha256(printed.content).hexdigest()
    number = next_number(len(session.store.records(incident, "document")), "D")
    name = marked_name(session, f"{number}-{paper.file_stem}.pdf")
    stored = session.store.put(printed.content, incident, {"number": number, "name": name})
    _record(session, incident, paper, (number, name, digest), prepared, stored, by)
    return Produced(
        number=number,
        kind=paper.kind,
        version=paper.variant,
        name=name,
        content=printed.content,
        sha256=digest,
        pages=printed.pages,
        missing=tuple(paper.missing),
        entry=prepared.n,
    )


def _record(
    session: Session,
    incident: IncidentId,
    paper: Paper,
    named: tuple[str, str, str],
    prepared: TrailPosition,
    stored: StoredObject,
    by: str,
) -> None:
    number, name, digest = named
    now: datetime = session.clock.now()
    operation = Operation(
        "document",
        number,
        {
            "kind": paper.kind,
            "version": paper.variant,
            "sha256": digest,
            "at": to_wire(now),
            "entry": prepared.n,
            "name": name,
            "object": stored.object_id,
        },
    )
    session.commit(
        incident,
        Changes(
            "doc.issued",
            (operation,),
            {"number": number, "kind": paper.kind, "sha256": digest, "printed": prepared.n},
        ),
        by,
        stored.cipher_sha256,
    )

