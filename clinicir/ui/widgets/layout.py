"""How things stand together: columns, rows, cards, what scrolls and what never does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from clinicir.ui.focus_ring import HOST
from clinicir.ui.theme import current, px
from clinicir.ui.widgets.buttons import Primary
from clinicir.ui.widgets.flow import Flow
from clinicir.ui.widgets.text import Text

Item = QWidget | QLayout | QSpacerItem

_LINE_EM = 46
"""Width of a full line of text in em: about 85 signs with the fields' padding."""
_AIR_ABOVE, _LITTLE_AIR = 20, 6


def column(*items: Item, gap: int = 12, margins: int = 0) -> QVBoxLayout:
    """Items one under the other; `gap` and `margins` at 100 %."""
    box = QVBoxLayout()
    box.setSpacing(px(gap))
    box.setContentsMargins(px(margins), px(margins), px(margins), px(margins))
    for item in items:
        _add(box, item)
    return box


def row(*items: Item, gap: int = 8, stretch_last: bool = False) -> QHBoxLayout:
    """Items side by side, packed to the left unless the last one takes the room left."""
    box = QHBoxLayout()
    box.setSpacing(px(gap))
    box.setContentsMargins(0, 0, 0, 0)
    for item in items:
        _add(box, item)
    if stretch_last and items:
        box.setStretch(box.count() - 1, 1)
    return box


def wrapping_row(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Side by side as long as there is room, else on several lines."""
    holder = QWidget()
    holder.setLayout(Flow(*widgets, gap=px(gap)))
    _grows_with_width(holder)
    return holder


def spacer() -> QSpacerItem:
    """Takes the room that nobody else wants, both ways."""
    expanding = QSizePolicy.Policy.Expanding
    return QSpacerItem(0, 0, expanding, expanding)


def rule() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setProperty("surface", "rule")
    line.setFixedHeight(1)
    return line


class Card(QFrame):
    """A surface of its own, for things that belong together."""

    def __init__(self, *items: Item, gap: int = 10) -> None:
        """The items, one under the other."""
        super().__init__()
        self.setProperty("surface", "card")
        self.setLayout(column(*items, gap=gap, margins=16))
        _grows_with_width(self)

    @property
    def box(self) -> QVBoxLayout:
        """To add items later."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout


class Scroll(QScrollArea):
    """The part of a page that scrolls, up and down only, in lines that stay easy to read."""

    def __init__(self, widget: QWidget, *, wide: bool = False) -> None:
        """`wide` lets a table use the whole width."""
        super().__init__()
        self._inner, self._wide = widget, wide
        holder = QWidget()
        holder.setProperty("surface", "window")
        holder.setProperty(HOST, True)
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(widget, 1000)
        if not wide:
            # Room left over stays below, instead of pulling the fields apart.
            across.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        across.addStretch(1)
        self._across = across
        self._air = _AIR_ABOVE
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def tighten(self, *, tight: bool) -> None:
        """Less air above what is first read."""
        self._air = _LITTLE_AIR if tight else _AIR_ABOVE
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_across"):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """A page made of words alone must still scroll with the keyboard."""
        super().showEvent(event)
        reached = Qt.FocusPolicy.TabFocus
        if any(part.focusPolicy() & reached for part in self._inner.findChildren(QWidget)):
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            return
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        first = next((text.text() for text in self._inner.findChildren(Text) if text.text()), "")
        self.setAccessibleName(first)

    def minimumSizeHint(self) -> QSize:
        """At least as wide as its content can be, since it never scrolls sideways."""
        hint = super().minimumSizeHint()
        holder = self.widget()
        if holder is None:
            return hint
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(min(holder.minimumSizeHint().width() + bar, px(480)), hint.height())

    def _fit(self) -> None:
        self._across.setContentsMargins(px(24), px(self._air), px(24), px(24))
        em = current().points * 96 / 72
        self._inner.setMaximumWidth(16777215 if self._wide else round(em * _LINE_EM))


class ActionBar(QFrame):
    """The buttons of a page, always on the screen: never put it inside a `Scroll`.

    The primary button and what follows it stand at the right.
    """

    def __init__(self, *buttons: QWidget) -> None:
        """In the order of reading, and of the Tab key."""
        super().__init__()
        self.setProperty("surface", "bar")
        first = next((n for n, b in enumerate(buttons) if isinstance(b, Primary)), len(buttons))
        flow = Flow(*buttons, gap=px(10), to_right=len(buttons) - first)
        flow.setContentsMargins(px(24), px(12), px(24), px(12))
        self.setLayout(flow)
        _grows_with_width(self)


def _add(box: QVBoxLayout | QHBoxLayout, item: Item) -> None:
    if isinstance(item, QWidget):
        box.addWidget(item)
    elif isinstance(item, QLayout):
        box.addLayout(item)
    else:
        box.addItem(item)


def _grows_with_width(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
