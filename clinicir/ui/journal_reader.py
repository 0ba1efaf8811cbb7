"""Reads the journal by parts: the newest lines first, the older ones behind, never twice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from clinicir.domain.ids import IncidentId
from clinicir.services.views.journal import JournalView, journal_lines, journal_view
from clinicir.ui.desk import Desk
from clinicir.ui.models.journal import Shown, prepared

FIRST, PART = 200, 500
"""Lines of the first part and of those behind it: a job of some hundredths of a second."""


class JournalReader(QObject):
    """Entries never change: what was read once is kept as long as the incident is the same."""

    begun = Signal()
    """Another incident: forget the lines of the former one."""
    viewed = Signal(object)
    newer = Signal(object)
    older = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Reads nothing before `read`."""
        super().__init__()
        self._desk = desk
        self._incident: IncidentId | None = None
        self._start = self._stop = 0
        self._reading_older = False

    @property
    def is_whole(self) -> bool:
        """Every line was read."""
        return self._start == 0

    def read(self, incident: IncidentId) -> None:
        """What is new since the last time, and the rest if it is the first."""
        if incident != self._incident:
            self._incident, self._start, self._stop = incident, 0, 0
            self._reading_older = False
            self.begun.emit()
        session, known = self._desk.session, self._stop

        def lines() -> tuple[JournalView, int, list[Shown]]:
            view = journal_view(session, incident)
            start = known or max(0, view.size - FIRST)
            return view, start, prepared(journal_lines(session, incident, start, view.size))

        def found(result: tuple[JournalView, int, list[Shown]]) -> None:
            view, start, read = result
            if incident != self._incident or known != self._stop:
                return
            if not known:
                self._start = start
            self._stop = view.size
            self.viewed.emit(view)
            self.newer.emit(read)
            self._read_older()

        self._desk.jobs.run(lines, found)

    def _read_older(self) -> None:
        incident, stop, session = self._incident, self._start, self._desk.session
        if incident is None or stop == 0 or self._reading_older:
            return
        start = max(0, stop - PART)
        self._reading_older = True

        def found(read: list[Shown]) -> None:
            if incident != self._incident:
                return
            self._reading_older, self._start = False, start
            self.older.emit(read)
            self._read_older()

        self._desk.jobs.run(
            lambda: prepared(journal_lines(session, incident, start, stop)), found
        )
