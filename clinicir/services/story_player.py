"""Play a story through the very services of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from clinicir.domain.clock import in_utc
from clinicir.domain.errors import ClinicirError, UserError
from clinicir.domain.ids import IncidentId
from clinicir.domain.story import (
    Event,
    Story,
    instant_of,
    instants_of,
    table_of,
    tables_of,
    text_of,
    texts_of,
)
from clinicir.services import evidence, incidents, notifications, steps, trackers
from clinicir.services.documents import Production, produce
from clinicir.services.ports import Printer, Request, Verifier
from clinicir.services.session import Session


@dataclass
class StoryClock:
    """The clock of a story: the time of the event being played (architecture ruling 2)."""

    first: datetime
    at: datetime

    def now(self) -> datetime:
        """Time of the current event, in the offset it was written with."""
        return self.at

    def monotonic_ms(self) -> int:
        """Elapsed since the first event."""
        return int((in_utc(self.at) - in_utc(self.first)).total_seconds() * 1000)


@dataclass
class Player:
    """Plays events in order; `tell` hears each event once it is acknowledged."""

    session: Session
    clock: StoryClock
    printer: Printer
    verifier: Verifier
    folder: Path
    """Where the files that the story names are."""
    incident: IncidentId
    tell: Callable[[Event], None]
    keep: Callable[[Production], object]
    """Writes produced papers where they are wanted."""
    opened: bool = field(default=False)

    def play(self, story: Story) -> None:
        """Play everything; the first refusal that was not expected stops the story."""
        for event in story.events:
            self.clock.at = event.at
            self._act(event)
            self.tell(event)

    def _act(self, event: Event) -> None:
        if event.act == "expect_error":
            self._expect(event)
        elif event.act == "open_incident":
            self._open(event)
        elif event.act == "import_patients":
            raise UserError("story.not_in_this_version", act=event.act)
        elif not self.opened:
            raise UserError("incident.unknown", incident="")
        else:
            _ACTS[event.act](self, event)

    def _expect(self, event: Event) -> None:
        inner = event.expects
        if inner is None:
            raise UserError("story.missing_key", key="event")
        wanted = text_of(event.given, "code")
        before = self.session.store.position
        try:
            self._act(inner)
        except ClinicirError as refused:
            if refused.code != wanted:
                raise UserError(
                    "story.wrong_error", expected=wanted, got=refused.code, act=inner.act
                ) from refused
            if self.session.store.position != before:
                raise UserError("story.wrong_error", expected=wanted, got="entry") from refused
            return
        raise UserError("story.expected_error_missing", expected=wanted, act=inner.act)

    def _open(self, event: Event) -> None:
        if self.opened:
            raise UserError("story.bad_value", key="open_incident")
        said = _said(event)
        scenario = text_of(event.given, "scenario")
        incidents.open_incident(self.session, self.incident, scenario, said, event.by)
        self.opened = True

    def _produce(self, event: Event) -> None:
        request = Request(
            text_of(event.given, "document"),
            text_of(event.given, "version"),
            text_of(event.given, "variant"),
        )
        self.keep(
            produce(
                self.session, self.printer, self.verifier, self.incident, request, event.by
            )
        )


def _said(event: Event) -> incidents.Said:
    return incidents.Said(
        table_of(event.given, "facts"),
        instants_of(event.given, "instants"),
        table_of(event.given, "cnil"),
    )


def _set_facts(player: Player, event: Event) -> None:
    incidents.set_facts(player.session, player.incident, _said(event), event.by)


def _correct(player: Player, event: Event) -> None:
    reason = text_of(event.given, "reason")
    incidents.correct(player.session, player.incident, _said(event), reason, event.by)


def _set_scenario(player: Player, event: Event) -> None:
    scenario, reason = text_of(event.given, "scenario"), text_of(event.given, "reason")
    incidents.set_scenario(player.session, player.incident, scenario, reason, event.by)


def _complete(player: Player, event: Event) -> None:
    done = steps.Done(
        instant_of(event.given, "done_at"),
        text_of(event.given, "note"),
        table_of(event.given, "answers"),
        texts_of(event.given, "evidence"),
    )
    steps.complete(player.session, player.incident, text_of(event.given, "step"), done, event.by)


def _block(player: Player, event: Event) -> None:
    retry_at = instant_of(event.given, "retry_at")
    if retry_at is None:
        raise UserError("story.missing_key", key="retry_at")
    steps.block(
        player.session,
        player.incident,
        text_of(event.given, "step"),
        text_of(event.given, "reason"),
        text_of(event.given, "blocked_on"),
        retry_at,
        event.by,
    )


def _skip(player: Player, event: Event) -> None:
    step, reason = text_of(event.given, "step"), text_of(event.given, "reason")
    steps.skip(player.session, player.incident, step, reason, event.by)


def _reopen(player: Player, event: Event) -> None:
    step, reason = text_of(event.given, "step"), text_of(event.given, "reason")
    steps.reopen(player.session, player.incident, step, reason, event.by)


def _decide(player: Player, event: Event) -> None:
    made = notifications.Choice(
        text_of(event.given, "subject"),
        text_of(event.given, "choice"),
        text_of(event.given, "reason"),
        event.given.get("confirmed") is True,
    )
    notifications.decide(player.session, player.incident, made, event.by)


def _assess(player: Player, event: Event) -> None:
    notifications.assess(
        player.session,
        player.incident,
        event.given.get("dpc"),
        event.given.get("ei"),
        event.given.get("cb"),
        text_of(event.given, "reason"),
        event.by,
    )


def _add_evidence(player: Player, event: Event) -> None:
    described = evidence.Described(
        text_of(event.given, "label"),
        text_of(event.given, "title"),
        text_of(event.given, "source"),
        text_of(event.given, "step") or None,
    )
    file = player.folder / text_of(event.given, "file")
    evidence.take_in(player.session, player.incident, file, described, event.by)


def _hand_over(player: Player, event: Event) -> None:
    evidence.hand_over(
        player.session,
        player.incident,
        text_of(event.given, "label"),
        text_of(event.given, "to"),
        text_of(event.given, "purpose"),
        event.by,
    )


def _note(player: Player, event: Event) -> None:
    incidents.add_note(
        player.session,
        player.incident,
        text_of(event.given, "text"),
        instant_of(event.given, "happened_at"),
        event.by,
    )


def _track(player: Player, event: Event) -> None:
    trackers.track(
        player.session,
        player.incident,
        tables_of(event.given, "accounts"),
        tables_of(event.given, "addresses"),
        event.by,
    )


def _file(player: Player, event: Event) -> None:
    if text_of(event.given, "authority") != "CNIL":
        raise UserError("story.bad_value", key="authority")
    notifications.file_notification(
        player.session,
        player.incident,
        text_of(event.given, "version"),
        text_of(event.given, "number"),
        text_of(event.given, "receipt"),
        event.by,
    )


def _submit(player: Player, event: Event) -> None:
    notifications.record_submission(
        player.session,
        player.incident,
        text_of(event.given, "obligation"),
        text_of(event.given, "channel"),
        text_of(event.given, "reference"),
        text_of(event.given, "receipt"),
        event.by,
    )


def _close(player: Player, event: Event) -> None:
    reasons = {rule: str(why) for rule, why in table_of(event.given, "leave_open").items()}
    lessons = texts_of(event.given, "lessons")
    incidents.close(player.session, player.incident, lessons, reasons, event.by)


_ACTS: dict[str, Callable[[Player, Event], None]] = {
    "set_facts": _set_facts,
    "correct": _correct,
    "set_scenario": _set_scenario,
    "complete_step": _complete,
    "block_step": _block,
    "skip_step": _skip,
    "reopen_step": _reopen,
    "decide": _decide,
    "assess": _assess,
    "add_evidence": _add_evidence,
    "hand_over_evidence": _hand_over,
    "note": _note,
    "track": _track,
    "file_notification": _file,
    "record_submission": _submit,
    "produce": Player._produce,
    "close": _close,
}
