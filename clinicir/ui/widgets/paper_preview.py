"""A PDF held in memory: one page as a picture, and the same words for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from clinicir.texts import screens_papers as say
from clinicir.texts.plain_text import visible
from clinicir.ui.jobs import Jobs
from clinicir.ui.pdf_pages import PageShown, show_page
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import Scroll, column, wrapping_row
from clinicir.ui.widgets.text import Strong, Word

_WIDTH = 620
"""Of a page on the screen at 100 %."""


class PaperPreview(QWidget):
    """Draws one page at a time, so that a journal of a hundred pages costs no more than one."""

    def __init__(self, jobs: Jobs) -> None:
        """Nothing to show yet."""
        super().__init__()
        self._jobs = jobs
        self._content = b""
        self._page = 1
        self._drawn_width = 0
        self.picture = Word()
        self.picture.setAccessibleName(say.PAGE_PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName(say.TAB_TEXT)
        self.words.setTabChangesFocus(True)
        self.place = Strong("")
        self.previous = Quiet(say.PREVIOUS_PAGE, "chevron-left").at_edge()
        self.next = Quiet(say.NEXT_PAGE, "chevron-right")
        self.previous.clicked.connect(lambda: self._turn(-1))
        self.next.clicked.connect(lambda: self._turn(1))
        self._scroll = Scroll(self.picture, wide=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(8), 0, 0)
        self._reading = _framed(self.words)
        box.addWidget(_framed(wrapping_row(self.previous, self.place, self.next)))
        box.addWidget(self._scroll, 1)
        box.addWidget(self._reading, 1)
        self.read_as_text(chosen=False)

    def show_paper(self, content: bytes) -> None:
        """Another paper, from its first page."""
        self._content = content
        self._page = 1
        self._draw()

    def read_as_text(self, *, chosen: bool) -> None:
        """The picture of the page, or its words."""
        self._scroll.setVisible(not chosen)
        self._reading.setVisible(chosen)
        self.words.setVisible(chosen)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again at the new scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "place") and self._content:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page never wider than its room."""
        super().resizeEvent(event)
        if self._content and self._wanted_width() != self._drawn_width:
            self._draw()

    def _wanted_width(self) -> int:
        return min(px(_WIDTH), max(self.width() - px(64), px(240)))

    def _turn(self, pages: int) -> None:
        self._page += pages
        self._draw()

    def _draw(self) -> None:
        content, page = self._content, self._page
        ratio = self.devicePixelRatioF()
        self._drawn_width = self._wanted_width()
        width = round(self._drawn_width * ratio)
        self._jobs.run(lambda: show_page(content, page, width), lambda shown: self._show(shown))

    def _show(self, shown: PageShown) -> None:
        self._page = shown.page
        picture = QPixmap.fromImage(shown.picture)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(picture)
        self.words.setPlainText(visible(shown.words))
        self.place.set_text(say.page_of(shown.page, shown.pages))
        self.previous.setEnabled(shown.page > 1)
        self.next.setEnabled(shown.page < shown.pages)


def _framed(inside: QWidget) -> QWidget:
    """Under the title of the page, not against the edge of the window."""
    holder = QWidget()
    box = column(inside)
    box.setContentsMargins(px(24), 0, px(24), px(8))
    holder.setLayout(box)
    return holder
