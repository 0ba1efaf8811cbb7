"""Tool tips: the one place that gives Qt the words of one, escaped."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinicir.texts.plain_text import as_tooltip


def explain_on_hover(widget: QWidget, text: str) -> None:
    """Words shown while the pointer rests on `widget`; empty takes them away."""
    widget.setToolTip(as_tooltip(text))
