"""The two bars around the pages: where one is, and that all is kept."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTabBar

from clinicir.texts import screens_shell as say
from clinicir.texts.encoders import clock_time
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.text import Strong, Word
from clinicir.ui.widgets.tooltip import explain_on_hover

_SAID_MS = 10_000
_SIDE = 12
"""Of the top bar; it does not grow with the text: large words need the room."""


class TopBar(QFrame):
    """Home, the title of the page or the tabs of an incident, help."""

    home_asked = Signal()
    back_asked = Signal()
    help_asked = Signal()
    tab_asked = Signal(str)

    def __init__(self) -> None:
        """Without tabs until `show_tabs`."""
        super().__init__()
        self.setProperty("surface", "top")
        self.home = Quiet(say.HOME, "chevron-left")
        self.home.clicked.connect(self.home_asked)
        self.back = Quiet(say.BACK, "arrow-left")
        self.back.clicked.connect(self.back_asked)
        self.help = Quiet(say.HELP, "circle-help")
        self.help.clicked.connect(self.help_asked)
        self.title = Strong()
        self.title.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(say.MENUS["incident"].replace("&", ""))
        self.tabs.currentChanged.connect(self._tell)
        self._names: tuple[str, ...] = ()
        line = QHBoxLayout(self)
        line.setContentsMargins(_SIDE, px(6), _SIDE, px(6))
        line.setSpacing(px(8))
        line.addWidget(self.home)
        line.addWidget(self.back)
        line.addWidget(self.tabs, 1)
        line.addSpacing(px(12))
        line.addWidget(self.title, 1)
        line.addWidget(self.help)
        line.addStrut(px(34))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.tabs.hide()

    def show_tabs(self, names: tuple[str, ...], current: str) -> None:
        """Tabs in this order, `current` chosen; none hides them."""
        self.tabs.blockSignals(True)
        if names != self._names:
            while self.tabs.count():
                self.tabs.removeTab(0)
            for name in names:
                self.tabs.addTab(say.TABS[name])
            self._names = names
        if current in names:
            self.tabs.setCurrentIndex(names.index(current))
        self.tabs.blockSignals(False)
        # the tab says the title already
        self.tabs.setVisible(bool(names))
        self.title.setVisible(not names)

        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room, fewer words."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Every tab is read: help gives up its word first, which its sign and F1 can spare."""
        self.help.set_text(say.HELP)
        explain_on_hover(self.help, say.HELP)
        shown = [w for w in (self.home, self.back, self.tabs, self.help) if not w.isHidden()]
        wanted = sum(w.sizeHint().width() + px(8) for w in shown) + 2 * _SIDE
        if self._names and wanted > self.width():
            self.help.setText("")

    def turn(self, by: int) -> None:
        """The tab `by` places further, round and round."""
        if self._names:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._names))

    def _tell(self, index: int) -> None:
        if 0 <= index < len(self._names):
            self.tab_asked.emit(self._names[index])


class _Remark(Word):
    """A few small words on one line."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setProperty("text_role", "small")
        self.set_text(text)


class _Said(_Remark):
    """A sentence that takes the room left: what does not fit is read under the pointer."""

    def sizeHint(self) -> QSize:
        """No width of its own: the bar stays one line high, whatever is said."""
        return QSize(0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dots for what is cut."""
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        QPainter(self).drawText(self.rect(), self.alignment(), shown)

    @property
    def needs(self) -> int:
        """Width of the whole sentence."""
        return self.fontMetrics().horizontalAdvance(self.text())


class BottomBar(QFrame):
    """What was saved and when, a calm line, who is at the keyboard: always one line high."""

    who_asked = Signal()

    def __init__(self) -> None:
        """Nothing saved yet."""
        super().__init__()
        self.setProperty("surface", "bar")
        self.saved, self.said, self.local = _Remark(), _Said(), _Remark(say.LOCAL)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.who = Quiet("", "user")
        self.who.clicked.connect(self.who_asked)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._hush)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(px(16), px(4), px(16), px(4))
        box.setSpacing(px(16))
        box.addWidget(self.saved)
        box.addWidget(self.said, 1)
        box.addWidget(self.local)
        box.addWidget(self.who)
        self.name_who("")

    def say(self, sentence: str) -> None:
        """Shown for ten seconds, and spoken politely."""
        self.said.set_text(sentence)
        explain_on_hover(self.said, sentence)
        self._silence.start(_SAID_MS)
        self._share()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.said, sentence))

    def tell_saved(self, at: datetime | None) -> None:
        """All that was done is kept, since this hour; None: nothing was written yet."""
        self.saved.set_text(say.saved_at(clock_time(at)) if at else "")
        self._share()

    def name_who(self, name: str) -> None:
        """Hidden while nobody said their name."""
        self.who.set_text(say.at_keyboard(name))
        self.who.setVisible(bool(name))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room, fewer words."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "who"):
            self._share()

    def _hush(self) -> None:
        self.said.set_text("")
        explain_on_hover(self.said, "")
        self._share()

    def _share(self) -> None:
        """What has just been said comes first, then when it was saved, then where all stays."""
        gap = px(16)
        room = self.width() - 2 * gap - (0 if self.who.isHidden() else self.who.sizeHint().width())
        room -= self.said.needs + gap
        for remark in (self.saved, self.local):
            room -= remark.sizeHint().width() + gap
            remark.setVisible(bool(remark.text()) and room >= 0)
