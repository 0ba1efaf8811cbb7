"""Describe files before they enter the vault, and follow a long copy that can be stopped."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QProgressBar, QWidget

from clinicir.texts import screens_evidence as say
from clinicir.texts.screens_widgets import optional_label
from clinicir.ui.intake import Incoming, Progress
from clinicir.ui.models.form_drafts import Draft
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Primary, Quiet, Secondary
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import Card, Scroll, column, wrapping_row
from clinicir.ui.widgets.text import Heading, Help, Strong, Word

_BAR = 1000


class IntakePanel(QWidget):
    """`confirmed` when it is described, `left` when it is given up."""

    confirmed = Signal()
    left = Signal()
    edited = Signal()

    def __init__(self) -> None:
        """Hidden until `ask`."""
        super().__init__()
        self.incoming = Incoming()
        self.waiting, self.aside, self.step = Help(""), Help(""), Help("")
        self.picture = Word()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.picture.setAccessibleName(say.WHAT_PICTURE_SHOWS)
        self.title, self.source = Line(), Line()
        self.title_field = Field(say.WHAT_IT_SHOWS, self.title, optional=True)
        self.cancel = Quiet(say.CANCEL)
        self.confirm = Primary(say.PUT_IN_VAULT, "folder-lock")
        holder = QWidget()
        holder.setLayout(
            column(
                Card(
                    Heading(say.DESCRIBE),
                    self.step,
                    self.waiting,
                    self.aside,
                    self.picture,
                    self.title_field,
                    Field(say.WHERE_FROM, self.source, say.WHERE_FROM_HELP, optional=True),
                    wrapping_row(self.confirm, self.cancel),
                )
            )
        )
        self.setLayout(column(Scroll(holder)))
        for line in (self.title, self.source):
            line.returnPressed.connect(self.confirmed)
            line.edited.connect(self.edited)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.left)

    def ask(self, incoming: Incoming, step: str, picture: QImage | None) -> None:
        """One title for one file; several files keep their names as titles."""
        self.incoming = incoming
        names = incoming.names
        self.waiting.set_text(say.files_waiting(len(names), ", ".join(names)))
        self.aside.set_text(say.left_aside(incoming.aside) if incoming.aside else "")
        self.aside.setVisible(bool(incoming.aside))
        self.step.set_text(say.for_step(step) if step else "")
        self.step.setVisible(bool(step))
        self.title.set_value("")
        self.source.set_value("")
        self.title_field.setVisible(len(names) == 1)
        label = say.WHAT_PICTURE_SHOWS if incoming.points else say.WHAT_IT_SHOWS
        self.title_field.label.set_text(optional_label(label))
        self.title.setAccessibleName(label)
        self._show_picture(picture)

    def draft(self) -> Draft:
        """What is typed, with the names that it is about."""
        typed = {"title": self.title.value(), "source": self.source.value()}
        return {**typed, "names": list(self.incoming.names)} if any(typed.values()) else {}

    def resume(self, draft: Draft) -> None:
        """Words that were half typed about the same files, unless others were typed since."""
        if draft.get("names") == list(self.incoming.names) and not self.draft():
            self.title.set_value(str(draft.get("title", "")))
            self.source.set_value(str(draft.get("source", "")))

    def first_focus(self) -> QWidget:
        """Where typing starts."""
        return self.title if len(self.incoming.names) == 1 else self.source

    def _show_picture(self, picture: QImage | None) -> None:
        self.picture.setVisible(picture is not None)
        if picture is not None:
            small = picture.scaled(px(360), px(180), Qt.AspectRatioMode.KeepAspectRatio,
                                   Qt.TransformationMode.SmoothTransformation)  # fmt: skip
            self.picture.setPixmap(QPixmap.fromImage(small))


class CopyProgress(QWidget):
    """How far a copy has gone; `stopped` when the person stops it."""

    stopped = Signal()

    def __init__(self) -> None:
        """Hidden until a copy starts."""
        super().__init__()
        self.words, self.bytes = Strong(say.KEEPING), Help("")
        self.bar = QProgressBar()
        self.bar.setRange(0, _BAR)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say.KEEPING)
        self.stop = Secondary(say.STOP, "x")
        self.stop.clicked.connect(self.stopped)
        self.setLayout(
            column(Card(self.words, self.bar, self.bytes, wrapping_row(self.stop)))
        )
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Count of files and bytes of the one under way."""
        self.bar.setValue(round(_BAR * progress.share))
        self.words.set_text(say.copying(progress.name, progress.position, progress.count))
        self.bytes.set_text(say.progress(progress.done_bytes, progress.size_bytes))
        self.bar.setAccessibleDescription(f"{self.words.text()}, {self.bytes.text()}")
        self.show()
