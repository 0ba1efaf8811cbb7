"""Lines of accounts and addresses, written at once from inside their step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from clinicir.domain.errors import ClinicirError, UserError
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.line_table import MAX_BYTES, LineTable
from clinicir.services.line_import import Around, ImportView, import_view
from clinicir.services.ports import LineReader
from clinicir.services.views.board import BoardView, board_view
from clinicir.texts import screens_step_fields as say
from clinicir.ui.desk import Desk
from clinicir.ui.models.step_moves import Kinds, StepMoves, UseCase
from clinicir.ui.widgets.step_import import ImportQuestion
from clinicir.ui.widgets.step_line import LineQuestion
from clinicir.ui.widgets.step_panel import StepPanel
from clinicir.ui.widgets.step_questions import Question
from clinicir.ui.widgets.step_trackers import KINDS, Tracker, key_of

Refuse = Callable[[ClinicirError], None]
Lines = list[dict[str, Plain]]


class Tracking:
    """Made once a page; the rest of the step does not move when a line is kept."""

    def __init__(
        self,
        desk: Desk,
        moves: StepMoves,
        tell: Callable[[Kinds], None],
        ask: Callable[[Question], None],
    ) -> None:
        """`tell` lets the other pages know; `ask` puts a question over the step."""
        self._desk, self._moves, self._tell, self._ask = desk, moves, tell, ask
        self._panel: StepPanel | None = None
        self._incident: IncidentId | None = None

    def follow(self, panel: StepPanel, incident: IncidentId) -> None:
        """Do what the lists of this step ask from now on."""
        self._panel, self._incident = panel, incident
        panel.tracked.connect(self._track)
        panel.line_asked.connect(self._mend)
        for tracker in _trackers(panel):
            if self._desk.lines is not None:
                tracker.offer_files()
                tracker.file_asked.connect(self._choose)

    def _track(self, name: str, lines: Lines) -> None:
        panel, incident = self._here()
        self._run(panel, name, self._moves.tracking(incident, name, lines))

    def _mend(self, name: str, line: dict[str, Plain]) -> None:
        """The question over the step; it goes by itself once the line has changed."""
        panel, incident = self._here()
        kind = KINDS[name]
        ask = LineQuestion(kind, line, panel.view.proofs, panel.view.zone)

        def answered(new: dict[str, Plain] | None, reason: str) -> None:
            use_case = self._moves.correcting(incident, name, key_of(kind, line), new, reason)
            self._run(panel, name, use_case, (ask.cancelled.emit, ask.refuse))

        ask.answered.connect(answered)
        self._ask(ask)

    # --- from a file --------------------------------------------------------------------------

    def _choose(self, name: str) -> None:
        panel, _ = self._here()
        chosen, _ = QFileDialog.getOpenFileName(
            panel, say.IMPORT, str(Path.home()), say.IMPORT_FILTER
        )
        if chosen:
            self.bring(name, Path(chosen))

    def bring(self, name: str, file: Path) -> None:
        """Read the file and show what it would add; nothing is added yet."""
        panel, _ = self._here()
        reader, tracker = self._desk.lines, _trackers(panel, name)[0]
        if reader is None:
            return
        tracker.tell_file(None)
        view, place = panel.view, tracker.place
        around = Around(name, view.zone, tracker.keys, view.own_addresses)

        def read() -> tuple[LineTable, ImportView]:
            table = _read(file, reader)
            return table, import_view(table, around, place)

        def refused(error: BaseException) -> None:
            if isinstance(error, UserError):
                tracker.tell_file(error)
            else:
                self._desk.window.explain(error)

        def show(found: tuple[LineTable, ImportView]) -> None:
            # Somebody may have left the step while the file was read.
            if self._panel is panel:
                self._show_file(panel, file, *found, around)

        self._desk.jobs.run(read, show, refused)

    def _show_file(
        self, panel: StepPanel, file: Path, table: LineTable, view: ImportView, around: Around
    ) -> None:
        _, incident = self._here()
        ask = ImportQuestion(KINDS[around.name], file.name, table, view)

        def again(place: str) -> None:
            self._desk.jobs.run(partial(import_view, table, around, place), ask.show_view)

        def answered(lines: Lines) -> None:
            use_case = self._moves.tracking(incident, around.name, lines)
            after = ask.cancelled.emit, ask.refuse
            self._run(panel, around.name, use_case, after, say.added(len(lines)))

        ask.place_given.connect(again)
        ask.answered.connect(answered)
        self._ask(ask)

    # --- both ---------------------------------------------------------------------------------

    def _here(self) -> tuple[StepPanel, IncidentId]:
        assert self._panel is not None
        assert self._incident is not None
        return self._panel, self._incident

    def _run(
        self,
        panel: StepPanel,
        name: str,
        use_case: UseCase,
        after: tuple[Callable[[], None], Refuse] | None = None,
        told: str = say.LINE_SAID,
    ) -> None:
        _, incident = self._here()
        step, session = panel.view.current.step.id, self._desk.session
        trackers = _trackers(panel, name)

        def run() -> tuple[Kinds, BoardView]:
            return use_case(), board_view(session, incident, step)

        def then_all() -> None:
            for tracker in trackers:
                tracker.kept()

        def refuse_all(error: ClinicirError) -> None:
            for tracker in trackers:
                tracker.failed(error)

        kept, refuse = after or (then_all, refuse_all)

        def then(found: tuple[Kinds, BoardView]) -> None:
            kept()
            panel.show_trackers(found[1])
            self._tell(found[0])
            self._desk.window.say(told)

        def otherwise(error: BaseException) -> None:
            mendable = isinstance(error, UserError)
            if isinstance(error, ClinicirError) and (mendable or after):
                refuse(error)
            if not mendable:
                self._desk.window.explain(error)

        self._desk.jobs.run(run, then, otherwise)


def _trackers(panel: StepPanel, name: str = "") -> list[Tracker]:
    """The lists of the step, or those of one name."""
    found = [field.tracker for field in panel.fields if field.tracker]
    return [tracker for tracker in found if name in ("", tracker.kind.name)]


def _read(file: Path, reader: LineReader) -> LineTable:
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError:
        raise UserError("input.unreadable", file=file.name) from None
    return reader(content)
