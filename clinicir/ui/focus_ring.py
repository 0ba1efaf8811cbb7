"""Where the keyboard is: a ring around the focused widget, drawn outside of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

WIDTH = 3
GAP = 2
HOST = "ring_host"
"""Property of the content of a scroll area: what clips the ring."""
_MOVES = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
    QEvent.Type.LayoutRequest, QEvent.Type.ParentChange,
}  # fmt: skip


class _Ring(QWidget):
    """The drawing; it lets every click through."""

    def __init__(self, host: QWidget, colour: str, width: int, radius: int) -> None:
        super().__init__(host)
        self._colour, self._width, self._radius = colour, width, radius
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colour), self._width))
        half = self._width / 2
        inside = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(inside, self._radius, self._radius)


class FocusRing(QObject):
    """Follows the focus of one application; a ring is never hidden by its neighbours."""

    def __init__(
        self, app: QApplication, colour: Callable[[], str], px: Callable[[float], int]
    ) -> None:
        """Use `FocusRing.follow`."""
        super().__init__(app)
        self.setObjectName("focusRingFollower")
        self._colour, self._px = colour, px
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    @classmethod
    def follow(
        cls, app: QApplication, colour: Callable[[], str], px: Callable[[float], int]
    ) -> FocusRing:
        """One follower an application, however often the theme changes."""
        found = app.findChild(cls, "focusRingFollower")
        if isinstance(found, FocusRing):
            found._moved(None, app.focusWidget())
            return found
        return cls(app, colour, px)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The widget moved: so does the ring."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring, self._target = None, None
        if new is None or new.isWindow() or new.property("noRing"):
            return
        host = _host_of(new)
        self._target = new
        self._ring = _Ring(host, self._colour(), self._px(WIDTH), self._px(10))
        step: QWidget | None = new
        while step is not None and step is not host:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def _place(self) -> None:
        ring, target = self._ring, self._target
        if ring is None or target is None or not isValid(ring) or not isValid(target):
            return
        host = ring.parentWidget()
        if host is None or not target.isVisible() or not host.isAncestorOf(target):
            ring.hide()
            return
        around = self._px(WIDTH + GAP)
        corner = target.mapTo(host, QPoint(0, 0))
        wanted = QRect(corner, target.size()).adjusted(-around, -around, around, around)
        ring.setGeometry(wanted & host.rect())
        ring.raise_()
        ring.show()


def _host_of(widget: QWidget) -> QWidget:
    """What clips the ring: the content of the nearest scroll area, else the window."""
    step = widget
    while not step.isWindow():
        # Asking Qt for a widget of its own making, such as what is around this one, is slow.
        if step is not widget and step.property(HOST):
            return step
        above = step.parentWidget()
        if above is None:
            break
        step = above
    return step
