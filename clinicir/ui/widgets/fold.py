"""A part that opens and closes under its title."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicir.ui.icons import icon
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import column


class Fold(QWidget):
    """Closed at first; what is inside is made when somebody first looks at it."""

    def __init__(self, title: str, make: Callable[[], QWidget]) -> None:
        """`make` is called once at most."""
        super().__init__()
        # An icon of another kind first: a chevron given at birth would stand after the words.
        self.button = Quiet(title, "list-checks").at_edge()
        self.button.clicked.connect(lambda _: self.open(opened=not self.opened))
        self._make = make
        self.inside: QWidget | None = None
        self._box = column(self.button, gap=4)
        self.setLayout(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.open(opened=False)

    @property
    def opened(self) -> bool:
        """What is inside can be read."""
        return self.inside is not None and not self.inside.isHidden()

    def open(self, *, opened: bool) -> None:
        """Show or hide."""
        if opened and self.inside is None:
            self.inside = self._make()
            self._box.addWidget(self.inside)
        if self.inside is not None:
            self.inside.setVisible(opened)
        self.button.setIcon(icon("chevron-down" if opened else "chevron-right", "primary"))
