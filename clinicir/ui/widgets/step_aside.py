"""Beside the step: the four clocks, and whom to call with the number and what to say."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicir.domain.obligation import ObligationState
from clinicir.domain.phone import is_fictional
from clinicir.services.views.board import BoardView
from clinicir.services.views.board_calls import CallView, ClockView
from clinicir.texts import screens_steps as say
from clinicir.texts.screens_papers import happened
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.layout import Card, column, row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.state import Countdown
from clinicir.ui.widgets.step_cards import Copied, Tell
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Strong, tabular

_DONE = (ObligationState.DONE, ObligationState.DONE_LATE)


class StepAside(QWidget):
    """Built anew for each view; `tick` moves the clocks on."""

    def __init__(self, view: BoardView, tell: Tell) -> None:
        """`tell` says that something was copied."""
        super().__init__()
        self.shows = (view.clocks, view.calls, view.fillings.pilot)
        self.clocks: list[Countdown] = []
        cards: list[QWidget] = []
        if view.clocks:
            lines = [self._clock(clock, view.now) for clock in view.clocks]
            cards.append(Card(Heading(say.CLOCKS), *lines, gap=12))
        calls = [_call(call, view, tell) for call in view.calls]
        if calls:
            cards.append(Card(Heading(say.CALL), *calls, gap=14))
        if view.never:
            cards.append(Notice("danger", say.NEVER, "\n".join(view.never)))
        box = column(*cards, gap=12)
        box.addStretch(1)
        self.setLayout(box)

    def tick(self, now: datetime) -> None:
        """Write what is left."""
        for clock in self.clocks:
            clock.tick(now)

    def _clock(self, clock: ClockView, now: datetime) -> QWidget:
        holder = QWidget()
        name = say.CLOCK_NAMES[clock.key]
        if clock.state in _DONE:
            done = say.CLOCK_DONE
            when = happened(clock.done_at) if clock.done_at else ""
            holder.setLayout(column(Strong(f"{name} : {done.lower()}"), Small(when), gap=2))
        elif clock.due_at is not None:
            count = Countdown(name, clock.due_at, now)
            self.clocks.append(count)
            limit = Small(say.clock_line(clock.due_at, now)[1])
            holder.setLayout(column(count, limit, gap=2))
        else:
            holder.setLayout(column(Strong(name), Body(_without_hour(clock, now)), gap=2))
        return holder


def _without_hour(clock: ClockView, now: datetime) -> str:
    if clock.waits_for_origin:
        return say.sentence(say.NEEDS_ORIGIN)
    words = say.AT_ONCE if clock.at_once else say.AS_SOON
    if clock.target_at is not None:
        words = f"{words}, {say.objective(clock.target_at, now)}"
    return say.sentence(words)


def _call(call: CallView, view: BoardView, tell: Tell) -> QWidget:
    role = say.ROLES.get(call.role, call.role)
    title = say.sentence(call.name or role)
    parts: list[QWidget] = [Strong(title)]
    if call.name and not call.national and call.name.casefold() != role.casefold():
        parts.append(Help(say.sentence(role)))
    on_line = call.national and not call.phone and bool(call.site)
    holder = QWidget()
    if on_line:
        site = call.site.removeprefix("https://").rstrip("/")
        parts.append(_with_copy(site, call.site, tell))
    elif call.phone:
        shown = say.phone(
            call.phone,
            call.sure,
            call.checked_on,
            fictional=view.drill and not is_fictional(call.phone),
        )
        parts.append(_with_copy(shown, shown, tell))
    else:
        parts.append(Body(say.NO_NATIONAL_NUMBER if call.national else say.NO_NUMBER))
    if call.hours and not on_line:
        parts.append(Small(call.hours))
    words = say.say(call.role, view.fillings.pilot, view.practice)
    fold = Fold(say.SAY, lambda: Copied(words, Body, tell))
    fold.open(opened=call.for_step)
    holder.setLayout(column(*parts, fold, gap=3))
    return holder


def _with_copy(shown: str, copied: str, tell: Tell) -> QWidget:
    number = Strong(shown)
    number.selectable()
    tabular(number)
    button = Quiet(say.COPY, "copy")
    button.setAccessibleName(f"{say.COPY} : {shown}")

    def copy() -> None:
        QGuiApplication.clipboard().setText(copied)
        tell(say.COPIED)

    button.clicked.connect(copy)
    line = QWidget()
    box = row(number, button)
    box.setStretch(0, 1)
    line.setLayout(box)
    line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return line
