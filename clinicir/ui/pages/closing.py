"""The end of an incident: what is still open, what was learned, when to look at it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import IncidentId
from clinicir.services.incidents import close, reopen
from clinicir.services.views.closing import ClosingView, OpenItem, closing_view
from clinicir.texts import screens_closing as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import closing_draft
from clinicir.ui.models.closing_draft import ClosingDraft
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.closing_forms import EndedCase, EndForm
from clinicir.ui.widgets.layout import ActionBar, Scroll, column
from clinicir.ui.widgets.refill import refill

_SAVE_AFTER_MS = 1500


class ClosingPage(Page):
    """Nothing is lost on the way: what is typed is kept, and an end can be undone."""

    name = "closing"

    def __init__(self, desk: Desk) -> None:
        """Empty until `open_at`."""
        super().__init__(desk)
        self.view: ClosingView | None = None
        self.form: EndForm | None = None
        self.ended: EndedCase | None = None
        self._incident: IncidentId | None = None
        self.not_yet = Secondary(say.NOT_YET, "chevron-left")
        self.end = Primary(say.END, "check")
        self.reopen = Secondary(say.REOPEN, "lock-open")
        self.to_journal = Secondary(say.TO_JOURNAL, "history")
        self.to_register = Primary(say.TO_REGISTER, "book-open")
        self._body = column(gap=16)
        inside = QWidget()
        inside.setLayout(self._body)
        self.area = Scroll(inside)
        bar = ActionBar(self.not_yet, self.reopen, self.to_journal, self.end, self.to_register)
        self.setLayout(column(self.area, bar, gap=0))
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.setInterval(_SAVE_AFTER_MS)
        self._saver.timeout.connect(self.keep)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self.not_yet.clicked.connect(self.desk.window.back)
        self.end.clicked.connect(self._end)
        self.reopen.clicked.connect(self._ask_reopening)
        self.to_journal.clicked.connect(lambda _: self._go("journal"))
        self.to_register.clicked.connect(lambda _: self.desk.window.go(Place("register")))

    @property
    def title(self) -> str:
        """What is done here."""
        return say.END

    def open_at(self, place: Place) -> None:
        """Read what is open now; what was typed before is there again."""
        if place.incident is None:
            return
        self.keep()
        self._incident = place.incident
        self._reload()

    def first_focus(self) -> QWidget:
        """Nobody ends an incident by a Return too many."""
        return self.to_register if self.view is not None and self.view.closed else self.not_yet

    def keep(self) -> None:
        """Write the draft at once, when something was typed since."""
        if not self._saver.isActive():
            return
        self._saver.stop()
        draft, incident, session = self._typed(), self._incident, self.desk.session
        if draft is not None and incident is not None:
            plain = draft.to_plain()
            self.desk.jobs.run(lambda: closing_draft.save(session, incident, plain))

    # --- showing -------------------------------------------------------------------------------

    def _reload(self) -> None:
        incident, session = self._incident, self.desk.session
        if incident is None:
            return

        def read() -> tuple[ClosingView, ClosingDraft]:
            return closing_view(session, incident), closing_draft.load(session, incident)

        self.desk.jobs.run(read, lambda found: self._show(*found))

    def _show(self, view: ClosingView, draft: ClosingDraft) -> None:
        if view.incident != self._incident:
            return
        self.view, self.form, self.ended = view, None, None
        shown: QWidget
        if view.closed:
            shown = self.ended = EndedCase(view, draft)
            self.ended.edited.connect(self._saver.start)
            self.ended.confirmed.connect(self._reopen)
        else:
            shown = self.form = EndForm(view, draft, self.desk.session.clock.now())
            self.form.edited.connect(self._saver.start)
            self.form.settle_asked.connect(self._settle)
        refill(self._body, shown)
        self._arrange()

    def _arrange(self) -> None:
        known = self.view is not None
        closed = self.view is not None and self.view.closed
        self.not_yet.setVisible(not closed)
        self.end.setVisible(known and not closed)
        for part in (self.reopen, self.to_journal, self.to_register):
            part.setVisible(closed)

    def _typed(self) -> ClosingDraft | None:
        if self.form is not None:
            return self.form.draft()
        return self.ended.draft() if self.ended is not None else None

    # --- acts ----------------------------------------------------------------------------------

    def _settle(self, item: OpenItem) -> None:
        self._go(item.page, item.item)

    def _end(self) -> None:
        form, incident, session, who = self.form, self._incident, self.desk.session, self.desk.who
        if form is None or incident is None or not form.check(self.area):
            return
        lessons, reasons, day = form.lessons(), form.given_reasons(), form.review_on()
        self._write(
            lambda: close(session, incident, lessons, reasons, who, day), say.ENDED, "closing"
        )

    def _ask_reopening(self) -> None:
        if self.ended is not None:
            self.ended.ask()
            self.area.ensureWidgetVisible(self.ended.reason)

    def _reopen(self, reason: str) -> None:
        incident, session, who = self._incident, self.desk.session, self.desk.who
        if incident is not None:
            self._write(lambda: reopen(session, incident, reason, who), say.REOPENED, "incident")

    def _write(self, act: Callable[[], object], sentence: str, kind: str) -> None:
        incident, session = self._incident, self.desk.session
        assert incident is not None
        self._saver.stop()
        self.end.setEnabled(False)

        def write() -> None:
            act()
            closing_draft.save(session, incident, {})

        def done(_: object) -> None:
            self.end.setEnabled(True)
            self.desk.window.say(sentence)
            self.desk.tell_changed(frozenset({"incident", kind}))
            self._reload()
            self.first_focus().setFocus()

        def refused(error: BaseException) -> None:
            self.end.setEnabled(True)
            self.desk.window.explain(error)

        self.desk.jobs.run(write, done, refused)

    def _go(self, page: str, item: str = "") -> None:
        self.desk.window.go(Place(page, self._incident, item))
