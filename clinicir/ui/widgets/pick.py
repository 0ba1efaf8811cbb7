"""One choice in a list too long for rows: never typed into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QSizePolicy

from clinicir.texts.plain_text import on_one_line


class Pick(QComboBox):
    """A closed list; pairs of words and of what is kept."""

    def __init__(self) -> None:
        """Nothing to choose yet."""
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Pairs: what is read, what is kept; the first one is chosen."""
        self.clear()
        for label, value in choices:
            self.addItem(on_one_line(label), value)

    def chosen(self) -> str:
        """What is kept, empty when there is nothing."""
        return str(self.currentData() or "")
