"""How every page before the opening is laid out: one calm column in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicir.texts.screens_entry import GESTURES
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import ActionBar, Item, Scroll, column, row
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Title


class EntryPage(QWidget):
    """A title, what is asked, and one primary button that never leaves the screen."""

    def __init__(self, title: str, sign: str = "folder-lock") -> None:
        """`sign` is a Lucide name; fill with `lay_out`."""
        super().__init__()
        self.title = title
        self._sign = sign
        self.gestures = Quiet(GESTURES, "hand")
        self.first: QWidget = self
        """What has the keyboard when the page appears; a proxy would hide what is before it."""

    def lay_out(
        self, *items: Item, actions: ActionBar | None = None, gestures: bool = True
    ) -> None:
        """The items under the title; `actions` stay below what scrolls."""
        inside = QWidget()
        head = row(Sign(self._sign, "primary", 36), Title(self.title), gap=14, stretch_last=True)
        if gestures:
            head.addWidget(self.gestures, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.setLayout(column(head, *items, gap=16))
        layout = inside.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setContentsMargins(0, px(12), 0, px(12))
        layout.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Scroll(inside), 1)
        if actions is not None:
            box.addWidget(actions)
