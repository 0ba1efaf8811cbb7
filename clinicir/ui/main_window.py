"""The one window: bars, bands, a stack of pages with its way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from clinicir.texts import screens_shell as say
from clinicir.ui.place import INCIDENT_TABS, Place
from clinicir.ui.tab_order import move_focus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from clinicir.ui.desk import Desk
    from clinicir.ui.pages.page import Page
    from clinicir.ui.problems import ProblemDialog
    from clinicir.ui.registry import PageFactory
    from clinicir.ui.reminder_watch import ReminderWatch
    from clinicir.ui.window_parts import Parts

SMALLEST = QSize(1024, 700)
_LONGEST_WAY_BACK = 50
_PAUSE_MS = 30
"""Long enough for the first drawing to reach the screen."""


class MainWindow(QMainWindow):
    """Implements `ui.desk.Window`; pages exist only while a vault is open.

    It is on screen, with the first page of the entrance, before its bars are made: `furnish`.
    """

    parts: Parts
    """Bars and bands, once furnished."""
    painted = Signal()
    """The first drawing is on screen."""

    arrived = Signal(object)
    """The `Place` now on screen."""
    explained = Signal(object)
    """The error that is told."""
    emptied = Signal()
    """The window has closed: lock and leave."""

    def __init__(self) -> None:
        """Shows nothing until `show_entry`, and no page of a vault until `furnish`."""
        super().__init__()
        self.setMinimumSize(SMALLEST)
        self._furnished = self._drawn = self._drill = False
        self._factories: Mapping[str, PageFactory] = {}
        self._pages: dict[str, Page] = {}
        self._way: list[Place] = []
        self._now: Callable[[], datetime] | None = None
        self._problem: ProblemDialog | None = None
        self.watch: ReminderWatch | None = None
        """Over the reminders, while a vault is open."""
        self.stack = QStackedWidget()
        body = QWidget()
        self._box = QVBoxLayout(body)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.stack, 1)
        self.setCentralWidget(body)

    def furnish(self, version: str, busy: Callable[[], bool], parts: Parts) -> None:
        """What is around the pages of a vault; `busy`: something is being written."""
        self._version, self._busy, self.parts = version, busy, parts
        self.top, self.bottom, self.reminders = parts.top, parts.bottom, parts.reminders
        self.drill_messages, self.drill_end = parts.drill_messages, parts.drill_end
        self.drill_bands = parts.drill_bands
        self.sheet_button, self.sheet_band = parts.sheet_button, parts.sheet_band
        self.read_only_band, self.rolled_back_band = parts.read_only_band, parts.rolled_back_band
        self.rolled_back_button = parts.rolled_back_button
        self.stay_button, self.idle_band = parts.stay_button, parts.idle_band
        self.reminders.asked.connect(self.go)
        self.reminders.whispered.connect(self.say)
        self.top.home_asked.connect(lambda: self.go(Place("home")))
        self.top.back_asked.connect(self.back)
        self.top.tab_asked.connect(self._go_to_tab)
        self.top.help_asked.connect(self.help)
        for part in (*parts.above, *parts.below):
            part.hide()
        for n, part in enumerate(parts.above):
            self._box.insertWidget(n, part)
        for part in parts.below:
            self._box.addWidget(part)
        self.reminders.show()
        self._furnished = True

    # --- what pages may ask --------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """See `Window`; a page that is not part of this version is not gone to."""
        if place.page not in self._factories:
            return
        self._keep()
        if not self._way or self._way[-1] != place:
            self._way.append(place)
            del self._way[:-_LONGEST_WAY_BACK]
        self._show(place)

    def back(self) -> None:
        """See `Window`."""
        if len(self._way) > 1:
            self._keep()
            self._way.pop()
            self._show(self._way[-1])

    def say(self, sentence: str) -> None:
        """See `Window`."""
        self.bottom.say(sentence)

    def explain(self, error: BaseException) -> None:
        """See `Window`; a second error waits for the first to be read."""
        self.explained.emit(error)
        because = self.parts.read_only_because(error)
        if because is not None:
            self.show_read_only(because)
        if self._problem is not None:
            return
        self._problem = self.parts.tell(error, self._version, self)
        self._problem.finished.connect(self._problem_read)
        self._problem.open()

    def _problem_read(self) -> None:
        self._problem = None

    # --- what the shell does -------------------------------------------------------------------

    @property
    def place(self) -> Place | None:
        """Where one is, None while locked."""
        return self._way[-1] if self._way else None

    @property
    def page(self) -> Page | None:
        """The page on screen, None while locked."""
        return self._pages.get(self._way[-1].page) if self._way else None

    @property
    def page_names(self) -> frozenset[str]:
        """Pages that can be gone to now."""
        return frozenset(self._factories)

    @property
    def entry(self) -> QWidget | None:
        """The page of the entrance that is on screen, None while a vault is open."""
        return None if self._factories else self.stack.currentWidget()

    def show_entry(self, page: QWidget, title: str) -> None:
        """One of the pages before the vault is open; the former one is thrown away."""
        self._empty()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.setWindowTitle(say.window_title(title, drill=False))
        page.setFocus()

    def open_desk(self, desk: Desk, factories: Mapping[str, PageFactory]) -> None:
        """From now on pages can be shown."""
        self._empty()
        self._factories, self._now = factories, desk.session.clock.now
        self._desk = desk
        desk.changed.append(self._tell_saved)
        self.bottom.name_who(desk.who)
        self.bottom.tell_saved(None)
        for part in (self.top, self.bottom):
            part.show()
        self.top.help.setVisible("help" in factories)
        self.show_drill(shown=desk.session.store.drill)
        self.drill_messages.setVisible("drill_messages" in factories)
        self.drill_end.setVisible("drill_end" in factories)
        self.watch = self.parts.watch(desk)

    def close_desk(self) -> None:
        """Locked: nothing of the incidents stays on screen or in memory of the pages."""
        self._keep()
        self._empty()

    def show_drill(self, *, shown: bool) -> None:
        """Bands above and below, which nobody can take for reality."""
        self._drill = shown
        for band in self.drill_bands:
            band.setVisible(shown)

    def show_read_only(self, code: str) -> None:
        """Nothing can be recorded from now on; `code` says why."""
        self.read_only_band.say(say.read_only(code))
        self.read_only_band.show()

    def turn_tab(self, by: int) -> None:
        """Ctrl+Tab."""
        self.top.turn(by)

    def help(self) -> None:
        """Help of the page on screen."""
        if self.page is not None and self.page.name != "help":
            self.go(Place("help", item=self.page.name))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on as one reads, whatever was shown since."""
        return move_focus(self, forward=forward) or super().focusNextPrevChild(forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tells once that somebody can see it."""
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            QTimer.singleShot(_PAUSE_MS, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks only when something is being written, or when a limit of the day may be missed."""
        if self._furnished and not self._may_close():
            event.ignore()
            return
        self._keep()
        self.emptied.emit()
        event.accept()

    # --- inside --------------------------------------------------------------------------------

    def _may_close(self) -> bool:
        if self._busy() and not self.parts.leave_work(self):
            return False
        count = self.watch.unkept() if self.watch is not None else 0
        if count and self.parts.make_reminder(self, count):
            self.go(Place("reminders"))
            return False
        return True

    def _show(self, place: Place) -> None:
        page = self._pages.get(place.page)
        if page is None:
            page = self._factories[place.page](self._desk)
            self._pages[place.page] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.open_at(place)
        tabs = tuple(name for name in INCIDENT_TABS if name in self._factories)
        on_tab = place.incident is not None and place.page in tabs
        self.top.show_tabs(tabs if on_tab else (), place.page)
        self.reminders.show_on(place.page, crowded=on_tab)
        self.top.home.setVisible(place.page != "home")
        self.top.back.setVisible(len(self._way) > 1 and not on_tab and place.page != "home")
        self.refresh_title()
        page.first_focus().setFocus()
        self.arrived.emit(place)

    def refresh_title(self) -> None:
        """The page may learn its title after it has read something."""
        if self.page is None:
            return
        self.top.title.set_text(say.page_title(self.page.title, drill=self._drill))
        self.setWindowTitle(say.window_title(say.TABS.get(self.page.name, say.PROGRAM),
                                             drill=self._drill))  # fmt: skip

    def _go_to_tab(self, name: str) -> None:
        place = self.place
        if place is not None and place.incident is not None and place.page != name:
            self.go(Place(name, place.incident))

    def _tell_saved(self, _kinds: frozenset[str]) -> None:
        self.refresh_title()
        if self._now is not None:
            self.bottom.tell_saved(self._now())

    def tell_already_saved(self) -> None:
        """Ctrl+S: there is nothing left to save, and it is good to hear it."""
        self._keep()
        if self._now is not None:
            self.say(self.parts.already_saved(self._now()))

    def _keep(self) -> None:
        if self.page is not None:
            self.page.keep()

    def _empty(self) -> None:
        self._way, self._factories, self._now = [], {}, None
        if self.watch is not None:
            self.watch.stop()
            self.watch = None
        self._pages.clear()
        while (gone := self.stack.widget(0)) is not None:
            self.stack.removeWidget(gone)
            gone.deleteLater()
        if self._furnished:
            for part in (*self.parts.above[1:-1], self.bottom):
                part.hide()
            self.show_drill(shown=False)
