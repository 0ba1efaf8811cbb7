"""The practice sheet: kept under a key that is never erased, read again once a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.deadline import add_months
from clinicir.domain.practice import Practice
from clinicir.services.session import Session

CHECK = "practice_check"
CHECK_MONTHS = 12
"""A number that nobody looked at for a year is not to be trusted in a crisis."""


@dataclass(frozen=True)
class Checked:
    """Last time somebody said that a part of the sheet still holds."""

    on: date
    by: str

    @property
    def due_on(self) -> date:
        """Last day on which that still counts."""
        return add_months(self.on, CHECK_MONTHS)


def save(session: Session, practice: Practice, by: str) -> Changes:
    """Replace the sheet; the former one stays in the trail."""
    record = practice.to_plain()
    return session.commit(
        None, Changes("practice.set", (Operation("practice", "practice", record),)), by
    )


def confirm(session: Session, group: str, by: str) -> Changes:
    """A part of the sheet was read again today, and is right."""
    on = session.clock.now().date().isoformat()
    record = Operation(CHECK, group, {"on": on, "by": by})
    return session.commit(None, Changes("practice.set", (record,)), by)


def checks(session: Session) -> dict[str, Checked]:
    """Last reading of each part that was ever read again."""
    records = session.store.records(None, CHECK)
    return {
        group: Checked(date.fromisoformat(str(record["on"])), str(record["by"]))
        for group, record in records.items()
    }
