"""Protections proved on a day, which grow old: the calm-day half of the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import to_wire
from clinicir.domain.deadline import add_months
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain, PlainMap
from clinicir.domain.playbook import ReadinessItem
from clinicir.services.session import Session

KIND = "readiness"
NOTE_LIMIT = 2_000


class Freshness(StrEnum):
    """How a proof stands today."""

    NEVER = "never"
    FRESH = "fresh"
    STALE = "stale"
    """Proved once, longer ago than `every_months`."""


@dataclass(frozen=True)
class Proof:
    """Last time somebody saw that a protection was there."""

    on: date
    note: str
    by: str

    @classmethod
    def from_plain(cls, plain: PlainMap) -> Proof:
        """Record of kind `readiness`."""
        return cls(date.fromisoformat(str(plain["on"])), str(plain["note"]), str(plain["by"]))


def prove(session: Session, item: str, on: date, note: str, by: str) -> Changes:
    """An item was seen to hold on a day; a former proof stays in the trail.

    UserError `step.unknown` for an item that no list has, `instant.in_future`, `text.too_long`.
    """
    _item(session, item)
    today = session.clock.now()
    if on > today.date():
        raise UserError("instant.in_future", instant=item)
    kept = note.strip()
    if len(kept) > NOTE_LIMIT:
        raise UserError("text.too_long", limit=NOTE_LIMIT)
    record: dict[str, Plain] = {
        "on": on.isoformat(), "note": kept, "by": by, "recorded_at": to_wire(today),
    }
    detail: dict[str, Plain] = {"item": item, "on": on.isoformat()}
    changes = Changes("readiness.set", (Operation(KIND, item, record),), detail)
    return session.commit(None, changes, by)


def withdraw(session: Session, item: str, by: str) -> Changes:
    """Take back a proof given by mistake; the trail keeps both entries."""
    _item(session, item)
    changes = Changes("readiness.set", (Operation(KIND, item, None),), {"item": item})
    return session.commit(None, changes, by)


def proofs(session: Session) -> dict[str, Proof]:
    """Last proof of each item that has one."""
    records = session.store.records(None, KIND)
    return {item: Proof.from_plain(record) for item, record in records.items()}


def due_on(item: ReadinessItem, proof: Proof) -> date:
    """Day on which the proof has to be given again."""
    return add_months(proof.on, item.every_months)


def freshness(item: ReadinessItem, proof: Proof | None, today: date) -> Freshness:
    """A proof still counts on its very last day."""
    if proof is None:
        return Freshness.NEVER
    return Freshness.FRESH if today <= due_on(item, proof) else Freshness.STALE


def _item(session: Session, item: str) -> ReadinessItem:
    for known in session.knowledge.playbooks.readiness:
        if known.id == item:
            return known
    raise UserError("step.unknown", step=item[:80])
