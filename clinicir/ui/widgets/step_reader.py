"""The step in very large type, over the whole page: one person reads, another one does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinicir.texts import screens_steps as say
from clinicir.ui.theme import current
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.layout import ActionBar, Scroll, column, rule
from clinicir.ui.widgets.text import Text

_LEAST_POINTS = 26.0
"""Read at arm's length by someone who stands."""
_OVER_BODY, _TITLE = 1.4, 1.25


class _Huge(Text):
    """Its own size: far above the body text, without growing twice with it."""

    text_role = "huge"

    def __init__(self, text: str, factor: float, *, bold: bool = False) -> None:
        super().__init__(text)
        points = max(_LEAST_POINTS, current().points * _OVER_BODY) * factor
        weight = "700" if bold else "400"
        self.setStyleSheet(f"font-size: {points:.1f}pt; font-weight: {weight};")


class StepReader(QWidget):
    """Escape comes back."""

    closed = Signal()
    next_asked = Signal()

    def __init__(self, title: str, lines: Sequence[str], avoid: str, *, last: bool) -> None:
        """Already filled."""
        super().__init__()
        words: list[QWidget] = [_Huge(title, _TITLE, bold=True), rule()]
        words += [_Huge(f"{place}.  {line}", 1.0) for place, line in enumerate(lines, 1)]
        if avoid:
            words += [rule(), _Huge(f"{say.AVOID}\u00a0: {avoid}", 1.0, bold=True)]
        inside = QWidget()
        inside.setLayout(column(*words, gap=22))
        self.close_reading = Primary(say.STOP_READING, "x")
        self.close_reading.clicked.connect(self.closed.emit)
        self.go_on = Secondary(say.NEXT, "chevron-right")
        self.go_on.clicked.connect(self.next_asked.emit)
        self.go_on.setVisible(not last)
        box = column(gap=0)
        box.addWidget(Scroll(inside, wide=True), 1)
        box.addWidget(ActionBar(self.go_on, self.close_reading))
        self.setLayout(box)
        self.setFocusProxy(self.close_reading)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
