"""The red line of an exercise, wherever something would leave for somebody."""

from __future__ import annotations

from clinicir.texts.screens_papers import DO_NOT_SEND
from clinicir.ui.desk import Desk
from clinicir.ui.widgets.text import Strong


class DoNotSend(Strong):
    """Hidden in a real vault."""

    def __init__(self, desk: Desk) -> None:
        """The kind of vault never changes while its pages live."""
        super().__init__(DO_NOT_SEND)
        self.setProperty("tone_text", "danger")
        if not desk.session.store.drill:
            self.hide()
