"""Choose an exercise, or take up again the one begun."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from clinicir.texts import screens_drill as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.drill_host import DrillHost, DrillOffer
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.layout import Card, Item, Scroll, column, row, wrapping_row
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.refill import flush, refill
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Title


class DrillPage(Page):
    """Three stories, told by what they teach."""

    name = "drill"

    def __init__(self, desk: Desk, host: DrillHost) -> None:
        """The stories are read when the page is first opened."""
        super().__init__(desk)
        self._host = host
        self.play: dict[str, Secondary] = {}
        self.resume = Primary(say.RESUME, "arrow-right")
        self.resume.clicked.connect(lambda _: host.resume())
        self.running = Notice("drill", say.RUNNING, " ", self.resume)
        self.running.hide()
        self._stories = column(gap=16)
        inside = QWidget()
        inside.setLayout(
            column(
                column(Title(say.CHOOSE), Help(say.CHOOSE_HELP), gap=4),
                self.running,
                self._stories,
                Notice("info", say.MARKS_TITLE, say.MARKS),
                gap=20,
            )
        )
        self.setLayout(column(Scroll(inside), gap=0))

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.DRILL

    def open_at(self, place: Place) -> None:
        """See `Page`."""
        waiting = self._host.running
        self.running.setVisible(bool(waiting))
        if waiting:
            self.running.say(say.RUNNING, say.resume(waiting))
        if not self.play:
            self.desk.jobs.run(self._host.offers, self._show)

    def first_focus(self) -> QWidget:
        """See `Page`."""
        if not self.running.isHidden():
            return self.resume
        return next(iter(self.play.values()), self)

    def _show(self, offers: tuple[DrillOffer, ...]) -> None:
        refill(self._stories, *map(self._card, offers))
        if self.isVisible() and self.running.isHidden():
            self.first_focus().setFocus()

    def _card(self, offer: DrillOffer) -> Card:
        drill = offer.drill
        play = Secondary(say.PLAY, "flag")
        play.setAccessibleName(say.play(drill.title))
        play.clicked.connect(partial(self._start, drill.id))
        self.play[drill.id] = play
        return Card(
            column(
                Heading(say.story_title(drill.title)),
                Small(say.offer(drill.duration_minutes, offer.practice)),
                gap=2,
            ),
            column(*map(goal, drill.objectives), gap=6),
            flush(wrapping_row(play)),
            gap=12,
        )

    def _start(self, drill: str) -> None:
        self.desk.window.say(say.MAKING)
        for button in self.play.values():
            button.setEnabled(False)
        self._host.start(drill)


def goal(text: str) -> Item:
    """Something that an exercise teaches."""
    line = QWidget()
    box = row(Sign("check", "drill", 18), Body(text), gap=10, stretch_last=True)
    line.setLayout(box)
    return line
