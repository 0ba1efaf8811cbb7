"""A row that goes on to the next line when it is too long: nothing is pushed off the window."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Items from left to right, then on the next line; the last `to_right` ones end the last line.
    """

    def __init__(self, *widgets: QWidget, gap: int = 8, to_right: int = 0) -> None:
        """`gap` in pixels of the window, between items and between lines."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._gap, self._to_right = gap, to_right
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Part of the promise of a Qt layout, like the five below."""
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        """Something in it, or the way it is dressed, has changed."""
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return found

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        margins = self.contentsMargins()
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        height = max((size.height() for size in shown), default=0)
        return QSize(width, height) + _around(margins)

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        width = max((size.width() for size in shown), default=0)
        height = max((size.height() for size in shown), default=0)
        return QSize(width, height) + _around(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = _fitted(item, width)
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self._gap
        return lines

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        inside = rect.marginsRemoved(self.contentsMargins())
        right = {id(item) for item in self._items[len(self._items) - self._to_right :]}
        top = inside.top()
        lines = self._lines(inside.width())
        for line in lines:
            height = max((size.height() for _, size in line), default=0)
            spare = inside.width() - sum(size.width() + self._gap for _, size in line) + self._gap
            left, pushed = inside.left(), False
            for item, size in line:
                if id(item) in right and not pushed:
                    left, pushed = left + max(0, spare), True
                if move:
                    corner = QPoint(left, top + (height - size.height()) // 2)
                    item.setGeometry(QRect(corner, size))
                left += size.width() + self._gap
            top += height + self._gap
        bottom = self.contentsMargins().bottom()
        return top - self._gap - rect.top() + bottom if lines[0] else 0


def _fitted(item: QLayoutItem, width: int) -> QSize:
    """As wide as it wants to be, no wider than the row; then as high as that takes."""
    size = item.sizeHint()
    wide = max(1, min(size.width(), width))
    high = item.heightForWidth(wide) if item.hasHeightForWidth() else size.height()
    return QSize(wide, max(high, item.minimumSize().height()))


def _around(margins: QMargins) -> QSize:
    return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
