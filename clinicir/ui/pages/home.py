"""Home: declare, resume, get ready."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

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
from clinicir.ui.widgets.layout import Card, Item, Scroll, column, row, spacer, wrapping_row
from clinicir.ui.widgets.refill import flush, refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.state import Countdown
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Strong

_TICK_MS = 20_000
_SHOWN_ITEMS = 4
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
        self.declare.clicked.connect(partial(self._go, "triage"))
        self._running = column(gap=12)
        self._ready = column(gap=12)
        self._past = column(gap=8)
        self._clocks: list[Countdown] = []
        inside = QWidget()
        inside.setLayout(
            column(
                column(self.declare, Help(say.DECLARE_HELP), gap=10),
                self._running,
                self._ready,
                self._past,
                spacer(),
                gap=24,
            )
        )
        self.setLayout(column(Scroll(inside), gap=0))
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
        if not view.running:
            prepare = Secondary(say.PREPARE, "list-checks")
            prepare.clicked.connect(partial(self._go, "readiness"))
            return [] if view.finished else [Card(EmptyState("shield-check", say.EMPTY, prepare))]
        return [Heading(say.RUNNING), *(self._case(card, view) for card in view.running)]

    def _case(self, card: IncidentCard, view: HomeView) -> Card:
        resume = Secondary(say.RESUME, "arrow-right")
        resume.setAccessibleName(say.resume_case(card.title))
        resume.clicked.connect(partial(self._resume, card))
        progress = Gauge(say.steps_done(card.steps_done, card.steps_total))
        progress.show_share(
            card.steps_done, card.steps_total, say.steps_done(card.steps_done, card.steps_total)
        )
        following = say.resume_at(card.resume_title) if card.resume else say.ALL_DONE
        return Card(
            column(
                Strong(card.title),
                Small(say.opened_on(card.number, card.opened_at.date())),
                gap=2,
            ),
            Body(following),
            column(progress, Small(say.steps_done(card.steps_done, card.steps_total)), gap=4),
            flush(wrapping_row(resume, self._limit(card, view), gap=12)),
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
        buttons = [sheet] if _is_first(view) else [more, sheet]
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
        items: list[Item] = []
        if view.finished:
            items.append(Heading(say.finished(len(view.finished))))
        for card in view.finished:
            opened = LinkButton(say.OPEN, "folder-lock")
            opened.setAccessibleName(say.open_case(card.title))
            opened.clicked.connect(partial(self._go, "journal", card.id))
            words = column(
                Strong(card.title),
                Small(say.opened_on(card.number, card.opened_at.date())),
                gap=2,
            )
            line = row(words, opened, gap=12)
            line.setStretch(0, 1)
            items.append(line)
        items.append(self._register(view))
        if not view.drill:
            items.append(self._drill())
        return items

    def _drill(self) -> Item:
        words = column(Body(say.DRILL), Small(say.DRILL_HELP), gap=2)
        opened = LinkButton(say.DRILL_CHOOSE, "arrow-right")
        opened.setAccessibleName(say.DRILL_CHOOSE_NAME)
        opened.clicked.connect(partial(self._go, "drill"))
        line = row(Sign("flag", "drill", 20), gap=10)
        line.addLayout(words, 1)
        line.addWidget(opened)
        line.setContentsMargins(px(4), 0, px(4), 0)
        return line

    def _register(self, view: HomeView) -> Item:
        words = Body(say.register(view.register_count))
        line = row(Sign("book-open", "muted", 20), words, gap=10)
        line.setStretch(1, 1)
        shown = next(iter((*view.running, *view.finished)), None)
        if shown is not None:
            opened = LinkButton(say.OPEN, "file-text")
            opened.setAccessibleName(say.open_case(say.register(view.register_count)))
            opened.clicked.connect(partial(self._go, "documents", shown.id, "registre"))
            line.addWidget(opened)
        line.setContentsMargins(px(4), 0, px(4), 0)
        return line

    def _resume(self, card: IncidentCard) -> None:
        self.desk.window.go(Place("steps", card.id, card.resume or ""))

    def _go(self, page: str, incident: IncidentId | None = None, item: str = "") -> None:
        self.desk.window.go(Place(page, incident, item))

    def _tick(self) -> None:
        if self.isVisible():
            now = self.desk.session.clock.now()
            for clock in self._clocks:
                clock.tick(now)


def _is_first(view: HomeView) -> bool:
    """The empty state already offers to prepare."""
    return not view.running and not view.finished


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
