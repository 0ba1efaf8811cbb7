"""Anchors: what an outsider holds of the trail, and what the trail holds of an outsider (3.5).

A checkpoint that left the practice shows any later rewriting of what came before it. The number of
a receipt, written down when it arrives, shows that what follows was written after it.
"""

from __future__ import annotations

from datetime import datetime

from clinicir.domain.changes import Changes
from clinicir.domain.clock import to_wire
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.anchor_ports import AnchorKeeper, Prepared, Stamped
from clinicir.services.session import Session


def prepare_anchor(session: Session, keeper: AnchorKeeper, by: str) -> Prepared:
    """Fix all that is written so far; the entry says that it was made ready to leave."""
    prepared = keeper.prepare(session.store.position, session.clock.now())
    detail: dict[str, Plain] = {"size": prepared.position.n, "head": prepared.position.head}
    session.commit(None, Changes("anchor.add", (), detail), by)
    return prepared


def accept_stamp(
    session: Session, keeper: AnchorKeeper, reply: bytes, trusted_pem: bytes, by: str
) -> Stamped:
    """Keep the reply of an authority. UserError `stamp.*`: nothing was kept nor written."""
    stamped = keeper.accept(reply, trusted_pem)
    detail: dict[str, Plain] = {
        "size": stamped.entry, "at": stamped.at, "authority": stamped.authority,
        "sha256": stamped.sha256,
    }  # fmt: skip
    session.commit(None, Changes("anchor.add", (), detail), by)
    return stamped


def add_receipt(
    session: Session, incident: IncidentId, issuer: str, reference: str, at: datetime, by: str
) -> None:
    """A number that only an outsider could give: what follows was written after it existed.

    UserError `incident.closed`, `text.*`.
    """
    session.open_case(incident)
    detail: dict[str, Plain] = {"issuer": issuer, "reference": reference, "at": to_wire(at)}
    session.commit(incident, Changes("receipt.add", (), detail), by)
