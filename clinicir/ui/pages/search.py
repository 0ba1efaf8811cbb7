"""One field across every incident: type, choose with the arrows, open with Enter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinicir.services.views.search import material
from clinicir.texts import screens_search as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models.search_index import Found, Hit, Index, build
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import Scroll, column
from clinicir.ui.widgets.result_list import ResultList
from clinicir.ui.widgets.text import Help, Small

_WAIT_MS = 120


class _Asked(Line):
    """The arrow keys and Enter act on the list below."""

    def __init__(self, results: ResultList) -> None:
        super().__init__(200)
        self._results = results

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self._results.choose_next(1)
            case Qt.Key.Key_Up:
                self._results.choose_next(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._results.open_current()
            case _:
                super().keyPressEvent(event)


class SearchPage(Page):
    """What is typed stays in the field, and nowhere else: it is no part of the place."""

    name = "search"

    def __init__(self, desk: Desk) -> None:
        """Nothing is read before `open_at`."""
        super().__init__(desk)
        self._here: Place | None = None
        self._index: Index | None = None
        self._whole = ""
        self.list = ResultList()
        self.words = _Asked(self.list)
        self.words.setPlaceholderText(say.HINT)
        self.words.setClearButtonEnabled(False)
        self.field = Field(say.FIELD, self.words, say.HELP)
        self.count = Small("")
        # The list gives way first: at the largest text the field must stay whole.
        self.list.setMinimumHeight(1)
        self.quiet = EmptyState("search", say.START)
        # What says that there is nothing never makes the window grow.
        self.quiet_area = Scroll(self.quiet, wide=True)
        box = column(self.field, self.count, self.list, self.quiet_area, gap=10, margins=20)
        box.setStretch(2, 1)
        box.setStretch(3, 1)
        self.setLayout(box)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.search)
        self.words.edited.connect(self._typed)
        self.list.opened.connect(self._open)
        self.list.more_asked.connect(self._show_whole)
        self._say(say.READING)

    @property
    def title(self) -> str:
        """What is done here."""
        return say.SEARCH

    def open_at(self, place: Place) -> None:
        """Read again only if something was written since."""
        self._here = place
        session, known = self.desk.session, self._index

        def read() -> Index:
            if known is not None and known.position == session.store.position.n:
                return known
            return build(material(session))

        self.desk.jobs.run(read, self._read)

    def first_focus(self) -> QWidget:
        """The field, its words chosen so that others replace them."""
        self.words.selectAll()
        return self.words

    def search(self) -> None:
        """Look for what is in the field, off the thread of the screen."""
        self._timer.stop()
        query, index, whole = self.words.value(), self._index, self._whole
        if index is None:
            return
        first = self._here.incident if self._here is not None else None
        self.desk.jobs.run(
            lambda: index.find(query, first, whole), partial(self._show, query, whole)
        )

    def _read(self, index: Index) -> None:
        self._index = index
        self.search()

    def _typed(self) -> None:
        self._whole = ""
        self._timer.start()

    def _show_whole(self, group: str) -> None:
        self._whole = group
        self.search()

    def _show(self, query: str, whole: str, found: tuple[Found, ...]) -> None:
        if query != self.words.value() or whole != self._whole:
            return
        self.list.show_found(found, query)
        self.list.setVisible(bool(found))
        self.count.setVisible(bool(found))
        self.quiet_area.setVisible(not found)
        if found:
            self.count.set_text(say.counted(sum(each.total for each in found)))
        else:
            self._say(say.nothing(query) if query else say.START)

    def _say(self, sentence: str) -> None:
        self.list.hide()
        self.count.hide()
        for words in self.quiet.findChildren(Help):
            words.set_text(sentence)
        self.quiet_area.show()

    def _open(self, hit: Hit) -> None:
        self.desk.window.go(hit.place)
