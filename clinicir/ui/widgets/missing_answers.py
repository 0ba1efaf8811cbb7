"""The answers of the CNIL form: those still awaited, one at a time, and all of them on demand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import Plain
from clinicir.services.views.cnil_form import Answered, CnilView, Question
from clinicir.texts import screens_papers as say
from clinicir.ui.models.drafts import Draft
from clinicir.ui.widgets.all_answers import AllAnswers
from clinicir.ui.widgets.answer_card import AWARENESS, AnswerCard, from_practice
from clinicir.ui.widgets.answer_editor import AnswerEditor
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.gauge import Gauge
from clinicir.ui.widgets.layout import column, wrapping_row
from clinicir.ui.widgets.text import Help, Strong

__all__ = ["AWARENESS", "MissingAnswers"]

Keep = Callable[[str, Plain], None]


class MissingAnswers(QWidget):
    """What is typed goes to the draft, and to the trail only when the field is left."""

    to_practice = Signal()
    to_journal = Signal()
    drafted = Signal()
    """What `draft` gives has changed."""

    def __init__(self, keep: Keep, zone: tzinfo) -> None:
        """`keep(slug, value)` writes an answer; the next `show_view` tells what is left."""
        super().__init__()
        self._keep = keep
        self._order: tuple[str, ...] = ()
        self._questions: dict[str, Question] = {}
        self._fields: dict[str, Answered] = {}
        self._slug = ""
        self._words: Draft = {}
        """Typed and not yet recorded, by field."""
        self._sent: Draft = {}
        """On its way to the trail, by field."""
        self._reading = False
        self.summary, self.awaited, self.gauge = Strong(""), Help(""), Gauge("")
        self.card, self.all = AnswerCard(zone), AllAnswers()
        self.see_all = Quiet(say.SEE_ALL, "list-checks").at_edge()
        self.back = Quiet(say.BACK_TO_QUESTIONS, "chevron-left").at_edge()
        self.setLayout(
            column(
                column(self.summary, self.gauge, self.awaited, gap=6),
                self.card,
                wrapping_row(self.see_all, self.back),
                self.all,
            )
        )
        self._read_all(chosen=False)
        self._connect()

    def _connect(self) -> None:
        self.see_all.clicked.connect(self._show_all)
        self.back.clicked.connect(lambda: self._open(self._slug))
        self.all.wanted.connect(self.open_field)
        self.card.edited.connect(self._typed)
        self.card.quit.connect(self.flush)
        self.card.settled.connect(self._settle)
        self.card.moved.connect(self.seek)
        self.card.to_practice.connect(self.to_practice)
        self.card.to_journal.connect(self.to_journal)

    # --- what the page reads and says ----------------------------------------------------------

    @property
    def slug(self) -> str:
        """The field being asked, empty when nothing is missing."""
        return self._slug

    @property
    def editor(self) -> AnswerEditor | None:
        """Of the field being asked, None when it is not typed here."""
        return self.card.editor

    def draft(self) -> Draft:
        """Where one is, and what is typed but not recorded."""
        return {"at": self._slug, "words": dict(self._words)}

    def resume(self, draft: Draft) -> None:
        """What was kept, before the first `show_view`."""
        at, words = draft.get("at"), draft.get("words")
        self._slug = at if isinstance(at, str) else ""
        self._words = dict(words) if isinstance(words, dict) else {}
        self.card.editor = None

    def show_view(self, view: CnilView, order: tuple[str, ...]) -> None:
        """What is missing now; the question on the screen stays while it is being answered."""
        self._order = order
        self._questions = {question.field.id: question for question in view.questions}
        self._fields = {each.field.id: each for each in view.fields}
        said = say.completeness(view.done, view.total)
        others = len(view.questions) - view.needed
        self.summary.set_text(said)
        self.awaited.set_text(say.answers_awaited(view.needed, others))
        self.gauge.show_share(view.done, view.total, said)
        self._words = {slug: typed for slug, typed in self._words.items() if self._known(slug)}
        if not self._known(self._slug):
            self._slug = ""
        first = next((q for q in view.questions if q.now), next(iter(view.questions), None))
        if self._slug and self._still_asked():
            self._show_place()
        elif self._slug or first is not None:
            self._open(self._slug or (first.field.id if first else ""))
        self._read_all(chosen=self._reading)
        if self._reading:
            self.all.show_fields(view.fields)

    def _read_all(self, *, chosen: bool) -> None:
        self._reading = chosen
        self.card.setVisible(not chosen and bool(self._slug))
        self.see_all.setVisible(not chosen)
        self.back.setVisible(chosen)
        self.all.setVisible(chosen)

    def _still_asked(self) -> bool:
        editor = self.card.editor
        return editor is not None and editor.field.id == self._slug

    # --- moving --------------------------------------------------------------------------------

    def seek(self, step: int) -> None:
        """Keep what was typed, then the next (1) or the previous (-1) missing answer."""
        self.flush()
        slugs = self._reachable(step)
        self._open(slugs[0] if slugs else "")

    def open_field(self, slug: str) -> None:
        """Ask one field, answered already or not."""
        self.flush()
        if self._known(slug):
            self._open(slug)

    def _reachable(self, step: int) -> list[str]:
        """Missing fields met in this direction, going round at the end of the form.

        Those that can wait come once nothing else is awaited.
        """
        order = self._order if step > 0 else self._order[::-1]
        here = order.index(self._slug) + 1 if self._slug in order else 0
        round_trip = (*order[here:], *order[:here])
        asked = [slug for slug in round_trip if slug in self._questions and slug not in self._sent]
        sheet = self._on_the_sheet()
        asked = [slug for slug in asked if slug not in sheet[1:]]
        return [slug for slug in asked if self._questions[slug].now] or asked

    def _on_the_sheet(self) -> list[str]:
        """Answers that the sheet of the practice gives: one stop leads to all of them."""
        asked = [slug for slug in self._order if slug in self._questions]
        return [slug for slug in asked if from_practice(self._questions[slug].field)]

    def _known(self, slug: str) -> bool:
        return slug in self._questions or slug in self._fields

    def _open(self, slug: str) -> None:
        self._slug = slug
        self._read_all(chosen=False)
        if slug:
            question, answered = self._questions.get(slug), self._fields.get(slug)
            self.card.alike = len(self._on_the_sheet())
            field = question.field if question else self._fields[slug].field
            self.card.ask(
                field,
                answered.value if answered else None,
                now=question.now if question else False,
                typed=self._words.get(slug),
            )
            self._show_place()
        self.drafted.emit()

    def _show_all(self) -> None:
        self.flush()
        self.all.show_fields(tuple(self._fields.values()))
        self._read_all(chosen=True)
        self.back.setFocus()

    def _show_place(self) -> None:
        question = self._questions.get(self._slug)
        if question is not None:
            group = [slug for slug, each in self._questions.items() if each.now is question.now]
            position = group.index(self._slug) + 1
            self.card.place.set_text(say.question_of(position, len(group), question.rubric))
        elif self._slug:
            self.card.place.set_text(self._fields[self._slug].rubric)

    # --- answering -----------------------------------------------------------------------------

    def _typed(self) -> None:
        if self.card.editor is not None:
            self._words[self._slug] = self.card.editor.typed()
            self.drafted.emit()

    def flush(self) -> None:
        """The field is left: record what was typed, when it can be read."""
        editor = self.card.editor
        if editor is None or editor.field.id not in self._words:
            return
        slug, value, problem = editor.field.id, editor.value(), editor.problem
        self.card.show_problem(problem)
        if problem is None and value is not None and self._sent.get(slug) != self._words[slug]:
            self._send(slug, value)

    def _settle(self, value: Plain) -> None:
        self._words.pop(self._slug, None)
        self._send(self._slug, value)
        self.seek(1)

    def _send(self, slug: str, value: Plain) -> None:
        self._sent[slug] = self._words.get(slug)
        self._keep(slug, value)

    def kept(self, slug: str) -> None:
        """The answer is in the trail: its draft has done its work, unless more was typed since."""
        if self._sent.pop(slug, None) == self._words.get(slug):
            self._words.pop(slug, None)
            self.drafted.emit()

    def refuse(self, slug: str, sentence: str) -> None:
        """The answer was not kept, and why; what was typed stays."""
        self._sent.pop(slug, None)
        if slug == self._slug:
            self.card.show_problem(sentence)
