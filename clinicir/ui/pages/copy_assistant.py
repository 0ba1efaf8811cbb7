"""Copy the answers into the online form of the CNIL: one field at a time, beside the browser."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import IncidentId
from clinicir.services.views.cnil_form import Answered
from clinicir.services.views.copy_sheet import CopySheet, copy_sheet
from clinicir.texts import screens_copy as say
from clinicir.texts.screens_shell import page_title
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import drafts
from clinicir.ui.models.drafts import Draft
from clinicir.ui.pages.page import Page
from clinicir.ui.theme import px
from clinicir.ui.widgets.answer_card import may_be_given
from clinicir.ui.widgets.buttons import LinkButton, Primary, Quiet
from clinicir.ui.widgets.copy_answer import CopyAnswer, is_choice, words_of
from clinicir.ui.widgets.do_not_send import DoNotSend
from clinicir.ui.widgets.layout import ActionBar, Scroll, column, row, wrapping_row
from clinicir.ui.widgets.option import Tick
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Eyebrow, Heading, Help, Small

_WIDTH, _HEIGHT = 360, 480
_DRAFT = "copy"
_END = "end"
"""Kept in place of a field once all were seen."""


class Clip:
    """What this program put on the clipboard: taken back when the vault is locked."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._put = ""

    def put(self, words: str) -> None:
        """Replace what is on the clipboard."""
        self._put = words
        QGuiApplication.clipboard().setText(words)

    def forget(self) -> None:
        """Empty the clipboard, unless somebody has put something else there since."""
        alive = QGuiApplication.instance() is not None
        if alive and self._put and QGuiApplication.clipboard().text() == self._put:
            QGuiApplication.clipboard().clear()
        self._put = ""


