"""The messages of an exercise, as they would arrive; the rest is played in the usual pages."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinicir.services.drill import call_next
from clinicir.services.views.drill import DrillView, Message, drill_view
from clinicir.texts import screens_drill as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.icons import icon
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.layout import ActionBar, Card, Item, Scroll, column, row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Eyebrow, Heading, Help, Title

_TICK_MS = 15_000


class DrillMessagesPage(Page):
    """The latest first; the next one comes at its hour, or when it is asked for."""

    name = "drill_messages"

    def __init__(self, desk: Desk) -> None:
        """Filled by `open_at`."""
        super().__init__(desk)
        self._view: DrillView | None = None
        self._all = column(gap=20)
        self.next = Secondary(say.NEXT, "bell")
        self.next.clicked.connect(self._call)
        self.go_on = Primary(say.DECLARE, "siren")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self._go_on)
        inside = QWidget()
        inside.setLayout(self._all)
        self.setLayout(column(Scroll(inside), ActionBar(self.next, self.go_on), gap=0))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.MESSAGES

    def open_at(self, place: Place) -> None:
        """See `Page`."""
        session = self.desk.session
        self.desk.jobs.run(lambda: drill_view(session), self._show)

    def first_focus(self) -> QWidget:
        """See `Page`."""
        return self.go_on

    def tick(self) -> None:
        """See whether a message has come."""
        if self.isVisible():
            self.open_at(Place(self.name))

    def _call(self) -> None:
        view, session, who = self._view, self.desk.session, self.desk.who
        if view is None:
            return
        arrived = len(view.messages)

        def work() -> DrillView:
            call_next(session, arrived, who)
            return drill_view(session)

        self.desk.jobs.run(work, self._show)

    def _go_on(self) -> None:
        view = self._view
        if view is None or view.incident is None:
            self.desk.window.go(Place("triage"))
        else:
            self.desk.window.go(Place("steps", view.incident, view.resume or ""))

    def _show(self, view: DrillView) -> None:
        if view == self._view:
            return
        self._view = view
        latest, *before = view.messages
        items: list[Item] = [self._latest(latest, view)]
        if view.incident is None:
            items.append(Notice("drill", say.MESSAGES_HELP, say.NO_CALL))
        if before:
            items.append(column(Heading(say.EARLIER), *map(_card, before), gap=12))
        refill(self._all, *items)
        self.next.setVisible(view.coming > 0)
        started = view.incident is not None
        self.go_on.set_text(say.STEPS if started else say.DECLARE)
        self.go_on.setIcon(icon("list-checks" if started else "siren", self.go_on.icon_token))

    def _latest(self, message: Message, view: DrillView) -> Item:
        heading = say.FIRST_MESSAGE if message.number == 1 else say.message(message.number)
        coming = (
            say.next_at(view.next_at, view.coming) if view.next_at is not None else say.NO_MORE
        )
        return column(
            Eyebrow(say.played_as(view.practice)), Title(heading), _card(message, large=True),
            Help(coming), gap=10,
        )  # fmt: skip


def _card(message: Message, *, large: bool = False) -> Card:
    words = message.text if message.direction else say.quoted(message.text)
    text = Heading(words) if large else Body(words)
    origin = row(
        Sign(say.CHANNEL_SIGNS.get(message.channel, "bell"), "drill", 18),
        Eyebrow(say.origin(message.channel, message.sender)),
        gap=8,
        stretch_last=True,
    )
    return Card(origin, text.selectable(), gap=10)
