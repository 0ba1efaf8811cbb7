"""Record that a paper left: its receipt first, then the act that it proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clinicir.domain.ids import IncidentId
from clinicir.services.evidence import Described, take_in
from clinicir.services.notifications import file_notification, record_submission
from clinicir.services.session import Session
from clinicir.services.views.documents import CNIL, Duty
from clinicir.services.views.evidence import evidence_view, free_label
from clinicir.texts import screens_papers as say


@dataclass(frozen=True)
class Sent:
    """What the person said of an act."""

    kind: str
    duties: tuple[Duty, ...]
    version: str
    at: datetime
    reference: str
    receipt: str
    """Number of an exhibit, empty when there is none yet."""
    file: Path | None
    """A receipt that is still to enter the vault."""


def record(session: Session, incident: IncidentId, sent: Sent, by: str) -> frozenset[str]:
    """Runs on the writer thread; the kinds of record that were touched.

    The errors of `take_in`, `file_notification` and `record_submission`.
    """
    receipt, touched = sent.receipt, {"filing" if sent.kind == CNIL else "submission"}
    if sent.file is not None:
        taken = evidence_view(session, incident).labels
        label = free_label(sent.file.name, taken)
        take_in(session, incident, sent.file, Described(label, say.RECEIPT_TITLE), by)
        receipt = session.case(incident).incident.evidence[-1].number
        touched.add("evidence")
    if sent.kind == CNIL:
        file_notification(session, incident, sent.version, sent.reference, receipt, by, sent.at)
        return frozenset(touched)
    for duty in sent.duties:
        record_submission(
            session, incident, duty.rule, duty.channel, sent.reference, receipt, by, sent.at
        )
    return frozenset(touched)
