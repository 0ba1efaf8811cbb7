"""Pause points: nobody erases, sends or closes before the facts were read back (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import to_wire
from clinicir.domain.errors import BugError, UserError
from clinicir.domain.ids import IncidentId
from clinicir.services.session import Session

GATES = ("G1", "G2", "G3", "G4", "G5")
_KIND = "gate"


def readers_of(session: Session, incident: IncidentId, gate: str) -> tuple[str, ...]:
    """Who read the facts of `gate` back and confirmed them; empty when nobody has."""
    names = session.store.records(incident, _KIND).get(gate, {}).get("readers")
    return tuple(str(name) for name in names) if isinstance(names, list) else ()


def confirm(
    session: Session, incident: IncidentId, gate: str, names: Sequence[str], by: str
) -> Changes:
    """The facts were read back; UserError `reason.missing` without any name."""
    if gate not in GATES:
        raise BugError(f"no such gate: {gate!r}")
    case = session.open_case(incident)
    readers = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not readers:
        raise UserError("reason.missing")
    record = Operation(_KIND, gate, {"readers": list(readers), "at": to_wire(case.now)})
    changes = Changes("step.gate", (record,), {"gate": gate, "readers": list(readers)})
    return session.commit(incident, changes, by)
