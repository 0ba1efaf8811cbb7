"""Editors of answers that have several parts: a person, a call, a letter, a range, a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.decision import DO_NOT_NOTIFY
from clinicir.domain.ids import Plain
from clinicir.texts import screens_step_fields as say
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
)
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.option import Tick

Read = Callable[[Any], Plain]
Write = Callable[[Any, Plain], None]


@dataclass(frozen=True)
class Shape:
    """How the value of an editor is written in the trail, and back; nothing entered is None."""

    read: Read
    write: Write


def _write_text(editor: Line | LongText, plain: Plain) -> None:
    editor.set_value(plain if isinstance(plain, str) else None)


def _write_number(editor: Number, plain: Plain) -> None:
    editor.set_value(plain if isinstance(plain, int) and not isinstance(plain, bool) else None)


def _read_instant(editor: Instant) -> Plain:
    at = editor.value()
    return to_wire(at) if at else None


def _write_instant(editor: Instant, plain: Plain) -> None:
    editor.set_value(_instant(plain))


def _instant(plain: Plain) -> datetime | None:
    try:
        return from_wire(plain) if isinstance(plain, str) else None
    except ValueError:
        return None


def _read_day(editor: Day) -> Plain:
    day = editor.value()
    return day.isoformat() if day else None


def _write_day(editor: Day, plain: Plain) -> None:
    try:
        editor.set_value(date.fromisoformat(plain) if isinstance(plain, str) else None)
    except ValueError:
        editor.set_value(None)


def _write_many(editor: MultiChoice, plain: Plain) -> None:
    editor.set_value([str(item) for item in plain] if isinstance(plain, list) else None)


TEXT = Shape(lambda editor: editor.value() or None, _write_text)
NUMBER = Shape(lambda editor: editor.value(), _write_number)
INSTANT = Shape(_read_instant, _write_instant)
DAY = Shape(_read_day, _write_day)
ONE = Shape(
    lambda editor: editor.value(),
    lambda editor, plain: editor.set_value(plain if isinstance(plain, str) else None),
)
MANY = Shape(lambda editor: list(editor.value()) or None, _write_many)
WHOLE = Shape(
    lambda editor: editor.value(), lambda editor, plain: editor.set_value(plain)
)
"""For editors whose value is plain already."""


class Parts(QFrame):
    """Several small fields that make one answer, a table by key; empty parts are left out."""

    edited = Signal()

    def __init__(self, *parts: tuple[str, QWidget, Shape], extra: Mapping[str, QWidget]) -> None:
        """(key, editor, shape); `extra` widgets come last, for subclasses."""
        super().__init__()
        self.setProperty("surface", "sunken")
        self._parts = {key: (editor, shape) for key, editor, shape in parts}
        fields = [Field(say.PARTS[key], editor) for key, editor, _ in parts]
        self.setLayout(column(*fields, *extra.values(), gap=10, margins=12))
        for editor, _ in self._parts.values():
            editor.edited.connect(self.edited.emit)  # type: ignore[attr-defined]
        self.setFocusProxy(fields[0].first_focus())

    @property
    def problem(self) -> str | None:
        """The first part that cannot be read."""
        found = (getattr(editor, "problem", None) for editor, _ in self._parts.values())
        return next((text for text in found if text), None)

    def value(self) -> Plain:
        """The parts that were filled, None when none was."""
        read = {key: shape.read(editor) for key, (editor, shape) in self._parts.items()}
        return {key: plain for key, plain in read.items() if plain is not None} or None

    def set_value(self, plain: Plain) -> None:
        """Show other parts, without telling."""
        table = plain if isinstance(plain, dict) else {}
        for key, (editor, shape) in self._parts.items():
            shape.write(editor, table.get(key))


def person() -> Parts:
    """Name, what they do, how to reach them."""
    return Parts(
        ("name", Line(), TEXT), ("function", Line(), TEXT), ("phone", Line(40), TEXT), extra={}
    )


def call(zone: tzinfo) -> Parts:
    """Who was called, when, what was said."""
    return Parts(
        ("organisation", Line(), TEXT),
        ("person", Line(), TEXT),
        ("started_at", Instant(zone), INSTANT),
        ("summary", LongText(lines=2), TEXT),
        ("reference", Line(), TEXT),
        extra={},
    )


def mail(zone: tzinfo) -> Parts:
    """To whom something was sent, how and when."""
    return Parts(
        ("recipient", Line(), TEXT),
        ("channel", Line(), TEXT),
        ("sent_at", Instant(zone), INSTANT),
        ("reference", Line(), TEXT),
        extra={},
    )


def span() -> Parts:
    """An estimate: not knowing the exact figure is usual."""
    return Parts(
        ("min", Number(), NUMBER), ("max", Number(), NUMBER), ("method", Line(), TEXT), extra={}
    )


class DecisionParts(Parts):
    """A choice and its reason; silence towards the CNIL asks for a second look."""

    def __init__(self, choices: Choices) -> None:
        """(id, label) pairs."""
        self._confirm = Tick("yes", say.CONFIRM)
        self._choice = SingleChoice(choices)
        super().__init__(
            ("choice", self._choice, ONE),
            ("reason", LongText(lines=2), TEXT),
            extra={"confirm": self._confirm},
        )
        self._confirm.clicked.connect(lambda _: self.edited.emit())
        self.edited.connect(self._show_confirm)
        self._show_confirm()

    def value(self) -> Plain:
        """`{choice, reason, confirmed}` once a choice is made."""
        table = super().value()
        if not isinstance(table, dict) or "choice" not in table:
            return None
        if self._choice.value() == DO_NOT_NOTIFY:
            table["confirmed"] = self._confirm.isChecked()
        return table

    def set_value(self, plain: Plain) -> None:
        """Show another decision, without telling."""
        super().set_value(plain)
        self._confirm.setChecked(isinstance(plain, dict) and plain.get("confirmed") is True)
        self._show_confirm()

    def _show_confirm(self) -> None:
        self._confirm.setVisible(self._choice.value() == DO_NOT_NOTIFY)
