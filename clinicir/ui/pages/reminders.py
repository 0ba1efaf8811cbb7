"""Limits of the running incidents, and the file that makes a calendar ring before each of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from clinicir.domain.reminder import LimitKind
from clinicir.services.reminders import calendar_file, note_made
from clinicir.services.views.reminders import LimitView, RemindersView, reminders_view
from clinicir.texts import screens_reminders as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.saved_file import save
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import LinkButton, Primary, Quiet
from clinicir.ui.widgets.empty import EmptyState
from clinicir.ui.widgets.layout import ActionBar, Card, Item, Scroll, column, row, rule, spacer
from clinicir.ui.widgets.refill import refill
from clinicir.ui.widgets.reminder_band import REMINDERS, place_of
from clinicir.ui.widgets.sign import Sign
from clinicir.ui.widgets.text import Body, Heading, Help, Small, Strong, Title


class RemindersPage(Page):
    """One list, one button."""

    name = REMINDERS

    def __init__(self, desk: Desk) -> None:
        """Filled by `open_at`."""
        super().__init__(desk)
        self.save = Primary(say.SAVE, "calendar-clock")
        self.save.setDefault(True)
        self.save.clicked.connect(self._ask_where)
        self._lines = column(gap=16)
        inside = QWidget()
        inside.setLayout(column(self._lines, spacer(), gap=0))
        self.bar = ActionBar(self.save)
        self.setLayout(column(Scroll(inside), self.bar, gap=0))
        self._home: LinkButton | None = None

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.REMINDERS

    def open_at(self, place: Place) -> None:
        """Read the limits again: their hours have moved."""
        session = self.desk.session
        self.desk.jobs.run(lambda: reminders_view(session), self._show)

    def first_focus(self) -> QWidget:
        """The one button, else the first limit."""
        if not self.bar.isHidden():
            return self.save
        return self._home or self.findChild(Quiet) or self

    def _show(self, view: RemindersView) -> None:
        here: QWidget | None = self.window().focusWidget()
        held = here is not None and (here is self or self.isAncestorOf(here))
        self._fill(view)
        if held:
            self.first_focus().setFocus()

    def _fill(self, view: RemindersView) -> None:
        self._home = None
        may_save = bool(view.ahead(view.now))
        self.bar.setVisible(may_save)
        if not view.limits:
            self._home = LinkButton(say.TO_HOME, "house")
            self._home.clicked.connect(lambda: self.desk.window.go(Place("home")))
            refill(self._lines, EmptyState("calendar-clock", say.EMPTY, self._home))
            return
        purpose = Help(say.PURPOSE if may_save else say.NOTHING_LEFT)
        after = [column(Help(say.PRIVATE), Help(say.AGAIN), gap=6)] if may_save else []
        head = column(Title(say.REMINDERS), purpose, gap=6)
        refill(self._lines, head, *_cases(self, view), *after)

    def go_to(self, line: LimitView) -> None:
        """Where to act on a limit."""
        self.desk.window.go(place_of(line))

    # --- the file ------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        start = Path.home() / say.file_name(drill=self.desk.session.store.drill)
        chosen, _ = QFileDialog.getSaveFileName(self, say.REMINDERS, str(start), say.FILTER)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the file, then note that a reminder was made."""
        desk, window = self.desk, self.desk.window

        def write() -> bool:
            file = calendar_file(desk.session, desk.printer)
            if file is None:
                return False
            save(path, file.content)
            note_made(desk.session, file, desk.who)
            return True

        def written(done: bool) -> None:
            window.say(say.SAVED if done else say.NOTHING_LEFT)
            desk.tell_changed(frozenset({"reminder"}))
            self.open_at(Place(REMINDERS))

        desk.jobs.run(write, written, window.explain)


def _cases(page: RemindersPage, view: RemindersView) -> list[Item]:
    """A card for each incident, its limits in order."""
    cards: list[Item] = []
    for incident in dict.fromkeys(line.incident for line in view.limits):
        mine = [line for line in view.limits if line.incident == incident]
        items: list[Item] = [column(
            Heading(mine[0].scenario), Small(say.case_line(mine[0].number)), gap=2
        )]  # fmt: skip
        for line in mine:
            items += [rule(), _line(page, line, view)]
        cards.append(Card(*items, gap=12))
    return cards


def _line(page: RemindersPage, line: LimitView, view: RemindersView) -> Item:
    limit = line.limit
    opened = Quiet(say.OPEN, "arrow-right")
    opened.setAccessibleName(say.open_limit(limit.title))
    opened.clicked.connect(partial(page.go_to, line))
    if limit.kind is LimitKind.STEP:
        when = say.retry_when(limit.at, view.now)
    else:
        when = say.when(limit.at, view.now)
    hour = Body(when)
    pressing = line.presses(view.now)
    hour.setProperty("tone_text", "warn" if pressing else "")
    words = column(Strong(limit.title), hour, _known(line, view), gap=4)
    across = QHBoxLayout()
    across.setSpacing(px(12))
    sign = Sign(*(("clock-alert", "warn") if pressing else ("hourglass", "info")), 20)
    across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    across.addLayout(words, 1)
    across.addWidget(opened, 0, Qt.AlignmentFlag.AlignTop)
    return across


def _known(line: LimitView, view: RemindersView) -> Item:
    """Whether the calendar knows this hour."""
    if line.in_calendar:
        sign, text = Sign("circle-check", "ok", 16), say.IN_CALENDAR
    elif line.is_ahead(view.now):
        sign, text = Sign("circle", "muted", 16), say.NOT_IN_CALENDAR
    else:
        sign, text = Sign("minus", "muted", 16), say.PAST
    return row(sign, Small(text), gap=6, stretch_last=True)
