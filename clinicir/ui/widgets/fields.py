"""Every editor, and the question around it."""

from __future__ import annotations

from clinicir.ui.widgets.choices import MultiChoice, SingleChoice, YesNoUnknown
from clinicir.ui.widgets.editors import Line, LongText, Number, Passphrase
from clinicir.ui.widgets.field import Field
from clinicir.ui.widgets.moments import Day, Instant

__all__ = [
    "Day", "Field", "Instant", "Line", "LongText", "MultiChoice", "Number",
    "Passphrase", "SingleChoice", "YesNoUnknown",
]  # fmt: skip
