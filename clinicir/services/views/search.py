"""Everything that can be searched in the vault; the words of the screen are put on it later."""

from __future__ import annotations

from dataclasses import dataclass

from clinicir.domain.case import Case
from clinicir.domain.ids import IncidentId, StepId
from clinicir.domain.incident import IncidentState
from clinicir.domain.playbook import Step
from clinicir.domain.route import route
from clinicir.services.session import Session
from clinicir.services.views.evidence import EvidenceRow, evidence_view
from clinicir.services.views.journal import JournalLine, journal_lines


@dataclass(frozen=True)
class CaseMaterial:
    """One incident with all that it holds."""

    incident: IncidentId
    number: str
    title: str
    closed: bool
    steps: tuple[tuple[StepId, Step], ...]
    evidence: tuple[EvidenceRow, ...]
    lines: tuple[JournalLine, ...]


@dataclass(frozen=True)
class Material:
    """The vault at one entry of its trail."""

    position: int
    cases: tuple[CaseMaterial, ...]
    """The latest incident first."""


def material(session: Session) -> Material:
    """Read every incident, its journal included: seconds for ten thousand entries."""
    position = session.store.position.n
    incidents = reversed(session.store.incidents())
    return Material(position, tuple(_case(session, session.case(each)) for each in incidents))


def _case(session: Session, case: Case) -> CaseMaterial:
    incident = case.incident.id
    return CaseMaterial(
        incident=incident,
        number=case.incident.number,
        title=case.scenario.title,
        closed=case.incident.state is IncidentState.CLOSED,
        steps=tuple((each.step.id, each.step) for each in route(case)),
        evidence=evidence_view(session, incident).rows,
        lines=journal_lines(session, incident),
    )
