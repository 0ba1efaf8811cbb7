"""The journal: the picture of the 72 hours, every line, what is noted and corrected by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from clinicir.domain.audit import Verification
from clinicir.domain.ids import IncidentId
from clinicir.services.incidents import Said, add_note, correct, correct_note
from clinicir.services.views.journal import JournalLine, JournalView, Mark, journal_lines
from clinicir.texts import screens_journal as say
from clinicir.texts.csv_table import csv_bytes
from clinicir.texts.encoders import short_instant
from clinicir.texts.errors import explain
from clinicir.texts.verification import problem_line, remark_line
from clinicir.ui.desk import Desk, Place
from clinicir.ui.form_keeper import FormKeeper
from clinicir.ui.journal_reader import JournalReader
from clinicir.ui.models.form_drafts import Draft
from clinicir.ui.models.journal import JournalTable, Shown, words_of
from clinicir.ui.pages.page import Page
from clinicir.ui.questions import ask
from clinicir.ui.saved_file import save
from clinicir.ui.widgets.buttons import Primary, Quiet, Secondary
from clinicir.ui.widgets.fields import Line
from clinicir.ui.widgets.hours_axis import HoursAxis
from clinicir.ui.widgets.journal_forms import CorrectForm, NoteForm
from clinicir.ui.widgets.layout import ActionBar, Scroll, column, row, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.pick import Pick
from clinicir.ui.widgets.reading_table import ReadingTable
from clinicir.ui.widgets.text import Body, Help

_SHOWN_PROBLEMS = 5
NOTE, CORRECT = "note", "correct"


class JournalPage(Page):
    """`Place.item`: a line number, `note`, `correct`, `correct:42`, or nothing."""

    name = "journal"

    def __init__(self, desk: Desk) -> None:
        """The list and the two forms; nothing is read before `open_at`."""
        super().__init__(desk)
        self._incident: IncidentId | None = None
        self._view: JournalView | None = None
        self._wanted = ""
        self._corrected: int | None = None
        zone = desk.session.clock.now().tzinfo or UTC
        self.reader = JournalReader(desk)
        self.model, self.axis = JournalTable(), HoursAxis()
        self.table = ReadingTable(self.model, say.JOURNAL, stretched=2, first_to_go=(3, 1))
        self.noting, self.fixing = NoteForm(zone), CorrectForm(zone)
        self._keeper = FormKeeper(desk, self._draft)
        self.faces = QStackedWidget()
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        self.no_axis, self.whole = Help(say.AXIS_EMPTY), Body("").selectable()
        self.search, self.filter = Line(), Pick()
        self.search.setPlaceholderText(say.SEARCH)
        self.search.setAccessibleName(say.SEARCH)
        self.search.setClearButtonEnabled(True)
        self.filter.setAccessibleName(say.SHOW)
        self.filter.offer(
            [(say.ALL_MARKS, ""), *((label, mark) for mark, label in say.MARK_FILTERS.items())]
        )
        self.details = Quiet(say.DETAILS)
        self.ok, self.bad = Notice("ok", "", "", self.details), Notice("danger", "")
        self.verify = Quiet(say.VERIFY, "shield-check").at_edge()
        self.paper, self.csv = Quiet(say.PAPER, "file-text"), Quiet(say.TABLE, "download")
        self.fix = Secondary(say.CORRECT, "pencil")
        self.note = Primary(say.NOTE_FACT, "plus")
        self._intact = self._found = ""

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(
            column(
                self.axis, self.no_axis, row(self.filter, self.search, stretch_last=True),
                self.table, self.whole, self.ok, self.bad,
                wrapping_row(self.verify, self.paper, self.csv),
            )
        )  # fmt: skip
        listing = QWidget()
        bar = ActionBar(self.fix, self.note)
        self.listing = Scroll(inside, wide=True)
        listing.setLayout(column(self.listing, bar, gap=0))
        for face in (listing, self.noting, self.fixing):
            self.faces.addWidget(face)
        self.setLayout(column(self.faces))
        for part in (self.ok, self.bad, self.whole, self.axis, self.no_axis):
            part.hide()

    def _connect(self) -> None:
        self.reader.begun.connect(self._begin)
        self.reader.viewed.connect(self._show)
        self.reader.newer.connect(self._add_newer)
        self.reader.older.connect(self._add_older)
        self.search.textChanged.connect(lambda _: self._filter())
        self.filter.currentIndexChanged.connect(lambda _: self._filter())
        self.table.selectionModel().currentChanged.connect(lambda now, _: self._tell(now.row()))
        self.verify.clicked.connect(self._verify)
        self.details.clicked.connect(self._show_details)
        self.paper.clicked.connect(
            lambda: self.desk.window.go(Place("documents", self._incident, "journal"))
        )
        self.csv.clicked.connect(self.save_table)
        self.note.clicked.connect(lambda: self._go(NOTE))
        self.fix.clicked.connect(self._go_correct)
        for form in (self.noting, self.fixing):
            form.left.connect(self._give_up)
            form.edited.connect(self._keeper.touch)
        self.noting.confirmed.connect(self._write_note)
        self.fixing.confirmed.connect(self._correct)

    # --- what the window asks ------------------------------------------------------------------

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.JOURNAL

    def open_at(self, place: Place) -> None:
        """Read the journal, open a form or point at a line."""
        if place.incident is None:
            return
        self._keeper.leave()
        self._incident, self._wanted = place.incident, place.item
        self.faces.setCurrentIndex(0)
        if place.item == NOTE:
            self._open_note(None)
        self.reader.read(place.incident)

    def first_focus(self) -> QWidget:
        """The button that notes, or the form that is open."""
        if self.faces.currentWidget() is self.noting:
            return self.noting.words
        return self.fixing.which if self.faces.currentWidget() is self.fixing else self.note

    def keep(self) -> None:
        """Write what is half typed."""
        self._keeper.keep()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Note a fact; Ctrl+Return writes what is in the form that is open."""
        note: dict[str, Callable[[], None]] = {"note": lambda: self._go(NOTE)}
        form = self.faces.currentWidget()
        if isinstance(form, NoteForm | CorrectForm):
            note["done"] = lambda: self._confirm_if_open(form)
        return note

    def _confirm_if_open(self, form: NoteForm | CorrectForm) -> None:
        if self.faces.currentWidget() is form:
            form.confirm.click()

    # --- reading -------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._view = None
        self.model.clear()
        self.axis.clear()
        for part in (self.ok, self.bad, self.whole):
            part.hide()

    def _show(self, view: JournalView) -> None:
        self._view = view
        self.axis.show_view(view)
        self.axis.setVisible(view.origin_at is not None)
        self.no_axis.setVisible(view.origin_at is None)
        self.note.setVisible(not view.closed)
        self.fix.setVisible(not view.closed)

    def _add_newer(self, lines: list[Shown]) -> None:
        self.model.add_newer(lines)
        self.axis.add(shown.line for shown in lines)
        self._open_wanted()

    def _add_older(self, lines: list[Shown]) -> None:
        self.model.add_older(lines)
        self.axis.add(shown.line for shown in lines)
        self._open_wanted()

    def _open_wanted(self) -> None:
        """As soon as the line that the place names was read."""
        act, _, number = self._wanted.rpartition(":")
        if self._wanted == CORRECT:
            self._wanted = ""
            self._open_correction(None)
        elif number.isdecimal() and (line := self.model.line_of(int(number))) is not None:
            self._wanted = ""
            if act == CORRECT:
                self._open_correction(line)
            else:
                self._point_at(line.n)

    def _point_at(self, n: int) -> None:
        if self.model.position_of(n) is None:
            self.filter.setCurrentIndex(0)
            self.search.clear()
        position = self.model.position_of(n)
        if position is not None:
            self.table.setCurrentIndex(self.model.index(position, 0))
            self.table.scrollTo(self.model.index(position, 0))
            self.table.setFocus()
            self._bring(self.table)

    def _filter(self) -> None:
        chosen = self.filter.chosen()
        self.model.keep_only(Mark(chosen) if chosen else None, self.search.value())
        nothing = say.NO_LINE if self.reader.is_whole else say.READING
        self.whole.set_text(nothing)
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
        remarks = [remark_line(entry) for entry in found.remarks[:_SHOWN_PROBLEMS]]
        now = self.desk.session.clock.now()
        detail = say.verified(found.objects, found.level, found.head, now)
        self._found = "\n".join((detail, *remarks))
        self._intact = say.intact(found.entries)
        self.ok.say(self._intact)
        self.details.setVisible(True)
        problems = "\n".join(problem_line(each) for each in found.problems[:_SHOWN_PROBLEMS])
        self.bad.say(say.altered(len(found.problems)), problems)
        self._bring(self.ok if found.intact else self.bad)

    def _show_details(self) -> None:
        self.ok.say(self._intact, self._found)
        self.details.hide()
        self._bring(self.ok)

    def _bring(self, part: QWidget) -> None:
        """Scrolled to, once it has its place."""
        QTimer.singleShot(0, part, lambda: self.listing.ensureWidgetVisible(part))

    # --- writing -------------------------------------------------------------------------------

    def _draft(self) -> Draft | None:
        if self.faces.currentWidget() is self.noting:
            return self.noting.typed
        return self.fixing.draft() if self.faces.currentWidget() is self.fixing else None

    def _open_note(self, line: JournalLine | None) -> None:
        """A fact: an instant of its own, beside the instant of writing."""
        self._corrected = line.n if line else None
        self.noting.ask(self.desk.session.clock.now(), line)
        self.faces.setCurrentWidget(self.noting)
        self.noting.words.setFocus()
        self._resume(f"{NOTE}:{line.n}" if line else NOTE, self.noting.resume)

    def _open_correction(self, line: JournalLine | None) -> None:
        view = self._view
        if view is None or view.closed:
            return
        if line is not None and line.text:
            self._open_note(line)
        elif not view.instants and not view.facts:
            self.desk.window.say(say.NOTHING_TO_FIX)
        else:
            self._corrected = line.n if line else None
            self.fixing.ask(view, line)
            self.faces.setCurrentWidget(self.fixing)
            self.fixing.which.setFocus()
            self._resume(CORRECT, self.fixing.resume)

    def _resume(self, form: str, then: Callable[[Draft], None]) -> None:
        if self._incident is not None:
            self._keeper.open(self._incident, form, then)

    def _give_up(self) -> None:
        self._keeper.forget()
        self._go("")

    def _go_correct(self) -> None:
        position = self.table.currentIndex().row()
        chosen = 0 <= position < len(self.model.rows) and self.whole.isVisible()
        self._go(f"{CORRECT}:{self.model.rows[position].line.n}" if chosen else CORRECT)

    def _go(self, item: str) -> None:
        self.desk.window.go(Place("journal", self._incident, item))

    def _write_note(self, words: str, happened: datetime | None, reason: str) -> None:
        incident, desk, line = self._incident, self.desk, self._corrected
        if incident is None:
            return

        def write() -> object:
            if line is None:
                return add_note(desk.session, incident, words, happened, desk.who)
            return correct_note(desk.session, incident, line, words, happened, reason, desk.who)

        desk.jobs.run(
            write,
            lambda _: self._written(say.FACT_NOTED if line is None else say.CORRECTED, "note"),
            lambda error: self.noting.refuse(explain(error)),
        )

    def _correct(self, kind: str, name: str, value: object, reason: str) -> None:
        incident, desk, line = self._incident, self.desk, self._corrected
        if incident is None:
            return
        if isinstance(value, datetime):
            said = Said(instants={name: value})
        else:
            said = Said(facts={name: value if isinstance(value, int) else str(value)})
        desk.jobs.run(
            lambda: correct(desk.session, incident, said, reason, desk.who, line),
            lambda _: self._written(say.CORRECTED, kind),
            lambda error: self.fixing.refuse(explain(error)),
        )

    def _written(self, sentence: str, kind: str) -> None:
        self._keeper.forget()
        self.desk.window.say(sentence)
        self.desk.tell_changed(frozenset({kind}))
        self._go("")

    # --- copying out ---------------------------------------------------------------------------

    def save_table(self) -> None:
        """Every line in a table, where the person chooses, once they know it is in clear."""
        incident, desk = self._incident, self.desk
        if incident is None or not ask(
            self, say.EXPORT_TITLE, say.EXPORT_TEXT, say.EXPORT_YES, say.CANCEL
        ):
            return
        offered = str(Path.home() / say.csv_name(str(desk.session.clock.now().date())))
        chosen, _ = QFileDialog.getSaveFileName(self, say.TABLE, offered, say.CSV_FILTER)
        if chosen:
            desk.jobs.run(
                lambda: save(Path(chosen), self._table(incident)),
                lambda _: desk.window.say(say.EXPORTED),
                desk.window.explain,
            )

    def _table(self, incident: IncidentId) -> bytes:
        """Runs on the writer thread."""
        lines = journal_lines(self.desk.session, incident)
        return csv_bytes((say.CSV_COLUMNS, *(_cells(line) for line in lines)))


def _cells(line: JournalLine) -> tuple[str, ...]:
    return (
        str(line.n), short_instant(line.happened_at), short_instant(line.noted_at), line.by,
        words_of(line), ", ".join(line.pieces), str(line.corrects or ""),
    )  # fmt: skip
