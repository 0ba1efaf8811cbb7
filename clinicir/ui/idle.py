"""Nobody at the keyboard: a warning, then the lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

WAIT_SECONDS = 15 * 60
WARNING_SECONDS = 60
_GESTURES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.Drop,
})  # fmt: skip


class IdleWatch(QObject):
    """Counts whole seconds without a gesture; never locks while a job is under way."""

    warned = Signal(bool)
    """True a minute before the lock, False when somebody came back."""
    expired = Signal()

    def __init__(
        self, busy: Callable[[], bool], wait_seconds: Callable[[], int] = lambda: WAIT_SECONDS
    ) -> None:
        """Not counting until `start`; `wait_seconds` is read each second, it may be changed."""
        super().__init__()
        self._busy, self._wait_seconds = busy, wait_seconds
        self._idle_seconds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Watch the gestures of the whole application."""
        self._idle_seconds = 0
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """The vault is locked: nothing left to lock."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody is there."""
        warned = self._idle_seconds >= self._wait_seconds() - WARNING_SECONDS
        self._idle_seconds = 0
        if warned:
            self.warned.emit(False)

    def tick(self) -> None:
        """One second went by."""
        if self._busy():
            self.touch()
            return
        self._idle_seconds += 1
        wait = self._wait_seconds()
        if self._idle_seconds >= wait:
            if not _close_question():
                self.stop()
                self.expired.emit()
        elif self._idle_seconds == wait - WARNING_SECONDS:
            self.warned.emit(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks, never swallows."""
        if event.type() in _GESTURES:
            self.touch()
        return super().eventFilter(watched, event)


def _close_question() -> bool:
    """A window that waits for an answer is given the cautious one; the next second locks.

    A page must not vanish under a question that it asked.
    """
    waiting = QApplication.activeModalWidget()
    if not isinstance(waiting, QDialog):
        return False
    waiting.reject()
    return True
