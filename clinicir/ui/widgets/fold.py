"""A part that opens and closes under its title."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicir.ui.icons import icon
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import column


class Fold(QWidget):
    """Closed at first; the button says what is inside."""

    def __init__(self, title: str, inside: QWidget) -> None:
        """`inside` is shown under the button."""
        super().__init__()
        self.button = Quiet(title, "list-checks")
        self.button.clicked.connect(lambda _: self.open(opened=not self.opened))
        self._inside = inside
        box = column(self.button, inside, gap=4)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.open(opened=False)

    @property
    def opened(self) -> bool:
        """What is inside can be read."""
        return not self._inside.isHidden()

    def open(self, *, opened: bool) -> None:
        """Show or hide."""
        self._inside.setVisible(opened)
        self.button.setIcon(icon("chevron-down" if opened else "chevron-right", "primary"))
