"""What is half typed at the end of an incident, kept by the vault beside the trail."""

from __future__ import annotations

from dataclasses import dataclass, field

from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.session import Session
from clinicir.ui.models import drafts

_SECTION = "closing"


@dataclass
class ClosingDraft:
    """Reasons by the key of what is left open, the three lessons, the day, the reason to reopen."""

    reasons: dict[str, str] = field(default_factory=dict)
    lessons: list[str] = field(default_factory=lambda: ["", "", ""])
    day: str | None = None
    """As typed; None when nobody touched it."""
    reopening: str = ""

    def to_plain(self) -> dict[str, Plain]:
        """Empty when there is nothing to keep."""
        plain: dict[str, Plain] = {}
        if self.reasons:
            plain["reasons"] = dict(self.reasons)
        if any(self.lessons):
            plain["lessons"] = list(self.lessons)
        if self.day is not None:
            plain["day"] = self.day
        if self.reopening:
            plain["reopening"] = self.reopening
        return plain


def load(session: Session, incident: IncidentId) -> ClosingDraft:
    """The last draft; a damaged part of it is left out."""
    draft = ClosingDraft()
    found = drafts.load(session, incident, _SECTION)
    reasons, lessons = found.get("reasons"), found.get("lessons")
    if isinstance(reasons, dict):
        draft.reasons = {key: str(reason) for key, reason in reasons.items()}
    if isinstance(lessons, list):
        draft.lessons = [*(str(line) for line in lessons), "", "", ""][:3]
    day = found.get("day")
    draft.day = str(day) if day is not None else None
    draft.reopening = str(found.get("reopening") or "")
    return draft


def save(session: Session, incident: IncidentId, plain: dict[str, Plain]) -> None:
    """Keep it; drafts of other pages are left alone."""
    drafts.save(session, incident, _SECTION, plain)
