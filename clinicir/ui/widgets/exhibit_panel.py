"""One exhibit: what is known of it, what may be shown of it, who held it."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinicir.services.views.evidence import CustodyView, EvidenceRow, Nature, nature_of
from clinicir.texts import screens_evidence as say
from clinicir.ui.models.evidence import NATURE_ICONS
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import LinkButton, Quiet, Secondary
from clinicir.ui.widgets.exhibit_forms import DescribeForm, HandForm, WithdrawForm
from clinicir.ui.widgets.layout import Card, Scroll, column, row, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Code, Heading, Small, Strong, Word

_TEXT_SHOWN = 200_000


class ExhibitPanel(QWidget):
    """Asks, by the signals of its buttons and forms; `ExhibitActs` answers."""

    left = Signal()

    def __init__(self, zone: tzinfo) -> None:
        """Filled by `show_row`; `zone` is that of the practice."""
        super().__init__()
        self.row: EvidenceRow | None = None
        self.pasted = False
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
        self.picture = Word()
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
            *self.forms, self.note, self.words, self.picture, history,
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
        self.row, self.pasted = shown, False
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
        self._say_what_opens()

    def show_custody(self, view: CustodyView) -> None:
        """Its whole life, oldest first; only now is it known whether a picture is our own."""
        self.pasted = view.pasted
        self._say_what_opens()
        refill(self.history, *(self._line(view, n) for n in range(len(view.lines))))

    def _line(self, view: CustodyView, position: int) -> QWidget:
        line = view.lines[position]
        holder = QWidget()
        words = say.custody_words(line.act.value, line.said)
        parts = [Body(say.custody_line(line.act.value, line.at, line.by))]
        holder.setLayout(column(*parts, *([Small(words)] if words else []), gap=2))
        return holder

    def _say_what_opens(self) -> None:
        """Nothing hostile is decoded in this process: the rest is only copied out."""
        shown = self.row
        if shown is None:
            return
        opens = shown.may_be_shown(pasted=self.pasted)
        self.see.setVisible(opens)
        self.note.setVisible(not opens)
        safe = shown.nature is Nature.TEXT or self.pasted
        if safe:
            self.note.say(say.TOO_LARGE, say.TOO_LARGE_HELP)
        elif shown.nature is Nature.PICTURE:
            self.note.say(say.NOT_DECODED, say.NOT_DECODED_HELP)
        else:
            self.note.say(say.DANGEROUS, say.DANGEROUS_HELP)

    def show_content(self, content: bytes) -> None:
        """A text, or a picture that this program made; anything else is refused."""
        if self.row is None:
            return
        nature = nature_of(self.row.name, content)
        picture = QImage()
        if nature is Nature.PICTURE and self.pasted:
            picture = QImage.fromData(content)
        if not picture.isNull():
            self.picture.setPixmap(QPixmap.fromImage(_fitted(picture)))
            self.picture.setAccessibleName(self.row.title)
            self._bring(self.picture)
        elif nature is Nature.TEXT:
            self.words.setPlainText(_text(content))
            self._bring(self.words)
        else:
            self.note.say(say.DANGEROUS, say.DANGEROUS_HELP)
            self.note.show()

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


def _fitted(picture: QImage) -> QImage:
    return picture.scaledToWidth(px(620)) if picture.width() > px(620) else picture


def _text(content: bytes) -> str:
    head = content[:_TEXT_SHOWN]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("cp1252", errors="replace")
