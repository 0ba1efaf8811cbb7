"""The board of an incident: the step being done, the whole list, the clocks and whom to call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.domain.progress import StepState
from clinicir.services.views.board import BoardView, board_view
from clinicir.services.views.gate import GateView, gate_view
from clinicir.texts import screens_steps as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import step_drafts
from clinicir.ui.models.step_drafts import Draft
from clinicir.ui.models.step_moves import StepMoves
from clinicir.ui.models.step_words import words_of
from clinicir.ui.pages.page import Page
from clinicir.ui.pages.step_tracking import Tracking
from clinicir.ui.widgets.board import Board
from clinicir.ui.widgets.gate import Gate
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.step_aside import StepAside
from clinicir.ui.widgets.step_list import StepList, shown_by
from clinicir.ui.widgets.step_panel import StepPanel
from clinicir.ui.widgets.step_questions import REASONS, BlockQuestion, Question, ReasonQuestion

BLOCKING_LETTER = "prestataire:blocage_adresses"
"""Place of the letter that asks to block the addresses."""
_SAVE_AFTER_MS, _TICK_MS = 1500, 30_000


class StepsPage(Page):
    """One step at a time; leaving and coming back finds the same step and what was typed."""

    name = "steps"

    def __init__(self, desk: Desk) -> None:
        """Empty until `open_at`."""
        super().__init__(desk)
        self.view: BoardView | None = None
        self.panel: StepPanel | None = None
        self.aside: StepAside | None = None
        self.list: StepList | None = None
        self.moves = StepMoves(desk)
        self.tracking = Tracking(desk, self.moves, self._tell, self._ask)
        self._incident: IncidentId | None = None
        self._whole = self._mine = self._reading = False
        self._undoable = ""
        self._kept: Draft = {}
        self.board = Board()
        self.board.tightened.connect(self._tighten)
        self.board.undo.undone.connect(self._undo)
        self.setLayout(column(self.board, gap=0))
        self._saver, self._ticker = QTimer(self), QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.timeout.connect(self.keep)
        self._ticker.timeout.connect(self._tick)
        desk.changed.append(self._heard)

    # --- what the window asks -----------------------------------------------------------------

    @property
    def title(self) -> str:
        """Scenario of the incident."""
        return self.view.title if self.view else say.TITLE

    def open_at(self, place: Place) -> None:
        """`item` is a step; without one the page stays where it was, or resumes."""
        if place.incident is None:
            return
        here = self._step_id() if place.incident == self._incident else ""
        if not here:
            self._whole = False
            self.board.undo.close_offer()
        self._incident = place.incident
        self.open_step(place.item or here, focus=True)

    def first_focus(self) -> QWidget:
        """The main button, or the field where typing was broken off."""
        if self.panel is None:
            return self
        left_at = self.panel.left_at
        return left_at.first_focus() if left_at else self.panel.primary

    def item_shown(self) -> str:
        """The step."""
        return self._step_id()

    def keep(self) -> None:
        """Write the draft at once, when something was typed since."""
        self._saver.stop()
        if self.panel is None or self._incident is None:
            return
        draft, step = self.panel.draft(), self.panel.view.current.step.id
        if draft != self._kept:
            self._kept = draft
            session, incident = self.desk.session, self._incident
            self.desk.jobs.run(lambda: step_drafts.save(session, incident, step, draft))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Next and previous step, done, next missing field."""
        return {
            "next_step": partial(self.go, 1),
            "previous_step": partial(self.go, -1),
            "done": partial(self._asked, "done"),
            "next_missing": partial(self._to_missing, 1),
            "previous_missing": partial(self._to_missing, -1),
        }

    # --- showing ------------------------------------------------------------------------------

    def open_step(self, step: str = "", *, focus: bool = False) -> None:
        """Read the board at a step and show it."""
        if self._incident is None:
            return
        self.keep()
        session, incident = self.desk.session, self._incident

        def read() -> tuple[BoardView, Draft]:
            view = board_view(session, incident, step, self.desk.account_only)
            return view, step_drafts.load(session, incident, view.current.step.id)

        self.desk.jobs.run(read, lambda found: self._show(*found, focus=focus))

    def go(self, move: int) -> None:
        """To the neighbour on the line."""
        if self.view and (target := self.view.neighbour(move)) is not None:
            self.open_step(target, focus=True)

    def _show(self, view: BoardView, draft: Draft, *, focus: bool) -> None:
        focus = focus or self.board.step_has_keyboard
        self.view = view
        self.panel = StepPanel(view, words_of(view), self.desk.window.say)
        self.panel.resume(draft)
        self._kept = self.panel.draft()
        self.panel.asked.connect(self._asked)
        self.panel.opened.connect(lambda step: self.open_step(step, focus=True))
        self.panel.edited.connect(self._edited)
        self.tracking.follow(self.panel, view.incident)
        self._tighten()
        self.board.show_step(self.panel, self.panel.foot)
        self._show_sides(view)
        if focus or self.panel.left_at is not None:
            self.board.show_centre()
            self.first_focus().setFocus()
        if self._reading:
            self._reading = False
            self._read(self.panel)

    def _tighten(self) -> None:
        if self.panel is not None:
            self.panel.tighten(tight=self.board.tight)

    def _show_sides(self, view: BoardView) -> None:
        """Only what changed is made again; the step is drawn before the clocks and the calls."""
        QTimer.singleShot(0, self, partial(self._show_aside, view))
        if self.list is not None and self.list.shows == shown_by(view, whole=self._whole):
            self.list.point_at(view.current.step.id)
            return
        self.list = StepList(view, whole=self._whole)
        self.list.chosen.connect(lambda step: self.open_step(step, focus=True))
        self.list.turned.connect(self._turn_list)
        self.board.show_left(self.list)

    def _show_aside(self, view: BoardView) -> None:
        if self.aside is None or self.aside.shows != (view.clocks, view.calls, view.fillings.pilot):
            self.aside = StepAside(view, self.desk.window.say)
            self.board.show_right(self.aside)
        self.aside.tick(view.now)

    def _turn_list(self, whole: bool) -> None:
        self._whole = whole
        if self.view is not None:
            self._show_sides(self.view)

    def _tick(self) -> None:
        now = self.desk.session.clock.now()
        if self.aside is not None:
            self.aside.tick(now)
        if self.view is not None and self.view.due(now) != self.view.due(self.view.now):
            self._heard(frozenset())

    def _heard(self, _: frozenset[str]) -> None:
        """Somebody else's change: what is half typed is never thrown away."""
        idle = self.panel is not None and not self.board.centre.covered and not self.panel.draft()
        if not self._mine and idle and self.view is not None:
            self.open_step(self.view.current.step.id)

    # --- what the person asks -----------------------------------------------------------------

    def _edited(self) -> None:
        if not self._saver.isActive():
            self._saver.start(_SAVE_AFTER_MS)

    def _asked(self, what: str) -> None:
        panel, view = self.panel, self.view
        if panel is None or view is None or (
            what in _WRITES and (self.board.takes_done() or what not in panel.buttons)
        ):
            return
        title = panel.title.text()
        match what:
            case "done":
                self._complete(panel)
            case "next" | "previous":
                self.go(1 if what == "next" else -1)
            case "block":
                block = BlockQuestion(title, view.now, view.zone)
                block.answered.connect(self._block)
                self._ask(block)
            case "skip" | "reopen" | "without":
                self._ask_reason(what, title)
            case "read":
                self._read(panel)
            case "evidence":
                self.desk.window.go(Place("evidence", view.incident, view.current.step.id))
            case "letter":
                self.desk.window.go(Place("documents", view.incident, BLOCKING_LETTER))
            case "sheet":
                self.desk.window.go(Place("recovery_sheet", view.incident, view.current.step.id))

    def _complete(self, panel: StepPanel) -> None:
        gate, incident = panel.view.current.step.gate, self._incident
        if not panel.check() or incident is None:
            return
        if not gate:
            self._record(panel, None)
            return
        self.desk.jobs.run(partial(gate_view, self.desk.session, incident, gate), self._pause)

    def _pause(self, view: GateView) -> None:
        """A pause point is read back once; the step is recorded with the names."""
        panel = self.panel
        if panel is None:
            return
        if view.readers:
            self._record(panel, None)
            return
        gate = Gate(view, self.desk.who)
        gate.cancelled.connect(self._stop_reading)
        gate.confirmed.connect(lambda names: self._record(panel, (view.gate, names)))
        self.board.read(gate)

    def _record(self, panel: StepPanel, read_back: tuple[str, list[str]] | None) -> None:
        step, after = panel.view.current.step.id, panel.view.following()
        done, corrections = panel.done(), panel.corrections()
        incident = self._open_incident()
        use_case = self.moves.completing(incident, step, done, corrections, read_back)
        self.board.stop_reading()

        def then(kinds: frozenset[str]) -> None:
            self._tell(kinds)
            self._after_done(step, panel.title.text(), after)

        self.desk.jobs.run(use_case, then, self._refused)

    def _after_done(self, step: str, title: str, after: str) -> None:
        """On to the next step, unless a required answer still misses here."""
        session, incident = self.desk.session, self._open_incident()

        def then(view: BoardView) -> None:
            if view.current.state is StepState.IN_PROGRESS and view.current.missing:
                self.desk.window.say(say.STARTED)
                self._show(view, {}, focus=True)
                if self.panel is not None:
                    self.panel.show_missing()
            else:
                self._offer_undo(step, say.step_saved(title))
                self._kept = self.panel.draft() if self.panel else {}
                self.open_step(after, focus=True)

        read = partial(board_view, session, incident, step, self.desk.account_only)
        self.desk.jobs.run(read, then)

    def _ask_reason(self, what: str, title: str) -> None:
        ask = ReasonQuestion(title, *REASONS[what])
        ask.answered.connect(lambda reason: self._with_reason(what, reason))
        self._ask(ask)

    def _with_reason(self, what: str, reason: str) -> None:
        step = self._step_id()
        moves = {
            "skip": self.moves.skipping, "reopen": self.moves.reopening,
            "without": self.moves.going_without_sheet,
        }  # fmt: skip
        target = self._following() if what == "skip" else step
        said = say.WITHOUT_SAID if what == "without" else ""
        use_case = moves[what](self._open_incident(), step, reason)
        self._write(use_case, target, said, step if what == "skip" else "")

    def _offer_undo(self, step: str, sentence: str) -> None:
        self._undoable = step
        self.desk.window.say(sentence)
        self.board.offer_undo(sentence)

    def _undo(self) -> None:
        """The step is to do again; both lines stay in the journal."""
        use_case = self.moves.reopening(self._open_incident(), self._undoable, say.UNDO_REASON)
        self._write(use_case, self._undoable, say.UNDONE)

    def _following(self) -> str:
        return self.view.following() if self.view else ""

    def _block(self, reason: str, whom: str, retry: datetime) -> None:
        incident, step = self._open_incident(), self._step_id()
        self._write(self.moves.blocking(incident, step, reason, whom, retry), self._following())

    def _write(
        self, use_case: Callable[[], frozenset[str]], target: str, said: str = "", undo: str = ""
    ) -> None:
        def then(kinds: frozenset[str]) -> None:
            self._tell(kinds)
            title = self.panel.title.text() if self.panel else ""
            if undo:
                self._offer_undo(undo, say.step_saved(title))
            else:
                self.desk.window.say(said or say.step_saved(title))
            self._back_to_step()
            self.open_step(target, focus=True)

        self.desk.jobs.run(use_case, then, self._refused)

    def _refused(self, error: BaseException) -> None:
        """What the person can mend is said in place; the rest by the window."""
        self._back_to_step()
        if isinstance(error, UserError) and self.panel is not None:
            self.panel.refuse(error)
        else:
            self.desk.window.explain(error)

    def _tell(self, kinds: frozenset[str]) -> None:
        self._mine = True
        self.desk.tell_changed(kinds)
        self._mine = False

    def _open_incident(self) -> IncidentId:
        assert self._incident is not None
        return self._incident

    def _step_id(self) -> str:
        return self.view.current.step.id if self.view else ""

    # --- over the step ------------------------------------------------------------------------

    def _ask(self, question: Question) -> None:
        question.cancelled.connect(self._back_to_step)
        self.board.cover_step(question, question.foot)

    def _read(self, panel: StepPanel) -> None:
        reader = panel.reader()
        reader.closed.connect(self._stop_reading)
        reader.next_asked.connect(self._read_next)
        self.board.read(reader)

    def _read_next(self) -> None:
        self._reading = True
        self.go(1)

    def _stop_reading(self) -> None:
        self.board.stop_reading()
        self.first_focus().setFocus()

    def _back_to_step(self) -> None:
        self.board.uncover_step()
        self.first_focus().setFocus()

    def _to_missing(self, move: int) -> None:
        if self.panel is not None:
            self.panel.go_to_missing(move)

    def showEvent(self, event: QShowEvent) -> None:
        """Clocks go on."""
        super().showEvent(event)
        self._ticker.start(_TICK_MS)
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks; what could be taken back stays done."""
        self.board.undo.close_offer()
        super().hideEvent(event)
        self._ticker.stop()


_WRITES = frozenset({"done", "block", "skip", "reopen", "without"})
