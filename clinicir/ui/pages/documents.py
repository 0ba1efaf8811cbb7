"""Papers of an incident: the list, then one paper with its answers, its preview and its sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinicir.domain.clock import from_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services import gates
from clinicir.services.incidents import Said, set_facts
from clinicir.services.views.documents import (
    CNIL,
    DocumentsView,
    PaperView,
    documents_view,
    paper_view,
)
from clinicir.services.views.gate import GateView, gate_view
from clinicir.texts import screens_papers as say
from clinicir.texts.errors import explain
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import drafts, sendings
from clinicir.ui.models.drafts import Draft
from clinicir.ui.models.sendings import Sent
from clinicir.ui.pages.copy_assistant import CopyAssistantPage
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.gate import Gate
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.missing_answers import AWARENESS
from clinicir.ui.widgets.paper_desk import PaperDesk
from clinicir.ui.widgets.paper_list import PaperList
from clinicir.ui.widgets.sent_panel import SentPanel

_DRAFT = "papers"
_SAVE_AFTER_MS = 1500
_BEFORE_THE_CNIL = "G3"


class DocumentsPage(Page):
    """`Place.item` is the kind of the paper to open or `kind:variant`, empty for the list."""

    name = "documents"

    def __init__(self, desk: Desk) -> None:
        """The three faces of the page; nothing is read before `open_at`."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self._resumed: IncidentId | None = None
        self._view: PaperView | None = None
        self._listed: tuple[IncidentId, int, datetime] | None = None
        self.assistant: CopyAssistantPage | None = None
        self.gate: Gate | None = None
        self.papers = PaperList()
        self.paper = PaperDesk(desk, self._keep_answer)
        self.sending = SentPanel(desk.session.clock.now().tzinfo or UTC)
        self.faces = QStackedWidget()
        for face in (self.papers, self.paper, self.sending):
            self.faces.addWidget(face)
        self.setLayout(column(self.faces, gap=0))
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.setInterval(_SAVE_AFTER_MS)
        self._connect()

    def _connect(self) -> None:
        self._saver.timeout.connect(self.keep)
        self.papers.chosen.connect(lambda kind: self._go("documents", kind))
        self.paper.to_list.connect(lambda: self._go("documents"))
        self.paper.to_steps.connect(lambda: self._go("steps"))
        self.paper.to_sending.connect(self._mark)
        self.paper.to_assistant.connect(self.open_assistant)
        self.paper.produced.connect(self._reload)
        self.paper.varied.connect(self._reload)
        self.paper.answers.to_practice.connect(lambda: self._go("practice"))
        self.paper.answers.to_journal.connect(lambda: self._go("journal"))
        self.paper.answers.drafted.connect(self._start_saver)
        self.sending.left.connect(self._back_to_paper)
        self.sending.confirmed.connect(self._record)

    @property
    def title(self) -> str:
        """Name of the paper on the screen, or of the page."""
        return say.PAPER_NAMES.get(self.paper.kind, say.DOCUMENTS)

    def open_at(self, place: Place) -> None:
        """Show the list, or the paper named by the place."""
        if place.incident is None:
            return
        self.keep()
        self._incident = place.incident
        kind, _, variant = place.item.partition(":")
        kind = kind if kind in say.PAPER_NAMES else ""
        self.paper.open_paper(place.incident, kind, variant)
        self._leave_gate()
        face: QWidget = self.paper if kind else self.papers
        self.faces.setCurrentWidget(face)
        self._reload()

    def first_focus(self) -> QWidget:
        """The first paper, or where the answer is typed."""
        if self.faces.currentWidget() is self.paper:
            return self.paper.first_focus()
        return next(iter(self.papers.buttons.values()), self)

    def keep(self) -> None:
        """What is half typed goes to the draft, never to the trail."""
        incident, session = self._incident, self.desk.session
        if not self._saver.isActive() and self.sender() is not self._saver:
            return
        self._saver.stop()
        if incident is not None and incident == self._resumed:
            kept = self.paper.answers.draft()
            self.desk.jobs.run(lambda: drafts.save(session, incident, _DRAFT, kept))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Missing answers from anywhere on the page; print and save the paper shown."""
        return {
            "next_missing": partial(self.seek, 1),
            "previous_missing": partial(self.seek, -1),
            "print": self._if_paper(self.paper.ask_print),
            "save_pdf": self._if_paper(self.paper.ask_save),
            "copy_assistant": self.open_assistant,
            "copy_next": self._copy_next,
        }

    def seek(self, step: int) -> None:
        """F8 and Shift+F8: to the next or the previous missing answer of the CNIL form."""
        if self.paper.kind != CNIL:
            self._go("documents", CNIL)
            return
        self._back_to_paper()
        self.paper.show_answers()
        self.paper.answers.seek(step)
        self.paper.go_to_answer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 without the menus of the window."""
        if event.key() == Qt.Key.Key_F8:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.seek(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _if_paper(self, act: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            if self.faces.currentWidget() is self.paper:
                act()

        return run

    # --- reading -------------------------------------------------------------------------------

    def _reload(self) -> None:
        incident, kind = self._incident, self.paper.kind
        if incident is None:
            return
        session, printer, request = self.desk.session, self.desk.printer, self.paper.request
        if not kind:
            self.desk.jobs.run(lambda: self._read_list(incident), self._show_list)
            return

        def read() -> tuple[PaperView, Draft]:
            return (
                paper_view(session, incident, printer, request),
                drafts.load(session, incident, _DRAFT),
            )

        self.desk.jobs.run(read, lambda found: self._show(incident, *found))

    def _read_list(self, incident: IncidentId) -> DocumentsView | None:
        """Building every paper is long: not again while nothing was written within a minute."""
        session, minute = self.desk.session, self.desk.session.clock.now().replace(second=0)
        mark = (incident, session.store.position.n, minute.replace(microsecond=0))
        if mark == self._listed:
            return None
        view = documents_view(session, incident, self.desk.printer)
        self._listed = mark
        return view

    def _show_list(self, view: DocumentsView | None) -> None:
        if view is not None:
            self.papers.show_view(view)

    def _show(self, incident: IncidentId, view: PaperView, draft: Draft) -> None:
        if (incident, view.row.kind) != (self._incident, self.paper.kind):
            return
        self._view = view
        self.paper.show_view(view)
        if view.cnil is not None:
            if self._resumed != incident:
                self._resumed = incident
                self.paper.answers.resume(draft)
            order = tuple(self.desk.session.knowledge.cnil_form.fields)
            self.paper.answers.show_view(view.cnil, order)

    def _start_saver(self) -> None:
        if not self._saver.isActive():
            self._saver.start()

    # --- writing -------------------------------------------------------------------------------

    def _keep_answer(self, slug: str, value: Plain) -> None:
        incident, session, who = self._incident, self.desk.session, self.desk.who
        if incident is None:
            return
        said = Said(cnil={slug: value})
        if slug == AWARENESS:
            said = Said(instants={"T_BREACH": from_wire(str(value))})

        def kept(_: object) -> None:
            self.desk.window.say(say.NOTED)
            self.paper.answers.kept(slug)
            self.paper.answers_moved()
            self.desk.tell_changed(frozenset({"answer", "instant"}))
            self._reload()

        self.desk.jobs.run(
            lambda: set_facts(session, incident, said, who),
            kept,
            lambda error: self.paper.answers.refuse(slug, explain(error)),
        )

    def _mark(self) -> None:
        """Before the CNIL is told, the facts are read back once."""
        incident, session = self._incident, self.desk.session
        self.paper.answers.flush()
        if incident is None or self.paper.kind != CNIL:
            self._ask_sent()
            return
        self.desk.jobs.run(lambda: gate_view(session, incident, _BEFORE_THE_CNIL), self._pause)

    def _pause(self, view: GateView) -> None:
        if view.readers:
            self._ask_sent()
            return
        gate = self.gate = Gate(view, self.desk.who)
        gate.cancelled.connect(self._back_to_paper)
        gate.confirmed.connect(self._read_back)
        self.faces.addWidget(gate)
        self.faces.setCurrentWidget(gate)
        gate.setFocus()

    def _read_back(self, names: list[str]) -> None:
        incident, session, who = self._incident, self.desk.session, self.desk.who
        if incident is None:
            return

        def confirmed(_: object) -> None:
            self.desk.tell_changed(frozenset({"gate"}))
            self._leave_gate()
            self._ask_sent()

        self.desk.jobs.run(
            lambda: gates.confirm(session, incident, _BEFORE_THE_CNIL, names, who),
            confirmed,
            self.desk.window.explain,
        )

    def _leave_gate(self) -> None:
        if self.gate is not None:
            self.faces.removeWidget(self.gate)
            self.gate.deleteLater()
            self.gate = None

    def _ask_sent(self) -> None:
        if self._view is None:
            return
        self.sending.ask(self._view, self.desk.session.clock.now())
        self.faces.setCurrentWidget(self.sending)

    def _back_to_paper(self) -> None:
        self._leave_gate()
        self.faces.setCurrentWidget(self.paper)

    def _record(self, sent: Sent) -> None:
        incident, session, who = self._incident, self.desk.session, self.desk.who
        if incident is None:
            return
        self.sending.confirm.setEnabled(False)

        def done(touched: frozenset[str]) -> None:
            self.sending.confirm.setEnabled(True)
            self._back_to_paper()
            self.paper.choose_again()
            self.first_focus().setFocus()
            self.desk.window.say(say.SENT_NOTED)
            self.desk.tell_changed(touched)
            self._reload()

        def refused(error: BaseException) -> None:
            self.sending.confirm.setEnabled(True)
            if isinstance(error, UserError):
                self.sending.refuse(explain(error))
            else:
                self.desk.window.explain(error)

        self.desk.jobs.run(lambda: sendings.record(session, incident, sent, who), done, refused)

    # --- elsewhere -----------------------------------------------------------------------------

    def _copy_next(self) -> None:
        if self.assistant is None or not self.assistant.isVisible():
            self.open_assistant()
        else:
            self.assistant.copy_and_next()

    def open_assistant(self) -> None:
        """The narrow window beside the site of the CNIL."""
        self.paper.answers.flush()
        if self.assistant is None:
            self.assistant = CopyAssistantPage(self.desk)
            # A child of the page: it closes with it when the vault is locked.
            self.assistant.setParent(self)
            self.assistant.answer_asked.connect(self._answer)
            self.assistant.float_above()
        self.assistant.open_at(Place("copy_assistant", self._incident))
        self.assistant.show()
        self.assistant.raise_()

    def _answer(self, slug: str) -> None:
        """An empty field of the assistant is to be answered here."""
        if self.paper.kind != CNIL:
            self._go("documents", CNIL)
        self._back_to_paper()
        self.paper.show_answers()
        self.paper.answers.open_field(slug)
        self.window().activateWindow()

    def _go(self, page: str, item: str = "") -> None:
        self.desk.window.go(Place(page, self._incident, item))
