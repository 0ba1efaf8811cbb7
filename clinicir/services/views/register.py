"""The register of the practice as a screen lists it: one line an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.case import Case
from clinicir.domain.ids import IncidentId
from clinicir.domain.incident import IncidentState
from clinicir.domain.notification import Version
from clinicir.services.session import Session


@dataclass(frozen=True)
class RegisterRow:
    """One incident; instants on the wall clock of the practice."""

    incident: IncidentId
    number: str
    title: str
    known_at: datetime | None
    notified_at: datetime | None
    closed: bool


@dataclass(frozen=True)
class RegisterView:
    """Every incident of the vault, the latest first."""

    rows: tuple[RegisterRow, ...]
    produced_at: datetime | None
    """When the paper was last made."""


def register_view(session: Session) -> RegisterView:
    """Read every incident."""
    cases = [session.case(incident) for incident in session.store.incidents()]
    return RegisterView(tuple(reversed([_row(case) for case in cases])), _produced(session))


def _row(case: Case) -> RegisterRow:
    known = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
    filing = case.incident.filed(*Version)
    return RegisterRow(
        incident=case.incident.id,
        number=case.incident.number,
        title=case.scenario.title,
        known_at=case.local(known) if known else None,
        notified_at=case.local(filing.at) if filing else None,
        closed=case.incident.state is IncidentState.CLOSED,
    )


def _produced(session: Session) -> datetime | None:
    issued = session.store.records(None, "document").values()
    told = [datetime.fromisoformat(str(each["at"])) for each in issued]
    return max(told, default=None)
