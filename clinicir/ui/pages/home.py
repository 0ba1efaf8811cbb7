"""Home: declare, resume, get ready."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from clinicir.domain.ids import IncidentId
from clinicir.services.readiness import Freshness
from clinicir.services.views.home import HomeView, IncidentCard, home_view
from clinicir.services.views.readiness import OUT_OF, ItemView, ReadinessView
from clinicir.texts import screens_home as say
from clinicir.texts.labels import AUTHORITIES, said
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Hero, LinkButton, Secondary
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.gauge import Gauge
from clinicir.ui.widgets.layout import (
    Card,
    Item,
    Scroll,
    column,
    row,
    rule,
    spacer,
    wrapping_row,
)
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import flush, refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.state import Countdown
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Strong

_TICK_MS = 20_000
_SHOWN_ITEMS = 4
_SHOWN_FINISHED = 5
_NARROWEST, _TWO_COLUMNS, _WIDEST = 320, 860, 1120
FRESHNESS_SIGNS = {
    Freshness.FRESH: ("circle-check", "ok"),
    Freshness.STALE: ("history", "warn"),
    Freshness.NEVER: ("circle", "muted"),
}


class HomePage(Page):
    """One big button, then what is under way, then what can be prepared."""

    name = "home"

    def __init__(self, desk: Desk) -> None:
        """Lay out the button; the rest is filled by `open_at`."""
        super().__init__(desk)
        self.declare = Hero(say.DECLARE, "siren")
        self.declare.setDefault(True)
        self.declare.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.declare.clicked.connect(partial(self._go, "triage"))
        self._running = column(gap=12)
        self._ready = column(gap=12)
        self._past = column(gap=12)
        self._clocks: list[Countdown] = []
        left, right = QWidget(), QWidget()
        left.setLayout(
            column(
                column(self.declare, Help(say.DECLARE_HELP), gap=10),
                self._running, spacer(), gap=24,
            )
        )  # fmt: skip
        right.setLayout(column(self._ready, self._past, spacer(), gap=16))
        self.setLayout(column(Scroll(Halves(left, right), wide=True), gap=0))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.HOME

    def open_at(self, place: Place) -> None:
        """Read the cases again: their clocks have moved."""
        session = self.desk.session
        self.desk.jobs.run(lambda: home_view(session), self._show)

    def first_focus(self) -> QWidget:
        """The button that matters in a crisis."""
        return self.declare

    def _show(self, view: HomeView) -> None:
        self._clocks = []
        refill(self._running, *self._running_items(view))
        refill(self._ready, *self._ready_items(view))
        refill(self._past, *self._past_items(view))

    def _running_items(self, view: HomeView) -> list[Item]:
        items: list[Item] = [self._review(card) for card in view.to_review]
        if view.running:
            cards = (self._case(card, view) for card in view.running)
            return [*items, Heading(say.running(len(view.running))), *cards]
        prepare = Secondary(say.PREPARE, "list-checks")
        prepare.clicked.connect(partial(self._go, "readiness"))
        sentence = say.EMPTY_AGAIN if view.finished else say.EMPTY
        return [*items, Card(EmptyState("shield-check", sentence, prepare))]

    def _review(self, card: IncidentCard) -> Item:
        opened = Secondary(say.OPEN, "folder-lock")
        opened.setAccessibleName(say.open_case(card.title))
        opened.clicked.connect(partial(self._go, "closing", card.id))
        return Notice("info", say.review_due(card.number), say.REVIEW_HELP, opened)

    def _case(self, card: IncidentCard, view: HomeView) -> Card:
        resume = Secondary(say.RESUME, "arrow-right")
        resume.setAccessibleName(say.resume_case(card.title))
        resume.clicked.connect(partial(self._resume, card))
        done = say.steps_done(card.steps_done, card.steps_total)
        progress, told = Gauge(done), Small(done)
        progress.show_share(card.steps_done, card.steps_total, done)
        told.setWordWrap(False)
        share = row(told, progress, gap=12)
        share.setStretch(1, 1)
        following = say.resume_at(card.resume_title) if card.resume else say.ALL_DONE
        acts: list[QWidget] = [resume, self._limit(card, view)]
        if card.resume is None:
            end = Secondary(say.END, "check")
            end.setAccessibleName(say.end_case(card.title))
            end.clicked.connect(partial(self._go, "closing", card.id))
            acts.insert(0, end)
        return Card(
            column(
                Strong(card.title),
                Small(say.opened_on(card.number, card.opened_at.date())),
                gap=2,
            ),
            Body(following),
            share,
            flush(wrapping_row(*acts, gap=12)),
            gap=10,
        )

    def _limit(self, card: IncidentCard, view: HomeView) -> QWidget:
        if card.limit is None:
            return Help(say.NO_LIMIT)
        clock = Countdown(said(AUTHORITIES, card.limit.authority), card.limit.due_at, view.now)
        self._clocks.append(clock)
        return clock

    def _ready_items(self, view: HomeView) -> list[Item]:
        more = Secondary(say.PREPARE_MORE, "list-checks")
        more.clicked.connect(partial(self._go, "readiness"))
        sheet = Secondary(say.SHEET, "building-2")
        sheet.clicked.connect(partial(self._go, "practice"))
        # The empty state already offers to prepare.
        buttons = [more, sheet] if view.running else [sheet]
        score = say.ready_out_of(view.readiness.score, OUT_OF)
        gauge = Gauge(score)
        gauge.show_share(view.readiness.score, OUT_OF, score)
        return [
            Card(
                Heading(score),
                gauge,
                Help(say.fresh_count(view.readiness.fresh, len(view.readiness.items))),
                *_next_items(view.readiness),
                flush(wrapping_row(*buttons)),
                gap=12,
            )
        ]

    def _past_items(self, view: HomeView) -> list[Item]:
        items: list[Item] = [Card(*self._other_doors(view), gap=12)]
        if view.finished:
            lines: list[Item] = [Heading(say.finished(len(view.finished)))]
            for card in view.finished[:_SHOWN_FINISHED]:
                opened = _door(say.OPEN, say.open_case(card.title))
                opened.clicked.connect(partial(self._go, "closing", card.id))
                remark = say.ended(card.number, card.review_on)
                lines += [rule(), _line("circle-check", "ok", card.title, remark, opened)]
            items.append(Card(*lines, gap=10))
        return items

    def _other_doors(self, view: HomeView) -> list[Item]:
        register = _door(say.OPEN, say.open_case(say.REGISTER))
        register.clicked.connect(partial(self._go, "register"))
        told = say.register(view.register_count)
        doors = [_line("book-open", "primary", say.REGISTER, told, register)]
        if not view.drill:
            drill = _door(say.DRILL_CHOOSE, say.DRILL_CHOOSE_NAME)
            drill.clicked.connect(partial(self._go, "drill"))
            doors += [rule(), _line("flag", "drill", say.DRILL, say.DRILL_HELP, drill)]
        return doors

    def _resume(self, card: IncidentCard) -> None:
        self.desk.window.go(Place("steps", card.id, card.resume or ""))

    def _go(self, page: str, incident: IncidentId | None = None, item: str = "") -> None:
        self.desk.window.go(Place(page, incident, item))

    def _tick(self) -> None:
        if self.isVisible():
            now = self.desk.session.clock.now()
            for clock in self._clocks:
                clock.tick(now)


class Halves(QWidget):
    """What is urgent at the left, what is calm at the right; one under the other when narrow."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        """Two columns of the page."""
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(left, 13)
        self._box.addWidget(right, 10)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_box"):
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """That of one column: it can always be one."""
        return QSize(px(_NARROWEST), 0)

    def _fit(self) -> None:
        # Never wider than two comfortable columns: the eye would lose the line.
        self.setMaximumWidth(px(_WIDEST))
        two = self.width() >= px(_TWO_COLUMNS)
        way = QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom
        self._box.setSpacing(px(24))
        if self._box.direction() is not way:
            self._box.setDirection(way)


def _door(words: str, spoken: str) -> LinkButton:
    opened = LinkButton(words, "arrow-right")
    opened.setAccessibleName(spoken)
    return opened


def _line(sign: str, tone: str, title: str, remark: str, opened: QWidget) -> Item:
    """A sign, two lines of words and the way there."""
    line = row(gap=12)
    line.addWidget(Sign(sign, tone, 22))
    line.addLayout(column(Strong(title), Small(remark), gap=2), 1)
    line.addWidget(opened)
    return line


def _next_items(view: ReadinessView) -> list[Item]:
    """What would help most now."""
    return [freshness_line(each) for each in view.next_up(_SHOWN_ITEMS)]


def freshness_line(each: ItemView) -> QWidget:
    """Shape, title and state of one protection."""
    sign, tone = FRESHNESS_SIGNS[each.freshness]
    line = QWidget()
    state = Small(say.FRESHNESS[each.freshness.value])
    state.setWordWrap(False)
    box = row(Sign(sign, tone, 18), Body(each.item.title), state, gap=10)
    box.setStretch(1, 1)
    line.setLayout(box)
    return line
