"""A question and its editor: label above, help under it, problem under the editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from clinicir.texts.screens_widgets import optional_label
from clinicir.ui.theme import px
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Help, Text


@runtime_checkable
class SeveralButtons(Protocol):
    """An editor made of buttons, each of which answers."""

    def buttons(self) -> Sequence[QAbstractButton]:
        """In their order."""
        ...


class _Label(Text):
    text_role = "label"


class _Problem(Text):
    text_role = "problem"


class Field(QWidget):
    """Ties an editor to its label, its help and its problem, for the eye and for the ear."""

    def __init__(
        self, label: str, editor: QWidget, help: str = "", optional: bool = False  # noqa: A002
    ) -> None:
        """`editor` is one of this module; only what may stay empty is marked."""
        super().__init__()
        self.editor: Any = editor
        self._help = help
        self.label = _Label(optional_label(label) if optional else label)
        self._explanation = Help(help)
        if not help:
            self._explanation.hide()
        self._problem = _Problem()
        self._problem_row = QWidget()
        across = QHBoxLayout(self._problem_row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(6))
        across.addWidget(Sign("octagon-alert", "danger", 18))
        across.addWidget(self._problem, 1)
        self._problem_row.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(5))
        for part in (self.label, self._explanation, editor, self._problem_row):
            box.addWidget(part)
        self._name(label)

    @property
    def problem(self) -> str | None:
        """What is shown under the editor."""
        return None if self._problem_row.isHidden() else self._problem.text()

    def set_problem(self, text: str | None) -> None:
        """Show what is wrong under the editor, or nothing."""
        self._problem.set_text(text or "")
        self._problem_row.setVisible(bool(text))
        spoken = " ".join(part for part in (text, self._help) if part)
        for part in self._targets():
            part.setAccessibleDescription(spoken)
            part.setProperty("bad", bool(text))
            part.style().unpolish(part)
            part.style().polish(part)

    def first_focus(self) -> QWidget:
        """Where the keyboard goes to answer."""
        target: QWidget = self.editor
        while (proxy := target.focusProxy()) is not None:
            target = proxy
        return target

    def _targets(self) -> Sequence[QWidget]:
        if isinstance(self.editor, SeveralButtons):
            return self.editor.buttons()
        return (self.first_focus(),)

    def _name(self, label: str) -> None:
        self.editor.setAccessibleName(label)
        self.label.setBuddy(self.first_focus())
        for part in self._targets():
            own = part.accessibleName()
            part.setAccessibleDescription(self._help)
            if isinstance(part, QAbstractButton):
                part.setAccessibleName(f"{label} : {own}")
            else:
                part.setAccessibleName(f"{label}, {own}" if own and part is not self.editor
                                       else label)  # fmt: skip
