"""How every page before the opening is laid out: one calm column in the middle."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicir.texts.screens_entry import GESTURES, ONE_MOMENT
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Button, Quiet
from clinicir.ui.widgets.layout import ActionBar, Item, Scroll, column, row
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Title


class EntryPage(QWidget):
    """A title, what is asked, and one primary button that never leaves the screen.

    The first page is there before what is behind it: it is held meanwhile, a press is kept.
    """

    gestures_asked = Signal()
    """The five gestures."""

    def __init__(self, title: str, sign: str = "folder-lock") -> None:
        """`sign` is a Lucide name; fill with `lay_out`."""
        super().__init__()
        self.title = title
        self._held = False
        self._kept: Callable[[], None] | None = None
        self._sign = sign
        self.gestures = Quiet(GESTURES, "hand")
        self.gestures.clicked.connect(self._ask_gestures)
        self.first: QWidget = self
        """What has the keyboard when the page appears; a proxy would hide what is before it."""

    def hold(self) -> None:
        """From now on a press waits for `release`."""
        self._held = True

    def release(self) -> None:
        """What was pressed last is done now."""
        self._held = False
        kept, self._kept = self._kept, None
        if kept is not None:
            kept()

    def when_free(self, button: Button, act: Callable[[], None]) -> None:
        """Act now, or at the release: the button says that it was heard."""
        if not self._held:
            act()
            return
        if self._kept is not None:
            return
        words = button.text()
        button.set_text(ONE_MOMENT)

        def later() -> None:
            button.set_text(words)
            act()

        self._kept = later

    def _ask_gestures(self) -> None:
        self.when_free(self.gestures, self.gestures_asked.emit)

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
