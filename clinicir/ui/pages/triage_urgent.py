"""The gestures that come before the rest of the questions."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinicir.texts import screens_triage as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.triage_walk import TriageWalk
from clinicir.ui.widgets.buttons import Secondary
from clinicir.ui.widgets.layout import Card, column, row, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Heading, Help, Title


class UrgentPanel(QWidget):
    """Stop using this computer, and the first steps of the list by their titles."""

    def __init__(self, walk: TriageWalk, desk: Desk) -> None:
        """`walk` stands on its urgent screen."""
        super().__init__()
        self.gestures = Secondary(say.GESTURES, "hand")
        self.gestures.clicked.connect(lambda _: desk.window.go(Place("gestures")))
        box = column(Title(say.STOP_TITLE), gap=16)
        if walk.answers.computer == "no":
            box.addWidget(
                Notice("danger", say.STOP_COMPUTER, say.STOP_COMPUTER_TEXT, self.gestures)
            )
        titles = _first_titles(walk)
        if titles:
            box.addWidget(Card(Heading(say.STOP_FIRST), *map(_line, titles), gap=10))
        if walk.answers.computer != "no":
            box.addWidget(wrapping_row(self.gestures))
        box.addWidget(Help(say.STOP_WAIT))
        self.setLayout(box)


def _first_titles(walk: TriageWalk) -> tuple[str, ...]:
    scenario = walk.scenario
    if scenario is None:
        return ()
    titles = {step.id: step.title for step in scenario.steps}
    return tuple(titles[step] for step in scenario.first if step in titles)


def _line(title: str) -> QWidget:
    line = QWidget()
    box = row(Sign("arrow-right", "primary", 18), Body(title), gap=10)
    box.setContentsMargins(0, 0, 0, 0)
    box.setStretch(1, 1)
    line.setLayout(box)
    return line
