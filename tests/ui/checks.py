"""What a machine can check of any page; each check fails with the list of what is wrong.

Call them on a page that is shown (`qtbot.addWidget(page); page.show()`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QEventLoop, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTreeView,
    QWidget,
)

from clinicir.ui.theme import SCALES, Theme
from clinicir.ui.widgets.layout import ActionBar

WINDOW = (1024, 700)
_MNEMONIC = re.compile(r"&(\w)")


def check_page(widget: QWidget) -> None:
    """All of them, at the four sizes of text."""
    check_names(widget)
    check_shortcuts(widget)
    check_forbidden(widget)
    for scale in SCALES:
        check_nothing_clipped(widget, scale)
    check_tab_order(widget)


def check_names(widget: QWidget) -> None:
    """Everything that takes the keyboard is named; a label with a mnemonic has its editor."""
    problems = [
        f"no name: {described(part)}" for part in focusable(widget) if not spoken_name(part)
    ]
    letters: Counter[str] = Counter()
    for label in widget.findChildren(QLabel):
        if found := _MNEMONIC.search(label.text().replace("&&", "")):
            letters[found[1].lower()] += 1
            if label.buddy() is None:
                problems.append(f"no buddy: {label.text()}")
    for button in widget.findChildren(QAbstractButton):
        if found := _MNEMONIC.search(button.text().replace("&&", "")):
            letters[found[1].lower()] += 1
    problems += [f"mnemonic used twice: {letter}" for letter, n in letters.items() if n > 1]
    assert problems == []


def check_tab_order(widget: QWidget) -> None:
    """The Tab key goes through everything that can be reached, as one reads, and comes back."""
    widget.window().show()
    settle()
    wanted = [part for part in focusable(widget) if part.isVisible() and part.isEnabled()]
    if not wanted:
        return
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(4 * len(wanted) + 40):
        here = QApplication.focusWidget()
        if here is None or (seen and here is seen[0]):
            break
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    reached = {id(part) for part in seen} | {id(other) for part in seen for other in _peers(part)}
    problems = [f"not reached: {described(part)}" for part in wanted if id(part) not in reached]
    problems += _out_of_order([part for part in seen if widget.isAncestorOf(part)])
    if seen and QApplication.focusWidget() is not seen[0]:
        problems.append(f"Tab does not come back to {described(seen[0])}")
    assert problems == []


def check_nothing_clipped(
    widget: QWidget, scale: float = 1.0, *, mode: str = "light", size: tuple[int, int] = WINDOW
) -> None:
    """No words cut, no button off the window, nothing to scroll sideways; scale put back after."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    Theme.apply(app, scale, mode)
    try:
        top = widget.window()
        top.resize(*size)
        top.show()
        settle()
        problems = list(_clipped(widget))
        if top.width() > size[0] or top.height() > size[1]:
            problems.append(f"the window needs {top.width()} x {top.height()}")
    finally:
        Theme.apply(app, 1.0, "light")
    assert problems == []


def check_shortcuts(widget: QWidget) -> None:
    """No shortcut on a digit, with Ctrl+Alt (AltGr), or used twice; menus have explicit roles."""
    keys: Counter[str] = Counter()
    problems = []
    for action in widget.findChildren(QAction):
        keys.update({key.toString() for key in action.shortcuts()})
        named = bool(action.text()) and not action.isSeparator() and action.menu() is None
        if named and action.menuRole() is QAction.MenuRole.TextHeuristicRole:
            problems.append(f"role left to chance: {action.text()}")
    for shortcut in widget.findChildren(QShortcut):
        held = shortcut.keys()
        keys.update({key.toString() for key in held})
    for text, count in keys.items():
        if count > 1:
            problems.append(f"used twice: {text}")
        if re.search(r"(?:^|\+)\d$", text) or {"Ctrl", "Alt"} <= set(text.split("+")):
            problems.append(f"refused: {QKeySequence(text).toString()}")
    assert problems == []


def check_forbidden(widget: QWidget) -> None:
    """No widget that screen readers cannot follow."""
    problems = [described(box) for box in widget.findChildren(QComboBox) if box.isEditable()]
    problems += [described(tree) for tree in widget.findChildren(QTreeView)]
    for view in widget.findChildren(QAbstractItemView):
        model = view.model()
        if model is None:
            continue
        root = QModelIndex()
        cells = (model.index(line, place) for line in range(min(50, model.rowCount(root)))
                 for place in range(30) if model.hasIndex(line, place, root))  # fmt: skip
        if any(cell.flags() & Qt.ItemFlag.ItemIsUserCheckable
               and cell.data(Qt.ItemDataRole.CheckStateRole) is not None
               for cell in cells):  # fmt: skip
            problems.append(f"checkable items: {described(view)}")
    assert problems == []


