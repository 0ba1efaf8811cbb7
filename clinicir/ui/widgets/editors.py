"""Editors of words and numbers: `value()`, `set_value()`, and `edited` when a person types."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from clinicir.texts.encoders import number
from clinicir.texts.screens_widgets import CAPS_LOCK, HIDE, NOT_A_NUMBER, SHOW, TOO_LONG
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.text import Small

_SPACES = re.compile(r"[\s.\u00a0\u202f]")


class Line(QLineEdit):
    """One line of text."""

    edited = Signal()

    def __init__(self, longest: int = 500) -> None:
        """No more than `longest` signs."""
        super().__init__()
        self.setMaxLength(longest)
        self.textEdited.connect(lambda _: self.edited.emit())

    def value(self) -> str:
        """The words, without spaces around."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show other words, without telling."""
        self.setText(value or "")
        self.setCursorPosition(0)


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


class _Secret(QLineEdit):
    """Tells when a capital comes without the Shift key."""

    caps = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, shift = event.text(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            self.caps.emit(text.isupper() != bool(shift))
        super().keyPressEvent(event)


class Passphrase(QWidget):
    """A secret that can be shown, pasted, and whose Caps Lock is announced."""

    edited = Signal()
    entered = Signal()
    """Return was pressed in it."""

    def __init__(self) -> None:
        """Hidden at first."""
        super().__init__()
        self.line = _Secret()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(1000)
        self._show = Quiet(SHOW, "eye")
        self._show.clicked.connect(lambda _: self.reveal(hidden=not self._hidden))
        self._caps = Small(CAPS_LOCK)
        self._caps.hide()
        across = QHBoxLayout()
        across.setSpacing(px(8))
        across.addWidget(self.line, 1)
        across.addWidget(self._show)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addLayout(across)
        box.addWidget(self._caps)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _: self.edited.emit())
        self.line.returnPressed.connect(self.entered.emit)
        self.line.caps.connect(self._caps.setVisible)

    @property
    def _hidden(self) -> bool:
        return self.line.echoMode() is QLineEdit.EchoMode.Password

    def reveal(self, *, hidden: bool) -> None:
        """Show or hide what is typed."""
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        self.line.setEchoMode(mode)
        self._show.set_text(SHOW if hidden else HIDE)

    def value(self) -> str:
        """Exactly what was typed, spaces included."""
        return self.line.text()

    def set_value(self, value: str | None) -> None:
        """Show another secret, without telling."""
        self.line.setText(value or "")
