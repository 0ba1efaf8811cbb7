"""One paper: what it lacks, produce it, look at it, print it, save it, send it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import partial

from PySide6.QtCore import QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.documents import Produced, Production, Reopened, produce, reopen
from clinicir.services.ports import Request
from clinicir.services.views.documents import CNIL, IssuedPaper, PaperView
from clinicir.texts import screens_papers as say
from clinicir.texts.screens_copy import ASSISTANT
from clinicir.ui.desk import Desk
from clinicir.ui.theme import px
from clinicir.ui.widgets import paper_export
from clinicir.ui.widgets.buttons import LinkButton, Primary, Quiet, Secondary
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.issued_list import IssuedList
from clinicir.ui.widgets.lacking_list import LackingList
from clinicir.ui.widgets.layout import ActionBar, Scroll, column, wrapping_row
from clinicir.ui.widgets.missing_answers import MissingAnswers
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.paper_list import limit_of, state_of
from clinicir.ui.widgets.paper_preview import PaperPreview
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.text import Heading, Help, Small, Strong

_ANSWERS, _PREVIEW, _TEXT, _ISSUED = range(4)
_SAVE_KEYS = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_S
)


class _Faces(QStackedWidget):
    """What is inside scrolls: it never takes height from the tabs above."""

    def hasHeightForWidth(self) -> bool:
        return False


class PaperDesk(QWidget):
    """Owns nothing: the page reads and writes, this shows and asks."""

    to_list = Signal()
    to_steps = Signal()
    to_sending = Signal()
    to_assistant = Signal()
    produced = Signal()
    varied = Signal()
    """Another variant was chosen: what it lacks is to be read."""

    def __init__(self, desk: Desk, keep: Callable[[str, Plain], None]) -> None:
        """`keep` writes one answer of the CNIL form."""
        super().__init__()
        self._desk = desk
        self._incident: IncidentId | None = None
        self._papers: tuple[Produced | Reopened, ...] = ()
        self._attachments: tuple[tuple[str, bytes], ...] = ()
        self._variants: tuple[str, ...] = ()
        self._may_mark = False
        self.kind = ""
        self.answers = MissingAnswers(keep, desk.session.clock.now().tzinfo or UTC)
        self.lacking, self.issued = LackingList(), IssuedList()
        self.preview = PaperPreview(desk.jobs)
        self._empty = EmptyState("file-text", say.NOT_PRODUCED)
        self._make_head()
        self._make_buttons()
        self._first = Scroll(self._make_first())
        self.body = _Faces()
        for face in (self._first, self._empty, self.preview, self.issued):
            self.body.addWidget(face)
        self.body.setMinimumHeight(1)
        self._lay_out()
        self._connect()

    def _make_head(self) -> None:
        self.name, self.status, self.copy_shown = Heading(""), Help(""), Small("")
        self.drill = Strong(say.DO_NOT_SEND)
        self.drill.setProperty("tone_text", "danger")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(say.DOCUMENTS)
        for label in (say.TAB_ANSWERS, say.TAB_PREVIEW, say.TAB_TEXT, say.TAB_ISSUED):
            self.tabs.addTab(label)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.stale = Notice("warn", "", say.ANSWERS_MOVED)
        self.ended = Notice("info", say.ENDED)
        self._closed = False
        self.which, self.variant = Pick(), Pick()
        self.which.setAccessibleName(say.WHICH_PAPER)
        self.variant.setAccessibleName(say.WHICH_VARIANT)
        self.variant.setMinimumContentsLength(26)

    def _make_buttons(self) -> None:
        self.back = LinkButton(say.ALL_PAPERS)
        self.assistant = Secondary(ASSISTANT, "copy")
        self.again = Quiet(say.PRODUCE_AGAIN)
        self.table = Quiet(say.SAVE_TABLE)
        self.make = Primary(say.PRODUCE, "file-text")
        self.print = Primary(say.PRINT, "printer")
        self.save = Secondary(say.SAVE_PDF, "download")
        self.mark = Secondary(say.MARK_SENT, "send")

    def _make_first(self) -> QWidget:
        """What scrolls under the first tab: at the largest text nothing of it may stay above."""
        holder = QWidget()
        head = column(self.name, self.status, gap=4)
        tools = wrapping_row(self.variant, self.assistant)
        holder.setLayout(column(self.ended, head, tools, self.answers, self.lacking, gap=14))
        return holder

    def _lay_out(self) -> None:
        top = QWidget()
        top.setLayout(
            column(
                wrapping_row(self.back, self.drill, self.tabs, gap=16),
                wrapping_row(self.copy_shown, self.which, self.again, self.table),
                self.stale,
                gap=4,
            )
        )
        layout = top.layout()
        assert layout is not None
        layout.setContentsMargins(px(24), px(6), px(24), 0)
        bar = ActionBar(self.mark, self.save, self.make, self.print)
        box = column(top, self.body, bar, gap=0)
        box.setStretchFactor(self.body, 1)
        self.setLayout(box)
        for face in (self.ended, self.stale, self.which, self.variant, self.table, self.drill):
            face.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(self.to_list)
        self.lacking.to_steps.connect(self.to_steps)
        self.issued.wanted.connect(self._reopen)
        self.mark.clicked.connect(self.to_sending)
        self.tabs.currentChanged.connect(self._turn)
        self.make.clicked.connect(self.produce)
        self.again.clicked.connect(self.produce)
        self.print.clicked.connect(self._ask_print)
        self.save.clicked.connect(self._ask_save)
        self.table.clicked.connect(self._ask_table)
        self.which.currentIndexChanged.connect(self._draw)
        self.variant.activated.connect(self._vary)
        self.assistant.clicked.connect(self.to_assistant)

    # --- showing -------------------------------------------------------------------------------

    def open_paper(self, incident: IncidentId, kind: str, variant: str = "") -> None:
        """Another paper, or the same one again; a print already made of it stays."""
        if (incident, kind) != (self._incident, self.kind):
            self._show_papers((), ())
            self.variant.clear()
            self._variants = ()
            self.tabs.setCurrentIndex(_ANSWERS)
            self._first.verticalScrollBar().setValue(0)
        self._incident, self.kind = incident, kind
        self.name.set_text(say.PAPER_NAMES.get(kind, ""))
        first = say.TAB_ANSWERS if kind == CNIL else say.TAB_LACKING
        self.tabs.setTabText(_ANSWERS, first)
        if say.variant_name(kind, variant) and variant != self.variant.chosen():
            self._ask_for(variant)
        self._turn(self.tabs.currentIndex())

    def _ask_for(self, variant: str) -> None:
        """Before the list of variants was read, this one alone is offered."""
        if self.variant.findData(variant) < 0:
            self.variant.offer([(say.variant_name(self.kind, variant), variant)])
        self.variant.setCurrentIndex(self.variant.findData(variant))
        self._show_papers((), ())

    @property
    def request(self) -> Request:
        """The paper as it would be produced now."""
        return Request(self.kind, variant=self.variant.chosen())

    def show_view(self, view: PaperView) -> None:
        """What is known of the paper now."""
        row = view.row
        # The form of the CNIL tells how far it is by itself.
        told = "" if row.kind == CNIL else say.completeness(row.done, row.total)
        self.status.set_text(say.side_by_side((state_of(row), told, limit_of(row))))
        named = [say.LACKING_NAMES[slug] for slug in row.missing if slug in say.LACKING_NAMES]
        self._closed = view.closed
        self.ended.setVisible(view.closed)
        self.lacking.show_labels(
            (*view.lacking, *named), len(row.missing), answerable=not view.closed
        )
        self.issued.show_row(row)
        self.tabs.setTabText(_ISSUED, say.issued_count(len(row.issued)))
        self.drill.setVisible(view.drill)
        self._may_mark = bool(row.duties) and not view.closed
        if self._variants != view.variants:
            self._variants = view.variants
            self.variant.offer([(say.variant_name(row.kind, v), v) for v in view.variants])
            self.variant.setCurrentIndex(max(self.variant.findData(row.variant), 0))
        self._turn(self.tabs.currentIndex())

    def choose_again(self) -> None:
        """What was chosen has been sent: the next variant is the one that the case calls for."""
        self._variants = ()
        self.variant.clear()

    def answers_moved(self) -> None:
        """What is on the screen no longer says what is known."""
        self.stale.setVisible(bool(self._papers))

    def show_answers(self) -> None:
        """The tab where one answers."""
        self.tabs.setCurrentIndex(_ANSWERS)

    def go_to_answer(self) -> None:
        """The keyboard goes into the question that is asked, all of it in view."""
        card, target = self.answers.card, self.first_focus()
        target.setFocus()
        for part in (card, target):
            QTimer.singleShot(0, part, partial(self._first.ensureWidgetVisible, part))

    def first_focus(self) -> QWidget:
        """The answer being typed, else the main button."""
        asks = self.kind == CNIL and not self._closed
        if asks and self.tabs.currentIndex() == _ANSWERS and self.answers.slug:
            return self.answers.card.focus_target()
        return self.print if self.print.isVisible() else self.make

    def _turn(self, tab: int) -> None:
        # Each tab has its own acts: all of them at once leave no room at the largest text.
        seen = tab in (_PREVIEW, _TEXT) and bool(self._papers)
        for part in (self.print, self.save, self.again, self.copy_shown):
            part.setVisible(seen)
        self.make.setVisible(not seen)
        self.make.set_text(say.PRODUCE_AGAIN if self._papers else say.PRODUCE)
        self.mark.setVisible(not seen and self._may_mark)
        asks = self.kind == CNIL and not self._closed
        self.assistant.setVisible(asks)
        self.variant.setVisible(self.variant.count() > 1)
        self.answers.setVisible(asks)
        self.lacking.setVisible(not asks)
        self.which.setVisible(seen and len(self._papers) > 1)
        self.table.setVisible(seen and bool(self._attachments))
        self.preview.read_as_text(chosen=tab == _TEXT)
        self.body.setCurrentWidget(self._face(tab))

    def _face(self, tab: int) -> QWidget:
        if tab == _ANSWERS:
            return self._first
        if tab == _ISSUED:
            return self.issued
        return self.preview if self._papers else self._empty

    def _vary(self, _: int) -> None:
        self._show_papers((), ())
        self.varied.emit()

    # --- producing -----------------------------------------------------------------------------

    def produce(self) -> None:
        """Write the paper in the vault, and show it."""
        incident, desk, request = self._incident, self._desk, self.request
        if incident is None:
            return
        self.answers.flush()
        self._allow(making=False)
        desk.jobs.run(
            lambda: produce(desk.session, desk.printer, desk.verifier, incident, request, desk.who),
            lambda made: self._made(incident, request.kind, made),
            self._not_made,
        )

    def _made(self, incident: IncidentId, kind: str, made: Production) -> None:
        self._allow(making=True)
        self._desk.window.say(say.PRODUCED)
        self._desk.tell_changed(frozenset({"document"}))
        if (incident, kind) == (self._incident, self.kind):
            self._look_at(made.papers, made.attachments)
        self.produced.emit()

    def _not_made(self, error: BaseException) -> None:
        self._allow(making=True)
        self._desk.window.explain(error)

    def _allow(self, *, making: bool) -> None:
        self.make.setEnabled(making)
        self.again.setEnabled(making)

    def _reopen(self, copy: IssuedPaper) -> None:
        incident, session, kind = self._incident, self._desk.session, self.kind
        assert incident is not None

        def opened(paper: Reopened) -> None:
            if (incident, kind) == (self._incident, self.kind):
                self._look_at((paper,), ())
                self.copy_shown.set_text(say.shown_copy(copy.number, copy.at))

        self._desk.jobs.run(
            lambda: reopen(session, incident, copy.number), opened, self._desk.window.explain
        )

    def _look_at(
        self,
        papers: tuple[Produced | Reopened, ...],
        attachments: tuple[tuple[str, bytes], ...],
    ) -> None:
        self._show_papers(papers, attachments)
        if self.tabs.currentIndex() not in (_PREVIEW, _TEXT):
            self.tabs.setCurrentIndex(_PREVIEW)
        self._turn(self.tabs.currentIndex())
        if self.isVisible():
            # The button that was pressed has gone: the keyboard would be left in another bar.
            self.print.setFocus()

    def _show_papers(
        self,
        papers: tuple[Produced | Reopened, ...],
        attachments: tuple[tuple[str, bytes], ...],
    ) -> None:
        self._papers, self._attachments = papers, attachments
        self.stale.hide()
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItems([paper.name for paper in papers])
        self.which.blockSignals(False)
        self._draw(0)

    def shown(self) -> Produced | Reopened | None:
        """The paper being previewed."""
        return self._papers[max(self.which.currentIndex(), 0)] if self._papers else None

    def _draw(self, _: int) -> None:
        paper = self.shown()
        if paper is not None:
            self.copy_shown.set_text(say.shown_copy(paper.number, None))
            self.preview.show_paper(paper.content)

    # --- leaving the vault ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print or save by key."""
        if event.matches(QKeySequence.StandardKey.Print):
            self.ask_print()
        elif event.keyCombination() == _SAVE_KEYS:
            self.ask_save()
        else:
            super().keyPressEvent(event)

    def ask_print(self) -> None:
        """Print what is shown; a paper that is not made yet is made first."""
        (self.print if self._papers else self.make).click()

    def ask_save(self) -> None:
        """Save what is shown; a paper that is not made yet is made first."""
        (self.save if self._papers else self.make).click()

    def _ask_print(self) -> None:
        printer = paper_export.ask_printer(self)
        if printer is not None:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print what is shown."""
        paper = self.shown()
        if paper is not None:
            paper_export.print_on(self._desk, paper.content, printer)

    def _ask_save(self) -> None:
        paper = self.shown()
        if paper is not None:
            paper_export.save_as(self, self._desk, paper.name, paper.content, say.PDF_FILTER)

    def _ask_table(self) -> None:
        for name, content in self._attachments:
            paper_export.save_as(self, self._desk, name, content, say.ANY_FILTER)
