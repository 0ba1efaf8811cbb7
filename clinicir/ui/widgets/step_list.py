"""All the steps: the first screen alone as long as it lasts, then phase after phase."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.services.views.board import BoardView, PhaseView, StepLine
from clinicir.services.views.board_step import SETTLED
from clinicir.texts import screens_steps as say
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.step_row import StepRow
from clinicir.ui.widgets.text import Eyebrow, Heading, Small


def shown_by(view: BoardView, *, whole: bool) -> tuple[object, ...]:
    """What a list depends on, the step in the centre apart."""
    return view.first, view.phases, view.due(view.now), whole


class StepList(QWidget):
    """Built anew when a state changed; `point_at` is enough when only the step did."""

    chosen = Signal(str)
    """Id of a step."""
    turned = Signal(bool)
    """The whole list was asked for (True), or the first screen again."""

    def __init__(self, view: BoardView, *, whole: bool) -> None:
        """`whole` shows every phase although the first screen is not finished."""
        super().__init__()
        self.shows = shown_by(view, whole=whole)
        self.rows: list[StepRow] = []
        self.folds: list[tuple[Fold, PhaseView]] = []
        self._current = ""
        parts: list[QWidget] = []
        if due := view.due(view.now):
            parts += [Heading(say.DUE), self._lines(due)]
        if view.first and not whole:
            done = sum(line.state in SETTLED for line in view.first)
            parts += [Heading(say.FIRST), Small(say.settled_of(done, len(view.first)))]
            parts.append(self._lines(view.first))
            self.turn = Quiet(say.all_steps(len(view.order)), "list-checks").at_edge()
            self.turn.clicked.connect(lambda _: self.turned.emit(True))
            parts.append(self.turn)
        else:
            if view.first:
                self.turn = Quiet(say.SHOW_FIRST, "chevron-left").at_edge()
                self.turn.clicked.connect(lambda _: self.turned.emit(False))
                parts.append(self.turn)
            parts += [self._fold(phase) for phase in view.phases]
        box = column(*parts, gap=8)
        box.addStretch(1)
        self.setLayout(box)
        self.point_at(view.current.step.id)

    def point_at(self, step: str) -> None:
        """Show which step is in the centre; its phase opens."""
        self._current = step
        for fold, phase in self.folds:
            if not fold.opened and any(line.id == step for line in phase.lines):
                fold.open(opened=True)
        for row in self.rows:
            row.point(current=row.line.id == step)

    def _fold(self, phase: PhaseView) -> Fold:
        progress = say.settled_of(phase.settled, len(phase.lines))
        fold = Fold(f"{phase.phase.label} \u00b7 {progress}", partial(self._phase, phase))
        self.folds.append((fold, phase))
        return fold

    def _phase(self, phase: PhaseView) -> QWidget:
        inside = QWidget()
        parts: list[QWidget] = []
        for chunk in phase.chunks:
            name = say.NOW if chunk.urgent else say.LATER
            progress = say.settled_of(chunk.settled, len(chunk.lines))
            parts += [Eyebrow(f"{name} \u00b7 {progress}"), self._lines(chunk.lines)]
        inside.setLayout(column(*parts, gap=4))
        return inside

    def _lines(self, lines: Sequence[StepLine]) -> QWidget:
        holder = QWidget()
        rows = [StepRow(line, current=line.id == self._current) for line in lines]
        for row in rows:
            row.clicked.connect(lambda _, step=row.line.id: self.chosen.emit(step))
        self.rows += rows
        holder.setLayout(column(*rows, gap=2))
        return holder
