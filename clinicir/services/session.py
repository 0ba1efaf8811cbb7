"""One open vault with the knowledge and the clock: where every use case starts from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinicir.domain.audit import EntryDraft
from clinicir.domain.case import Case
from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import Clock
from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.domain.incident import Incident, check_open
from clinicir.domain.knowledge import Knowledge
from clinicir.domain.length import check_length, normalised
from clinicir.domain.practice import Practice
from clinicir.services.ports import CaseStore


@dataclass(frozen=True)
class Session:
    """Passed to every use case; holds no state of its own."""

    store: CaseStore
    knowledge: Knowledge
    clock: Clock

    def practice(self) -> Practice:
        """The practice sheet; UserError `vault.not_found` in a vault without one."""
        record = self.store.records(None, "practice").get("practice")
        if record is None:
            raise UserError("vault.not_found")
        return Practice.from_plain(dict(record))

    def case(self, incident: IncidentId) -> Case:
        """The incident as it stands now; UserError `incident.unknown`."""
        return Case(
            Incident.from_records(incident, lambda kind: self.store.records(incident, kind)),
            self.practice(),
            self.knowledge,
            self.clock.now(),
            self.store.drill,
        )

    def open_case(self, incident: IncidentId) -> Case:
        """The same, refused with `incident.closed` when the incident has ended."""
        case = self.case(incident)
        check_open(case.incident)
        return case

    def commit(
        self,
        incident: IncidentId | None,
        changes: Changes,
        by: str,
        object_digest: str | None = None,
    ) -> Changes:
        """Append one entry; the changes come back so that screens know what to redraw.

        Texts are kept in NFC, with one kind of line end. UserError `text.too_long`, `text.control`
        before anything is written.
        """
        check_length("by", by)
        detail = {key: normalised(value) for key, value in changes.detail.items()}
        check_length("detail", detail)
        operations = tuple(_normalised(operation) for operation in changes.operations)
        for operation in operations:
            check_length(operation.kind, operation.value)
        self.store.commit(
            EntryDraft(changes.entry, incident, by, operations, detail, object_digest)
        )
        return changes

    def find(self, reference: str) -> IncidentId:
        """Incident by its id or its case number `2027-001`; UserError `incident.unknown`."""
        for incident in self.store.incidents():
            header = self.store.records(incident, "incident").get("incident", {})
            if reference in (incident, header.get("number")):
                return incident
        raise UserError("incident.unknown", incident=reference[:80])


def _normalised(operation: Operation) -> Operation:
    if operation.value is None:
        return operation
    value = {key: normalised(item) for key, item in operation.value.items()}
    return replace(operation, value=value)
