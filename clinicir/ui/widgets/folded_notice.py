"""Calm messages that share one line where there is little room, and open when asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import LinkButton
from clinicir.ui.widgets.layout import column, wrapping_row
from clinicir.ui.widgets.notice import SIGNS, Notice


class FoldedNotices(QWidget):
    """Their titles are always seen: what warns is never hidden."""

    def __init__(self, notices: Sequence[tuple[str, Notice]]) -> None:
        """Each with the short title of its line; shown whole until `tighten`."""
        super().__init__()
        self.notices = [notice for _, notice in notices]
        self.lines = [LinkButton(title, SIGNS[notice.tone]) for title, notice in notices]
        self._opened: set[int] = set()
        self._row = wrapping_row(*self.lines, gap=px(16))
        self.setLayout(column(self._row, *self.notices, gap=8))
        for place, line in enumerate(self.lines):
            line.clicked.connect(partial(self._open, place))
        self.tighten(tight=False)

    def tighten(self, *, tight: bool) -> None:
        """One line for all, but those that somebody has opened."""
        self._tight = tight
        for place, (line, notice) in enumerate(zip(self.lines, self.notices, strict=True)):
            folded = tight and place not in self._opened
            line.setVisible(folded)
            notice.setVisible(not folded)
        self._row.setVisible(tight and len(self._opened) < len(self.lines))
        if not self.notices:
            self.hide()

    def _open(self, place: int, _: bool = False) -> None:
        self._opened.add(place)
        self.tighten(tight=self._tight)
        inside = [
            part for part in self.notices[place].findChildren(QWidget)
            if part.focusPolicy() and part.isEnabled()
        ]  # fmt: skip
        if inside:
            inside[0].setFocus()
