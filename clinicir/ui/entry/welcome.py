"""The very first screen: an incident now, or a calm day."""

from __future__ import annotations

from PySide6.QtCore import Signal

from clinicir.texts import screens_entry as say
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.widgets.buttons import Button, Hero, Secondary
from clinicir.ui.widgets.layout import wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.text import Body


class Welcome(EntryPage):
    """One big button; nothing to fill in here."""

    chosen = Signal(bool)
    """True: there is an incident now."""

    backup_asked = Signal()
    """A backup to put back instead of a new vault."""

    def __init__(self) -> None:
        """No vault exists yet."""
        super().__init__(say.WELCOME, "shield-check")
        self.incident = Hero(say.INCIDENT_NOW, "siren")
        self.prepare = Secondary(say.PREPARE, "clipboard-list")
        self.backup = Secondary(say.OPEN_BACKUP, "upload")
        self.backup.clicked.connect(
            lambda: self.when_free(self.backup, self.backup_asked.emit)
        )
        self.incident.setDefault(True)
        self.incident.clicked.connect(lambda: self._choose(self.incident, now=True))
        self.prepare.clicked.connect(lambda: self._choose(self.prepare, now=False))
        touched = Notice("warn", say.TOUCHED_TITLE, say.TOUCHED_TEXT, self.gestures)
        self.lay_out(
            Body(say.WELCOME_LEAD),
            wrapping_row(self.incident),
            wrapping_row(self.prepare, self.backup),
            touched,
            gestures=False,
        )
        self.first = self.incident

    def _choose(self, button: Button, *, now: bool) -> None:
        self.when_free(button, lambda: self.chosen.emit(now))
