"""One field of the CNIL form: its official label, plain words under it, and where to answer."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.form import AnswerType, FormField
from clinicir.domain.ids import Plain
from clinicir.texts import screens_papers as say
from clinicir.texts.answer_words import answer_text
from clinicir.ui.widgets.answer_editor import AnswerEditor
from clinicir.ui.widgets.buttons import LinkButton, Quiet, Secondary
from clinicir.ui.widgets.layout import Card, column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.text import Eyebrow, Help

AWARENESS = "dates.connaissance"
"""Derived from the instant `T_BREACH`, which can be given here once, then corrected."""
_FROM_PRACTICE = ("org.", "legal.", "contact.")


def from_practice(field: FormField) -> bool:
    """The sheet of the practice gives this answer."""
    return field.derived and field.id.startswith(_FROM_PRACTICE)


def may_be_given(field: FormField, value: Plain) -> bool:
    """It is typed here, rather than drawn from elsewhere."""
    return not field.derived or (field.id == AWARENESS and value is None)


class AnswerCard(Card):
    """Asks; `settled` carries an answer given by a button."""

    edited = Signal()
    quit = Signal()
    """The keyboard has left the field."""
    settled = Signal(object)
    to_practice = Signal()
    to_journal = Signal()
    moved = Signal(int)
    """1: go on; -1: back."""

    def __init__(self, zone: tzinfo) -> None:
        """`zone` is that of the practice."""
        self.place, self._ask = Eyebrow(""), column(gap=8)
        self.unknown = Secondary(say.DO_NOT_KNOW, "circle-help")
        self.none = Secondary(say.NO_BODY)
        self.sheet = LinkButton(say.TO_PRACTICE)
        self.journal = LinkButton(say.TO_JOURNAL)
        self.previous = Quiet(say.PREVIOUS_LACKING, "chevron-left")
        self.next = Secondary(say.NEXT_LACKING, "chevron-right")
        super().__init__(
            self.place,
            self._ask,
            wrapping_row(self.sheet, self.journal, self.unknown, self.none),
            wrapping_row(self.previous, self.next),
        )
        self._zone = zone
        self.editor: AnswerEditor | None = None
        self.alike = 0
        """Answers awaited from the sheet of the practice, this one included."""
        self.unknown.clicked.connect(lambda: self.settled.emit(UNKNOWN))
        self.none.clicked.connect(lambda: self.settled.emit([]))
        self.sheet.clicked.connect(self.to_practice)
        self.journal.clicked.connect(self.to_journal)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def ask(self, field: FormField, value: Plain, *, now: bool, typed: Plain) -> None:
        """`value` is the recorded answer, `typed` what was half typed in its place."""
        self.editor = None
        given = may_be_given(field, value)
        self.sheet.setVisible(from_practice(field))
        self.journal.setVisible(field.id == AWARENESS and not given)
        # A choice between yes and no has its own third answer, and so has the hour of awareness.
        self.unknown.setVisible(
            not field.derived and field.type is not AnswerType.YES_NO
        )
        self.none.setVisible(field.type is AnswerType.THIRD_PARTIES)
        if given:
            self._offer(field, value, now=now, typed=typed)
        else:
            self._explain(field, value)

    def show_problem(self, sentence: str | None) -> None:
        """Why what was typed is not kept."""
        if self.editor is not None:
            self.editor.frame.set_problem(sentence)

    def focus_target(self) -> QWidget:
        """Where typing starts, else the way on."""
        return self.editor.focus_target() if self.editor is not None else self.next

    def _explain(self, field: FormField, value: Plain) -> None:
        if from_practice(field):
            sentence = say.from_practice(self.alike)
        elif field.id == AWARENESS:
            sentence = say.FROM_JOURNAL
        else:
            sentence = say.FILLED_LATER if value is None else say.FROM_PROGRAM
        words = answer_text(field, value)
        parts = [Help(say.current_answer(words))] if words else []
        refill(self._ask, Notice("info", field.label, sentence), *parts)

    def _offer(self, field: FormField, value: Plain, *, now: bool, typed: Plain) -> None:
        editor = AnswerEditor(field, self._zone, optional=not now and value is None)
        parts: list[QWidget] = [editor]
        if value is not None:
            words = answer_text(field, value)
            parts.append(Help(say.current_answer(" \u00b7 ".join(words.splitlines()))))
            editor.set_value(value)
        elif not now:
            parts.append(Help(say.CAN_WAIT))
        if typed is not None:
            editor.resume(typed)
            parts.append(Help(say.DRAFT_BACK))
        editor.edited.connect(self.edited)
        self.editor = editor
        refill(self._ask, *parts)
        editor.focus_target().setFocus()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        editor = self.editor
        if editor is None or old is None or new is None or not editor.isAncestorOf(old):
            return
        # The buttons of the card settle the field themselves.
        if new.window() is self.window() and not self.isAncestorOf(new):
            self.quit.emit()
