"""`summary.json`: the state of a case after its last event, for tests and for other tools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clinicir.domain.case import Case
from clinicir.domain.clock import to_wire
from clinicir.domain.consistency import disagreements
from clinicir.domain.duties import banners, obligations
from clinicir.domain.evidence import Evidence
from clinicir.domain.gravity import assessment_of, gravity_of
from clinicir.domain.ids import IncidentId
from clinicir.domain.obligation import Obligation
from clinicir.domain.route import RouteStep, route
from clinicir.services.documents import Produced
from clinicir.services.session import Session

Json = dict[str, object]


def summary(
    session: Session,
    incident: IncidentId,
    title: str,
    produced: Sequence[tuple[Produced, str]],
    attachments: Sequence[str],
) -> Json:
    """The document of story.md; paths are those under the output folder."""
    case = session.case(incident)
    position = session.store.position
    return {
        "format": 1,
        "title": title,
        "drill": case.drill,
        "incident": _incident(case),
        "obligations": [_obligation(duty) for duty in obligations(case)],
        "inconsistencies": [str(found) for found in disagreements(case)],
        "banners": list(banners(case)),
        "steps": [_step(item) for item in route(case)],
        "evidence": [_evidence(piece) for piece in case.incident.evidence],
        "documents": [_document(paper, path) for paper, path in produced],
        "attachments": list(attachments),
        "trail": {"entries": position.n, "head": position.head},
    }


def _incident(case: Case) -> Json:
    incident = case.incident
    return {
        "id": incident.id,
        "number": incident.number,
        "scenario": incident.scenario,
        "state": incident.state.value,
        "severity": {
            "cnil": gravity_of(case).value,
            "enisa": assessment_of(case).score.se / 100,
        },
    }


def _obligation(duty: Obligation) -> Json:
    return {
        "id": duty.rule.id,
        "level": duty.level.name,
        "authority": duty.rule.authority,
        "clock": duty.rule.deadline.origins[0],
        "due_at": _text(duty.due_at),
        "state": duty.state.value,
        "because": list(duty.because),
        "presumed": duty.presumed,
        "for": list(duty.establishments),
    }


def _step(item: RouteStep) -> Json:
    return {
        "id": item.step.id,
        "phase": item.step.phase,
        "state": item.state.value,
        "done_at": _text(item.done_at),
    }


def _evidence(piece: Evidence) -> Json:
    return {
        "number": piece.number,
        "label": piece.label,
        "sha256": piece.sha256,
        "bytes": piece.size_bytes,
    }


def _document(paper: Produced, path: str) -> Json:
    return {
        "kind": paper.kind,
        "version": paper.version,
        "path": path,
        "sha256": paper.sha256,
        "pages": paper.pages,
        "missing": list(paper.missing),
    }


def _text(instant: datetime | None) -> str | None:
    return to_wire(instant) if instant else None
