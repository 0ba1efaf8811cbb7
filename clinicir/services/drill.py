"""Exercises: begin one in a vault of its own, let messages come, note it in the real vault.

What is written here goes to the vault of the exercise, but `note_drill`, which is for the real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.drill import DrillReport
from clinicir.domain.errors import BugError
from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.playbook import Drill
from clinicir.domain.practice import Practice
from clinicir.services import first_start
from clinicir.services.readiness import prove
from clinicir.services.session import Session

OFFERED: Mapping[str, str] = MappingProxyType(
    {
        "exercice-amelipro": "amelipro",
        "exercice-editeur": "vendor",
        "exercice-rancongiciel": "rancongiciel",
    }
)
"""Exercises that the window offers, and the story that lends its fictional practice."""

PROOF = "RD-22"
"""The protection that an exercise proves."""
_KIND = _KEY = "drill"


@dataclass(frozen=True)
class DrillRecord:
    """The exercise of a vault, as kept in it."""

    drill: str
    practice: str
    """The real practice, for the certificate."""
    by: str
    started_at: datetime
    called: int = 1
    """Messages asked for before their time, the first one included."""
    ended_at: datetime | None = None

    @classmethod
    def from_plain(cls, plain: PlainMap) -> DrillRecord:
        """Reverse of `to_plain`."""
        ended = plain.get("ended_at")
        return cls(
            drill=str(plain["drill"]),
            practice=str(plain["practice"]),
            by=str(plain["by"]),
            started_at=from_wire(str(plain["started_at"])),
            called=int(str(plain["called"])),
            ended_at=from_wire(ended) if isinstance(ended, str) else None,
        )

    def to_plain(self) -> dict[str, Plain]:
        """Record of kind `drill`."""
        return {
            "drill": self.drill,
            "practice": self.practice,
            "by": self.by,
            "started_at": to_wire(self.started_at),
            "called": self.called,
            "ended_at": to_wire(self.ended_at) if self.ended_at else None,
        }


def begin_drill(
    session: Session, drill: str, fictional: Practice, trained: str, by: str
) -> DrillRecord:
    """Fill the new vault of an exercise: the fictional practice, and when it began.

    There is no recovery sheet to keep of a vault that dies with the exercise: nothing asks for it.
    """
    record = DrillRecord(drill, trained, by, session.clock.now())
    practice = Operation("practice", "practice", fictional.to_plain())
    session.commit(None, Changes("practice.set", (practice, _operation(record))), by)
    first_start.confirm_sheet(session, by)
    return record


def drill_record(session: Session) -> DrillRecord:
    """The exercise of this vault."""
    found = session.store.records(None, _KIND).get(_KEY)
    if found is None:
        raise BugError("not the vault of an exercise")
    return DrillRecord.from_plain(found)


def drill_of(session: Session) -> Drill:
    """What is bundled about the exercise of this vault."""
    return session.knowledge.playbooks.drills[drill_record(session).drill]


def call_next(session: Session, arrived: int, by: str) -> None:
    """Let the message after the `arrived` first ones come without waiting for its hour."""
    record = replace(drill_record(session), called=arrived + 1)
    session.commit(None, Changes("readiness.set", (_operation(record),)), by)


def end_drill(session: Session, by: str) -> DrillRecord:
    """Stop the clock of the exercise; the first end stays the end."""
    record = drill_record(session)
    if record.ended_at is not None:
        return record
    ended = replace(record, ended_at=session.clock.now())
    session.commit(None, Changes("readiness.set", (_operation(ended),)), by)
    return ended


def resume_drill(session: Session, by: str) -> None:
    """Play on after the end was looked at."""
    record = drill_record(session)
    if record.ended_at is not None:
        again = replace(record, ended_at=None)
        session.commit(None, Changes("readiness.set", (_operation(again),)), by)


def note_drill(real: Session, report: DrillReport, note: str, by: str) -> None:
    """The yearly exercise was done: written in the real vault, which must not be a drill's."""
    if real.store.drill:
        raise BugError("the real vault was expected")
    prove(real, PROOF, report.ended_at.date(), note, by)


def _operation(record: DrillRecord) -> Operation:
    return Operation(_KIND, _KEY, record.to_plain())
