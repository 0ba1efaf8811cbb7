"""Half-typed answers of the steps, kept by the vault beside the trail when it knows how to."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from clinicir.domain.ids import IncidentId, Plain, PlainMap
from clinicir.services.session import Session

Draft = dict[str, Plain]
_KEY = "steps"


@runtime_checkable
class KeepsDrafts(Protocol):
    """A vault that keeps one draft an incident (architecture ruling 9)."""

    def save_draft(self, incident: IncidentId | None, content: PlainMap) -> None:
        """Replace the draft."""
        ...

    def load_draft(self, incident: IncidentId | None) -> dict[str, Plain]:
        """The last one, empty when there is none."""
        ...


def load(session: Session, incident: IncidentId, step: str) -> Draft:
    """What was half typed in a step."""
    if not isinstance(session.store, KeepsDrafts):
        return {}
    found = _steps(session.store.load_draft(incident)).get(step)
    return found if isinstance(found, dict) else {}


def save(session: Session, incident: IncidentId, step: str, draft: Draft) -> None:
    """Keep it, or forget it when empty; drafts of other pages are left alone."""
    if not isinstance(session.store, KeepsDrafts):
        return
    content = session.store.load_draft(incident)
    steps = _steps(content)
    if not draft and step not in steps:
        return
    steps = {name: kept for name, kept in steps.items() if name != step}
    if draft:
        steps[step] = draft
    session.store.save_draft(incident, {**content, _KEY: steps})


def _steps(content: PlainMap) -> Draft:
    found = content.get(_KEY)
    return found if isinstance(found, dict) else {}
