"""A step in a list: a button whose words wrap, with its state as a shape and as a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from clinicir.services.views.board import StepLine
from clinicir.texts.screens_widgets import state_phrase
from clinicir.texts.typography import unbroken
from clinicir.ui.icons import draw_icon
from clinicir.ui.theme import colour, px
from clinicir.ui.widgets.state import STATE_SIGNS

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SIDE = 18
_LEFT = 10
_GAP = 8
_PAD = 7


class StepRow(QPushButton):
    """Clicked to open the step."""

    def __init__(self, line: StepLine, *, current: bool) -> None:
        """`current` is the step in the centre."""
        super().__init__(line.title)
        self.line, self._current = line, current
        self.setAccessibleName(f"{line.title}, {state_phrase(line.state.value)}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def point(self, *, current: bool) -> None:
        """The step in the centre, or not."""
        if current != self._current:
            self._current = current
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, self._text_width(width), 100000)
        words = self._metrics().boundingRect(room, int(_WRAP), unbroken(self.text())).height()
        return max(words + 2 * px(_PAD), px(34))

    def sizeHint(self) -> QSize:
        width = px(220)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        longest = max(self._metrics().horizontalAdvance(word) for word in self.text().split())
        return QSize(longest + px(_LEFT + _SIDE + _GAP + 8), px(34))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar of the current step, sign, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._current or self.underMouse():
            painter.setBrush(colour("primary_soft" if self._current else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), px(8), px(8))
        if self._current:
            painter.setBrush(colour("primary"))
            bar = QRectF(0, px(6), px(4), self.height() - 2 * px(6))
            painter.drawRoundedRect(bar, px(2), px(2))
        sign, token = STATE_SIGNS[self.line.state.value]
        side = px(_SIDE)
        top = min(self.height(), px(34)) / 2 - side / 2
        draw_icon(painter, sign, colour(token), QRectF(px(_LEFT), top, side, side))
        painter.setPen(colour("muted" if self.line.state.value == "not_concerned" else "text"))
        painter.setFont(self._font())
        left = px(_LEFT + _SIDE + _GAP)
        words = QRect(left, 0, self._text_width(self.width()), self.height())
        painter.drawText(words, int(_WRAP), unbroken(self.text()))

    def _text_width(self, width: int) -> int:
        return max(px(40), width - px(_LEFT + _SIDE + _GAP + 6))

    def _font(self) -> QFont:
        font = QFont(self.font())
        if self._current:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())
