"""A sign: an icon in a colour of the theme, always beside the words that say the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicir.ui.icons import draw_icon, icon
from clinicir.ui.theme import colour, px


class Sign(QWidget):
    """Draws one icon; a screen reader passes over it, the words beside it speak."""

    def __init__(self, name: str, token: str = "text", side: int = 20) -> None:
        """`name` of Lucide, `token` of the theme, `side` at 100 %."""
        super().__init__()
        icon(name)
        self._name, self._token, self._side = name, token, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, name: str, token: str) -> None:
        """Another icon."""
        self._name, self._token = name, token
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(px(self._side), px(self._side))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Centred in whatever room there is."""
        side = px(self._side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        draw_icon(painter, self._name, colour(self._token), QRectF(left, top, side, side))
