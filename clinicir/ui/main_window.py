"""The one window: bars, bands, a stack of pages with its way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from clinicir.domain.errors import StorageError
from clinicir.texts import screens_drill as drill_say
from clinicir.texts import screens_reminders as reminders_say
from clinicir.texts import screens_shell as say
from clinicir.texts.encoders import clock_time
from clinicir.ui.bars import BottomBar, TopBar
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.problems import ProblemDialog
from clinicir.ui.questions import ask
from clinicir.ui.registry import INCIDENT_TABS, PageFactory
from clinicir.ui.reminder_watch import ReminderWatch
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import row
from clinicir.ui.widgets.notice import Band, Stripes
from clinicir.ui.widgets.reminder_band import REMINDERS, ReminderBand

SMALLEST = QSize(1024, 700)
_LONGEST_WAY_BACK = 50


class MainWindow(QMainWindow):
    """Implements `ui.desk.Window`; pages exist only while a vault is open."""

    arrived = Signal(object)
    """The `Place` now on screen."""
    explained = Signal(object)
    """The error that is told."""
    emptied = Signal()
    """The window has closed: lock and leave."""

    def __init__(self, version: str, busy: Callable[[], bool]) -> None:
        """Shows nothing until `show_entry` or `open_desk`."""
        super().__init__()
        self.setMinimumSize(SMALLEST)
        self._version, self._busy = version, busy
        self._factories: Mapping[str, PageFactory] = {}
        self._pages: dict[str, Page] = {}
        self._way: list[Place] = []
        self._now: Callable[[], datetime] | None = None
        self._problem: ProblemDialog | None = None
        self.watch: ReminderWatch | None = None
        """Over the reminders, while a vault is open."""
        self._make_parts()
        self._lay_out()
        self.show_drill(shown=False)

    def _make_parts(self) -> None:
        self.top, self.bottom, self.stack = TopBar(), BottomBar(), QStackedWidget()
        self.drill_messages, self.drill_end = Quiet(drill_say.MESSAGES), Quiet(drill_say.STOP)
        self.drill_end.setAccessibleName(drill_say.END)
        acts = QWidget()
        acts.setLayout(row(self.drill_messages, self.drill_end))
        self.drill_bands = (Band("drill", say.DRILL_BAND, acts), Stripes(say.DRILL_BAND))
        self.sheet_button = Quiet(say.SHEET_BUTTON)
        self.sheet_band = Band("warn", say.SHEET_BAND, self.sheet_button)
        self.read_only_band = Band("danger", say.READ_ONLY_BAND)
        self.rolled_back_button = Quiet(say.ROLLED_BACK_READ)
        self.rolled_back_band = Band("warn", say.ROLLED_BACK_BAND, self.rolled_back_button)
        self.rolled_back_button.clicked.connect(self.rolled_back_band.hide)
        self.stay_button = Quiet(say.STAY_OPEN)
        self.idle_band = Band("info", say.LOCK_SOON, self.stay_button)
        self.reminders = ReminderBand()
        self.reminders.asked.connect(self.go)
        self.reminders.whispered.connect(self.say)
        self.top.home_asked.connect(lambda: self.go(Place("home")))
        self.top.back_asked.connect(self.back)
        self.top.tab_asked.connect(self._go_to_tab)
        self.top.help_asked.connect(self.help)

    def _lay_out(self) -> None:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        above: tuple[QWidget, ...] = (
            self.drill_bands[0], self.top, self.read_only_band, self.rolled_back_band,
            self.idle_band, self.sheet_band, self.reminders,
        )  # fmt: skip
        for part in above:
            box.addWidget(part)
        box.addWidget(self.stack, 1)
        box.addWidget(self.bottom)
        box.addWidget(self.drill_bands[1])
        for part in (*above[1:-1], self.bottom):
            part.hide()
        self.setCentralWidget(body)

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
        event = QAccessibleAnnouncementEvent(self.bottom.said, sentence)
        QAccessible.updateAccessibility(event)

    def explain(self, error: BaseException) -> None:
        """See `Window`; a second error waits for the first to be read."""
        self.explained.emit(error)
        if isinstance(error, StorageError) and error.code == "vault.read_only":
            self.show_read_only(str(error.values.get("because", "")))
        if self._problem is not None:
            return
        self._problem = ProblemDialog(error, self._version, self)
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
        self.bottom.saved.set_text("")
        for part in (self.top, self.bottom):
            part.show()
        self.top.help.setVisible("help" in factories)
        self.show_drill(shown=desk.session.store.drill)
        self.drill_messages.setVisible("drill_messages" in factories)
        self.drill_end.setVisible("drill_end" in factories)
        self.watch = ReminderWatch(desk, self.reminders)

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

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks only when something is being written, or when a limit of the day may be missed."""
        if self._busy() and not ask(
            self, say.CLOSE_TITLE, say.CLOSE_TEXT, say.CLOSE_WAIT, say.CLOSE_CANCEL
        ):
            event.ignore()
            return
        if self._wants_reminder():
            event.ignore()
            self.go(Place(REMINDERS))
            return
        self._keep()
        self.emptied.emit()
        event.accept()

    # --- inside --------------------------------------------------------------------------------

    def _wants_reminder(self) -> bool:
        count = self.watch.unkept() if self.watch is not None else 0
        return count > 0 and ask(
            self, reminders_say.LEAVE_TITLE, reminders_say.leave_text(count),
            reminders_say.LEAVE_MAKE, reminders_say.LEAVE_WITHOUT,
        )  # fmt: skip

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
            self.bottom.saved.set_text(say.saved_at(clock_time(self._now())))

    def tell_already_saved(self) -> None:
        """Ctrl+S: there is nothing left to save, and it is good to hear it."""
        self._keep()
        if self._now is not None:
            self.say(say.already_saved(clock_time(self._now())))

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
        for part in (self.top, self.bottom, self.sheet_band, self.read_only_band,
                     self.rolled_back_band, self.idle_band):  # fmt: skip
            part.hide()
        self.show_drill(shown=False)
