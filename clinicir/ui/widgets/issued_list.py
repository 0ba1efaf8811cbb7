"""The copies of a paper already produced: each can be looked at again, as it was."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinicir.services.views.documents import IssuedPaper, PaperRow
from clinicir.texts import screens_papers as say
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Secondary
from clinicir.ui.widgets.layout import Card, Scroll, column
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.text import Body, Help, Small, Strong


class IssuedList(QWidget):
    """`wanted` carries the copy to open."""

    wanted = Signal(object)

    def __init__(self) -> None:
        """Filled by `show_row`."""
        super().__init__()
        self.buttons: dict[str, Secondary] = {}
        self._help, self._cards = Help(""), column(gap=8)
        holder = QWidget()
        holder.setLayout(column(self._help, self._cards))
        self.setLayout(column(Scroll(holder)))

    def show_row(self, paper: PaperRow) -> None:
        """Its copies, the newest first."""
        self.buttons = {}
        self._help.set_text(say.ISSUED_HELP if paper.issued else say.NONE_ISSUED)
        refill(self._cards, *(self._card(paper.kind, copy) for copy in paper.issued))

    def _card(self, kind: str, copy: IssuedPaper) -> Card:
        words: list[QWidget] = [
            Strong(say.issued_line(copy.number, say.variant_name(kind, copy.variant))),
            Body(say.when(copy.at)),
        ]
        across = QHBoxLayout()
        across.setSpacing(px(12))
        if not copy.kept:
            words.append(Small(say.NOT_KEPT))
        across.addLayout(column(*words, gap=2), 1)
        if copy.kept:
            button = Secondary(say.OPEN)
            button.setAccessibleName(say.open_issued(copy.number))
            button.clicked.connect(partial(self._want, copy))
            self.buttons[copy.number] = button
            across.addWidget(button)
        return Card(across)

    def _want(self, copy: IssuedPaper, _checked: bool = False) -> None:
        self.wanted.emit(copy)
