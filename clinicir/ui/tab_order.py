"""The Tab key goes through the window as one reads it, whatever was added last.

Qt puts what is added later at the end of its own chain, after the bar at the bottom.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget


def move_focus(root: QWidget, *, forward: bool) -> bool:
    """From where the keyboard is to what is read next, or before.

    False when there is nothing else, or when what had the keyboard is going away.
    """
    here = QApplication.focusWidget()
    stops = [part for part in _read(root) if part is here or _takes_tab(part)]
    if here not in stops or len(stops) == 1:
        return False
    wanted = stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    wanted.setFocus(reason)
    return True


def _takes_tab(part: QWidget) -> bool:
    return (
        bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and part.focusProxy() is None
        and part.isEnabled()
    )


def _read(widget: QWidget) -> Iterator[QWidget]:
    """What is shown, in the order of the layouts, a widget before its parts."""
    if not widget.isVisible():
        return
    yield widget
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _read(inner)
    elif layout is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _read(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)
