"""Radio buttons and check boxes as wide rows: real ones, whose words may take several lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from clinicir.texts.plain_text import visible
from clinicir.ui.icons import draw_icon
from clinicir.ui.theme import colour, px

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MARK = 20
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


def prepare(button: QAbstractButton, value: str, text: str) -> None:
    """Common set-up of both kinds of row."""
    words = visible(text)
    button.setText(words)
    button.setProperty("choice", value)
    button.setAccessibleName(words)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)


def text_width(width: int) -> int:
    """Room for the words in a row of this width."""
    return max(px(40), width - px(12 + _MARK + 10 + 14))


def height_for(button: QAbstractButton, width: int) -> int:
    """Height of the row when its words are wrapped."""
    room = QRect(0, 0, text_width(width), 100000)
    words = button.fontMetrics().boundingRect(room, int(_WRAP), button.text()).height()
    return max(words + px(16), px(40))


def natural_size(button: QAbstractButton) -> QSize:
    """One line if nothing constrains it."""
    words = button.fontMetrics().horizontalAdvance(button.text())
    return QSize(words + px(12 + _MARK + 10 + 14) + 2, max(px(40), height_for(button, 100000)))


def least_size(button: QAbstractButton) -> QSize:
    """No narrower than its longest word."""
    metrics = button.fontMetrics()
    longest = max((metrics.horizontalAdvance(word) for word in button.text().split()), default=0)
    return QSize(longest + px(12 + _MARK + 10 + 14) + 2, px(40))


def paint(button: QAbstractButton, painter: QPainter, *, round_mark: bool) -> None:
    """The row: a frame, the mark, the words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    checked, enabled = button.isChecked(), button.isEnabled()
    frame = QRectF(button.rect()).adjusted(1, 1, -1, -1)
    over = button.underMouse() and enabled
    ground = "primary_soft" if checked else "sunken" if over else "surface"
    edge = "primary" if checked or over else "hairline"
    painter.setPen(QPen(colour(edge), 2 if checked else 1))
    painter.setBrush(colour(ground))
    painter.drawRoundedRect(frame, px(8), px(8))
    side = px(_MARK)
    corner = QPointF(px(12), (button.height() - side) / 2)
    _mark(painter, QRectF(corner, QSize(side, side)), checked, round_mark=round_mark)
    painter.setPen(colour("text" if enabled else "muted"))
    left = px(12 + _MARK + 10)
    words = QRect(QPoint(left, 0), QSize(text_width(button.width()), button.height()))
    painter.drawText(words, int(_WRAP), button.text())


def _mark(painter: QPainter, box: QRectF, checked: bool, *, round_mark: bool) -> None:
    inside = box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(colour("primary" if checked else "border"), max(2, px(2))))
    filled = checked and not round_mark
    painter.setBrush(colour("primary" if filled else "surface"))
    if round_mark:
        painter.drawEllipse(inside)
        if checked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("primary"))
            quarter = box.width() / 4
            painter.drawEllipse(box.adjusted(quarter, quarter, -quarter, -quarter))
    else:
        painter.drawRoundedRect(inside, px(4), px(4))
        if checked:
            gap = box.width() / 8
            draw_icon(painter, "check", colour("on_primary"), box.adjusted(gap, gap, -gap, -gap))


class Radio(QRadioButton):
    """One of several answers."""

    def __init__(self, value: str, text: str) -> None:
        """`value` is what is kept, `text` what is read."""
        super().__init__()
        prepare(self, value, text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return height_for(self, width)

    def sizeHint(self) -> QSize:
        return natural_size(self)

    def minimumSizeHint(self) -> QSize:
        return least_size(self)

    def hitButton(self, position: QPoint) -> bool:
        """The whole row can be clicked."""
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The row that an arrow reaches is chosen, even when none was: Qt waits for a first one."""
        group = self.group()
        super().keyPressEvent(event)
        if event.key() not in _ARROWS or group is None:
            return
        reached = next((row for row in group.buttons() if row.hasFocus()), self)
        if reached is not self:
            reached.setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint(self, QPainter(self), round_mark=True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()


class Tick(QCheckBox):
    """One of several things that may all be true."""

    def __init__(self, value: str, text: str) -> None:
        """`value` is what is kept, `text` what is read."""
        super().__init__()
        prepare(self, value, text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return height_for(self, width)

    def sizeHint(self) -> QSize:
        return natural_size(self)

    def minimumSizeHint(self) -> QSize:
        return least_size(self)

    def hitButton(self, position: QPoint) -> bool:
        """The whole row can be clicked."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint(self, QPainter(self), round_mark=False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()
