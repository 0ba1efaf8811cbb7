"""Every answer of the CNIL form, part by part, each with the way to change it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinicir.services.views.cnil_form import Answered
from clinicir.texts import screens_papers as say
from clinicir.texts.answer_words import answer_text
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Help, Strong


class AllAnswers(QWidget):
    """One fold a part of the form; `wanted` carries the field to change."""

    wanted = Signal(str)

    def __init__(self) -> None:
        """Filled by `show_fields`."""
        super().__init__()
        self.folds: list[Fold] = []
        self._box = column(gap=8)
        self.setLayout(column(Help(say.ALL_HELP), self._box, gap=10))

    def show_fields(self, fields: Sequence[Answered]) -> None:
        """What is inside a part is made when it is opened; an open one stays open."""
        opened = {place for place, fold in enumerate(self.folds) if fold.opened}
        parts: dict[str, list[Answered]] = {}
        for each in fields:
            parts.setdefault(each.rubric, []).append(each)
        self.folds = [self._fold(title, inside) for title, inside in parts.items()]
        titled = zip(parts, self.folds, strict=True)
        refill(self._box, *(column(Strong(title), fold, gap=0) for title, fold in titled))
        for place in opened:
            if place < len(self.folds):
                self.folds[place].open(opened=True)

    def _fold(self, title: str, inside: list[Answered]) -> Fold:
        done = sum(each.value is not None for each in inside)
        fold = Fold(say.completeness(done, len(inside)), lambda: self._lines(inside))
        fold.button.setAccessibleName(say.answered_of(title, done, len(inside)))
        return fold

    def _lines(self, inside: list[Answered]) -> QWidget:
        holder = QWidget()
        box = column(*(self._line(each) for each in inside), gap=10)
        box.setContentsMargins(px(12), px(4), 0, px(12))
        holder.setLayout(box)
        return holder

    def _line(self, each: Answered) -> QWidget:
        words = answer_text(each.field, each.value)
        answer = Body(words) if words else Help(say.NO_ANSWER)
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(10))
        across.addWidget(Sign(*(("circle-check", "ok") if words else ("circle", "muted")), 18))
        across.addLayout(column(Strong(each.field.label), answer, gap=2), 1)
        button = Quiet(say.CHANGE if words else say.ANSWER_IT, "pencil")
        button.setAccessibleName(say.change_answer(each.field.label))
        button.clicked.connect(partial(self._want, each.field.id))
        across.addWidget(button)
        return line

    def _want(self, slug: str, _checked: bool = False) -> None:
        self.wanted.emit(slug)
