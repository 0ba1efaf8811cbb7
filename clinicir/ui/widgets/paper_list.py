"""All the papers of an incident: what each lacks, when it is due, where it stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinicir.services.views.documents import DocumentsView, PaperRow, PaperState
from clinicir.texts import screens_papers as say
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Secondary
from clinicir.ui.widgets.layout import Card, Scroll, column, row
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Help, Strong

STATE_SIGNS = {
    PaperState.TODO: ("circle", "muted"),
    PaperState.PRODUCED: ("circle-dot", "primary"),
    PaperState.SENT: ("circle-check", "ok"),
}


def limit_of(paper: PaperRow) -> str:
    """When it is due, in words; empty without a limit."""
    if paper.due_at is not None:
        return say.overdue(paper.due_at) if paper.late else say.due(paper.due_at)
    return say.AT_ONCE if paper.at_once else ""


def state_of(paper: PaperRow) -> str:
    """`Produit, mardi 12 janvier 2027 a 17 h 10`."""
    return say.state_at(say.PAPER_STATES[paper.state.value], paper.at)


class PaperList(QWidget):
    """One card a paper; `chosen` carries its kind."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Filled by `show_view`."""
        super().__init__()
        self.buttons: dict[str, Secondary] = {}
        self._shown: DocumentsView | None = None
        self._cards = column(gap=10)
        holder = QWidget()
        box = column(Help(say.DOCUMENTS_HELP), self._cards, gap=14)
        box.addStretch(1)
        holder.setLayout(box)
        self.setLayout(column(Scroll(holder)))

    def show_view(self, view: DocumentsView) -> None:
        """The papers, in the order in which they are needed."""
        if view == self._shown:
            return
        self._shown, self.buttons = view, {}
        refill(self._cards, *(self._card(paper) for paper in view.rows))

    def _card(self, paper: PaperRow) -> Card:
        name = say.PAPER_NAMES[paper.kind]
        button = Secondary(say.OPEN)
        button.setAccessibleName(say.open_paper(name))
        button.clicked.connect(partial(self._choose, paper.kind))
        self.buttons[paper.kind] = button
        words = [Strong(name), Help(say.PAPER_PURPOSE[paper.kind])]
        limit = limit_of(paper)
        if paper.late:
            due = Body(limit[:1].upper() + limit[1:])
            due.setProperty("tone_text", "danger")
            words.append(due)
            limit = ""
        sign = Sign(*STATE_SIGNS[paper.state], 18)
        copies, answered = say.copies(len(paper.issued)), say.completeness(paper.done, paper.total)
        parts = (state_of(paper), copies, answered, limit)
        said = say.side_by_side(parts)
        state = row(sign, Body(said), stretch_last=True)
        across = QHBoxLayout()
        across.setSpacing(px(12))
        across.addLayout(column(*words, state, gap=4), 1)
        across.addWidget(button)
        return Card(across)

    def _choose(self, kind: str) -> None:
        self.chosen.emit(kind)
