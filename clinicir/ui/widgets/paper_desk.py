"""One paper: what it lacks, produce it, look at it, print it, save it, send it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from pathlib import Path

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QTabBar, QWidget

from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.documents import Produced, Production, marked_name, produce
from clinicir.services.ports import Request
from clinicir.services.views.documents import CNIL, PaperRow
from clinicir.texts import screens_papers as say
from clinicir.ui.desk import Desk
from clinicir.ui.pdf_pages import print_pages
from clinicir.ui.saved_file import save
from clinicir.ui.widgets.buttons import LinkButton, Primary, Quiet, Secondary
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.lacking_list import LackingList
from clinicir.ui.widgets.layout import ActionBar, column, wrapping_row
from clinicir.ui.widgets.missing_answers import MissingAnswers
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.paper_list import limit_of, state_of
from clinicir.ui.widgets.paper_preview import PaperPreview
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Help

_ANSWERS, _PREVIEW, _TEXT = range(3)


class PaperDesk(QWidget):
    """Owns nothing: the page reads and writes, this shows and asks."""

    to_list = Signal()
    to_steps = Signal()
    to_practice = Signal()
    to_sending = Signal()
    to_assistant = Signal()
    produced = Signal()

    def __init__(self, desk: Desk, keep: Callable[[str, Plain], None]) -> None:
        """`keep` writes one answer of the CNIL form."""
        super().__init__()
        self._desk = desk
        self._incident: IncidentId | None = None
        self._production: Production | None = None
        self._may_mark = False
        self.kind = ""
        self.status = Help("")
        self.answers = MissingAnswers(keep, desk.session.clock.now().tzinfo or UTC)
        self.lacking = LackingList()
        self.preview = PaperPreview(desk.jobs)
        self.tabs = QTabBar()
        self.stale = Notice("warn", "", say.ANSWERS_MOVED)
        self.which = Pick()
        self.which.setAccessibleName(say.WHICH_PAPER)
        self._make_buttons()
        empty = EmptyState("file-text", say.NOT_PRODUCED)
        self.body = QStackedWidget()
        for face in (self.answers, self.lacking, empty, self.preview):
            self.body.addWidget(face)
        self.body.setMinimumHeight(1)
        self._empty = empty
        self._lay_out()
        self._connect()

    def _make_buttons(self) -> None:
        self.back = LinkButton(say.ALL_PAPERS)
        self.assistant = Secondary(say.ASSISTANT, "copy")
        self.again = Quiet(say.PRODUCE_AGAIN)
        self.table = Quiet(say.SAVE_TABLE)
        self.make = Primary(say.PRODUCE, "file-text")
        self.print = Primary(say.PRINT, "printer")
        self.save = Secondary(say.SAVE_PDF, "download")
        self.mark = Secondary(say.MARK_SENT, "send")

    def _lay_out(self) -> None:
        for label in (say.TAB_ANSWERS, say.TAB_PREVIEW, say.TAB_TEXT):
            self.tabs.addTab(label)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        top = QWidget()
        top.setLayout(
            column(
                self.back,
                self.status,
                self.stale,
                wrapping_row(self.tabs, self.assistant, self.which, self.again, self.table),
                gap=6,
                margins=10,
            )
        )
        bar = ActionBar(self.mark, self.save, self.make, self.print)
        self.setLayout(column(top, self.body, bar, gap=0))
        for face in (self.stale, self.which, self.table):
            face.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(self.to_list)
        self.answers.to_practice.connect(self.to_practice)
        self.lacking.to_steps.connect(self.to_steps)
        self.mark.clicked.connect(self.to_sending)
        self.tabs.currentChanged.connect(self._turn)
        self.make.clicked.connect(self.produce)
        self.again.clicked.connect(self.produce)
        self.print.clicked.connect(self._ask_print)
        self.save.clicked.connect(self._ask_save)
        self.table.clicked.connect(self._ask_table)
        self.which.currentIndexChanged.connect(self._draw)
        self.assistant.clicked.connect(self.to_assistant)

    # --- showing -------------------------------------------------------------------------------

    def open_paper(self, incident: IncidentId, kind: str) -> None:
        """Another paper, or the same one again; a print already made of it stays."""
        if (incident, kind) != (self._incident, self.kind):
            self._production = None
            self.stale.hide()
            self.tabs.setCurrentIndex(_ANSWERS)
        self._incident, self.kind = incident, kind
        first = say.TAB_ANSWERS if kind == CNIL else say.TAB_LACKING
        self.tabs.setTabText(_ANSWERS, first)
        self._refresh()

    def show_row(self, paper: PaperRow, lacking: tuple[str, ...], *, closed: bool) -> None:
        """What is known of the paper now."""
        parts = [state_of(paper), say.lacking(len(paper.missing)), limit_of(paper)]
        self.status.set_text(" \u00b7 ".join(part for part in parts if part))
        self.lacking.show_labels(lacking, len(paper.missing))
        self._may_mark = bool(paper.duties) and not closed
        self._turn(self.tabs.currentIndex())

    def answers_moved(self) -> None:
        """What is on the screen no longer says what is known."""
        self.stale.setVisible(self._production is not None)

    def first_focus(self) -> QWidget:
        """The answer being typed, else the main button."""
        editor = self.answers.editor
        if self.kind == CNIL and editor is not None:
            return editor.focus_target()
        return self.print if self.print.isVisible() else self.make

    def _turn(self, tab: int) -> None:
        # Each tab has its own acts: all of them at once leave no room at the largest text.
        seen = tab != _ANSWERS and self._production is not None
        for part in (self.print, self.save, self.again):
            part.setVisible(seen)
        self.make.setVisible(not seen)
        self.mark.setVisible(not seen and self._may_mark)
        self.status.setVisible(tab == _ANSWERS)
        self.assistant.setVisible(tab == _ANSWERS and self.kind == CNIL)
        if tab == _ANSWERS:
            self.body.setCurrentWidget(self.answers if self.kind == CNIL else self.lacking)
            return
        self.body.setCurrentWidget(self._empty if self._production is None else self.preview)
        self.preview.read_as_text(chosen=tab == _TEXT)

    def _refresh(self) -> None:
        made = self._production
        self.make.set_text(say.PRODUCE if made is None else say.PRODUCE_AGAIN)
        self.which.setVisible(made is not None and len(made.papers) > 1)
        self.table.setVisible(made is not None and bool(made.attachments))
        self._turn(self.tabs.currentIndex())

    # --- producing -----------------------------------------------------------------------------

    def produce(self) -> None:
        """Write the paper in the vault, and show it."""
        incident, desk = self._incident, self._desk
        if incident is None:
            return
        self.answers.flush()
        request = Request(self.kind)
        self.make.setEnabled(False)
        self.again.setEnabled(False)
        desk.jobs.run(
            lambda: produce(desk.session, desk.printer, desk.verifier, incident, request, desk.who),
            lambda made: self._made(incident, request.kind, made),
            self._not_made,
        )

    def _made(self, incident: IncidentId, kind: str, made: Production) -> None:
        self._enable()
        self._desk.window.say(say.PRODUCED)
        self._desk.tell_changed(frozenset({"document"}))
        if (incident, kind) == (self._incident, self.kind):
            self._production = made
            self.stale.hide()
            self.which.blockSignals(True)
            self.which.clear()
            self.which.addItems([paper.name for paper in made.papers])
            self.which.blockSignals(False)
            self._draw(0)
            if self.tabs.currentIndex() == _ANSWERS:
                self.tabs.setCurrentIndex(_PREVIEW)
            self._refresh()
        self.produced.emit()

    def _not_made(self, error: BaseException) -> None:
        self._enable()
        self._desk.window.explain(error)

    def _enable(self) -> None:
        self.make.setEnabled(True)
        self.again.setEnabled(True)

    def shown(self) -> Produced | None:
        """The paper being previewed."""
        if self._production is None:
            return None
        return self._production.papers[max(self.which.currentIndex(), 0)]

    def _draw(self, _: int) -> None:
        paper = self.shown()
        if paper is not None:
            self.preview.show_paper(paper.content)

    # --- leaving the vault ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print or save by key; a paper that is not made yet is made first."""
        save = QKeyCombination(
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_S
        )
        wanted: Primary | Secondary
        if event.matches(QKeySequence.StandardKey.Print):
            wanted = self.print
        elif event.keyCombination() == save:
            wanted = self.save
        else:
            super().keyPressEvent(event)
            return
        (self.make if self._production is None else wanted).click()

    def _ask_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print what is shown, off the screen's thread."""
        paper, window = self.shown(), self._desk.window
        if paper is not None:
            self._desk.jobs.run(
                lambda: print_pages(paper.content, printer),
                lambda _: window.say(say.PRINTED),
                lambda _: window.say(say.NOT_PRINTED),
            )

    def _ask_save(self) -> None:
        paper = self.shown()
        if paper is not None:
            self._save_as(paper.name, paper.content, say.PDF_FILTER)

    def _ask_table(self) -> None:
        if self._production is not None:
            for name, content in self._production.attachments:
                shown = marked_name(self._desk.session, name)
                self._save_as(shown, content, say.ANY_FILTER)

    def _save_as(self, name: str, content: bytes, kind: str) -> None:
        start = Path.home() / name
        chosen, _ = QFileDialog.getSaveFileName(self, say.SAVE_PDF, str(start), kind)
        if chosen:
            window = self._desk.window
            self._desk.jobs.run(
                lambda: save(Path(chosen), content),
                lambda _: window.say(say.SAVED_CLEAR),
                window.explain,
            )
