"""How far along something is, in parts that can be counted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicir.ui.theme import colour, px

_HEIGHT = 12
_GAP = 4
_WIDEST = 420
_COUNTABLE = 12


class Gauge(QWidget):
    """Filled and empty parts: the shape says it, the words beside it too."""

    def __init__(self, said: str) -> None:
        """`said` is what a screen reader says of it."""
        super().__init__()
        self._filled, self._parts = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said)

    def show_share(self, filled: int, parts: int, said: str) -> None:
        """`filled` parts out of `parts`."""
        self._filled, self._parts = filled, max(parts, 1)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """One line, as wide as there is room up to a limit."""
        return QSize(px(_WIDEST), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Still readable in a narrow column."""
        return QSize(px(80), px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Parts that can be counted, else one bar; what is empty is an outline, not only paler."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(self.width(), px(_WIDEST))
        if self._parts > _COUNTABLE:
            self._part(painter, 0, width, filled=False)
            if self._filled:
                share = max(width * self._filled / self._parts, self.height())
                self._part(painter, 0, share, filled=True)
        else:
            gap = px(_GAP)
            part = (width - gap * (self._parts - 1)) / self._parts
            for number in range(self._parts):
                self._part(painter, number * (part + gap), part, filled=number < self._filled)
        painter.end()

    def _part(self, painter: QPainter, left: float, width: float, *, filled: bool) -> None:
        box = QRectF(left + 0.5, 0.5, width - 1, self.height() - 1)
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(colour("border"), 1))
        painter.setBrush(colour("primary" if filled else "sunken"))
        radius = self.height() / 2.6
        painter.drawRoundedRect(box, radius, radius)
