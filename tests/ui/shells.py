"""The window around a vault in memory: pages that only count, a lock that is played."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from clinicir.ui.desk import Desk, Place
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.who import Who
from clinicir.ui.main_window import MainWindow
from clinicir.ui.pages.page import Page
from clinicir.ui.registry import PageFactory
from clinicir.ui.shell import Shell, Tools
from clinicir.ui.threshold import Threshold
from clinicir.ui.widgets.text import Text
from tests.fakes import FakeClock, knowledge
from tests.ui.fake_door import PHRASE, FakeDoor
from tests.ui.fakes import DirectJobs


class PlainPage(Page):
    """Counts what the window asks of a page."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk)
        self.name, self.kept, self.opened = name, 0, [Place("")]
        self.line, self.second = QLineEdit(self), QLineEdit(self)
        self.item = ""

    @property
    def title(self) -> str:
        return f"page {self.name}"

    def open_at(self, place: Place) -> None:
        self.opened.append(place)

    def first_focus(self) -> QWidget:
        return self.line

    def item_shown(self) -> str:
        return self.item

    def keep(self) -> None:
        self.kept += 1


NAMES = ("home", "triage", "practice", "steps", "evidence", "journal")
PAGES: dict[str, PageFactory] = {name: partial(PlainPage, name=name) for name in NAMES}


def new_shell(application: QApplication, door: FakeDoor, settings: Path) -> Shell:
    """Not started; `DirectJobs` run each use case on the spot."""
    clock = door.store.clock
    assert isinstance(clock, FakeClock)
    tools = Tools(door, knowledge(), clock, settings, "1.2.3")
    return Shell(tools, Threshold(application, settings), DirectJobs(), PAGES)


def entry(shell: Shell, kind: type[QWidget]) -> QWidget:
    """The page of the entrance, which must be one of this kind."""
    assert isinstance(shell.entry, kind)
    return shell.entry


def unlock(shell: Shell) -> None:
    """By the passphrase, as the first person of the practice."""
    page = entry(shell, Unlock)
    assert isinstance(page, Unlock)
    page.passphrase.set_value(PHRASE)
    page.submit()
    who = entry(shell, Who)
    assert isinstance(who, Who)
    who.submit()


def plain(window: MainWindow) -> PlainPage:
    """The page on screen."""
    assert isinstance(window.page, PlainPage)
    return window.page


def shown_text(widget: QWidget) -> str:
    """All that can be read in it."""
    return " ".join(label.text() for label in widget.findChildren(Text))
