"""One exhibit: what is known of it, what may be shown of it, who held it."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinicir.domain.shown import PictureShown
from clinicir.services.preview import Preview
from clinicir.services.views.evidence import CustodyView, EvidenceRow, Nature
from clinicir.texts import screens_evidence as say
from clinicir.texts.plain_text import visible
from clinicir.ui.models.evidence import NATURE_ICONS
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import LinkButton, Quiet, Secondary
from clinicir.ui.widgets.exhibit_forms import DescribeForm, HandForm, WithdrawForm
from clinicir.ui.widgets.layout import Card, Scroll, column, row, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Code, Heading, Help, Small, Strong, Word


class ExhibitPanel(QWidget):
    """Asks, by the signals of its buttons and forms; `ExhibitActs` answers."""

    left = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """Filled by `show_row`; `zone` is that of the practice."""
        super().__init__()
        self.row: EvidenceRow | None = None
        self.back, self.heading = LinkButton(say.BACK_TO_LIST), Heading("")
        self.origin, self.seen = Body(""), Body("")
        self.story, self.code = Body(""), Code("").selectable()
        self.see = Secondary(say.SEE, "eye")
        self.describe = Secondary(say.DESCRIBE_AGAIN, "pencil")
        self.copy_out = Secondary(say.COPY_OUT, "upload")
        self.give = Secondary(say.HAND_OVER, "hand")
        self.withdraw = Quiet(say.WITHDRAW).at_edge()
        self.copy = Quiet(say.COPY_FINGERPRINT, "copy").at_edge()
        self.put_back = Secondary(say.PUT_BACK)
        self.gone = Notice("warn", say.WITHDRAWN, "", self.put_back)
        self.note = Notice("warn", say.DANGEROUS, say.DANGEROUS_HELP)
        self.describing, self.withdrawing = DescribeForm(zone), WithdrawForm()
        self.handing = HandForm()
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(say.TAB_TEXT)
        self.words.setMinimumHeight(px(320))
        self.picture, self.about = Word(), Help("")
        self.history = column(gap=10)
        self._lay_out()
        self._connect()

    @property
    def forms(self) -> tuple[DescribeForm, WithdrawForm, HandForm]:
        """One of them at a time."""
        return self.describing, self.withdrawing, self.handing

    def _lay_out(self) -> None:
        self._sign = column()
        holder, history = QWidget(), Card(Heading(say.HISTORY))
        history.box.addLayout(self.history)
        box = column(
            self.back,
            self.gone,
            Card(
                self._head(), self.story, self.origin, self.seen,
                wrapping_row(self.see, self.describe, self.copy_out, self.give, self.withdraw),
                Strong(say.FINGERPRINT), self.code, wrapping_row(self.copy),
            ),
            *self.forms, self.note, self.about, self.words, self.picture, history,
        )  # fmt: skip
        box.addStretch(1)
        holder.setLayout(box)
        self.view = Scroll(holder)
        self.setLayout(column(self.view))

    def _head(self) -> QWidget:
        head = QWidget()
        side = QWidget()
        side.setLayout(self._sign)
        head.setLayout(row(side, self.heading, gap=10, stretch_last=True))
        return head

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.copy.clicked.connect(self._copy_code)
        for form in self.forms:
            form.left.connect(self.close_forms)
        self.give.clicked.connect(lambda: self.open_form(self.handing))
        self.withdraw.clicked.connect(lambda: self.open_form(self.withdrawing))

    def show_row(self, shown: EvidenceRow, *, closed: bool) -> None:
        """An exhibit; its content waits until it is asked for."""
        if self.row is None or self.row.number != shown.number:
            self.hide_content()
            self.close_forms()
            self.view.verticalScrollBar().setValue(0)
        self.row = shown
        refill(self._sign, Sign(NATURE_ICONS[shown.nature], "muted", 28))
        self.heading.set_text(f"{shown.number} \u00b7 {shown.title}")
        taken = say.exhibit_line(shown.by, shown.at, shown.size_bytes)
        self.story.set_text(f"{shown.name}\n{taken}")
        for part, words in (
            (self.origin, say.exhibit_from(shown.source, shown.step)),
            (self.seen, say.seen(shown.seen_at) if shown.seen_at else ""),
        ):
            part.set_text(words)
            part.setVisible(bool(words))
        self.code.set_text(shown.fingerprint)
        self.code.setAccessibleName(shown.fingerprint)
        for button in (self.describe, self.give):
            button.setVisible(not closed)
        self.withdraw.setVisible(not closed and not shown.withdrawn)
        self.put_back.setVisible(not closed)
        self.gone.setVisible(bool(shown.withdrawn))
        self.gone.say(say.WITHDRAWN, shown.withdrawn)
        self.note.setVisible(shown.nature in (Nature.PDF, Nature.OTHER))

    def show_custody(self, view: CustodyView) -> None:
        """Its whole life, oldest first."""
        refill(self.history, *(self._line(view, n) for n in range(len(view.lines))))

    def _line(self, view: CustodyView, position: int) -> QWidget:
        line = view.lines[position]
        holder = QWidget()
        words = say.custody_words(line.act.value, line.said)
        parts = [Body(say.custody_line(line.act.value, line.at, line.by))]
        holder.setLayout(column(*parts, *([Small(words)] if words else []), gap=2))
        return holder

    def show_preview(self, preview: Preview) -> None:
        """What the worker made of it: plain text, bare points, or nothing."""
        if self.row is None:
            return
        self.hide_content()
        shown = preview.shown
        self.about.set_text(say.about_preview(shown, whole=preview.whole))
        self.about.show()
        if isinstance(shown, PictureShown):
            self.picture.setPixmap(QPixmap.fromImage(_fitted(picture_of(shown))))
            self.picture.setAccessibleName(visible(self.row.title))
            self._bring(self.picture)
        elif shown is not None:
            self.words.setPlainText(visible(say.preview_words(shown)))
            self._bring(self.words)

    def _bring(self, content: QWidget) -> None:
        """Shown, then scrolled to once it has its place."""
        content.show()
        QTimer.singleShot(0, content, lambda: self.view.ensureWidgetVisible(content))

    def hide_content(self) -> None:
        """What was shown is forgotten."""
        self.words.clear()
        self.words.hide()
        self.picture.clear()
        self.picture.hide()
        self.about.hide()

    def open_form(self, form: DescribeForm | WithdrawForm | HandForm) -> None:
        """One form at a time, in view."""
        self.close_forms()
        if isinstance(form, WithdrawForm | HandForm):
            form.ask()
        form.show()
        first = {self.describing: self.describing.title, self.withdrawing: self.withdrawing.reason,
                 self.handing: self.handing.to}[form]  # fmt: skip
        first.setFocus()
        self.view.ensureWidgetVisible(form.confirm)

    def close_forms(self) -> None:
        """None of them."""
        for form in self.forms:
            form.hide()

    def _copy_code(self) -> None:
        if self.row is not None:
            QGuiApplication.clipboard().setText(self.row.fingerprint)


def picture_of(shown: PictureShown) -> QImage:
    """A copy of bare points whose number was checked: nothing is decoded here."""
    points = QImage.Format.Format_RGB888
    return QImage(shown.points, shown.width, shown.height, 3 * shown.width, points).copy()


def _fitted(picture: QImage) -> QImage:
    return picture.scaledToWidth(px(620)) if picture.width() > px(620) else picture
