"""Ten seconds to take back what was just done; never in the way, never a question."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinicir.texts import screens_steps as say
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import row
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body

SECONDS = 10


class UndoBar(QFrame):
    """Goes by itself; stays as long as the keyboard or the mouse is on it."""

    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Hidden until `offer`; `parent` places it."""
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.said = Body()
        self.undo = Quiet(say.UNDO, "history")
        self.undo.clicked.connect(self._undo)
        self.undo.installEventFilter(self)
        across = row(Sign("circle-check", "ok", 20), self.said, self.undo)
        across.setStretch(1, 1)
        across.setContentsMargins(px(24), px(4), px(24), px(4))
        self.setLayout(across)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def offer(self, sentence: str) -> None:
        """Say what was done."""
        self.said.set_text(sentence)
        self.undo.setAccessibleName(f"{say.UNDO} : {sentence}")
        self.show()
        self._timer.start(SECONDS * 1000)

    def close_offer(self) -> None:
        """Too late, or taken back."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody who needs time to reach the button is given it."""
        if event.type() is QEvent.Type.FocusOut and self.isVisible():
            self._timer.start(SECONDS * 1000)
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        if self.undo.hasFocus() or self.underMouse():
            self._timer.start(SECONDS * 1000)
        else:
            self.hide()

    def _undo(self) -> None:
        self.close_offer()
        self.undone.emit()
