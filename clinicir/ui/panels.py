"""F6: from one part of the window to the next, with the keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QTabBar, QWidget

from clinicir.ui.bars import BottomBar, TopBar
from clinicir.ui.widgets.layout import ActionBar
from clinicir.ui.widgets.notice import Band

_PANELS = (TopBar, BottomBar, Band, ActionBar, QTabBar, QAbstractScrollArea)


def turn_panel(window: QWidget, by: int) -> None:
    """Focus goes to the first thing of the next part (`by` 1) or of the former one (-1)."""
    panels: list[QWidget] = []
    starts: list[QWidget] = []
    for part in _reached(window):
        panel = panel_of(part, window)
        if panel is not None and panel not in panels:
            panels.append(panel)
            starts.append(part)
    if not panels:
        return
    here = QApplication.focusWidget()
    now = None if here is None else panel_of(here, window)
    place = panels.index(now) + by if now in panels else 0
    starts[place % len(starts)].setFocus(Qt.FocusReason.ShortcutFocusReason)


def panel_of(part: QWidget, window: QWidget) -> QWidget | None:
    """The outermost part of the window that holds this, None when it stands alone."""
    found: QWidget | None = None
    step: QWidget | None = part
    while step is not None and step is not window:
        if isinstance(step, _PANELS) and not _is_field(step):
            found = step
        step = step.parentWidget()
    return found


def _is_field(part: QWidget) -> bool:
    """A text of several lines scrolls too, but it is one field of its panel."""
    return (
        isinstance(part, QAbstractScrollArea)
        and not isinstance(part, QAbstractItemView)
        and bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and part.inherits("QPlainTextEdit")
    )


def _reached(window: QWidget) -> list[QWidget]:
    """What the Tab key goes through, in its order."""
    found: list[QWidget] = []
    step = window.nextInFocusChain()
    while step is not None and step is not window:
        if (
            step.focusPolicy() & Qt.FocusPolicy.TabFocus
            and step.isVisible()
            and step.isEnabled()
            and step.focusProxy() is None
        ):
            found.append(step)
        step = step.nextInFocusChain()
    return found
