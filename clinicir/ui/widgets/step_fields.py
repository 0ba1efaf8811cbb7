"""From a field of a step to its editor, its present value and what changed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.clock import from_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.incident import check_reason
from clinicir.domain.playbook import FieldSpec, FieldType
from clinicir.services.views.board_step import FieldView
from clinicir.texts import screens_step_fields as say
from clinicir.texts import screens_steps, screens_widgets
from clinicir.texts.encoders import long_instant, number
from clinicir.ui.widgets import step_answers as answers
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.choices import Choices
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
from clinicir.ui.widgets.option import Tick
from clinicir.ui.widgets.step_answers import Shape
from clinicir.ui.widgets.step_tables import LinesEditor
from clinicir.ui.widgets.step_trackers import ACCOUNTS, ADDRESSES, Tracker
from clinicir.ui.widgets.text import Body, Strong

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Around:
    """What editors need to know of the practice."""

    zone: tzinfo
    own_addresses: Sequence[str] = ()


Made = tuple[QWidget, Shape]
Maker = Callable[[FieldSpec, Around], Made]

_LINES = {
    FieldType.DEVICES: (
        (("kind", say.KIND), ("model", say.MODEL), ("state", say.STATE)), say.DEVICES_HELP
    ),
    FieldType.ACCESSES: ((("kind", say.KIND), ("name", say.WHAT)), say.ACCESSES_HELP),
    FieldType.PATIENT_REFERENCES: (
        (("reference", say.REFERENCE), ("reason", say.REASON)), say.NO_NAMES
    ),
}  # fmt: skip


def _choices(spec: FieldSpec, *, unknown: bool) -> Choices:
    pairs = [(choice.id, choice.label) for choice in spec.choices]
    known = {name for name, _ in pairs}
    if unknown and not known & {UNKNOWN, "indetermine", "undecided"}:
        pairs.append((UNKNOWN, say.UNKNOWN))
    return pairs


def _lines(spec: FieldSpec, _: Around) -> Made:
    columns, help_text = _LINES[spec.type]
    return LinesEditor(spec.label, columns, help_text), answers.WHOLE


_MAKERS: Mapping[FieldType, Maker] = MappingProxyType(
    {
        FieldType.TEXT: lambda _, __: (Line(), answers.TEXT),
        FieldType.DURATION: lambda _, __: (Line(60), answers.TEXT),
        FieldType.LONG_TEXT: lambda _, __: (LongText(lines=2), answers.TEXT),
        FieldType.DATETIME: lambda _, around: (Instant(around.zone), answers.INSTANT),
        FieldType.DATE: lambda _, __: (Day(), answers.DAY),
        FieldType.NUMBER: lambda _, __: (Number(), answers.NUMBER),
        FieldType.RANGE: lambda _, __: (answers.span(), answers.WHOLE),
        FieldType.YES_NO: lambda _, __: (YesNoUnknown(), answers.ONE),
        FieldType.CHOICE: lambda spec, _: (
            SingleChoice(_choices(spec, unknown=True)), answers.ONE
        ),
        FieldType.MULTI: lambda spec, _: (
            MultiChoice(_choices(spec, unknown=False)), answers.MANY
        ),
        FieldType.PERSON: lambda _, __: (answers.person(), answers.WHOLE),
        FieldType.CALL: lambda _, around: (answers.call(around.zone), answers.WHOLE),
        FieldType.MAIL: lambda _, around: (answers.mail(around.zone), answers.WHOLE),
        FieldType.DECISION: lambda spec, _: (
            answers.DecisionParts(_choices(spec, unknown=False)), answers.WHOLE
        ),
        FieldType.ACCOUNTS: lambda _, __: (Tracker(ACCOUNTS), answers.WHOLE),
        FieldType.ADDRESSES: lambda _, around: (
            Tracker(ADDRESSES, around.own_addresses), answers.WHOLE
        ),
        FieldType.DEVICES: _lines,
        FieldType.ACCESSES: _lines,
        FieldType.PATIENT_REFERENCES: _lines,
    }
)  # fmt: skip
"""Files have no editor here: evidence is added in its own place."""

_TICKABLE = frozenset(
    {
        FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATETIME, FieldType.DATE,
        FieldType.NUMBER, FieldType.RANGE, FieldType.PERSON, FieldType.CALL, FieldType.MAIL,
        FieldType.MULTI,
    }
)  # fmt: skip


class _Settled(QWidget):
    """An answer already given, and the way to correct it."""

    def __init__(self, label: str, said: str) -> None:
        super().__init__()
        self.correct = Quiet(screens_steps.CORRECT, "pencil")
        self.reason = Field(screens_steps.CORRECT_REASON, Line(), help=screens_steps.CORRECT_HELP)
        self.setLayout(column(Strong(label), Body(said), self.correct, gap=2))


class StepField(QWidget):
    """One question of a step: its editor, or the answer already given and how to correct it."""

    edited = Signal()

    def __init__(self, view: FieldView, around: Around) -> None:
        """Shows what is known."""
        super().__init__()
        self.view, self._zone = view, around.zone
        editor, self._shape = _MAKERS[view.type](view.use.spec, around)
        self.field = Field(view.use.spec.label, editor)
        self.unknown: Tick | None = None
        self.known: _Settled | None = None
        self._box = column(self.field, gap=6)
        if self._may_be_unknown:
            self.unknown = Tick(UNKNOWN, say.UNKNOWN)
            self.unknown.setAccessibleName(f"{view.use.spec.label} : {say.UNKNOWN}")
            self.unknown.clicked.connect(lambda _: self.edited.emit())
            self._box.addWidget(self.unknown)
        if view.settled:
            self.known = _Settled(view.use.spec.label, self._said())
            self.known.correct.clicked.connect(lambda _: self._open())
            self.known.reason.editor.edited.connect(self.edited.emit)
            self._box.insertWidget(0, self.known)
            self._box.addWidget(self.known.reason)
        self.setLayout(self._box)
        self.show_plain(view.value)
        self._start = self.plain()
        self._show_editor(shown=not view.settled)
        editor.edited.connect(self._changed)  # type: ignore[attr-defined]

    @property
    def tracker(self) -> Tracker | None:
        """The list of accounts or addresses, when this field is one."""
        return self.field.editor if isinstance(self.field.editor, Tracker) else None

    @property
    def is_correction(self) -> bool:
        """Another value for what was already answered."""
        return self.view.settled and self.changed

    @property
    def changed(self) -> bool:
        """The answer is not what it was when shown."""
        return not self.field.isHidden() and self.plain() != self._start

    def plain(self) -> Plain:
        """The answer as the trail keeps it; None when there is none."""
        if self.unknown is not None and self.unknown.isChecked():
            return UNKNOWN
        return self._shape.read(self.field.editor)

    def to_send(self) -> Plain:
        """The answer, an emptied one said as empty."""
        value = self.plain()
        if value is not None:
            return value
        return [] if isinstance(self._start, list) else ""

    def show_plain(self, plain: Plain) -> None:
        """Show another answer."""
        is_unknown = plain == UNKNOWN and self.unknown is not None
        if self.unknown is not None:
            self.unknown.setChecked(is_unknown)
        self._shape.write(self.field.editor, None if is_unknown else plain)

    def resume(self, plain: Plain) -> None:
        """Show what was half typed; an answer already settled opens for its correction."""
        self.show_plain(plain)
        if self.view.settled:
            self._show_editor(shown=True)

    @property
    def reason(self) -> str:
        """Why the answer is corrected; empty when it is not."""
        return str(self.known.reason.editor.value()) if self.known is not None else ""

    def check(self) -> bool:
        """Say in place what cannot be read; True when all can."""
        problem = getattr(self.field.editor, "problem", None)
        self.field.set_problem(problem)
        if self.is_correction and self.known is not None:
            try:
                check_reason(self.reason)
                self.known.reason.set_problem(None)
            except UserError:
                self.known.reason.set_problem(screens_steps.REASON_SHORT)
                return False
        return problem is None

    @property
    def missing_words(self) -> str:
        """What is asked when the answer misses: never an answer that cannot be given here."""
        if self.view.type is FieldType.DATETIME and self.unknown is None:
            return screens_steps.MISSING_HOUR
        may_be = self.unknown is not None or self.view.type in (FieldType.YES_NO, FieldType.CHOICE)
        return screens_steps.MISSING_FIELD if may_be else screens_steps.MISSING_PLAIN

    @property
    def _may_be_unknown(self) -> bool:
        kind, _ = self.view.binds
        asked = self.view.use.required or kind == "cnil"
        return asked and kind != "instant" and self.view.type in _TICKABLE

    def _changed(self) -> None:
        self.field.set_problem(None)
        if self.unknown is not None and self.unknown.isChecked():
            self.unknown.setChecked(False)
        self.edited.emit()

    def _open(self) -> None:
        self._show_editor(shown=True)
        self.field.first_focus().setFocus()

    def _show_editor(self, *, shown: bool) -> None:
        if self.known is None:
            return
        self.known.setVisible(not shown)
        self.known.reason.setVisible(shown)
        self.field.setVisible(shown)
        if self.unknown is not None:
            self.unknown.setVisible(shown)

    def _said(self) -> str:
        value = self.view.value
        if self.view.type is FieldType.DATETIME and isinstance(value, str):
            return long_instant(from_wire(value), self._zone)
        if isinstance(value, int) and not isinstance(value, bool):
            return number(value)
        words: dict[str, Any] = {
            "yes": screens_widgets.YES, "no": screens_widgets.NO, UNKNOWN: say.UNKNOWN,
            **{choice.id: choice.label for choice in self.view.use.spec.choices},
        }  # fmt: skip
        return str(words.get(str(value), value))


def has_editor(view: FieldView) -> bool:
    """False for files: they are added among the evidence."""
    return view.type in _MAKERS
