"""The answers still awaited by the CNIL form, one at a time, kept as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.form import AnswerType
from clinicir.domain.ids import Plain
from clinicir.services.views.cnil_form import CnilView, Question
from clinicir.texts import screens_papers as say
from clinicir.ui.widgets.answer_editor import AnswerEditor
from clinicir.ui.widgets.buttons import LinkButton, Quiet, Secondary
from clinicir.ui.widgets.layout import Card, Scroll, column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.text import Eyebrow, Help

AWARENESS = "dates.connaissance"
"""Derived from the instant `T_BREACH`, which can be given here."""

_PAUSE_MS = 2000
_FROM_PRACTICE = ("org.", "legal.", "contact.")

Keep = Callable[[str, Plain], None]


class MissingAnswers(QWidget):
    """Asks one question; `to_practice` when the answer is in the sheet of the practice."""

    to_practice = Signal()

    def __init__(self, keep: Keep, zone: tzinfo) -> None:
        """`keep(slug, value)` writes an answer; the next `show_view` tells what is left."""
        super().__init__()
        self._keep, self._zone = keep, zone
        self._order: tuple[str, ...] = ()
        self._questions: dict[str, Question] = {}
        self._slug = ""
        self.editor: AnswerEditor | None = None
        self.summary = Notice("info", "")
        self.place = Eyebrow("")
        self._ask = QVBoxLayout()
        self.unknown = Secondary(say.DO_NOT_KNOW, "circle-help")
        self.none = Secondary(say.NO_BODY)
        self.previous = Quiet(say.PREVIOUS_LACKING, "chevron-left")
        self.next = Secondary(say.NEXT_LACKING, "chevron-right")
        self.sheet = LinkButton(say.TO_PRACTICE)
        self._card = Card(
            self.place,
            self._ask,
            wrapping_row(self.sheet, self.unknown, self.none),
            wrapping_row(self.previous, self.next),
        )
        holder = QWidget()
        box = column(self.summary, self._card)
        box.addStretch(1)
        holder.setLayout(box)
        self.setLayout(column(Scroll(holder)))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._connect()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.flush)
        self.unknown.clicked.connect(lambda: self._settle(UNKNOWN))
        self.none.clicked.connect(lambda: self._settle([]))
        self.next.clicked.connect(lambda: self.seek(1))
        self.previous.clicked.connect(lambda: self.seek(-1))
        self.sheet.clicked.connect(self.to_practice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 and Shift+F8: the next and the previous missing answer."""
        if event.key() == Qt.Key.Key_F8:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.seek(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    @property
    def slug(self) -> str:
        """The field being asked, empty when nothing is missing."""
        return self._slug

    def show_view(self, view: CnilView, order: tuple[str, ...]) -> None:
        """What is missing now; the question on the screen stays while it is being answered."""
        self._order = order
        self._questions = {question.field.id: question for question in view.questions}
        others = len(view.questions) - view.needed
        self.summary.say(say.answers_awaited(view.needed, others))
        self._card.setVisible(bool(self._slug) or bool(self._questions))
        if not self._slug and self._questions:
            first = next((q for q in view.questions if q.now), view.questions[0])
            self._open(first.field.id)
        self._show_place()

    def seek(self, step: int) -> None:
        """Keep what was typed, then the next (1) or the previous (-1) missing answer."""
        self.flush()
        slugs = self._reachable(step)
        self._open(slugs[0] if slugs else "")

    def _reachable(self, step: int) -> list[str]:
        """Missing fields met in this direction, going round at the end of the form."""
        order = self._order if step > 0 else self._order[::-1]
        here = order.index(self._slug) + 1 if self._slug in order else 0
        return [slug for slug in (*order[here:], *order[:here]) if slug in self._questions]

    def flush(self) -> None:
        """Write what was typed and not yet kept."""
        if not self._timer.isActive() and self.sender() is not self._timer:
            return
        self._timer.stop()
        if self.editor is None:
            return
        value = self.editor.value()
        self.editor.frame.set_problem(self.editor.problem)
        if value is not None:
            self._keep(self._slug, value)

    def refuse(self, slug: str, sentence: str) -> None:
        """The answer was not kept, and why."""
        if self.editor is not None and slug == self._slug:
            self.editor.frame.set_problem(sentence)

    def _settle(self, value: Plain) -> None:
        self._timer.stop()
        self._keep(self._slug, value)
        self.seek(1)

    def _open(self, slug: str) -> None:
        self._slug = slug
        refill(self._ask)
        self.editor = None
        self._card.setVisible(bool(slug))
        if not slug:
            return
        question = self._questions[slug]
        derived = question.field.derived and slug != AWARENESS
        from_practice = derived and slug.startswith(_FROM_PRACTICE)
        self.sheet.setVisible(from_practice)
        self.unknown.setVisible(
            not question.field.derived and question.field.type is not AnswerType.YES_NO
        )
        self.none.setVisible(question.field.type is AnswerType.THIRD_PARTIES)
        if derived:
            self._explain(question, from_practice)
        else:
            self._offer(question)
        self._show_place()

    def _explain(self, question: Question, from_practice: bool) -> None:
        sentence = say.FROM_PRACTICE if from_practice else say.FILLED_LATER
        self._ask.addWidget(Notice("info", question.field.label, sentence))

    def _offer(self, question: Question) -> None:
        self.editor = AnswerEditor(question.field, self._zone, optional=not question.now)
        self.editor.edited.connect(self._timer.start)
        self._ask.addWidget(self.editor)
        if not question.now:
            self._ask.addWidget(Help(say.CAN_WAIT))
        self.editor.focus_target().setFocus()

    def _show_place(self) -> None:
        question = self._questions.get(self._slug)
        if question is None:
            self.place.set_text(say.NOTED if self._slug else "")
            return
        position = list(self._questions).index(self._slug) + 1
        self.place.set_text(say.question_of(position, len(self._questions), question.rubric))
