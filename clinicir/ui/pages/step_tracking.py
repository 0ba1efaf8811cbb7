"""Lines of accounts and addresses, written at once from inside their step."""

from __future__ import annotations

from collections.abc import Callable

from clinicir.domain.errors import ClinicirError, UserError
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.views.board import BoardView, board_view
from clinicir.texts import screens_step_fields as say
from clinicir.ui.desk import Desk
from clinicir.ui.models.step_moves import Kinds, StepMoves, UseCase
from clinicir.ui.widgets.step_line import LineQuestion
from clinicir.ui.widgets.step_panel import StepPanel
from clinicir.ui.widgets.step_trackers import KINDS, key_of

Refuse = Callable[[ClinicirError], None]


class Tracking:
    """Made once a page; the rest of the step does not move when a line is kept."""

    def __init__(self, desk: Desk, moves: StepMoves, tell: Callable[[Kinds], None]) -> None:
        """`tell` lets the other pages know."""
        self._desk, self._moves, self._tell = desk, moves, tell

    def track(
        self, panel: StepPanel, incident: IncidentId, name: str, lines: list[dict[str, Plain]]
    ) -> None:
        """Add lines or change their state."""
        self._run(panel, incident, name, self._moves.tracking(incident, name, lines))

    def mend(
        self, panel: StepPanel, incident: IncidentId, name: str, line: dict[str, Plain]
    ) -> LineQuestion:
        """The question over the step; it goes by itself once the line has changed."""
        kind = KINDS[name]
        ask = LineQuestion(kind, line, panel.view.proofs, panel.view.zone)

        def answered(new: dict[str, Plain] | None, reason: str) -> None:
            use_case = self._moves.correcting(incident, name, key_of(kind, line), new, reason)
            self._run(panel, incident, name, use_case, (ask.cancelled.emit, ask.refuse))

        ask.answered.connect(answered)
        return ask

    def _run(
        self,
        panel: StepPanel,
        incident: IncidentId,
        name: str,
        use_case: UseCase,
        after: tuple[Callable[[], None], Refuse] | None = None,
    ) -> None:
        step, session = panel.view.current.step.id, self._desk.session
        trackers = [f.tracker for f in panel.fields if f.tracker and f.tracker.kind.name == name]

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
            self._desk.window.say(say.LINE_SAID)

        def otherwise(error: BaseException) -> None:
            if isinstance(error, UserError):
                refuse(error)
            else:
                self._desk.window.explain(error)

        self._desk.jobs.run(run, then, otherwise)
