"""Tab follows what is read: from top to bottom, whatever was made last."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QWidget


def follow_the_eye(page: QWidget) -> None:
    """Put the chain of the Tab key in the order of the layouts.

    Qt goes by the order in which things were made: a question asked anew comes after all the
    buttons that stand under it.
    """
    before: QWidget | None = None
    for part in _in_order(page):
        if before is not None and before.nextInFocusChain() is not part:
            QWidget.setTabOrder(before, part)
        before = part


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    seen: set[int] = set()
    for child in (*_laid_out(widget), *_children(widget)):
        if id(child) not in seen:
            seen.add(id(child))
            yield from _in_order(child)


def _laid_out(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QStackedWidget):
        return [shown] if (shown := widget.currentWidget()) is not None else []
    if isinstance(widget, QScrollArea):
        return [inside] if (inside := widget.widget()) is not None else []
    layout = widget.layout()
    return list(_held(layout)) if layout is not None else []


def _held(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _held(inner)


def _children(widget: QWidget) -> Iterator[QWidget]:
    """What is placed without a layout comes last."""
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield child
