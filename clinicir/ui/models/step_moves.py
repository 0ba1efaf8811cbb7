"""Use cases of a step, ready for the writer thread: each returns the kinds of record touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from clinicir.domain.changes import Changes
from clinicir.domain.clock import from_wire
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services import gates, incidents, steps, trackers
from clinicir.services.incidents import Said
from clinicir.services.sheet_gate import go_without_sheet
from clinicir.services.steps import Done
from clinicir.ui.desk import Desk
from clinicir.ui.models import step_drafts

Kinds = frozenset[str]
UseCase = Callable[[], Kinds]


@dataclass(frozen=True)
class Correction:
    """Another value for a fact or an instant already settled, and why."""

    kind: str
    name: str
    value: Plain
    reason: str

    @property
    def said(self) -> Said:
        """As `incidents.correct` takes it."""
        if self.kind == "instant":
            return Said(instants={self.name: from_wire(str(self.value))})
        return Said(facts={self.name: self.value})


class StepMoves:
    """Made once a page; reads who types at the moment of the move."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def completing(
        self,
        incident: IncidentId,
        step: str,
        done: Done,
        corrections: Sequence[Correction],
        read_back: tuple[str, Sequence[str]] | None = None,
    ) -> UseCase:
        """Corrections first, then the step; its draft goes.

        `read_back`: a pause point and who read its facts aloud.
        """
        session, by = self._desk.session, self._desk.who

        def run() -> Kinds:
            kinds: Kinds = frozenset()
            for each in corrections:
                corrected = incidents.correct(session, incident, each.said, each.reason, by)
                kinds |= _kinds(corrected)
            kinds |= _kinds(steps.complete(session, incident, step, done, by))
            if read_back is not None:
                kinds |= _kinds(gates.confirm(session, incident, *read_back, by))
            step_drafts.save(session, incident, step, {})
            return kinds

        return run

    def blocking(
        self, incident: IncidentId, step: str, reason: str, whom: str, retry: datetime
    ) -> UseCase:
        """Not possible now."""
        session, by = self._desk.session, self._desk.who
        return lambda: _kinds(steps.block(session, incident, step, reason, whom, retry, by))

    def skipping(self, incident: IncidentId, step: str, reason: str) -> UseCase:
        """Does not concern us."""
        session, by = self._desk.session, self._desk.who
        return lambda: _kinds(steps.skip(session, incident, step, reason, by))

    def reopening(self, incident: IncidentId, step: str, reason: str) -> UseCase:
        """To do again."""
        session, by = self._desk.session, self._desk.who
        return lambda: _kinds(steps.reopen(session, incident, step, reason, by))

    def going_without_sheet(self, incident: IncidentId, step: str, reason: str) -> UseCase:
        """The recovery sheet is not put away, and the person goes on."""
        session, by = self._desk.session, self._desk.who
        known = session.knowledge.step(step)
        return lambda: _kinds(go_without_sheet(session, incident, known, reason, by))

    def tracking(
        self, incident: IncidentId, name: str, lines: Sequence[dict[str, Plain]]
    ) -> UseCase:
        """Lines of accounts or addresses; who did it is put on those that are done."""
        session, by = self._desk.session, self._desk.who
        marked = [{"by": by, **line} if "state" in line and by else {**line} for line in lines]
        accounts = marked if name == "accounts" else []
        addresses = marked if name == "addresses" else []
        return lambda: _kinds(trackers.track(session, incident, accounts, addresses, by))

    def correcting(
        self, incident: IncidentId, name: str, key: str, line: dict[str, Plain] | None, reason: str
    ) -> UseCase:
        """A line becomes another one, or goes when `line` is None."""
        session, by = self._desk.session, self._desk.who
        return lambda: _kinds(trackers.correct(session, incident, name, key, line, reason, by))


def _kinds(changes: Changes) -> Kinds:
    return frozenset(operation.kind for operation in changes.operations)
