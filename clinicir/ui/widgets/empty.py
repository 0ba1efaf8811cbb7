"""What a list says when there is nothing in it yet: never a blank."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Help


class EmptyState(QWidget):
    """A quiet icon, a sentence, and the way to begin."""

    def __init__(self, icon: str, text: str, button: QWidget | None = None) -> None:
        """`icon` is a Lucide name."""
        super().__init__()
        words = Help(text)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = column(gap=12, margins=12)
        box.addStretch(1)
        box.addWidget(Sign(icon, "primary", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(words)
        if button is not None:
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self.setLayout(box)
