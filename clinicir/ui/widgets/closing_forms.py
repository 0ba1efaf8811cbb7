"""The two faces of the end of an incident: before it, and after it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from clinicir.services.views.closing import ClosingView, LeftOpen, OpenKind, unexplained
from clinicir.texts import screens_closing as say
from clinicir.texts.encoders import short_day
from clinicir.texts.labels import labelled
from clinicir.ui.models.closing_draft import ClosingDraft
from clinicir.ui.widgets.buttons import Compact
from clinicir.ui.widgets.fields import Day, Field, LongText
from clinicir.ui.widgets.layout import Card, Item, column, row, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.open_items import OpenGroup, is_enough
from clinicir.ui.widgets.refill import flush
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Heading, Help, Strong


class EndForm(QWidget):
    """Open things with their reasons, three lessons, a day, and what is read back aloud."""

    edited = Signal()
    settle_asked = Signal(object)

    def __init__(self, view: ClosingView, draft: ClosingDraft, now: datetime) -> None:
        """`draft` is what was typed before."""
        super().__init__()
        self._view, self._now = view, now
        self._reasons = dict(draft.reasons)
        self._day = draft.day
        self.groups: list[OpenGroup] = []
        self.missing = Notice("warn", "")
        self.missing.hide()
        for kind in OpenKind:
            if items := view.of(kind):
                group = OpenGroup(kind, items, now, dict(self._reasons))
                group.settle_asked.connect(self.settle_asked.emit)
                group.reason_typed.connect(self._keep_reason)
                self.groups.append(group)
        former = [*draft.lessons] if any(draft.lessons) else former_lessons(view.lessons)
        self.lesson_fields = [
            Field(label, LongText(max=4000, lines=2), optional=True)
            for label in say.LESSON_LABELS
        ]
        for field, text in zip(self.lesson_fields, former, strict=True):
            field.editor.set_value(text)
            field.editor.edited.connect(self.edited.emit)
        self.day = Day()
        self.review = Field(say.REVIEW_DAY, self.day, say.REVIEW_HELP, optional=True)
        proposed = short_day(view.review_on) if view.review_on else ""
        self.day.line.setText(proposed if draft.day is None else draft.day)
        self.day.edited.connect(self._day_typed)
        self._facts = [Body("") for _ in range(4)]
        self._lay_out()
        self._tell_facts()

    def _lay_out(self) -> None:
        top: list[Item] = [Help(say.INTRO), self.missing]
        if not self.groups:
            top.append(Notice("ok", say.NOTHING_OPEN, say.NOTHING_OPEN_HELP))
        facts = [_fact(body) for body in self._facts]
        self.setLayout(
            column(
                *top,
                *self.groups,
                Card(Heading(say.LESSONS), Help(say.LESSONS_HELP), *self.lesson_fields, gap=12),
                Card(Heading(say.REVIEW), self.review, gap=12),
                Card(Heading(say.READ_BACK), *facts, gap=10),
                gap=16,
            )
        )

    def draft(self) -> ClosingDraft:
        """Everything typed, half or whole."""
        reasons = {key: text for key, text in self._reasons.items() if text}
        return ClosingDraft(reasons, [f.editor.value() for f in self.lesson_fields], self._day)

    def given_reasons(self) -> dict[str, str]:
        """Of what is open now; what was settled since needs none."""
        return {item.key: self._reasons[item.key].strip() for item in self._view.items}

    def lessons(self) -> tuple[str, ...]:
        """As the register prints them."""
        texts = [field.editor.value() for field in self.lesson_fields]
        return tuple(say.lesson(n, text) for n, text in enumerate(texts) if text)

    def review_on(self) -> date | None:
        """The day chosen, None for none."""
        return self.day.value()

    def check(self, scroll: QScrollArea) -> bool:
        """Each open thing has its reason and the day is to come; else the first lack is shown."""
        lacking = [i.key for i in self._view.items if not is_enough(self._reasons.get(i.key, ""))]
        self.missing.setVisible(bool(lacking))
        self.missing.say(say.unexplained(len(lacking)))
        if lacking:
            line = next(found for group in self.groups if (found := group.row_of(lacking[0])))
            line.open_reason()
            scroll.ensureWidgetVisible(self.missing)
            return False
        day, today = self.day.value(), self._now.date()
        problem = self.day.problem or (say.REVIEW_PAST if day and day <= today else None)
        self.review.set_problem(problem)
        if problem is not None:
            self.review.first_focus().setFocus()
        return problem is None

    def _keep_reason(self, key: str, reason: str) -> None:
        self._reasons[key] = reason
        self._tell_facts()
        self.edited.emit()

    def _day_typed(self) -> None:
        self._day = self.day.line.text()
        self.edited.emit()

    def _tell_facts(self) -> None:
        view = self._view
        left = len(view.items) - len(unexplained(view, self._reasons))
        lines = say.read_back(view.notified, len(view.items), left, view.exhibits, view.papers)
        for body, line in zip(self._facts, lines, strict=True):
            body.set_text(line)


class EndedCase(QWidget):
    """What was written at the end, and the way back."""

    edited = Signal()
    confirmed = Signal(str)

    def __init__(self, view: ClosingView, draft: ClosingDraft) -> None:
        """`draft` may hold half a reason to take the case up again."""
        super().__init__()
        self.words = LongText(max=2000, lines=2)
        self.words.set_value(draft.reopening)
        self.words.edited.connect(self.edited.emit)
        self.reason = Field(say.REOPEN_REASON, self.words, say.REOPEN_HELP)
        self.confirm = Compact(say.CONFIRM_REOPEN, "lock-open")
        self.confirm.clicked.connect(self._confirm)
        self.asking = Card(self.reason, flush(wrapping_row(self.confirm)), gap=10)
        self.asking.setVisible(bool(draft.reopening))
        ended = say.ended_at(view.ended_at) if view.ended_at else say.ENDED
        parts: list[Item] = [Notice("ok", ended, say.ENDED_HELP), self.asking]
        if view.review_on is not None:
            parts.append(Notice("info", say.review_on(view.review_on)))
        if view.lessons:
            lines = [_lesson(line) for line in view.lessons]
            parts.append(Card(Heading(say.LESSONS), *lines, gap=12))
        left = [_left(each) for each in view.left] or [Body(say.NOTHING_LEFT)]
        parts.append(Card(Heading(say.LEFT_OPEN), *left, gap=10))
        self.setLayout(column(*parts, gap=16))

    def draft(self) -> ClosingDraft:
        """Half a reason."""
        return ClosingDraft(reopening=self.words.value())

    def ask(self) -> None:
        """Why take it up again?"""
        self.asking.show()
        self.words.setFocus()

    def _confirm(self) -> None:
        if is_enough(self.words.value()):
            self.confirmed.emit(self.words.value())
        else:
            self.reason.set_problem(say.REASON_SHORT)
            self.words.setFocus()


def former_lessons(lines: tuple[str, ...]) -> list[str]:
    """What was learned the last time that this incident was ended, field by field."""
    texts = ["", "", ""]
    for line in lines:
        which, text = say.split_lesson(line) or (2, line)
        texts[which] = "\n".join(part for part in (texts[which], text) if part)
    return texts


def _fact(body: Body) -> Item:
    line = row(Sign("chevron-right", "primary", 18), body, gap=8)
    line.setStretch(1, 1)
    return line


def _lesson(line: str) -> Item:
    found = say.split_lesson(line)
    if found is None:
        return Body(line)
    which, text = found
    return column(Strong(say.LESSON_LABELS[which]), Body(text), gap=2)


def _left(each: LeftOpen) -> Item:
    title = each.title or (say.paper(each.paper) if each.paper else each.key)
    return column(Strong(title), Help(labelled(say.REASON, each.reason)), gap=2)
