"""The two bars around the pages: where one is, and that all is kept."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTabBar

from clinicir.texts import screens_shell as say
from clinicir.texts.encoders import clock_time
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.text import Small, Strong

_SAID_MS = 10_000


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
        line.setContentsMargins(px(12), px(6), px(12), px(6))
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

    def turn(self, by: int) -> None:
        """The tab `by` places further, round and round."""
        if self._names:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._names))

    def _tell(self, index: int) -> None:
        if 0 <= index < len(self._names):
            self.tab_asked.emit(self._names[index])


class BottomBar(QFrame):
    """What was saved and when, a calm line, who is at the keyboard."""

    who_asked = Signal()

    def __init__(self) -> None:
        """Nothing saved yet."""
        super().__init__()
        self.setProperty("surface", "bar")
        self.saved = Small()
        self.said = Small()
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.local = Small(say.LOCAL)
        self.who = Quiet("", "user")
        self.who.clicked.connect(self.who_asked)
        for label in (self.saved, self.local):
            label.setWordWrap(False)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(lambda: self.said.set_text(""))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
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
        self._silence.start(_SAID_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.said, sentence))

    def tell_saved(self, at: datetime) -> None:
        """All that was done is kept, since this hour."""
        self.saved.set_text(say.saved_at(clock_time(at)))

    def name_who(self, name: str) -> None:
        """Hidden while nobody said their name."""
        self.who.set_text(say.at_keyboard(name))
        self.who.setVisible(bool(name))
