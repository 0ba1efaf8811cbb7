"""The right editor for a field of an official form, and its answer as it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.form import AnswerType, FormField
from clinicir.domain.ids import Plain, PlainMap
from clinicir.texts import screens_papers as say
from clinicir.texts.labels import authority_of
from clinicir.ui.widgets.fields import (
    Day,
    Field,
    Instant,
    Line,
    LongText,
    MultiChoice,
    Number,
    SingleChoice,
    YesNoUnknown,
)
from clinicir.ui.widgets.layout import column

Editor = Line | LongText | Number | YesNoUnknown | SingleChoice | MultiChoice | Instant | Day


class AnswerEditor(QWidget):
    """One field with its label; `edited` when the person changes something."""

    edited = Signal()

    def __init__(self, field: FormField, zone: tzinfo, *, optional: bool) -> None:
        """`zone` is that of the practice."""
        super().__init__()
        self.field = field
        self._editor = _editor_of(field, zone)
        self._before: list[dict[str, Plain]] = []
        hint = field.hint or say.EXPLAINED.get(field.id, "")
        if field.type in _LINES:
            hint = f"{hint} {say.BODIES_HELP}".strip()
        self.frame = Field(field.label, self._editor, hint, optional)
        self._editor.edited.connect(self.edited)
        self.setLayout(column(self.frame))
        self._role: SingleChoice | None = None
        if field.type is AnswerType.THIRD_PARTIES:
            self._role = SingleChoice([(each.id, each.label) for each in field.choices])
            self._role.set_value(field.choices[0].id)
            self._role.edited.connect(self.edited)
            box = self.layout()
            assert box is not None
            box.addWidget(Field(say.BODY_ROLE, self._role))

    @property
    def problem(self) -> str | None:
        """What to say when the words cannot be read."""
        return getattr(self._editor, "problem", None)

    def value(self) -> Plain:
        """The answer as `set_facts` takes it; None when nothing was given."""
        given = self._editor.value()
        match given:
            case None | "" | ():
                return None
            case datetime():
                return to_wire(given)
            case date():
                return given.isoformat()
            case str() if self.field.type in _LINES:
                return self._rows(given)
            case bool() | int() | str():
                return given
        return [str(item) for item in given]

    def set_value(self, value: Plain) -> None:
        """Show an answer already given; a shape that this editor cannot hold is left out."""
        match self.field.type, value:
            case AnswerType.DATETIME, str():
                self._fill(lambda: from_wire(value))
            case AnswerType.DATE, str():
                self._fill(lambda: date.fromisoformat(value))
            case AnswerType.YES_NO, bool():
                self._editor.set_value("yes" if value else "no")  # type: ignore[arg-type]
            case (AnswerType.THIRD_PARTIES | AnswerType.OTHER_NOTIFICATIONS), list():
                self._show_rows([row for row in value if isinstance(row, dict)])
            case (AnswerType.THIRD_PARTIES | AnswerType.OTHER_NOTIFICATIONS), _:
                return
            case _:
                self._editor.set_value(value)  # type: ignore[arg-type]

    def _fill(self, read: Callable[[], datetime | date]) -> None:
        try:
            self._editor.set_value(read())  # type: ignore[arg-type]
        except ValueError:
            return

    def typed(self) -> Plain:
        """Exactly what is on the screen, readable or not, for the draft."""
        match self._editor:
            case Instant():
                return [self._editor.day.line.text(), self._editor.hour.text()]
            case Day():
                return self._editor.line.text()
            case LongText():
                return self._editor.toPlainText()
            case Line():
                return self._editor.text()
            case MultiChoice():
                return list(self._editor.value())
        return self._editor.value()

    def resume(self, typed: Plain) -> None:
        """Show again what `typed` gave."""
        match self._editor, typed:
            case Instant(), [str() as day, str() as hour]:
                self._editor.day.line.setText(day)
                self._editor.hour.setText(hour)
            case Day(), str():
                self._editor.line.setText(typed)
            case LongText(), str():
                self._editor.set_value(typed)
            case Line(), str():
                self._editor.setText(typed)
            case MultiChoice(), list():
                self._editor.set_value([str(item) for item in typed])
            case SingleChoice(), str():
                self._editor.set_value(typed)

    def focus_target(self) -> QWidget:
        """Where typing starts."""
        return self.frame.first_focus()

    def _rows(self, text: str) -> Plain:
        """What else is known of a body is kept as long as its name stays."""
        left = list(self._before)
        rows: list[Plain] = []
        for name in filter(None, (line.strip() for line in text.splitlines())):
            known = next((row for row in left if _name_of(row) == name), None)
            if known is not None:
                left.remove(known)
                rows.append(known)
            elif self._role is None:
                rows.append({"who": name})
            else:
                rows.append({"name": name, "role": self._role.value()})
        return rows

    def _show_rows(self, rows: list[dict[str, Plain]]) -> None:
        """One body a line."""
        self._before = rows
        assert isinstance(self._editor, LongText)
        self._editor.set_value("\n".join(map(_name_of, rows)))


def _name_of(row: PlainMap) -> str:
    return authority_of(str(row.get("name") or row.get("who")))


_LINES = (AnswerType.THIRD_PARTIES, AnswerType.OTHER_NOTIFICATIONS)
"""Answers made of rows, typed one organisation a line."""


def _editor_of(field: FormField, zone: tzinfo) -> Editor:
    match field.type:
        case AnswerType.YES_NO:
            return YesNoUnknown()
        case AnswerType.NUMBER:
            return Number()
        case AnswerType.DATE:
            return Day()
        case AnswerType.DATETIME:
            return Instant(zone)
        case AnswerType.SINGLE:
            return SingleChoice([(each.id, each.label) for each in field.choices])
        case AnswerType.MULTI:
            return MultiChoice([(each.id, each.label) for each in field.choices])
        case AnswerType.TEXT:
            return Line()
        case _:
            return LongText()
