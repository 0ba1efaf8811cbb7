"""What a page promises to the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from clinicir.ui.desk import Desk, Place
from clinicir.ui.tab_order import move_focus


class Page(QWidget):
    """Shows one view of the services and hands back typed answers; it owns nothing else."""

    name = ""
    """Stable id, the `page` of a `Place` and the key of its help."""

    def __init__(self, desk: Desk) -> None:
        """Lay out only; nothing is read before `open_at`."""
        super().__init__()
        self.desk = desk

    @property
    def title(self) -> str:
        """Title of the page, as the top bar and a screen reader give it."""
        raise NotImplementedError

    def open_at(self, place: Place) -> None:
        """Read what is needed through `desk.jobs` and show it."""

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self

    def item_shown(self) -> str:
        """Item shown now, when one moves inside the page: what `Place.item` leads back to."""
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard came before there was anything to use: it is handed on once all is read."""
        super().focusInEvent(event)
        # Use cases run in order: after two more, what the page asked for is on screen.
        jobs = self.desk.jobs
        jobs.run(_nothing, lambda _: jobs.run(_nothing, self._hand_on))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on as one reads, whatever was shown since."""
        return move_focus(self.window(), forward=forward) or super().focusNextPrevChild(forward)

    def _hand_on(self, _: None = None) -> None:
        if self.hasFocus() and (first := self.first_focus()) is not self:
            first.setFocus()

    def keep(self) -> None:
        """Write what is half typed before the page is left or the window closes."""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Commands of `ui.menus.LAYOUT` that act on this page, by name: menu and keys follow."""
        return {}


def _nothing() -> None:
    """A place in the queue."""
