"""Look at an exhibit: its beginning, decoded elsewhere; that it was seen is written down."""

from __future__ import annotations

from dataclasses import dataclass

from clinicir.domain.errors import StorageError
from clinicir.domain.evidence import view
from clinicir.domain.ids import IncidentId, ObjectId
from clinicir.domain.shown import Shown
from clinicir.services.ports import Viewer
from clinicir.services.session import Session

_SIGN_BYTES = 16


@dataclass(frozen=True)
class Preview:
    """What can be shown of an exhibit."""

    shown: Shown | None
    """None: it cannot be shown."""
    whole: bool
    """Nothing of it was left out."""


class Previews:
    """One for each start of the program: it remembers what was seen since."""

    def __init__(self, viewer: Viewer) -> None:
        """Nothing was seen yet."""
        self._viewer = viewer
        self._seen: set[tuple[IncidentId, ObjectId]] = set()

    def open(self, session: Session, incident: IncidentId, number: str, by: str) -> Preview:
        """The exhibit as it can be shown; the first look of a start is an entry of the trail.

        It can be looked at while nothing can be recorded. Raises `evidence.unknown` and the
        errors of the vault and of the disk.
        """
        piece = session.case(incident).incident.evidence_labelled(number)
        start = session.store.read_object(piece.object_id, incident, _SIGN_BYTES)
        most = self._viewer.wanted(piece.name, start)
        content = session.store.read_object(piece.object_id, incident, most)
        shown = self._viewer.look(piece.name, content)
        if (incident, piece.object_id) not in self._seen:
            try:
                session.commit(incident, view(piece), by)
            except StorageError as problem:
                if problem.code != "vault.read_only":
                    raise
            self._seen.add((incident, piece.object_id))
        return Preview(shown, piece.size_bytes <= most)

    def picture(self, content: bytes, name: str) -> Shown | None:
        """A picture that is not in the vault yet, from the clipboard."""
        return self._viewer.look(name, content)
