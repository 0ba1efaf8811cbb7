"""Choosing a passphrase: typed or proposed, judged in words by the door."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.ui.jobs import Jobs
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fields import Field, Passphrase
from clinicir.ui.widgets.layout import column, wrapping_row
from clinicir.ui.widgets.text import Help, Strong

_PAUSE_MS = 250


class PassphraseChoice(QWidget):
    """`accepted` tells whether the door would take what is typed."""

    judged = Signal()

    def __init__(self, door: VaultDoor, jobs: Jobs) -> None:
        """Empty at first."""
        super().__init__()
        self._door, self._jobs = door, jobs
        self._accepted_text: str | None = None
        self.editor = Passphrase()
        self.field = Field(say.PASSPHRASE, self.editor, say.PASSPHRASE_RULE)
        self.propose = Quiet(say.PROPOSE, "lightbulb").at_edge()
        self.strength, self.advice = Strong(), Help()
        self.advice.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.judge)
        self.editor.edited.connect(self._typed)
        self.propose.clicked.connect(self._ask_proposal)
        self.setLayout(
            column(wrapping_row(self.propose), self.field, self.strength, self.advice, gap=6)
        )
        self.setFocusProxy(self.editor)

    @property
    def accepted(self) -> bool:
        """False as well while nothing is typed."""
        return bool(self.value()) and self._accepted_text == self.value()

    def value(self) -> str:
        """Exactly what was typed."""
        return self.editor.value()

    def judge(self) -> None:
        """Ask the door about what is typed now."""
        text = self.value()
        if not text:
            self._show("", None)
            return
        self._jobs.run(lambda: self._door.weakness(text), lambda code: self._show(text, code))

    def _typed(self) -> None:
        self.advice.hide()
        self._pause.start()

    def _ask_proposal(self) -> None:
        self._jobs.run(self._door.propose, self._take_proposal)

    def _take_proposal(self, text: str) -> None:
        self.editor.set_value(text)
        self.editor.reveal(hidden=False)
        self.advice.set_text(say.PROPOSED)
        self.advice.show()
        self.judge()

    def _show(self, text: str, code: str | None) -> None:
        self._accepted_text = text if text and code is None else None
        self.strength.set_text(say.strength(code) if text else "")
        self.strength.setProperty("tone_text", "ok" if code is None else "warn")
        self.strength.style().unpolish(self.strength)
        self.strength.style().polish(self.strength)
        self.judged.emit()
