"""Evidence and who held it: bytes are in the vault, this is what is known about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import ObjectId, Plain, PlainMap, StepId

PIECES_LIMIT = 5_000
"""Exhibits of one incident, those taken out included: their bytes stay."""
BYTES_LIMIT = 20 << 30
"""Of all of them together."""
PICTURE_BYTES_LIMIT = 64 << 20
PICTURE_POINTS_LIMIT = 50_000_000
_NAME_SIGNS = 200
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


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
    seen_at: datetime | None = None
    """When what it shows happened or arrived, as the person says."""
    withdrawn: str = ""
    """Why it was taken out of the file, empty while it counts; its bytes stay in the vault."""

    @classmethod
    def from_plain(cls, number: str, plain: PlainMap) -> Evidence:
        """Reverse of `to_plain`."""
        size = plain["size"]
        step = plain["step"]
        seen = plain.get("seen_at")
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
            from_wire(seen) if isinstance(seen, str) else None,
            str(plain.get("withdrawn", "")),
        )

    def to_plain(self) -> dict[str, Plain]:
        """Record of kind `evidence`."""
        plain: dict[str, Plain] = {
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
        if self.seen_at is not None:
            plain["seen_at"] = to_wire(self.seen_at)
        if self.withdrawn:
            plain["withdrawn"] = self.withdrawn
        return plain


def check_room(pieces: Sequence[Evidence], size_bytes: int) -> None:
    """UserError `evidence.too_many`, `evidence.incident_full`."""
    if len(pieces) >= PIECES_LIMIT:
        raise UserError("evidence.too_many", limit=PIECES_LIMIT)
    if sum(piece.size_bytes for piece in pieces) + size_bytes > BYTES_LIMIT:
        raise UserError("evidence.incident_full", limit=BYTES_LIMIT, size=size_bytes)


def is_half_full(pieces: Sequence[Evidence]) -> bool:
    """One of the two limits is half reached: time to say so."""
    size = sum(piece.size_bytes for piece in pieces)
    return 2 * len(pieces) >= PIECES_LIMIT or 2 * size >= BYTES_LIMIT


def check_picture(size_bytes: int, points: int) -> None:
    """UserError `picture.too_large` for a pasted picture over one of its limits."""
    if size_bytes > PICTURE_BYTES_LIMIT or points > PICTURE_POINTS_LIMIT:
        raise UserError("picture.too_large", limit=PICTURE_BYTES_LIMIT, size=size_bytes)


def written_name(name: str) -> str:
    """Name of a file as the trail can hold it: control characters as `\\x1b`, 200 signs at most.

    The whole name is sealed with the content.
    """
    text = _UNWRITABLE.sub(lambda sign: ascii(sign[0])[1:-1], name)
    return text if len(text) <= _NAME_SIGNS else text[: _NAME_SIGNS - 3] + "..."


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


def describe(former: Evidence, title: str, source: str, seen_at: datetime | None) -> Changes:
    """Say otherwise what an exhibit shows; what was said first stays readable in the trail.

    UserError `evidence.same` when nothing differs.
    """
    described = replace(former, title=title, source=source, seen_at=seen_at)
    old, new = former.to_plain(), described.to_plain()
    told = ("title", "source", "seen_at")
    before: dict[str, Plain] = {
        key: old.get(key, "") for key in told if old.get(key) != new.get(key)
    }
    if not before:
        raise UserError("evidence.same", number=former.number)
    return _noted(described, {"before": before})


def withdraw(evidence: Evidence, reason: str) -> Changes:
    """Out of the file, with the reason: the bytes and every entry stay."""
    return _noted(replace(evidence, withdrawn=reason.strip()), {})


def put_back(evidence: Evidence) -> Changes:
    """It counts again; the reason of the withdrawal stays in the trail."""
    return _noted(replace(evidence, withdrawn=""), {"before": {"withdrawn": evidence.withdrawn}})


def _noted(evidence: Evidence, detail: dict[str, Plain]) -> Changes:
    return Changes(
        "evidence.note",
        (Operation("evidence", evidence.number, evidence.to_plain()),),
        {"number": evidence.number, **detail},
    )


def view(evidence: Evidence) -> Changes:
    """Its content was shown on the screen; nothing else changes."""
    return Changes("evidence.note", (), {"number": evidence.number, "view": True})


def act_of(kind: str, detail: PlainMap) -> str:
    """Kind of an entry for a reader: a view, which is noted, is not a change of description."""
    return "evidence.view" if kind == "evidence.note" and detail.get("view") is True else kind


def export(evidence: Evidence, name: str) -> Changes:
    """A clear copy left the vault, under this file name; a custody event."""
    return Changes(
        "evidence.export",
        (),
        {"number": evidence.number, "file": name, "sha256": evidence.sha256},
    )


def hand_over(evidence: Evidence, to: str, purpose: str) -> Changes:
    """A copy leaves for somebody; a custody event, read from the trail."""
    return Changes(
        "evidence.hand_over",
        (),
        {"number": evidence.number, "to": to, "purpose": purpose, "sha256": evidence.sha256},
    )
