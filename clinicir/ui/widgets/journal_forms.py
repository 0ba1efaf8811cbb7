"""What can be written in the journal by hand: a fact, and the correction of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicir.services.views.journal import KnownInstant
from clinicir.texts import screens_journal as say
from clinicir.texts.labels import INSTANTS
from clinicir.ui.widgets.buttons import Primary, Quiet
from clinicir.ui.widgets.fields import Field, Instant, LongText
from clinicir.ui.widgets.layout import ActionBar, Scroll, column
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Title


class NoteForm(QWidget):
    """`confirmed` carries the words and when it happened (an instant, or None for now)."""

    confirmed = Signal(str, object)
    left = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """`zone` is that of the practice."""
        super().__init__()
        self.words, self.happened = LongText(), Instant(zone)
        self.words_field = Field(say.WHAT_HAPPENED, self.words)
        self.when_field = Field(say.WHEN_HAPPENED, self.happened, say.WHEN_HELP)
        self.cancel, self.confirm = Quiet(say.CANCEL), Primary(say.NOTE, "check")
        self.setLayout(
            _form((Title(say.NOTE_FACT), self.words_field, self.when_field),
                  self.cancel, self.confirm)
        )  # fmt: skip
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(self._confirm)

    def ask(self, now: datetime) -> None:
        """A new fact, that happened now unless the person says otherwise."""
        self.words.set_value("")
        self.happened.set_value(now)
        self.words_field.set_problem(None)
        self.when_field.set_problem(None)
        self.words.setFocus()

    def _confirm(self) -> None:
        words = self.words.value()
        self.words_field.set_problem(None if words else say.FACT_MISSING)
        self.when_field.set_problem(self.happened.problem)
        if words and self.happened.problem is None:
            self.confirmed.emit(words, self.happened.value())


class CorrectForm(QWidget):
    """`confirmed` carries the name of the instant, its new value and the reason."""

    confirmed = Signal(str, object, str)
    left = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """`zone` is that of the practice."""
        super().__init__()
        self.which, self.moved, self.reason = Pick(), Instant(zone), LongText()
        self.when_field = Field(say.NEW_HOUR, self.moved)
        self.reason_field = Field(say.REASON, self.reason, say.REASON_HELP)
        self.cancel, self.confirm = Quiet(say.CANCEL), Primary(say.CORRECT_NOW, "pencil")
        self.setLayout(
            _form((Title(say.CORRECT_TITLE), Field(say.WHICH_INSTANT, self.which),
                   self.when_field, self.reason_field), self.cancel, self.confirm)
        )  # fmt: skip
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(self._confirm)

    def ask(self, known: Sequence[KnownInstant]) -> None:
        """The instants that are known, each with its present hour."""
        self.which.offer(
            [(say.instant_choice(INSTANTS[each.name], each.at), each.name) for each in known]
        )
        self.moved.set_value(None)
        self.reason.set_value("")
        self.when_field.set_problem(None)
        self.reason_field.set_problem(None)
        self.which.setFocus()

    def refuse(self, sentence: str) -> None:
        """Why the correction was not written."""
        self.reason_field.set_problem(sentence)

    def _confirm(self) -> None:
        moved = self.moved.value()
        problem = self.moved.problem or (None if moved else say.HOUR_MISSING)
        self.when_field.set_problem(problem)
        if problem is None:
            self.confirmed.emit(self.which.chosen(), moved, self.reason.value())


def _form(fields: Sequence[QWidget], cancel: QWidget, confirm: QWidget) -> QVBoxLayout:
    holder = QWidget()
    box = column(*fields, gap=16)
    box.addStretch(1)
    holder.setLayout(box)
    return column(Scroll(holder), ActionBar(cancel, confirm), gap=0)
