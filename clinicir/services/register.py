"""The register of the whole practice: every incident in one paper and one table."""

from __future__ import annotations

import hashlib

from clinicir.domain.audit import EntryDraft
from clinicir.domain.case import CaseFile
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import to_wire
from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import next_number
from clinicir.domain.ids import Plain, RuleId
from clinicir.domain.incident import IncidentState
from clinicir.domain.length import check_length
from clinicir.domain.obligation import ObligationState
from clinicir.services.documents import Produced, Production
from clinicir.services.notifications import record_submission
from clinicir.services.ports import Printer, Request, Verifier
from clinicir.services.session import Session

KIND = "registre_complet"
_DUTY = RuleId("CNIL-03")
_NUMBERS = "R"
_WAITING = (ObligationState.OPEN, ObligationState.OVERDUE)


def produce_register(
    session: Session, printer: Printer, verifier: Verifier, by: str
) -> Production:
    """The paper, stamped with the entry that prepared it, and its table.

    It belongs to the practice, not to one incident: the trail keeps its digest, not its bytes,
    which can be made again. The open incidents that still owed their line are told that they have
    it. UserError `incident.unknown` when there is no incident.
    """
    check_length("by", by)
    file = _file_of_all(session, verifier)
    request = Request(KIND)
    [paper] = printer.build(file, request)
    prepared = session.store.commit(
        EntryDraft(
            "doc.prepare", None, by, detail={"kind": KIND, "input": printer.digest(paper)}
        )
    )
    printed = printer.render(paper, prepared)
    digest = hashlib.sha256(printed.content).hexdigest()
    number = next_number(len(session.store.records(None, "document")), _NUMBERS)
    _record(session, number, digest, prepared.n, by)
    _tell_incidents(session, number, by)
    produced = Produced(
        number, KIND, paper.variant, f"{number}-{paper.file_stem}.pdf", printed.content, digest,
        printed.pages, tuple(paper.missing), prepared.n,
    )  # fmt: skip
    return Production((produced,), printer.attachments(file, request))


def _file_of_all(session: Session, verifier: Verifier) -> CaseFile:
    verification, position = verifier(), session.store.position
    files = [
        CaseFile(
            session.case(incident), tuple(session.store.journal(incident)), position, verification
        )
        for incident in session.store.incidents()
    ]
    if not files:
        raise UserError("incident.unknown")
    first, *others = files
    return CaseFile(first.case, first.entries, position, verification, tuple(others))


def _record(session: Session, number: str, digest: str, entry: int, by: str) -> None:
    now = to_wire(session.clock.now())
    operation = Operation(
        "document",
        number,
        {"kind": KIND, "version": "", "sha256": digest, "at": now, "entry": entry},
    )
    detail: dict[str, Plain] = {"number": number, "kind": KIND, "sha256": digest, "printed": entry}
    session.commit(None, Changes("doc.issued", (operation,), detail), by)


def _tell_incidents(session: Session, number: str, by: str) -> None:
    rule = session.knowledge.rule(_DUTY)
    for incident in session.store.incidents():
        case = session.case(incident)
        owed = any(d.rule.id == _DUTY and d.state in _WAITING for d in obligations(case))
        if owed and case.incident.state is IncidentState.OPEN:
            record_submission(session, incident, _DUTY, rule.channel, number, "", by)