def focusable(widget: QWidget) -> list[QWidget]:
    """What the Tab key may reach, without the inner parts of Qt's own widgets."""
    return [
        part
        for part in widget.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
        and not part.objectName().startswith("qt_")
        and not isinstance(part, QScrollArea)
        and not _inner(part)
    ]


def spoken_name(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def described(widget: QWidget) -> str:
    """Enough to find a widget again."""
    words = ""
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        words = widget.text()
    chain: list[str] = []
    step: QWidget | None = widget
    while step is not None and len(chain) < 4:
        chain.append(type(step).__name__)
        step = step.parentWidget()
    return f"{' < '.join(chain)} {words[:60]!r}"


def settle(milliseconds: int = 30) -> None:
    """Let Qt lay out and draw what has just changed."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _out_of_order(seen: list[QWidget]) -> list[str]:
    """In a column of what scrolls as one, Tab goes up once: from its last part to its first."""
    panels: dict[QWidget, list[QWidget]] = {}
    for part in seen:
        panels.setdefault(_panel(part), []).append(part)
    problems = []
    for panel, parts in panels.items():
        ups = []
        for before, after in zip(parts, parts[1:] + parts[:1], strict=True):
            here, there = _place(before, panel), _place(after, panel)
            beside = there.left() > here.right() or here.left() > there.right()
            if there.bottom() < here.top() and not beside:
                ups.append(f"{described(after)} stands above {described(before)}")
        problems += ups if len(ups) > 1 else []
    return problems


def _place(part: QWidget, panel: QWidget) -> QRect:
    return QRect(part.mapTo(panel, QPoint(0, 0)), part.size())


def _panel(part: QWidget) -> QWidget:
    above = part
    while not above.isWindow() and (parent := above.parentWidget()) is not None:
        if isinstance(grandparent := parent.parentWidget(), QScrollArea):
            return above if grandparent.widget() is above else parent
        above = parent
    return above


def _clipped(widget: QWidget) -> Iterator[str]:
    for label in widget.findChildren(QLabel):
        if label.isVisible() and label.text() and _cut(label):
            yield f"cut ({label.width()} x {label.height()}): {described(label)}"
    for button in widget.findChildren(QAbstractButton):
        if not button.isVisible() or _inner(button) or not button.text():
            continue
        wanted = button.minimumSizeHint()
        needs = button.heightForWidth(button.width()) if button.hasHeightForWidth() else 0
        if isinstance(button, QPushButton) and not button.hasHeightForWidth():
            wanted = button.sizeHint()
        if button.width() < wanted.width() or button.height() < max(needs, wanted.height()):
            yield f"cut ({button.width()} x {button.height()}): {described(button)}"
    top = widget.window()
    for bar in widget.findChildren(ActionBar):
        for button in bar.findChildren(QAbstractButton):
            if button.isVisible() and not _inside(button, top):
                yield f"outside the window: {described(button)}"
    for area in widget.findChildren(QScrollArea):
        inner = area.widget()
        if area.isVisible() and inner is not None and inner.width() > area.viewport().width():
            yield f"wider than its view by {inner.width() - area.viewport().width()}"


def _cut(label: QLabel) -> bool:
    if label.wordWrap():
        longest = max(label.fontMetrics().horizontalAdvance(w) for w in label.text().split())
        return label.height() + 1 < label.heightForWidth(label.width()) or (
            longest > label.width() + 1 and label.width() < label.minimumSizeHint().width()
        )
    hint = label.sizeHint()
    return label.width() + 1 < hint.width() or label.height() + 1 < hint.height()


def _inside(part: QWidget, top: QWidget) -> bool:
    return top.rect().contains(QRect(part.mapTo(top, QPoint(0, 0)), part.size()))


def _inner(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QCalendarWidget | QComboBox | QAbstractItemView):
            return True
        above = above.parentWidget()
    return False


def _peers(part: QWidget) -> list[QWidget]:
    """Radio buttons of one group: the arrow keys go from one to the other."""
    if isinstance(part, QAbstractButton) and (group := part.group()) is not None:
        return list(group.buttons())
    return []