class CopyAssistantPage(Page):
    """Lives in its own narrow window, above the others, or in the main one."""

    name = "copy_assistant"
    answer_asked = Signal(str)
    """A field without answer is to be answered first."""

    def __init__(self, desk: Desk) -> None:
        """Nothing to copy yet."""
        super().__init__(desk)
        self._sheet: CopySheet | None = None
        self._incident: IncidentId | None = None
        self._at = ""
        self._copied: list[str] = []
        self._clip = Clip()
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        self.where, self.rubric = Eyebrow(""), Small("")
        self.label, self.hint = Heading(""), Help("")
        self.answer, self.done = CopyAnswer(), Small("")
        self.already = QWidget()
        self.already.setLayout(row(Sign("circle-check", "ok", 18), Small(say.ALREADY)))
        self.above = Tick("above", say.ON_TOP)
        self.above.setChecked(True)
        self.answer_now = LinkButton(say.ANSWER_NOW)
        self.previous = Quiet(say.PREVIOUS, "chevron-left")
        self.skip = Quiet(say.SKIP, "chevron-right")
        self.copy = Primary(say.COPY_AND_NEXT, "copy")

    def _lay_out(self) -> None:
        holder = QWidget()
        box = column(
            DoNotSend(self.desk), self.where, self.rubric, self.label, self.hint, self.answer,
            self.answer_now, self.already, self.done, Small(say.SHORTCUT), self.above, gap=8,
        )  # fmt: skip
        box.addStretch(1)
        holder.setLayout(box)
        moves = wrapping_row(self.previous, self.skip)
        moves.setContentsMargins(px(16), 0, px(16), px(6))
        self.setLayout(column(Scroll(holder), moves, ActionBar(self.copy), gap=0))
        self.above.hide()

    def _connect(self) -> None:
        self.copy.clicked.connect(self.copy_and_next)
        self.previous.clicked.connect(lambda: self._go(self._index() - 1))
        self.skip.clicked.connect(lambda: self._go(self._index() + 1))
        self.above.clicked.connect(self._stay_above)
        self.answer_now.clicked.connect(lambda: self.answer_asked.emit(self._at))
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        # From anywhere in the program, as long as this window is on the screen.
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(self.copy_and_next)
        self.desk.changed.append(self._heard)
        clip = self._clip
        self.destroyed.connect(lambda _=None: clip.forget())
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(clip.forget)

    @property
    def title(self) -> str:
        """Title of its window."""
        return say.ASSISTANT

    def float_above(self) -> None:
        """Its own narrow window, which stays above the browser when it is wanted."""
        self.setWindowFlags(Qt.WindowType.Window)
        self.setWindowTitle(page_title(say.ASSISTANT, drill=self.desk.session.store.drill))
        self.resize(px(_WIDTH), px(_HEIGHT))
        self.above.show()
        self._stay_above()

    def open_at(self, place: Place) -> None:
        """Read the answers again, and come back to the field where one was."""
        incident, session = place.incident, self.desk.session
        if incident is None:
            return
        first, self._incident = incident != self._incident, incident

        def read() -> tuple[CopySheet, Draft]:
            return copy_sheet(session, incident), drafts.load(session, incident, _DRAFT)

        self.desk.jobs.run(read, lambda found: self._show_sheet(*found, resume=first))

    def first_focus(self) -> QWidget:
        """The button that copies."""
        return self.copy

    def copy_and_next(self) -> None:
        """Put the answer on the clipboard, then show the next field."""
        field = self._field()
        if field is None:
            self._go(0)
            return
        words = words_of(field)
        if words and not is_choice(field):
            self._clip.put(words)
        if words and field.field.id not in self._copied:
            self._copied.append(field.field.id)
        self._go(self._index() + 1)

    # --- where one is --------------------------------------------------------------------------

    def _show_sheet(self, sheet: CopySheet, draft: Draft, *, resume: bool) -> None:
        self._sheet = sheet
        if resume:
            at, copied = draft.get("at"), draft.get("copied")
            self._at = at if isinstance(at, str) else ""
            self._copied = [str(slug) for slug in copied] if isinstance(copied, list) else []
        self._show()
        self.copy.setFocus()

    def _heard(self, _: frozenset[str]) -> None:
        """An answer was given meanwhile."""
        if self._incident is not None and self.isVisible():
            self.open_at(Place(self.name, self._incident))

    def _index(self) -> int:
        """Place of the current field; past the end when all were seen."""
        fields = self._sheet.fields if self._sheet else ()
        if self._at == _END:
            return len(fields)
        return next((n for n, each in enumerate(fields) if each.field.id == self._at), 0)

    def _field(self) -> Answered | None:
        if self._sheet is None or self._index() >= len(self._sheet.fields):
            return None
        return self._sheet.fields[self._index()]

    def _go(self, index: int) -> None:
        incident, session = self._incident, self.desk.session
        if self._sheet is None or incident is None:
            return
        fields = self._sheet.fields
        kept = min(max(index, 0), len(fields))
        self._at = fields[kept].field.id if kept < len(fields) else _END
        place: Draft = {"at": self._at, "copied": list(self._copied)}
        self.desk.jobs.run(lambda: drafts.save(session, incident, _DRAFT, place))
        self._show()

    def _stay_above(self) -> None:
        shown, where = self.isVisible(), self.pos()
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, self.above.isChecked())
        if shown:
            # Qt hides a window whose flags change.
            self.move(where if where != QPoint() else self.pos())
            self.show()

    # --- showing -------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._sheet is None:
            return
        field, index, total = self._field(), self._index(), len(self._sheet.fields)
        self.done.set_text(say.copied_so_far(len(self._copied)))
        self.previous.setEnabled(index > 0)
        self.skip.setEnabled(field is not None)
        for part in (self.rubric, self.answer):
            part.setVisible(field is not None)
        self.already.setVisible(field is not None and field.field.id in self._copied)
        if field is None:
            self.where.set_text(say.ASSISTANT)
            self.label.set_text(say.END)
            self._show_hint(say.END_HELP)
            self.answer_now.hide()
            self.copy.set_text(say.AGAIN)
            return
        words = words_of(field)
        self.where.set_text(say.position(index + 1, total))
        self.rubric.set_text(field.rubric)
        self.rubric.setVisible(field.rubric != field.field.label)
        self.label.set_text(field.field.label)
        self._show_hint(field.field.hint)
        self.answer.show_answer(field)
        self.answer_now.setVisible(not words and may_be_given(field.field, field.value))
        act = say.TICKED_AND_NEXT if is_choice(field) else say.COPY_AND_NEXT
        self.copy.set_text(act if words else say.PASS)

    def _show_hint(self, words: str) -> None:
        self.hint.set_text(words)
        self.hint.setVisible(bool(words))
