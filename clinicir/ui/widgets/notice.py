"""Calm messages: in the page (`Notice`) and across the window (`Band`)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinicir.texts.screens_widgets import TONES
from clinicir.ui.theme import colour, px
from clinicir.ui.widgets.flow import Flow
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Strong, Text

SIGNS = {
    "info": "info",
    "warn": "triangle-alert",
    "danger": "octagon-alert",
    "ok": "circle-check",
    "drill": "flag",
}
"""A shape for each tone, so that the colour is never needed."""


class Notice(QFrame):
    """Sign, title, one or two sentences, perhaps buttons that do what they advise."""

    def __init__(self, tone: str, title: str, text: str = "", *buttons: QWidget) -> None:
        """`tone` is a key of `SIGNS`."""
        super().__init__()
        self.tone = tone
        self.setProperty("tone", tone)
        self._title, self._text = Strong(title), Body(text)
        self._title.setProperty("tone_text", tone)
        self._sign = Sign(SIGNS[tone], tone, 22)
        words = column(self._title, self._text, gap=4)
        if buttons:
            flow = QWidget()
            flow.setLayout(Flow(*buttons, gap=px(8)))
            words.addSpacing(px(6))
            words.addWidget(flow)
        box = QHBoxLayout(self)
        box.setContentsMargins(px(14), px(12), px(14), px(12))
        box.setSpacing(px(12))
        box.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self.say(title, text)

    def say(self, title: str, text: str = "") -> None:
        """Other words, same tone."""
        self._title.set_text(title)
        self._text.set_text(text)
        self._title.setVisible(bool(title))
        self._text.setVisible(bool(text))
        self.setAccessibleName(" ".join(part for part in (TONES[self.tone], title, text) if part))


class Band(QFrame):
    """One line across the window; a drill has stripes besides."""

    def __init__(self, tone: str, text: str, button: QWidget | None = None) -> None:
        """`tone` is a key of `SIGNS`."""
        super().__init__()
        self.tone = tone
        self.setProperty("band", tone)
        self._text: Text = Strong(text)
        box = QHBoxLayout(self)
        box.setContentsMargins(px(24), px(8), px(24), px(14 if tone == "drill" else 8))
        box.setSpacing(px(10))
        box.addWidget(Sign(SIGNS[tone], tone, 20))
        box.addWidget(self._text, 1)
        if button is not None:
            box.addWidget(button)
        self.say(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Other words, same tone."""
        self._text.set_text(text)
        self.setAccessibleName(f"{TONES[self.tone]} {text}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stripes under a drill: it must not be possible to take it for the real thing."""
        super().paintEvent(event)
        if self.tone != "drill":
            return
        high = px(6)
        draw_stripes(self, QRect(0, self.height() - high, self.width(), high))


class Stripes(QFrame):
    """The stripes alone, for the foot of the window: the words would take the room of a line."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says of it."""
        super().__init__()
        self.setProperty("band", "drill")
        self.setAccessibleName(name)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All of its height."""
        super().paintEvent(event)
        draw_stripes(self, self.rect())

    def _fit(self) -> None:
        self.setFixedHeight(px(10))


def draw_stripes(widget: QWidget, strip: QRect) -> None:
    """Slanted stripes in the colour of a drill."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(strip)
    painter.setPen(QPen(colour("drill"), px(5)))
    high, step, foot = strip.height(), px(14), strip.bottom() + 1
    for left in range(-step - high, strip.width() + step, step):
        painter.drawLine(left, foot, left + high, foot - high)
