"""One exhibit: what is known of it, what may be shown of it, who received a copy."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QStackedWidget, QWidget

from clinicir.services.views.evidence import EvidenceRow, Nature, nature_of
from clinicir.texts import screens_evidence as say
from clinicir.ui.jobs import Jobs
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import LinkButton, Primary, Quiet, Secondary
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import Card, Scroll, column, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.paper_preview import PaperPreview
from clinicir.ui.widgets.text import Body, Code, Heading, Strong

_PICTURE_MIB = 256
"""Memory that a picture may take once decoded: a small file can hide a huge one."""
_TEXT_SHOWN = 200_000


class ExhibitPanel(QWidget):
    """`wanted` asks for the content; `handed` tells who received a copy, and what for."""

    left = Signal()
    wanted = Signal()
    handed = Signal(str, str)

    def __init__(self, jobs: Jobs) -> None:
        """Filled by `show_row`."""
        super().__init__()
        self.row: EvidenceRow | None = None
        self.back = LinkButton(say.BACK_TO_LIST)
        self.heading, self.origin = Heading(""), Body("")
        self.story, self.code = Body(""), Code("").selectable()
        self.see = Secondary(say.SEE, "eye")
        self.copy = Quiet(say.COPY_FINGERPRINT, "copy")
        self.give = Secondary(say.HAND_OVER, "hand")
        self.note = Notice("warn", say.DANGEROUS)
        self._make_handing()
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(say.TAB_TEXT)
        self.picture = QLabel()
        self.preview = PaperPreview(jobs)
        self.shown = QStackedWidget()
        for face in (self.words, self.picture, self.preview):
            self.shown.addWidget(face)
        self.shown.setMinimumHeight(px(420))
        self._lay_out()
        self._connect()

    def _make_handing(self) -> None:
        self.to, self.purpose = Line(), Line()
        self.hand = Primary(say.NOTE_HAND_OVER)
        self.keep = Quiet(say.CANCEL)
        self.handing = Card(
            Field(say.HANDED_TO, self.to),
            Field(say.HANDED_FOR, self.purpose),
            wrapping_row(self.hand, self.keep),
        )

    def _lay_out(self) -> None:
        holder = QWidget()
        box = column(
            self.back,
            Card(
                self.heading,
                self.story,
                self.origin,
                Strong(say.FINGERPRINT),
                self.code,
                wrapping_row(self.see, self.give, self.copy),
            ),
            self.handing,
            self.note,
            self.shown,
        )
        box.addStretch(1)
        holder.setLayout(box)
        self.setLayout(column(Scroll(holder)))

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.see.clicked.connect(self.wanted)
        self.give.clicked.connect(self._ask_receiver)
        self.keep.clicked.connect(self.handing.hide)
        self.hand.clicked.connect(
            lambda: self.handed.emit(self.to.value(), self.purpose.value())
        )
        self.copy.clicked.connect(self._copy_code)

    def show_row(self, row: EvidenceRow, *, closed: bool) -> None:
        """Another exhibit; its content waits until it is asked for."""
        self.row = row
        self.heading.set_text(f"{row.number} \u00b7 {row.title}")
        self.story.set_text(f"{row.name}\n{say.exhibit_line(row.by, row.at, row.size_bytes)}")
        origin = say.exhibit_from(row.source, row.step)
        self.origin.set_text(origin)
        self.origin.setVisible(bool(origin))
        self.code.set_text(row.fingerprint)
        self.code.setAccessibleName(row.fingerprint)
        self.see.setVisible(row.may_be_shown)
        self.note.setVisible(not row.may_be_shown)
        self.note.say(say.DANGEROUS if row.nature is Nature.OTHER else say.TOO_LARGE)
        self.give.setVisible(not closed)
        self.to.set_value("")
        self.purpose.set_value("")
        self.handing.hide()
        self.shown.hide()

    def show_content(self, content: bytes) -> None:
        """Show a picture, a PDF or a text; anything else is refused, whatever its name."""
        if self.row is None:
            return
        nature = nature_of(self.row.name, content)
        picture = _picture(content) if nature is Nature.PICTURE else QImage()
        if nature is Nature.OTHER or (nature is Nature.PICTURE and picture.isNull()):
            self.note.say(say.DANGEROUS)
            self.note.show()
            return
        if nature is Nature.PICTURE:
            self.picture.setPixmap(QPixmap.fromImage(picture))
            self.picture.setAccessibleName(self.row.title)
            self.shown.setCurrentWidget(self.picture)
        elif nature is Nature.PDF:
            self.shown.setCurrentWidget(self.preview)
            self.preview.show_paper(content)
        else:
            self.words.setPlainText(_text(content))
            self.shown.setCurrentWidget(self.words)
        self.shown.show()

    def _ask_receiver(self) -> None:
        self.handing.show()
        self.to.setFocus()

    def _copy_code(self) -> None:
        if self.row is not None:
            QGuiApplication.clipboard().setText(self.row.fingerprint)


def _text(content: bytes) -> str:
    head = content[:_TEXT_SHOWN]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("cp1252", errors="replace")


def _picture(content: bytes) -> QImage:
    """Decoded within its limit of memory, no wider than a page; null when it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_PICTURE_MIB)
    picture = QImageReader(buffer).read()
    if picture.width() > px(620):
        picture = picture.scaledToWidth(px(620))
    return picture
