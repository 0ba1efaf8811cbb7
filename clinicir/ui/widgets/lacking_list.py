"""What a paper still lacks, in its own words, and where to give it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.texts import screens_papers as say
from clinicir.ui.widgets.buttons import LinkButton
from clinicir.ui.widgets.layout import Card, column, row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body


class LackingList(QWidget):
    """A plain list; `to_steps` when the person wants to answer."""

    to_steps = Signal()

    def __init__(self) -> None:
        """Filled by `show_labels`."""
        super().__init__()
        self.summary = Notice("info", "")
        self._lines = column(gap=8)
        self.card = Card(self._lines)
        self.steps = LinkButton(say.TO_STEPS)
        self.steps.clicked.connect(self.to_steps)
        self.setLayout(column(self.summary, self.card, self.steps))

    def show_labels(
        self, labels: tuple[str, ...], count: int, *, answerable: bool = True
    ) -> None:
        """`count` may exceed the labels: some gaps have words on the paper only."""
        if count == 0:
            self.summary.say(say.NOTHING_LACKING)
        else:
            self.summary.say(say.lacking(count), say.WHERE_TO_ANSWER if answerable else "")
        self.card.setVisible(bool(labels))
        self.steps.setVisible(count > 0 and answerable)
        lines = (row(Sign("circle", "muted", 16), Body(label), stretch_last=True)
                 for label in labels)  # fmt: skip
        refill(self._lines, *lines)
