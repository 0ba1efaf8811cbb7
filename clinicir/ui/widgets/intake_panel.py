"""Describe files before they enter the vault, and follow a long copy that can be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from clinicir.texts import screens_evidence as say
from clinicir.ui.widgets.buttons import Primary, Quiet, Secondary
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import Card, column, wrapping_row
from clinicir.ui.widgets.text import Heading, Help, Strong


@dataclass(frozen=True)
class Incoming:
    """Files on the disk, or one picture from the clipboard."""

    files: tuple[Path, ...] = ()
    picture: bytes = b""
    name: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what comes in."""
        return (self.name,) if self.picture else tuple(file.name for file in self.files)


class IntakePanel(QWidget):
    """`confirmed` when it is described, `left` when it is given up."""

    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Hidden until `ask`."""
        super().__init__()
        self.incoming = Incoming()
        self.waiting = Help("")
        self.title, self.source = Line(), Line()
        self.title_field = Field(say.WHAT_IT_SHOWS, self.title, optional=True)
        self.cancel = Quiet(say.CANCEL)
        self.confirm = Primary(say.PUT_IN_VAULT, "folder-lock")
        box = column(
            Card(
                Heading(say.DESCRIBE),
                self.waiting,
                self.title_field,
                Field(say.WHERE_FROM, self.source, say.WHERE_FROM_HELP, optional=True),
                wrapping_row(self.confirm, self.cancel),
            )
        )
        box.addStretch(1)
        self.setLayout(box)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.left)
        self.title.returnPressed.connect(self.confirmed)
        self.hide()

    def ask(self, incoming: Incoming) -> None:
        """One title for one file; several files keep their names as titles."""
        self.incoming = incoming
        names = incoming.names
        self.waiting.set_text(say.files_waiting(len(names), ", ".join(names)))
        self.title.set_value("")
        self.source.set_value("")
        self.title_field.setVisible(len(names) == 1)
        label = say.WHAT_PICTURE_SHOWS if incoming.picture else say.WHAT_IT_SHOWS
        self.title_field.label.set_text(label)
        self.show()
        (self.title if len(names) == 1 else self.source).setFocus()


class CopyProgress(QWidget):
    """How far a copy has gone; `stopped` when the person stops it."""

    stopped = Signal()

    def __init__(self) -> None:
        """Hidden until a copy starts."""
        super().__init__()
        self.words = Strong(say.KEEPING)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say.KEEPING)
        self.stop = Secondary(say.STOP, "x")
        self.stop.clicked.connect(self.stopped)
        self.setLayout(column(Card(self.words, self.bar, wrapping_row(self.stop))))
        self.hide()

    def show_progress(self, name: str, done: int, total: int) -> None:
        """`done` and `total` in bytes."""
        self.bar.setValue(1000 * done // max(total, 1))
        self.words.set_text(f"{say.KEEPING}\u00a0: {name}, {say.progress(done, total)}")
        self.show()
