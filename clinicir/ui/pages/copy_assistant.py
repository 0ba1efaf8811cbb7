"""Copy the answers into the online form of the CNIL: one field at a time, beside the browser."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import IncidentId
from clinicir.services.views.cnil_form import Answered as CopyField
from clinicir.services.views.copy_sheet import CopySheet, copy_sheet
from clinicir.texts import screens_papers as say
from clinicir.texts.answer_words import answer_text
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Primary, Quiet
from clinicir.ui.widgets.layout import ActionBar, Card, Scroll, column, wrapping_row
from clinicir.ui.widgets.text import Body, Eyebrow, Heading, Help, Small

_WIDTH, _HEIGHT = 360, 420


class CopyAssistantPage(Page):
    """Lives in its own narrow window, above the others, or in the main one."""

    name = "copy_assistant"

    def __init__(self, desk: Desk) -> None:
        """Nothing to copy yet."""
        super().__init__(desk)
        self._sheet: CopySheet | None = None
        self._incident: IncidentId | None = None
        self._at: dict[IncidentId, str] = {}
        self._copied: dict[IncidentId, set[str]] = {}
        self.where, self.rubric = Eyebrow(""), Small("")
        self.label, self.hint = Heading(""), Help("")
        self.answer = Body("").selectable()
        self.done = Small("")
        self.previous = Quiet(say.COPY_PREVIOUS, "chevron-left")
        self.skip = Quiet(say.COPY_NEXT, "chevron-right")
        self.copy = Primary(say.COPY_AND_NEXT, "copy")
        self._lay_out()
        self.copy.clicked.connect(self.copy_and_next)
        self.previous.clicked.connect(lambda: self._move(-1))
        self.skip.clicked.connect(lambda: self._move(1))
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        shortcut.activated.connect(self.copy_and_next)

    def _lay_out(self) -> None:
        holder = QWidget()
        box = column(
            self.where, self.rubric, self.label, self.hint, Card(self.answer), self.done, gap=8
        )
        box.addStretch(1)
        holder.setLayout(box)
        moves = wrapping_row(self.previous, self.skip)
        moves.setContentsMargins(px(16), 0, px(16), px(6))
        self.setLayout(column(Scroll(holder), moves, ActionBar(self.copy), gap=0))

    @property
    def title(self) -> str:
        """Title of its window."""
        return say.ASSISTANT

    def float_above(self) -> None:
        """Its own narrow window, which stays above the browser."""
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(say.ASSISTANT)
        self.resize(px(_WIDTH), px(_HEIGHT))

    def open_at(self, place: Place) -> None:
        """Read the answers again, and come back to the field where one was."""
        incident, session = place.incident, self.desk.session
        if incident is None:
            return
        self._incident = incident
        self.desk.jobs.run(lambda: copy_sheet(session, incident), self._show_sheet)

    def first_focus(self) -> QWidget:
        """The button that copies."""
        return self.copy

    def copy_and_next(self) -> None:
        """Put the answer on the clipboard, then show the next field."""
        field = self._field()
        if field is None or self._incident is None:
            if self._sheet is not None:
                self._go(0)
            return
        words = answer_text(field.field, field.value)
        if words:
            QGuiApplication.clipboard().setText(words)
            self._copied.setdefault(self._incident, set()).add(field.field.id)
        self._move(1)

    def _show_sheet(self, sheet: CopySheet) -> None:
        self._sheet = sheet
        self._show()
        self.copy.setFocus()

    def _index(self) -> int:
        """Place of the current field; past the end when all were seen."""
        if self._sheet is None or self._incident is None:
            return 0
        slugs = [each.field.id for each in self._sheet.fields]
        slug = self._at.get(self._incident, slugs[0])
        return slugs.index(slug) if slug in slugs else len(slugs) if slug == _END else 0

    def _field(self) -> CopyField | None:
        if self._sheet is None or self._index() >= len(self._sheet.fields):
            return None
        return self._sheet.fields[self._index()]

    def _move(self, step: int) -> None:
        self._go(self._index() + step)

    def _go(self, index: int) -> None:
        if self._sheet is None or self._incident is None:
            return
        fields = self._sheet.fields
        kept = min(max(index, 0), len(fields))
        self._at[self._incident] = fields[kept].field.id if kept < len(fields) else _END
        self._show()

    def _show(self) -> None:
        if self._sheet is None or self._incident is None:
            return
        index, field = self._index(), self._field()
        self.done.set_text(say.copied_so_far(len(self._copied.get(self._incident, ()))))
        self.previous.setEnabled(index > 0)
        self.skip.setEnabled(field is not None)
        if field is None:
            self.where.set_text(say.ASSISTANT)
            self.rubric.set_text("")
            self.label.set_text(say.COPY_END)
            self.hint.set_text("")
            self.answer.set_text("")
            self.copy.set_text(say.COPY_AGAIN)
            return
        self.where.set_text(say.copy_position(index + 1, len(self._sheet.fields)))
        self.rubric.set_text(field.rubric)
        self.label.set_text(field.field.label)
        self.hint.set_text(field.field.hint)
        self.hint.setVisible(bool(field.field.hint))
        words = answer_text(field.field, field.value)
        self.copy.set_text(say.COPY_AND_NEXT if words else say.COPY_PASS)
        self.answer.set_text(words or say.COPY_EMPTY)
        self.answer.setAccessibleName(words or say.COPY_EMPTY)


_END = "end"
"""Kept in place of a field once all were seen."""
