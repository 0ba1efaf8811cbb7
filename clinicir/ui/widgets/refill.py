"""Put other things where some stood: how a page shows what it has just read again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget

from clinicir.ui.widgets.layout import Item


def refill(box: QVBoxLayout, *items: Item) -> None:
    """Empty the layout and fill it again.

    The former widgets are deleted once the event under way is over: a button may well be in the
    middle of its own click.
    """
    while (old := box.takeAt(0)) is not None:
        _discard(old)
    for item in items:
        if isinstance(item, QWidget):
            box.addWidget(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addItem(item)
    if (parent := box.parentWidget()) is not None and parent.isVisible():
        for number in range(box.count()):
            if (placed := box.itemAt(number)) is not None:
                _show(placed)


def flush(widget: QWidget) -> QWidget:
    """The widget without the margins of its layout: its first item stands under what is above."""
    layout = widget.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, 0, 0)
    return widget


def _show(item: QLayoutItem) -> None:
    """At once: Qt would wait for the next turn of the loop, and refuse the focus until then."""
    widget, layout = item.widget(), item.layout()
    if widget is not None and not widget.testAttribute(
        Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    ):
        widget.show()
    if layout is not None:
        for number in range(layout.count()):
            if (inner := layout.itemAt(number)) is not None:
                _show(inner)


def _discard(item: QLayoutItem) -> None:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
    if layout is not None:
        while (inner := layout.takeAt(0)) is not None:
            _discard(inner)
        layout.deleteLater()
