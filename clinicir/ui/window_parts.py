"""Bars and bands around the pages of a vault, and the questions of the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from clinicir.domain.errors import StorageError
from clinicir.texts import screens_drill as drill_say
from clinicir.texts import screens_reminders as reminders_say
from clinicir.texts import screens_shell as say
from clinicir.texts.encoders import clock_time
from clinicir.ui.bars import BottomBar, TopBar
from clinicir.ui.desk import Desk
from clinicir.ui.main_window import MainWindow
from clinicir.ui.problems import ProblemDialog
from clinicir.ui.questions import ask
from clinicir.ui.reminder_watch import ReminderWatch
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import row
from clinicir.ui.widgets.notice import Band, Stripes
from clinicir.ui.widgets.reminder_band import ReminderBand


class Parts:
    """Made once the first page is on screen: none of them is needed before a vault is open."""

    def __init__(self) -> None:
        """`above` and `below` the pages, in order."""
        self.top, self.bottom = TopBar(), BottomBar()
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
        self.above: tuple[QWidget, ...] = (
            self.drill_bands[0], self.top, self.read_only_band, self.rolled_back_band,
            self.idle_band, self.sheet_band, self.reminders,
        )  # fmt: skip
        self.below: tuple[QWidget, ...] = (self.bottom, self.drill_bands[1])

    @staticmethod
    def tell(error: BaseException, version: str, parent: QWidget) -> ProblemDialog:
        """The sentence of an error, not yet shown."""
        return ProblemDialog(error, version, parent)

    @staticmethod
    def read_only_because(error: BaseException) -> str | None:
        """The code of what makes a vault read only, None for any other error."""
        if isinstance(error, StorageError) and error.code == "vault.read_only":
            return str(error.values.get("because", ""))
        return None

    def watch(self, desk: Desk) -> ReminderWatch:
        """Over the reminders of an open vault."""
        return ReminderWatch(desk, self.reminders)

    @staticmethod
    def leave_work(parent: QWidget) -> bool:
        """Something is being written: close all the same?"""
        return ask(parent, say.CLOSE_TITLE, say.CLOSE_TEXT, say.CLOSE_WAIT, say.CLOSE_CANCEL)

    @staticmethod
    def make_reminder(parent: QWidget, count: int) -> bool:
        """A limit of the day may be missed: make a reminder first?"""
        return ask(
            parent, reminders_say.LEAVE_TITLE, reminders_say.leave_text(count),
            reminders_say.LEAVE_MAKE, reminders_say.LEAVE_WITHOUT,
        )  # fmt: skip

    @staticmethod
    def already_saved(at: datetime) -> str:
        """What Ctrl+S answers."""
        return say.already_saved(clock_time(at))


def whole_window(version: str, busy: Callable[[], bool]) -> MainWindow:
    """A window with its parts from the start."""
    window = MainWindow()
    window.furnish(version, busy, Parts())
    return window
