"""Across the top of the window: the limit that presses most, and a clock that went back."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from clinicir.domain.reminder import LimitKind
from clinicir.services.views.reminders import LimitView, RemindersView
from clinicir.texts import screens_reminders as say
from clinicir.ui.desk import Place
from clinicir.ui.theme import current
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.notice import Band
from clinicir.ui.widgets.state import THRESHOLDS

REMINDERS = "reminders"
_LARGE = 2.0
"""From this scale on the pages of an incident need the height for their own buttons."""


def place_of(line: LimitView) -> Place:
    """Where to act on a limit: the step that does it."""
    return Place("steps", line.incident, line.step or "")


class ReminderBand(QWidget):
    """Told the time, it never reads a clock; it speaks at thresholds only."""

    asked = Signal(object)
    """The `Place` to go to."""
    whispered = Signal(str)
    """A threshold was crossed while there is no room for the band: say it elsewhere."""

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__()
        self.open = Quiet(say.OPEN)
        self.seen = Quiet(say.CLOCK_SEEN)
        self.limit_band = Band("warn", "", self.open)
        self.clock_band = Band("warn", "", self.seen)
        self._view: RemindersView | None = None
        self._said: dict[str, timedelta] = {}
        self._page, self._crowded = "", False
        self._place = Place(REMINDERS)
        self.setLayout(column(self.clock_band, self.limit_band, gap=0))
        self.open.clicked.connect(lambda: self.asked.emit(self._place))
        self.seen.clicked.connect(self._clock_seen)
        self.forget()

    @property
    def text(self) -> str:
        """The reminder on screen, empty when there is none."""
        return "" if self.limit_band.isHidden() else self.limit_band.text

    @property
    def clock_text(self) -> str:
        """What is said of the clock, empty when there is nothing to say."""
        return "" if self.clock_band.isHidden() else self.clock_band.text

    def forget(self) -> None:
        """Locked: nothing of the incidents stays on the screen."""
        self._view = None
        self._said.clear()
        for band in (self.limit_band, self.clock_band):
            band.say("")
            band.hide()

    def show_view(self, view: RemindersView, now: datetime) -> None:
        """What was read of the vault."""
        self._view = view
        self.tick(now)

    def show_on(self, page: str, *, crowded: bool) -> None:
        """Another page is on screen: it may need the height, or say it itself."""
        self._page, self._crowded = page, crowded
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_crowded"):
            self._refresh()

    def tell_clock(self, text: str) -> None:
        """The clock went back; it stays until somebody has looked."""
        self.clock_band.say(text)
        self._refresh()
        if self.clock_band.isHidden():
            self.whispered.emit(text)
        else:
            self._announce(text)

    def tick(self, now: datetime) -> None:
        """The words at `now`."""
        if self._view is None:
            return
        pressing = self._view.pressing(now)
        self._words(pressing, now)
        self._refresh()
        crossed = [line for line in pressing if self._crossed(line, now)]
        if not crossed or self._page == REMINDERS:
            return
        if self.limit_band.isHidden():
            self.whispered.emit(self._words_of(crossed[0], now, others=0))
        else:
            self._announce(self.limit_band.text)

    def _words(self, pressing: tuple[LimitView, ...], now: datetime) -> None:
        if not pressing:
            self.limit_band.say("")
            return
        others = len(pressing) - 1
        text = self._words_of(pressing[0], now, others)
        if text != self.limit_band.text:
            self.limit_band.say(text)
        self._place = Place(REMINDERS) if others else place_of(pressing[0])
        self.open.set_text(say.SEE_ALL if others else say.OPEN)

    @staticmethod
    def _words_of(line: LimitView, now: datetime, others: int) -> str:
        if line.limit.kind is LimitKind.STEP:
            return say.step_band(line.limit.title, others)
        return say.duty_band(line.limit.authority, line.limit.at, now, others)

    def _crossed(self, line: LimitView, now: datetime) -> bool:
        """A threshold was passed since the last time, or the limit is new here."""
        key = f"{line.incident}/{line.limit.key}/{line.limit.at.isoformat()}"
        left = line.limit.at - now
        before = self._said.get(key)
        self._said[key] = left
        return before is None or any(left <= mark < before for mark in THRESHOLDS)

    def _refresh(self) -> None:
        room = not self._crowded or current().scale < _LARGE
        wanted = bool(self.limit_band.text) and self._page != REMINDERS
        self.limit_band.setVisible(wanted and room)
        self.clock_band.setVisible(bool(self.clock_band.text) and room)

    def _clock_seen(self) -> None:
        self.clock_band.say("")
        self.clock_band.hide()

    def _announce(self, text: str) -> None:
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
