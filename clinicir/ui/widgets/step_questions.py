"""Why not now, why not us, why again: three short questions, each in the place of the step."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.clock import in_utc
from clinicir.domain.errors import UserError
from clinicir.domain.incident import check_reason
from clinicir.texts import screens_steps as say
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.fields import Field, Line, LongText, SingleChoice
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column
from clinicir.ui.widgets.text import Eyebrow, Help, Title

EVENING, MORNING = 19, 8
REASONS = {
    "skip": (say.SKIP_TITLE, say.SKIP_HELP, say.SKIP_SAVE),
    "reopen": (say.REOPEN_TITLE, say.REOPEN_HELP, say.REOPEN),
    "without": (say.WITHOUT_TITLE, say.WITHOUT_HELP, say.SHEET_WITHOUT),
}
"""Question, help and button of each act that asks why."""


def retry_times(now: datetime, zone: tzinfo) -> dict[str, datetime]:
    """In an hour, tonight, Monday: the first such moment after `now`, on the practice's clock."""
    local = now.astimezone(zone)
    evening = local.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    if evening <= local:
        evening += timedelta(days=1)
    monday = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    monday += timedelta(days=(7 - local.weekday()) % 7)
    if monday <= local:
        monday += timedelta(days=7)
    return {
        "hour": in_utc(now) + timedelta(hours=1),
        "evening": evening,
        "monday": monday,
    }


def enough(field: Field, text: str) -> bool:
    """A reason that says something; else it is said in place."""
    try:
        check_reason(text)
    except UserError:
        field.set_problem(say.REASON_SHORT)
        field.first_focus().setFocus()
        return False
    field.set_problem(None)
    return True


class Question(QWidget):
    """A question over the step, with one way back; `foot` stands at the foot of the board."""

    cancelled = Signal()

    def __init__(self, step: str, title: str, text: str, save: str) -> None:
        """`step` stands above the title."""
        super().__init__()
        self.save = Primary(save, "check")
        self.back = Secondary(say.RETURN, "chevron-left")
        self.back.clicked.connect(self.cancelled.emit)
        self._body = Card()
        inside = QWidget()
        inside.setLayout(column(Eyebrow(step), Title(title), Help(text), self._body, gap=10))
        self.foot = ActionBar(self.back, self.save)
        self.setLayout(column(Scroll(inside), gap=0))

    def _add(self, *fields: QWidget) -> None:
        for field in fields:
            self._body.box.addWidget(field)


class ReasonQuestion(Question):
    """One reason: for a step that does not concern us, or to take it up again."""

    answered = Signal(str)

    def __init__(self, step: str, title: str, text: str, save: str) -> None:
        """`step` is its title."""
        super().__init__(step, title, text, save)
        self.reason = Field(say.SKIP_REASON, LongText(lines=2))
        self._add(self.reason)
        self.save.clicked.connect(lambda _: self._send())
        self.setFocusProxy(self.reason.first_focus())

    def _send(self) -> None:
        reason = self.reason.editor.value()
        if enough(self.reason, reason):
            self.answered.emit(reason)


class BlockQuestion(Question):
    """What is in the way, who is waited for, when to try again."""

    answered = Signal(str, str, object)
    """Reason, on whom, aware instant of the reminder."""

    def __init__(self, step: str, now: datetime, zone: tzinfo) -> None:
        """`step` is its title."""
        super().__init__(step, say.BLOCK_TITLE, say.BLOCK_HELP, say.BLOCK_SAVE)
        reasons = [(reason, reason) for reason in say.BLOCK_REASONS]
        self.kind = Field(
            say.BLOCK_REASON, SingleChoice([*reasons, ("", say.BLOCK_OTHER)])
        )
        self.detail = Field(say.BLOCK_DETAIL, Line(), optional=True)
        self.whom = Field(say.BLOCK_ON, Line(), help=say.BLOCK_ON_HELP)
        self._times = retry_times(now, zone)
        self.retry = Field(say.BLOCK_RETRY, SingleChoice(self._retries()))
        self.retry.editor.set_value("hour")
        self._add(self.kind, self.detail, self.whom, self.retry)
        self.save.clicked.connect(lambda _: self._send())
        self.setFocusProxy(self.kind.first_focus())

    @staticmethod
    def _retries() -> list[tuple[str, str]]:
        return [
            ("hour", say.RETRY_HOUR), ("evening", say.RETRY_EVENING), ("monday", say.RETRY_MONDAY)
        ]  # fmt: skip

    def _send(self) -> None:
        kind, detail = self.kind.editor.value(), self.detail.editor.value()
        reason = ". ".join(part for part in (kind, detail) if part)
        if not enough(self.detail if kind == "" else self.kind, reason):
            return
        whom = self.whom.editor.value()
        self.whom.set_problem(None if whom else say.WHOM_MISSING)
        if not whom:
            self.whom.first_focus().setFocus()
            return
        self.answered.emit(reason, whom, self._times[self.retry.editor.value() or "hour"])
