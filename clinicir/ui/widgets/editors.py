"""Editors of words and numbers: `value()`, `set_value()`, and `edited` when a person types."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from clinicir.texts.encoders import number
from clinicir.texts.screens_widgets import NOT_A_NUMBER, TOO_LONG
from clinicir.ui.theme import px
from clinicir.ui.widgets.line import Line, Passphrase

__all__ = ["Line", "LongText", "Number", "Passphrase"]

_SPACES = re.compile(r"[\s.\u00a0\u202f]")


class LongText(QPlainTextEdit):
    """Several lines; grows with what is typed, up to a third of the window."""

    edited = Signal()

    def __init__(self, max: int = 20000, lines: int = 3) -> None:  # noqa: A002
        """No more than `max` signs; `lines` are shown while it is empty."""
        super().__init__()
        self._max, self._lines = max, lines
        self._telling = True
        self.problem: str | None = None
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.textChanged.connect(self._changed)
        self._fit()

    def value(self) -> str:
        """The words, without spaces around."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show other words, without telling."""
        self._telling = False
        self.setPlainText(value or "")
        self._telling = True

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _changed(self) -> None:
        self.problem = None
        text = self.toPlainText()
        if len(text) > self._max:
            self.blockSignals(True)
            self.setPlainText(text[: self._max])
            self.blockSignals(False)
            self.problem = TOO_LONG
        self._fit()
        if self._telling:
            self.edited.emit()

    def _fit(self) -> None:
        if not hasattr(self, "_lines"):
            return
        shown = min(12, max(self._lines, self.document().size().height()))
        height = round(shown * self.fontMetrics().lineSpacing()) + px(24)
        if height != self.minimumHeight():
            self.setFixedHeight(height)


class Number(Line):
    """A whole number, zero or more; spaces between the digits are welcome."""

    def __init__(self, largest: int = 999_999_999) -> None:
        """No more than `largest`."""
        super().__init__(20)
        self._largest = largest
        self.editingFinished.connect(self._group)

    @property
    def problem(self) -> str | None:
        """What to say when the words are not a number."""
        return NOT_A_NUMBER if self.text().strip() and self.value() is None else None

    def value(self) -> int | None:  # type: ignore[override]
        """The number, None when there is none or when it cannot be read."""
        digits = _SPACES.sub("", self.text())
        if not digits.isascii() or not digits.isdigit():
            return None
        return int(digits) if int(digits) <= self._largest else None

    def set_value(self, value: int | None) -> None:  # type: ignore[override]
        """Show another number, without telling."""
        self.setText("" if value is None else number(value))

    def _group(self) -> None:
        if (found := self.value()) is not None:
            self.setText(number(found))
