"""Words on the screen: plain text that wraps, in a few sizes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Self

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from clinicir.texts.plain_text import visible
from clinicir.texts.typography import unbroken

_COMFORTABLE = 75
"""Signs of a line that is still easily read."""
_LONGEST_WORD = 28
"""A longer one is an address or a fingerprint, and may be cut anywhere."""
_MEASURED_AGAIN = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class Word(QLabel):
    """A word beside a sign, or a picture, drawn by Qt: plain too."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_text(self, text: str) -> None:
        """Other words."""
        self.setText(visible(text))


class Text(QLabel):
    """Never reads markup: what a person typed cannot dress itself up.

    Drawn here rather than by QLabel, for the sake of air between the lines.
    """

    text_role = "body"
    leading = 1.42
    """Height of a line, in times the size of the letters."""

    def __init__(self, text: str = "") -> None:
        """Show `text`, on as many lines as it takes."""
        super().__init__()
        self._measures: dict[str | int, int] = {}
        self._drawn_here = True
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("text_role", self.text_role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Other words."""
        self._measures.clear()
        self.setText(visible(text))

    def dress(self, role: str) -> None:
        """Another size, that of `role`."""
        if role != self.property("text_role"):
            self.setProperty("text_role", role)
            self.style().unpolish(self)
            self.style().polish(self)
            self._measures.clear()
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Another font: what was measured no longer holds."""
        if event.type() in _MEASURED_AGAIN:
            self._measures.clear()
        super().changeEvent(event)

    def selectable(self) -> Self:
        """Let the words be selected and copied, with the mouse or the keyboard."""
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._drawn_here = False
        self._measures.clear()
        return self

    def sizeHint(self) -> QSize:
        """One line, or a comfortable paragraph."""
        if not self._drawn_here:
            return super().sizeHint()
        self.ensurePolished()
        longest = self._kept("line", lambda: self._longest(self.text().split("\n")))
        width = min(longest, self.fontMetrics().averageCharWidth() * _COMFORTABLE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """No narrower than its longest word, unless that is no word at all."""
        if not self._drawn_here:
            return super().minimumSizeHint()
        self.ensurePolished()
        longest = self._kept("word", lambda: self._longest(self.text().split()))
        most = self.fontMetrics().averageCharWidth() * _LONGEST_WORD
        return QSize(min(longest, most), math.ceil(self._line_height()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the words in a column of this width."""
        found = self._measures.get(width)
        if found is None:
            self.ensurePolished()
            drawn = self._drawn_here
            found = math.ceil(self._laid_out(width)[1]) if drawn else super().heightForWidth(width)
            self._measures[width] = found
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, from the top or in the middle as the alignment says."""
        if not self._drawn_here:
            super().paintEvent(event)
            return
        layout, height = self._laid_out(self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        middle = self.alignment() & Qt.AlignmentFlag.AlignVCenter
        top = max(0.0, (self.height() - height) / 2) if middle else 0.0
        layout.draw(painter, QPointF(0, top))

    def _longest(self, parts: list[str]) -> int:
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(part) + 2 for part in parts), default=0)

    def _kept(self, what: str | int, measure: Callable[[], int]) -> int:
        """A page asks for the same measures several times each time that it is laid out."""
        found = self._measures.get(what)
        if found is None:
            found = self._measures[what] = measure()
        return found

    def _line_height(self) -> float:
        metrics = self.fontMetrics()
        return max(metrics.height(), QFontInfo(self.font()).pixelSize() * self.leading)

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(unbroken(self.text().replace("\n", "\u2028")), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        step, top = self._line_height(), 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top + (step - line.height()) / 2))
            top += step
        layout.endLayout()
        return layout, max(top, step)


class Title(Text):
    """Title of a page: one a page."""

    text_role = "title"
    leading = 1.22


class Heading(Text):
    """Title of a part of a page."""

    text_role = "heading"
    leading = 1.28


class Body(Text):
    """Running text."""


class Strong(Text):
    """Running text that counts."""

    text_role = "strong"


class Help(Text):
    """An explanation, in a quieter colour that is still easily read."""

    text_role = "help"


class Small(Text):
    """A remark: a date, a source, a code of error."""

    text_role = "small"


class Eyebrow(Text):
    """The few words above a title that say where one is."""

    text_role = "eyebrow"


class Code(Text):
    """A fingerprint or a recovery code, in letters that are not mistaken for each other."""

    text_role = "code"


def tabular(label: QLabel) -> None:
    """Digits of one width in this label."""
    font = label.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    label.setFont(font)
