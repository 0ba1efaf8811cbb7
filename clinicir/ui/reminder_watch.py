"""Keeps the reminders of the window up to date: read after each change, told the time meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from clinicir.services.reminders import ClockWatch
from clinicir.services.views.reminders import RemindersView, reminders_view
from clinicir.texts import screens_reminders as say
from clinicir.ui.desk import Desk
from clinicir.ui.widgets.reminder_band import ReminderBand

TICK_MS = 20_000
_CALM_MS = 1_500
"""A run of changes is read once."""


class ReminderWatch(QObject):
    """Lives as long as a vault is open; `stop` forgets all."""

    def __init__(self, desk: Desk, band: ReminderBand) -> None:
        """Starts at once."""
        super().__init__(band)
        self._desk, self._band = desk, band
        self._clock = ClockWatch(desk.session.clock)
        self._stopped = False
        self._told_behind = False
        self.view: RemindersView | None = None
        """What was read last."""
        self._tick, self._calm = QTimer(self), QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.look_at_clock)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self.read)
        self._tick.start()
        self._calm.start()
        desk.changed.append(self._changed)

    def stop(self) -> None:
        """The vault is about to close."""
        self._stopped = True
        self._tick.stop()
        self._calm.stop()
        self._band.forget()
        self.deleteLater()

    def read(self) -> None:
        """The limits as they stand now."""
        if not self._stopped:
            session = self._desk.session
            self._desk.jobs.run(lambda: reminders_view(session), self._show)

    def unkept(self) -> int:
        """Limits of the next day that no calendar knows."""
        now = self._desk.session.clock.now()
        return len(self.view.unkept(now)) if self.view is not None else 0

    def look_at_clock(self) -> None:
        """Move the words on, and see whether the clock went back."""
        lost = self._clock.went_back()
        if lost is not None:
            self._told_behind = True
            self._band.tell_clock(say.clock_went_back(lost))
        self._band.tick(self._desk.session.clock.now())

    def _changed(self, _kinds: frozenset[str]) -> None:
        if not self._stopped:
            self._calm.start()

    def _show(self, view: RemindersView) -> None:
        if self._stopped:
            return
        self.view = view
        if view.behind is not None and not self._told_behind:
            self._told_behind = True
            self._band.tell_clock(say.clock_is_behind(view.behind))
        self._band.show_view(view, self._desk.session.clock.now())
