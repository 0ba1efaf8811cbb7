"""After every change of page the keyboard is somewhere useful, once the vault has been read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.registry import PAGES
from tests.fakes import INCIDENT
from tests.ui.checks import described, settle
from tests.ui.fakes import DirectJobs, T

LOOSE = ("triage", "home", "register", "practice", "readiness", "reminders", "search")
OF_THE_INCIDENT = ("steps", "evidence", "journal", "documents", "patients", "closing")


class LateJobs(DirectJobs):
    """Answers when it is told to: what was asked on a page comes after the page is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: deque[Callable[[], None]] = deque()

    def run(
        self,
        use_case: Callable[[], T],
        then: Callable[[T], None] | None = None,
        otherwise: Callable[[BaseException], None] | None = None,
    ) -> None:
        self.waiting.append(lambda: DirectJobs.run(self, use_case, then, otherwise))

    def answer(self) -> None:
        """All that waits, and what it asks in turn."""
        while self.waiting:
            self.waiting.popleft()()


class Spy(QObject):
    """What is shown before it has its place is a window of its own, and takes the keyboard."""

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self.frame, self.strays = frame, list[str]()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            stray = watched.isWindow() and watched is not self.frame
            self.strays += [described(watched)] if stray else []
        return super().eventFilter(watched, event)


class Frame(QStackedWidget):
    """Shows pages as the window does, around a vault that answers late."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.jobs = LateJobs()
        self._desk = replace(desk, jobs=self.jobs)
        self._pages: dict[str, Page] = {}

    def go(self, place: Place) -> Page:
        """There, and wait for what it reads."""
        page = self._pages.get(place.page)
        if page is None:
            page = self._pages[place.page] = PAGES[place.page](self._desk)
            self.addWidget(page)
        self.setCurrentWidget(page)
        page.open_at(place)
        page.first_focus().setFocus()
        settle(1)
        self.jobs.answer()
        settle(1)
        return page


@pytest.mark.parametrize("name", [*LOOSE, *OF_THE_INCIDENT])
def test_the_keyboard_is_somewhere_useful_at_first_and_on_coming_back(
    qtbot: QtBot, desk: Desk, name: str
) -> None:
    frame = Frame(desk)
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    place = Place(name, None if name in LOOSE else INCIDENT)
    other = Place("journal" if name == "home" else "home", INCIDENT if name == "home" else None)
    spy = Spy(frame)
    for where in (place, other, place):
        page = frame.go(where)
        here = QApplication.focusWidget()
        assert not spy.strays
        assert here is not None
        assert page.isAncestorOf(here), described(here)
        assert here.focusPolicy() & Qt.FocusPolicy.TabFocus, described(here)
        assert here.isVisible()
        assert here.isEnabled()
