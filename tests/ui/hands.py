"""Two ways of using a window: the keyboard alone, or the mouse with the keys for typing.

Neither calls a method of the program: they send keys, clicks and turns of the wheel to whatever
is on screen, find things by the name that a screen reader would say, and wait as a person waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QScrollArea,
    QTabBar,
    QWidget,
)

from tests.ui.checks import described, settle, spoken_name

PATIENCE_SECONDS = 20
_MOST_TABS = 250
_Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier


class LostError(AssertionError):
    """What is looked for cannot be found or reached."""


class Hands(Protocol):
    """What a walk needs: everything is named by what is read or heard."""

    def press(self, name: str) -> None:
        """Use the button, the link or the tab of this name."""
        ...

    def choose(self, name: str) -> None:
        """Tick the row of this name."""
        ...

    def write(self, field: str, text: str) -> None:
        """Go to the field of this name and type there."""
        ...


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait, the window living on; LostError after a long time."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise LostError(f"waited for ever: {what}; on screen: {on_screen()}")
        settle(20)


def top() -> QWidget:
    """The window or dialog that takes what is typed."""
    found = QApplication.activeModalWidget() or QApplication.activeWindow()
    if found is None:
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        if not shown:
            raise LostError("no window")
        found = shown[0]
    return found


def on_screen() -> list[str]:
    """Names of the buttons that can be used now: said when one is lost."""
    buttons: list[QAbstractButton] = top().findChildren(QAbstractButton)
    return [spoken_name(b) for b in buttons if b.isVisible() and b.isEnabled()]


def says(widget: QWidget, name: str) -> bool:
    """What is written on the widget, or said of it, begins with this name."""
    written = widget.text() if isinstance(widget, QAbstractButton) else ""
    return any(_plain(words).startswith(_plain(name)) for words in (written, spoken_name(widget)))


def _plain(words: str) -> str:
    """Without mnemonics; every space is a space."""
    return " ".join(words.replace("&", "").split())


def type_text(text: str) -> None:
    """Letter by letter in the field that has the keyboard, accents included."""
    for sign in text:
        target = QApplication.focusWidget()
        if target is None:
            raise LostError(f"nowhere to type {text!r}")
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, _NONE, sign))
    settle(10)


class Keyboard:
    """Tab, arrows, Space and Return; the mouse is unplugged."""

    def press(self, name: str) -> None:
        """Tab to it, then Return (a tab of a bar: Ctrl+Tab until it is the current one)."""
        bar = next((b for b in _bars() if name in _titles(b)), None)
        if bar is not None:
            self._turn(bar, name)
            return
        button = self._tab_to(lambda each: says(each, name), name)
        self.key(_Key.Key_Return, to=button)

    def choose(self, name: str) -> None:
        """Tab to its group, arrows to the row, Space."""
        here = self._tab_to(lambda each: _row_of(each, name) is not None, name)
        row = _row_of(here, name)
        for _ in range(40):
            now = QApplication.focusWidget()
            if now is row or now is None:
                break
            self.key(_Key.Key_Down)
        focused = QApplication.focusWidget()
        if focused is not row:
            raise LostError(f"the arrows do not reach {name}")
        if not (isinstance(row, QAbstractButton) and row.isChecked()):
            self.key(_Key.Key_Space)

    def write(self, field: str, text: str) -> None:
        """Tab to it, select what is there, type over."""
        self._tab_to(lambda each: says(each, field) and not isinstance(each, QAbstractButton),
                     field)  # fmt: skip
        self.key(_Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(text)

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = _NONE,
        to: QWidget | None = None,
    ) -> None:
        """One key, to what has the keyboard."""
        QTest.keyClick(to or QApplication.focusWidget() or top(), key, modifiers)
        settle(15)

    def _turn(self, bar: QTabBar, name: str) -> None:
        for _ in range(bar.count()):
            if bar.tabText(bar.currentIndex()) == name:
                return
            self._tab_to(lambda each: each is bar, name)
            ahead = _titles(bar).index(name) > bar.currentIndex()
            self.key(_Key.Key_Right if ahead else _Key.Key_Left)
            settle(100)
        raise LostError(f"the tabs do not reach {name}")

    def _tab_to(self, wanted: Callable[[QWidget], bool], name: str) -> QWidget:
        until(lambda: QApplication.focusWidget() is not None, "the keyboard to be somewhere")
        for _ in range(_MOST_TABS):
            here = QApplication.focusWidget()
            if here is not None and wanted(here) and here.isEnabled():
                return here
            self.key(_Key.Key_Tab)
        raise LostError(f"Tab does not reach {name}; on screen: {on_screen()}")


class Mouse:
    """Clicks and wheel; keys only to type words."""

    def press(self, name: str) -> None:
        """Click it."""
        bar = next((b for b in _bars() if name in _titles(b)), None)
        if bar is not None:
            place = bar.tabRect(_titles(bar).index(name)).center()
            QTest.mouseClick(bar, Qt.MouseButton.LeftButton, _NONE, place)
            settle(15)
            return
        self._click(name, lambda each: isinstance(each, QAbstractButton))

    def choose(self, name: str) -> None:
        """Click its row."""
        self._click(name, lambda each: isinstance(each, QAbstractButton))

    def write(self, field: str, text: str) -> None:
        """Click three times as one does to replace a line, then type."""
        found = self._click(field, lambda each: not isinstance(each, QAbstractButton)
                            and bool(each.focusPolicy() & Qt.FocusPolicy.ClickFocus))  # fmt: skip
        focused = QApplication.focusWidget()
        if focused is not found and focused is not found.focusProxy():
            raise LostError(f"a click does not go into {field}: {described(found)}")
        QTest.mouseDClick(found, Qt.MouseButton.LeftButton)
        type_text(text)

    def _click(self, name: str, kind: Callable[[QWidget], bool]) -> QWidget:
        def found() -> QWidget | None:
            return next((w for w in _shown() if kind(w) and says(w, name)), None)

        until(lambda: found() is not None, name)
        target = found()
        assert target is not None
        for _ in range(200):
            if _in_view(target):
                break
            _wheel(target)
        else:
            raise LostError(f"the wheel does not show {name}")
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, _NONE, _visible_point(target))
        settle(15)
        return target


def _shown() -> Iterator[QWidget]:
    for each in top().findChildren(QWidget):
        if each.isVisible() and each.isEnabled():
            yield each


def _bars() -> list[QTabBar]:
    bars: list[QTabBar] = top().findChildren(QTabBar)
    return [bar for bar in bars if bar.isVisible()]


def _titles(bar: QTabBar) -> list[str]:
    return [bar.tabText(n) for n in range(bar.count())]


def _row_of(widget: QWidget, name: str) -> QWidget | None:
    """The row of this name, when the widget is it or one of its group."""
    if not isinstance(widget, QAbstractButton):
        return None
    if says(widget, name):
        return widget
    group: QButtonGroup | None = widget.group()
    peers = group.buttons() if group is not None and group.exclusive() else []
    return next((peer for peer in peers if says(peer, name) and peer.isVisible()), None)


def _in_view(widget: QWidget) -> bool:
    area = _area_of(widget)
    if area is None:
        return True
    port = area.viewport()
    seen = QRect(widget.mapTo(port, QPoint(0, 0)), widget.size()) & port.rect()
    return seen.height() >= min(widget.height(), 24)


def _visible_point(widget: QWidget) -> QPoint:
    area = _area_of(widget)
    if area is None:
        return widget.rect().center()
    port = area.viewport()
    seen = QRect(widget.mapTo(port, QPoint(0, 0)), widget.size()) & port.rect()
    return widget.mapFrom(port, seen.center())


def _area_of(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return above
        above = above.parentWidget()
    return None


def _wheel(widget: QWidget) -> None:
    area = _area_of(widget)
    assert area is not None
    port = area.viewport()
    below = widget.mapTo(port, QPoint(0, 0)).y() > 0
    centre = QPointF(port.rect().center())
    event = QWheelEvent(
        centre, QPointF(port.mapToGlobal(port.rect().center())), QPoint(0, 0),
        QPoint(0, -120 if below else 120), Qt.MouseButton.NoButton, _NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    settle(10)
