"""What can be written in the journal by hand: a fact, the correction of a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicir.domain.clock import from_wire, to_wire
from clinicir.services.views.journal import JournalLine, JournalView, KnownFact
from clinicir.texts import screens_journal as say
from clinicir.texts.labels import FACT_VALUES, INSTANTS
from clinicir.ui.models.form_drafts import Draft
from clinicir.ui.widgets.buttons import Primary, Quiet
from clinicir.ui.widgets.fields import Field, Instant, LongText, Number, SingleChoice
from clinicir.ui.widgets.layout import ActionBar, Scroll, column
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Body, Help, Title

_INSTANT, _FACT = "instant", "fact"


class NoteForm(QWidget):
    """`confirmed` carries the words, when it happened (or None for now) and the reason."""

    confirmed = Signal(str, object, str)
    left = Signal()
    edited = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """`zone` is that of the practice."""
        super().__init__()
        self.words, self.happened, self.reason = LongText(), Instant(zone), LongText(lines=2)
        self.title, self.was = Title(say.NOTE_FACT), Body("")
        self.was_label = Help(say.NOTE_BEFORE)
        self.words_field = Field(say.WHAT_HAPPENED, self.words)
        self.when_field = Field(say.WHEN_HAPPENED, self.happened, say.WHEN_HELP)
        self.reason_field = Field(say.REASON, self.reason)
        self.cancel, self.confirm = Quiet(say.CANCEL), Primary(say.NOTE, "check")
        self.setLayout(
            _form((self.title, self.was_label, self.was, self.words_field, self.when_field,
                   self.reason_field), self.cancel, self.confirm)
        )  # fmt: skip
        for editor in (self.words, self.happened, self.reason):
            editor.edited.connect(self.edited)
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(self._confirm)

    def ask(self, now: datetime, line: JournalLine | None = None) -> None:
        """A new fact, that happened now unless told otherwise, or a note to write again."""
        self.title.set_text(say.CORRECT_NOTE if line else say.NOTE_FACT)
        self.words.set_value(line.text if line else "")
        self.happened.set_value(line.happened_at if line else now)
        self.reason.set_value("")
        self.was.set_text(line.text if line else "")
        for part in (self.was_label, self.was, self.reason_field):
            part.setVisible(line is not None)
        for field in (self.words_field, self.when_field, self.reason_field):
            field.set_problem(None)
        self._first = self.draft()

    def draft(self) -> Draft:
        """What is typed."""
        happened = self.happened.value()
        return {
            "words": self.words.value(),
            "happened": to_wire(happened) if happened else "",
            "reason": self.reason.value(),
        }

    @property
    def typed(self) -> Draft:
        """The same, empty as long as nobody has typed."""
        draft = self.draft()
        return draft if draft != self._first else {}

    def resume(self, draft: Draft) -> None:
        """What was half typed, unless something was typed since."""
        if draft and not self.typed:
            self.words.set_value(str(draft.get("words", "")))
            self.happened.set_value(_instant(draft.get("happened")))
            self.reason.set_value(str(draft.get("reason", "")))

    def refuse(self, sentence: str) -> None:
        """Why it was not written."""
        # Not isVisible: a page that is not on the screen refuses too.
        asked = not self.reason_field.isHidden() and len(self.reason.value()) < _SHORTEST_REASON
        (self.reason_field if asked else self.when_field).set_problem(sentence)

    def _confirm(self) -> None:
        words = self.words.value()
        self.words_field.set_problem(None if words else say.FACT_MISSING)
        self.when_field.set_problem(self.happened.problem)
        self.reason_field.set_problem(None)
        if words and self.happened.problem is None:
            self.confirmed.emit(words, self.happened.value(), self.reason.value())


class CorrectForm(QWidget):
    """`confirmed` carries `instant` or `fact`, its name, its new value and the reason."""

    confirmed = Signal(str, str, object, str)
    left = Signal()
    edited = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """`zone` is that of the practice."""
        super().__init__()
        self._facts: dict[str, KnownFact] = {}
        self.which, self.moved, self.reason = Pick(), Instant(zone), LongText()
        self.choice, self.count = SingleChoice(), Number()
        self.when_field = Field(say.NEW_HOUR, self.moved)
        self.choice_field = Field(say.NEW_ANSWER, self.choice)
        self.count_field = Field(say.NEW_ANSWER, self.count)
        self.which_field = Field(say.WHICH, self.which)
        self.reason_field = Field(say.REASON, self.reason, say.REASON_HELP)
        self.cancel, self.confirm = Quiet(say.CANCEL), Primary(say.CORRECT_NOW, "pencil")
        self.setLayout(
            _form((Title(say.CORRECT_TITLE), Help(say.CORRECT_HELP), self.which_field,
                   self.when_field, self.choice_field, self.count_field, self.reason_field),
                  self.cancel, self.confirm)
        )  # fmt: skip
        self.which.currentIndexChanged.connect(lambda _: self._turn())
        for editor in (self.moved, self.choice, self.count, self.reason):
            editor.edited.connect(self.edited)
        self.cancel.clicked.connect(self.left)
        self.confirm.clicked.connect(self._confirm)

    def ask(self, view: JournalView, line: JournalLine | None = None) -> None:
        """Hours and answers, each with its present value; those of `line` first."""
        self._facts = {f"{_FACT}:{fact.name}": fact for fact in view.facts}
        offered = [
            (say.instant_choice(INSTANTS[each.name], each.at), f"{_INSTANT}:{each.name}")
            for each in view.instants
        ] + [(say.fact_choice(fact.label, fact.value), key) for key, fact in self._facts.items()]
        named = {item.name for item in line.items} if line else set()
        offered.sort(key=lambda pair: self._name(pair[1]) not in named)
        self.which.offer(offered)
        self.moved.set_value(None)
        self.count.set_value(None)
        self.reason.set_value("")
        self._turn()
        self.reason_field.set_problem(None)

    def draft(self) -> Draft:
        """What is typed, empty as long as nobody has typed."""
        moved, value = self.moved.value(), self.choice.value() or self.count.value()
        typed = bool(moved or value or self.reason.value())
        kept: Draft = {
            "which": self.which.chosen(), "moved": to_wire(moved) if moved else "",
            "value": value if value is not None else "", "reason": self.reason.value(),
        }  # fmt: skip
        return kept if typed else {}

    def resume(self, draft: Draft) -> None:
        """What was half typed, unless something was typed since."""
        if not draft or self.draft():
            return
        self.which.setCurrentIndex(max(0, self.which.findData(draft.get("which"))))
        self.moved.set_value(_instant(draft.get("moved")))
        value = draft.get("value")
        if isinstance(value, int):
            self.count.set_value(value)
        elif isinstance(value, str):
            self.choice.set_value(value)
        self.reason.set_value(str(draft.get("reason", "")))

    def refuse(self, sentence: str) -> None:
        """Why the correction was not written."""
        self.reason_field.set_problem(sentence)

    def _name(self, key: str) -> str:
        """As a line of the journal names it."""
        return self._facts[key].label if key in self._facts else key.partition(":")[2]

    def _turn(self) -> None:
        """The editor of what is chosen."""
        key = self.which.chosen()
        fact = self._facts.get(key)
        self.choice.set_choices(
            [(word, FACT_VALUES.get(word, word)) for word in fact.values] if fact else []
        )
        self.when_field.setVisible(fact is None)
        self.choice_field.setVisible(fact is not None and bool(fact.values))
        self.count_field.setVisible(fact is not None and not fact.values)
        for field in (self.when_field, self.choice_field, self.count_field):
            field.set_problem(None)

    def _confirm(self) -> None:
        kind, _, name = self.which.chosen().partition(":")
        self.reason_field.set_problem(None)
        if kind == _INSTANT:
            moved = self.moved.value()
            self._send(kind, name, moved, self.when_field,
                       self.moved.problem or (None if moved else say.HOUR_MISSING))  # fmt: skip
            return
        choices = self._facts[f"{kind}:{name}"].values
        field = self.choice_field if choices else self.count_field
        value = self.choice.value() if choices else self.count.value()
        self._send(kind, name, value, field, say.ANSWER_MISSING if value is None else None)

    def _send(
        self, kind: str, name: str, value: object, field: Field, problem: str | None
    ) -> None:
        field.set_problem(problem)
        if problem is None:
            self.confirmed.emit(kind, name, value, self.reason.value())


_SHORTEST_REASON = 5


def _instant(plain: object) -> datetime | None:
    try:
        return from_wire(str(plain)) if plain else None
    except ValueError:
        return None


def _form(fields: Sequence[QWidget], cancel: QWidget, confirm: QWidget) -> QVBoxLayout:
    holder = QWidget()
    box = column(*fields, gap=16)
    box.addStretch(1)
    holder.setLayout(box)
    return column(Scroll(holder), ActionBar(cancel, confirm), gap=0)
