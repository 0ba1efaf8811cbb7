"""Editors made of rows: one answer, several answers, yes or no or not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from clinicir.texts.screens_widgets import NO, UNKNOWN, YES
from clinicir.ui.theme import px
from clinicir.ui.widgets.flow import Flow
from clinicir.ui.widgets.option import Radio, Tick

Choices = Sequence[tuple[str, str]]
"""Pairs: what is kept, what is read."""


class SingleChoice(QWidget):
    """Radio buttons; the arrow keys move, nothing is chosen at first."""

    edited = Signal()

    def __init__(self, choices: Choices = (), *, side_by_side: bool = False) -> None:
        """One row a choice, or a few short ones side by side."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._rows: list[Radio] = []
        self._side_by_side = side_by_side
        layout = Flow(gap=px(8)) if side_by_side else QVBoxLayout()
        layout.setSpacing(px(6))
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._telling = True
        self._group.buttonToggled.connect(self._toggled)
        self.set_choices(choices)

    def set_choices(self, choices: Choices) -> None:
        """Other answers; none is chosen."""
        layout = self.layout()
        assert layout is not None
        for old in self._rows:
            self._group.removeButton(old)
            layout.removeWidget(old)
            old.deleteLater()
        self._rows = [Radio(value, text) for value, text in choices]
        for row in self._rows:
            self._group.addButton(row)
            layout.addWidget(row)
        if self._rows:
            self.setFocusProxy(self._rows[0])

    def buttons(self) -> Sequence[QAbstractButton]:
        """The rows, in order."""
        return tuple(self._rows)

    def value(self) -> str | None:
        """What was chosen."""
        return next((str(row.property("choice")) for row in self._rows if row.isChecked()), None)

    def set_value(self, value: str | None) -> None:
        """Choose without telling; None or an unknown value chooses nothing."""
        self._telling = False
        self._group.setExclusive(False)
        for row in self._rows:
            row.setChecked(row.property("choice") == value)
        self._group.setExclusive(True)
        self._telling = True
        if self._rows:
            chosen = (row for row in self._rows if row.isChecked())
            self.setFocusProxy(next(chosen, self._rows[0]))

    def _toggled(self, row: QAbstractButton, checked: bool) -> None:
        # The arrow keys choose without a click.
        if self._telling and checked:
            self.setFocusProxy(row)
            self.edited.emit()


class YesNoUnknown(SingleChoice):
    """`yes`, `no`, `unknown`: not knowing is always an answer."""

    def __init__(self) -> None:
        """Three short rows side by side."""
        super().__init__((("yes", YES), ("no", NO), ("unknown", UNKNOWN)), side_by_side=True)


class MultiChoice(QWidget):
    """Check boxes."""

    edited = Signal()

    def __init__(self, choices: Choices = ()) -> None:
        """One row a choice."""
        super().__init__()
        box = QVBoxLayout(self)
        box.setSpacing(px(6))
        box.setContentsMargins(0, 0, 0, 0)
        self._rows = [Tick(value, text) for value, text in choices]
        for row in self._rows:
            row.clicked.connect(lambda _: self.edited.emit())
            box.addWidget(row)
        if self._rows:
            self.setFocusProxy(self._rows[0])

    def buttons(self) -> Sequence[QAbstractButton]:
        """The rows, in order."""
        return tuple(self._rows)

    def value(self) -> tuple[str, ...]:
        """What is ticked, in the order of the rows."""
        return tuple(str(row.property("choice")) for row in self._rows if row.isChecked())

    def set_value(self, values: Iterable[str] | None) -> None:
        """Tick exactly these, without telling; unknown ones are left out."""
        wanted = set(values or ())
        for row in self._rows:
            row.setChecked(row.property("choice") in wanted)
