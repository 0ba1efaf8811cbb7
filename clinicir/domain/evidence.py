"""Evidence and who held it: bytes are in the vault, this is what is known about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.ids import ObjectId, Plain, PlainMap, StepId


@dataclass(frozen=True)
class Evidence:
    """One exhibit (`P-001`)."""

    number: str
    label: str
    """Short name given by the person, unique in the incident."""
    title: str
    source: str
    name: str
    """Name of the original file."""
    size_bytes: int
    sha256: str
    object_id: ObjectId
    collected_by: str
    collected_at: datetime
    step: StepId | None

    @classmethod
    def from_plain(cls, number: str, plain: PlainMap) -> Evidence:
        """Reverse of `to_plain`."""
        size = plain["size"]
        step = plain["step"]
        return cls(
            number,
            str(plain["label"]),
            str(plain["title"]),
            str(plain["source"]),
            str(plain["name"]),
            size if isinstance(size, int) else 0,
            str(plain["sha256"]),
            ObjectId(str(plain["object"])),
            str(plain["by"]),
            from_wire(str(plain["at"])),
            StepId(step) if isinstance(step, str) else None,
        )

    def to_plain(self) -> dict[str, Plain]:
        """Record of kind `evidence`."""
        return {
            "label": self.label,
            "title": self.title,
            "source": self.source,
            "name": self.name,
            "size": self.size_bytes,
            "sha256": self.sha256,
            "object": self.object_id,
            "by": self.collected_by,
            "at": to_wire(self.collected_at),
            "step": self.step,
        }


def next_number(taken: int, prefix: str) -> str:
    """`P-001`, `P-002`... in the order of arrival."""
    return f"{prefix}-{taken + 1:03d}"


def add(evidence: Evidence) -> Changes:
    """The exhibit enters the case."""
    record = evidence.to_plain()
    return Changes(
        "evidence.add",
        (Operation("evidence", evidence.number, record),),
        {"number": evidence.number, "title": evidence.title, "sha256": evidence.sha256},
    )


def hand_over(evidence: Evidence, to: str, purpose: str) -> Changes:
    """A copy leaves for somebody; a custody event, read from the trail."""
    return Changes(
        "evidence.hand_over",
        (),
        {"number": evidence.number, "to": to, "purpose": purpose, "sha256": evidence.sha256},
    )
