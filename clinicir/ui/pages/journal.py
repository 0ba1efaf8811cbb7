"""The journal: the picture of the 72 hours, every line, what is noted and corrected by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinicir.domain.audit import Verification
from clinicir.domain.ids import IncidentId
from clinicir.services.incidents import Said, add_note, correct
from clinicir.services.views.journal import JournalView, Mark, journal_view
from clinicir.texts import screens_journal as say
from clinicir.texts.errors import explain
from clinicir.texts.verification import problem_line, remark_line
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models.journal import JournalTable
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import Primary, Quiet, Secondary
from clinicir.ui.widgets.fields import Line
from clinicir.ui.widgets.hours_axis import HoursAxis
from clinicir.ui.widgets.journal_forms import CorrectForm, NoteForm
from clinicir.ui.widgets.layout import ActionBar, column, row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.reading_table import ReadingTable
from clinicir.ui.widgets.text import Body, Help

_SHOWN_PROBLEMS = 5
_LEAST_LINES = 28


class JournalPage(Page):
    """Everything that was done; nothing here is ever overwritten."""

    name = "journal"

    def __init__(self, desk: Desk) -> None:
        """The list and the two forms; nothing is read before `open_at`."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self._view: JournalView | None = None
        zone = desk.session.clock.now().tzinfo or UTC
        self.model, self.axis = JournalTable(), HoursAxis()
        self.table = ReadingTable(self.model, say.JOURNAL, stretched=2, first_to_go=(3, 1))
        self.no_axis, self.whole = Help(say.AXIS_EMPTY), Body("").selectable()
        self.search, self.filter = Line(), Pick()
        self.search.setPlaceholderText(say.SEARCH)
        self.search.setAccessibleName(say.SEARCH)
        self.filter.setAccessibleName(say.SHOW)
        self.filter.offer(
            [(say.ALL_MARKS, ""), *((label, mark) for mark, label in say.MARK_FILTERS.items())]
        )
        self.ok, self.bad = Notice("ok", ""), Notice("danger", "")
        self.verify = Quiet(say.VERIFY, "shield-check")
        self.fix = Secondary(say.CORRECT, "pencil")
        self.note = Primary(say.NOTE_FACT, "plus")
        self.noting, self.fixing = NoteForm(zone), CorrectForm(zone)
        self.faces = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(
            column(
                self.axis,
                self.no_axis,
                row(self.filter, self.search, stretch_last=True),
                self.table,
                self.whole,
                self.ok,
                self.bad,
                margins=16,
            )
        )
        listing = QWidget()
        bar = ActionBar(self.verify, self.fix, self.note)
        listing.setLayout(column(inside, bar, gap=0))
        for face in (listing, self.noting, self.fixing):
            self.faces.addWidget(face)
        self.setLayout(column(self.faces))
        for part in (self.ok, self.bad, self.whole):
            part.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._filter())
        self.filter.currentIndexChanged.connect(lambda _: self._filter())
        self.table.selectionModel().currentChanged.connect(lambda now, _: self._tell(now.row()))
        self.verify.clicked.connect(self._verify)
        self.note.clicked.connect(self.open_note)
        self.fix.clicked.connect(self._open_correction)
        self.noting.left.connect(self.close_panel)
        self.fixing.left.connect(self.close_panel)
        self.noting.confirmed.connect(self._add_note)
        self.fixing.confirmed.connect(self._correct)

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.JOURNAL

    def open_at(self, place: Place) -> None:
        """Read the journal; `item` "note" opens the form of a fact."""
        self._incident = place.incident
        self.close_panel()
        self._reload()
        if place.item == "note":
            self.open_note()

    def first_focus(self) -> QWidget:
        """The button that notes, or the form that is open."""
        return self.noting.words if self.faces.currentWidget() is self.noting else self.note

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Note a fact, check the chain."""
        return {"note": self.open_note, "verify": self.verify.click}

    def open_note(self) -> None:
        """Note a fact: an instant of its own, beside the instant of writing."""
        self.noting.ask(self.desk.session.clock.now())
        self.faces.setCurrentWidget(self.noting)

    def close_panel(self) -> None:
        """Back to the list."""
        self.faces.setCurrentIndex(0)

    # --- reading -------------------------------------------------------------------------------

    def _reload(self) -> None:
        incident, session = self._incident, self.desk.session
        if incident is not None:
            self.desk.jobs.run(lambda: journal_view(session, incident), self._show)

    def _show(self, view: JournalView) -> None:
        self._view = view
        self.axis.show_view(view)
        self._fit()
        self.no_axis.setVisible(view.origin_at is None)
        self.model.show_lines(view.lines)
        self.whole.hide()
        self.note.setVisible(not view.closed)
        self.fix.setVisible(bool(view.instants) and not view.closed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the table when it is short: it says all that the picture shows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        known = self._view is not None and self._view.origin_at is not None
        room = self.height() > _LEAST_LINES * self.fontMetrics().height()
        self.axis.setVisible(known and room)

    def _filter(self) -> None:
        chosen = self.filter.chosen()
        self.model.keep_only(Mark(chosen) if chosen else None, self.search.value())
        self.whole.set_text(say.NO_LINE)
        self.whole.setVisible(not self.model.rows)

    def _tell(self, line: int) -> None:
        if 0 <= line < len(self.model.rows):
            words = self.model.whole(line)
            self.whole.set_text(words)
            self.whole.setAccessibleName(words)
            self.whole.show()

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.desk.window.say(say.VERIFYING)
        self.desk.jobs.run(self.desk.verifier, self._verified, self._not_verified)

    def _not_verified(self, error: BaseException) -> None:
        self.verify.setEnabled(True)
        self.desk.window.explain(error)

    def _verified(self, found: Verification) -> None:
        self.verify.setEnabled(True)
        self.ok.setVisible(found.intact)
        self.bad.setVisible(not found.intact)
        remarks = "\n".join(remark_line(entry) for entry in found.remarks[:_SHOWN_PROBLEMS])
        self.ok.say(say.intact(found.entries), remarks)
        problems = "\n".join(problem_line(each) for each in found.problems[:_SHOWN_PROBLEMS])
        self.bad.say(say.altered(len(found.problems)), problems)

    # --- writing -------------------------------------------------------------------------------

    def _add_note(self, words: str, happened: datetime | None) -> None:
        incident, desk = self._incident, self.desk
        if incident is not None:
            desk.jobs.run(
                lambda: add_note(desk.session, incident, words, happened, desk.who),
                lambda _: self._written(say.FACT_NOTED, "note"),
                lambda error: self.noting.when_field.set_problem(explain(error)),
            )

    def _open_correction(self) -> None:
        if self._view is not None:
            self.fixing.ask(self._view.instants)
            self.faces.setCurrentWidget(self.fixing)

    def _correct(self, name: str, moved: datetime, reason: str) -> None:
        incident, desk = self._incident, self.desk
        if incident is not None:
            said = Said(instants={name: moved})
            desk.jobs.run(
                lambda: correct(desk.session, incident, said, reason, desk.who),
                lambda _: self._written(say.CORRECTED, "instant"),
                lambda error: self.fixing.refuse(explain(error)),
            )

    def _written(self, sentence: str, kind: str) -> None:
        self.desk.window.say(sentence)
        self.desk.tell_changed(frozenset({kind}))
        self.close_panel()
        self._reload()
