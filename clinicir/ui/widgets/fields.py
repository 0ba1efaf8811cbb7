"""Every editor, and the question around it."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import SignalInstance

from clinicir.ui.widgets.choices import MultiChoice, SingleChoice, YesNoUnknown
from clinicir.ui.widgets.editors import Line, LongText, Number, Passphrase
from clinicir.ui.widgets.field import Field
from clinicir.ui.widgets.moments import Day, Instant

__all__ = [
    "Day", "Editor", "Field", "Instant", "Line", "LongText", "MultiChoice", "Number",
    "Passphrase", "SingleChoice", "YesNoUnknown",
]  # fmt: skip


class Editor(Protocol):
    """What every editor promises."""

    @property
    def edited(self) -> SignalInstance:
        """A person changed the value."""
        ...

    def value(self) -> Any:
        """What is entered."""
        ...

    def set_value(self, value: Any) -> None:
        """Show another value, without telling."""
        ...
