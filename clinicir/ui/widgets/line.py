"""One line to type in, in the open or secret: read with the very first window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinicir.texts.screens_widgets import CAPS_LOCK, HIDE, SHOW
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.text import Small


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
