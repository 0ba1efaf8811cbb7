"""Half-typed text of the pages, in the one encrypted file of the incident (architecture ruling 9).

Each page has a section of its own; what the others keep is left alone. Called by the writer thread.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from clinicir.domain.ids import IncidentId, Plain, PlainMap
from clinicir.services.session import Session

Draft = dict[str, Plain]


@runtime_checkable
class KeepsDrafts(Protocol):
    """A vault that keeps one draft an incident."""

    def save_draft(self, incident: IncidentId | None, content: PlainMap) -> None:
        """Replace the draft."""
        ...

    def load_draft(self, incident: IncidentId | None) -> dict[str, Plain]:
        """The last one, empty when there is none."""
        ...


def load(session: Session, incident: IncidentId | None, section: str) -> Draft:
    """What a page kept, empty when it kept nothing."""
    if not isinstance(session.store, KeepsDrafts):
        return {}
    found = session.store.load_draft(incident).get(section)
    return found if isinstance(found, dict) else {}


def save(session: Session, incident: IncidentId | None, section: str, kept: Draft) -> None:
    """Replace what a page keeps; nothing is written when nothing changed."""
    if not isinstance(session.store, KeepsDrafts):
        return
    content = session.store.load_draft(incident)
    if content.get(section, {}) != kept:
        session.store.save_draft(incident, {**content, section: kept})


def load_part(session: Session, incident: IncidentId, section: str, name: str) -> Draft:
    """What one form or step of a page kept."""
    found = load(session, incident, section).get(name)
    return found if isinstance(found, dict) else {}


def save_part(
    session: Session, incident: IncidentId, section: str, name: str, draft: Draft
) -> None:
    """Keep it beside the others, or forget it when empty."""
    kept = load(session, incident, section)
    others = {other: part for other, part in kept.items() if other != name}
    save(session, incident, section, {**others, name: draft} if draft else others)
