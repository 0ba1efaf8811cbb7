"""Papers of an incident: the list, then one paper with its answers, its preview and its sending."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from clinicir.domain.clock import from_wire
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.services.notifications import file_notification, record_submission
from clinicir.services.views.cnil_form import CnilView, cnil_view
from clinicir.services.views.documents import (
    CNIL,
    DocumentsView,
    PaperRow,
    documents_view,
    labels_of,
)
from clinicir.texts import screens_papers as say
from clinicir.texts.errors import explain
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.copy_assistant import CopyAssistantPage
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.missing_answers import AWARENESS
from clinicir.ui.widgets.paper_desk import PaperDesk
from clinicir.ui.widgets.paper_list import PaperList
from clinicir.ui.widgets.sent_panel import Sent, SentPanel


class DocumentsPage(Page):
    """`Place.item` is the kind of the paper to open, empty for the list."""

    name = "documents"

    def __init__(self, desk: Desk) -> None:
        """The three faces of the page; nothing is read before `open_at`."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self._view: DocumentsView | None = None
        self._cnil: CnilView | None = None
        self.assistant: CopyAssistantPage | None = None
        self.papers = PaperList()
        self.paper = PaperDesk(desk, self._keep_answer)
        self.sending = SentPanel()
        self.faces = QStackedWidget()
        for face in (self.papers, self.paper, self.sending):
            self.faces.addWidget(face)
        self.setLayout(column(self.faces, gap=0))
        self.papers.chosen.connect(lambda kind: self._go("documents", kind))
        self.paper.to_list.connect(lambda: self._go("documents"))
        self.paper.to_steps.connect(lambda: self._go("steps"))
        self.paper.to_practice.connect(lambda: self._go("practice"))
        self.paper.to_sending.connect(self._ask_sent)
        self.paper.to_assistant.connect(self._open_assistant)
        self.paper.produced.connect(self._reload)
        self.sending.left.connect(lambda: self.faces.setCurrentWidget(self.paper))
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
        kind = place.item if place.item in say.PAPER_NAMES else ""
        self.paper.open_paper(place.incident, kind)
        face: QWidget = self.paper if kind else self.papers
        self.faces.setCurrentWidget(face)
        self._reload()

    def first_focus(self) -> QWidget:
        """The first paper, or where the answer is typed."""
        if self.faces.currentWidget() is self.paper:
            return self.paper.first_focus()
        return next(iter(self.papers.buttons.values()), self)

    def keep(self) -> None:
        """Write the answer being typed."""
        self.paper.answers.flush()

    # --- reading -------------------------------------------------------------------------------

    def _reload(self) -> None:
        incident, kind = self._incident, self.paper.kind
        if incident is None:
            return
        session, printer = self.desk.session, self.desk.printer

        def read() -> tuple[DocumentsView, CnilView, tuple[str, ...]]:
            view = documents_view(session, incident, printer)
            lacking = view.row(kind).missing if kind else ()
            cnil = cnil_view(session, incident, view.row(CNIL).missing)
            return view, cnil, labels_of(session, lacking)

        self.desk.jobs.run(read, lambda found: self._show(kind, *found))

    def _show(
        self, kind: str, view: DocumentsView, cnil: CnilView, lacking: tuple[str, ...]
    ) -> None:
        self._view, self._cnil = view, cnil
        if kind != self.paper.kind:
            return
        if not kind:
            self.papers.show_view(view)
            return
        self.paper.show_row(view.row(kind), lacking, closed=view.closed)
        if kind == CNIL:
            order = tuple(self.desk.session.knowledge.cnil_form.fields)
            self.paper.answers.show_view(cnil, order)

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
            self.paper.answers_moved()
            self.desk.tell_changed(frozenset({"answer", "instant"}))
            self._reload()

        self.desk.jobs.run(
            lambda: set_facts(session, incident, said, who),
            kept,
            lambda error: self.paper.answers.refuse(slug, explain(error)),
        )

    def _ask_sent(self) -> None:
        if self._view is None or self._cnil is None:
            return
        row: PaperRow = self._view.row(self.paper.kind)
        now = self.desk.session.clock.now()
        self.sending.ask(row, self.desk.session.case(self._incident).incident.evidence, self._cnil.version, now)
        self.faces.setCurrentWidget(self.sending)

    def _record(self, sent: Sent) -> None:
        incident, session, who = self._incident, self.desk.session, self.desk.who
        if incident is None:
            return

        def write() -> object:
            if sent.kind == CNIL:
                return file_notification(
                    session, incident, sent.version, sent.reference, sent.receipt, who
                )
            return record_submission(
                session, incident, sent.duty.rule, sent.duty.channel, sent.reference,
                sent.receipt, who,
            )  # fmt: skip

        def done(_: object) -> None:
            self.faces.setCurrentWidget(self.paper)
            self.desk.window.say(say.SENT_NOTED)
            self.desk.tell_changed(frozenset({"filing", "submission"}))
            self._reload()

        self.desk.jobs.run(write, done, self.desk.window.explain)

    def _open_assistant(self) -> None:
        self.keep()
        if self.assistant is None:
            self.assistant = CopyAssistantPage(self.desk)
            # A child of the page: it closes with it when the vault is locked.
            self.assistant.setParent(self)
            self.assistant.float_above()
        self.assistant.open_at(Place("copy_assistant", self._incident))
        self.assistant.show()
        self.assistant.raise_()

    def _go(self, page: str, item: str = "") -> None:
        self.desk.window.go(Place(page, self._incident, item))
