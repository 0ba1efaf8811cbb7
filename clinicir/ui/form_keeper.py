"""Keeps a form that is being typed, at most two seconds behind the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from clinicir.domain.ids import IncidentId
from clinicir.ui.desk import Desk
from clinicir.ui.models import form_drafts
from clinicir.ui.models.form_drafts import Draft

_SAVE_AFTER_MS = 1500


class FormKeeper(QObject):
    """One form at a time: `open`, then `touch` at each sign typed, then `forget` or `keep`."""

    def __init__(self, desk: Desk, read: Callable[[], Draft | None]) -> None:
        """`read` gives what is typed, empty when nothing is, None when no form is open."""
        super().__init__()
        self._desk, self._read = desk, read
        self._place: tuple[IncidentId, str] | None = None
        self._kept: Draft = {}
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.timeout.connect(self.keep)

    def open(self, incident: IncidentId, form: str, then: Callable[[Draft], None]) -> None:
        """Give `then` what was half typed in this form, perhaps before a crash."""
        self._saver.stop()
        self._place, session = (incident, form), self._desk.session

        def found(draft: Draft) -> None:
            if self._place == (incident, form):
                self._kept = draft
                then(draft)

        self._desk.jobs.run(lambda: form_drafts.load(session, incident, form), found)

    def touch(self) -> None:
        """Something was typed."""
        if self._place is not None and not self._saver.isActive():
            self._saver.start(_SAVE_AFTER_MS)

    def keep(self) -> None:
        """Write it now, if something was typed since."""
        self._saver.stop()
        draft = self._read()
        if self._place is not None and draft is not None and draft != self._kept:
            self._save(draft)

    def leave(self) -> None:
        """Write it, then keep nothing more until the next `open`."""
        self.keep()
        self._place = None

    def forget(self) -> None:
        """The form was sent or given up."""
        self._saver.stop()
        if self._place is not None:
            self._save({})
            self._place = None

    def _save(self, draft: Draft) -> None:
        assert self._place is not None
        (incident, form), session = self._place, self._desk.session
        self._kept = draft
        self._desk.jobs.run(lambda: form_drafts.save(session, incident, form, draft))
