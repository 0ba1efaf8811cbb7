"""The practice sheet: groups with a gauge, saved as one types."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import Plain
from clinicir.services import practice as practices
from clinicir.services.practice import Checked
from clinicir.services.views.practice import (
    ESSENTIAL_CONTACTS,
    GROUPS,
    Kept,
    Sheet,
    keep_sheet,
    sheet_view,
)
from clinicir.texts import screens_practice as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.pages.practice_fields import AnswerField, GroupHead, Pairs, Rows
from clinicir.ui.tools import Doubt, no_doubt
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.layout import Card, Scroll, column, row, spacer
from clinicir.ui.widgets.text import Heading, Help, Title

_PAUSE_MS = 2_000
_CONTACT = ("role", "name", "phone", "email")
_ESTABLISHMENT = ("name", "type", "department", "siret", "finess")
_ROW_PROBLEM = re.compile(r"(contacts|establishments)\[(\d+)\]\.(\w+)")


class PracticePage(Page):
    """Shows the sheet, keeps it after each pause, says what is missing without blocking."""

    name = "practice"

    def __init__(self, desk: Desk, doubt: Doubt = no_doubt) -> None:
        """`doubt` looks at SIRET, FINESS and RPPS."""
        super().__init__(desk)
        self._sheet = Sheet()
        self._pending = False
        self.fields = {key: AnswerField(key, doubt) for keys in GROUPS.values() for key in keys}
        self.heads = {group: GroupHead(group) for group in (*GROUPS, "contacts")}
        self.contacts = Rows(
            _CONTACT, doubt, say.NO_CONTACT, Quiet(say.ADD_CONTACT, "plus").at_edge()
        )
        self.contacts.suggest = self._next_contact
        self.establishments = Rows(
            _ESTABLISHMENT, doubt, say.NO_PLACE, Quiet(say.ADD_ESTABLISHMENT, "plus").at_edge()
        )
        self.several = Quiet(say.SEVERAL_PLACES, "building-2").at_edge()
        self.several.clicked.connect(self._open_places)
        self._places = QWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        for each in self.fields.values():
            each.editor.edited.connect(self._typed)
        self.contacts.edited.connect(self._typed)
        self.establishments.edited.connect(self._typed)
        for head in self.heads.values():
            head.still_right.connect(self._confirm)
        self.setLayout(column(Scroll(self._inside()), gap=0))

    def _inside(self) -> QWidget:
        box = column(column(Title(say.TITLE), Help(say.HELP), gap=4), gap=20)
        for group, keys in GROUPS.items():
            fields = [self.fields[key] for key in keys]
            hint = [Help(say.DOUBTS_HELP)] if group == "identity" else []
            box.addWidget(Card(self.heads[group], *hint, Pairs(fields), gap=14))
        contacts = column(self.heads["contacts"], Help(say.CONTACTS_HELP), self.contacts, gap=10)
        self._places.setLayout(
            column(
                Heading(say.GROUPS["establishments"]),
                Help(say.ESTABLISHMENTS_HELP),
                self.establishments,
                gap=10,
            )
        )
        box.addLayout(contacts)
        box.addLayout(row(self.several, spacer()))
        box.addWidget(self._places)
        inside = QWidget()
        inside.setLayout(box)
        return inside

    @property
    def title(self) -> str:
        """Title of the page."""
        return say.TITLE

    def open_at(self, place: Place) -> None:
        """Read the sheet; what is being typed is kept first."""
        self.keep()
        session = self.desk.session
        self.desk.jobs.run(
            lambda: (sheet_view(session), practices.checks(session)),
            lambda read: self._show(*read),
        )

    def first_focus(self) -> QWidget:
        """The first answer that is missing."""
        missing = (f for f in self.fields.values() if f.answer() is None)
        return next(missing, self.fields["name"]).first_focus()

    def keep(self) -> None:
        """Save what was typed, if anything was."""
        if not self._pending:
            return
        self._pending = False
        self._pause.stop()
        session, typed, by = self.desk.session, self.typed(), self.desk.who
        self.desk.jobs.run(
            lambda: keep_sheet(session, typed, by), self._kept, self._not_kept
        )

    def typed(self) -> Sheet:
        """The sheet as it stands on the screen."""
        answers: dict[str, Plain] = dict(self._sheet.answers)
        answers.update({key: each.answer() for key, each in self.fields.items()})
        return Sheet(answers, self.contacts.values(), self.establishments.values())

    def _show(self, sheet: Sheet, checks: Mapping[str, Checked]) -> None:
        self._sheet = sheet
        self._show_checks(checks)
        for key, each in self.fields.items():
            each.set_answer(sheet.answers.get(key))
            each.set_problem(None)
        self.contacts.show_rows(sheet.contacts)
        self.establishments.show_rows(sheet.establishments)
        self._places.setVisible(bool(sheet.establishments))
        self.several.setVisible(not sheet.establishments)
        self._gauge(sheet)

    def _show_checks(self, checks: Mapping[str, Checked]) -> None:
        today = self.desk.session.clock.now().date()
        for group, head in self.heads.items():
            head.show_checked(checks.get(group), today)

    def _open_places(self) -> None:
        self.several.hide()
        self._places.show()
        self.establishments.add_one()

    def _next_contact(self) -> dict[str, Plain]:
        """The first of those called in a crisis who is not there yet."""
        there = {card.values().get("role") for card in self.contacts.cards}
        missing = next((role for role in ESSENTIAL_CONTACTS if role not in there), None)
        return {"role": missing} if missing else {}

    def _confirm(self, group: str) -> None:
        self.keep()
        session, by = self.desk.session, self.desk.who

        def work() -> dict[str, Checked]:
            practices.confirm(session, group, by)
            return practices.checks(session)

        def done(checks: dict[str, Checked]) -> None:
            self._show_checks(checks)
            self.desk.window.say(say.CHECKED)
            self.desk.tell_changed(frozenset({practices.CHECK}))

        self.desk.jobs.run(work, done)

    def _typed(self) -> None:
        self._pending = True
        self._pause.start()
        self._gauge(self.typed())

    def _gauge(self, sheet: Sheet) -> None:
        for group, head in self.heads.items():
            head.show_filled(*sheet.filled(group))

    def _kept(self, kept: Kept) -> None:
        problems = {key: say.problem(code) for key, code in kept.problems.items()}
        of_lists = {key.partition("[")[0]: text for key, text in problems.items()}
        for key, each in self.fields.items():
            each.set_problem(of_lists.get(key))
        for key, text in problems.items():
            self._mark_row(key, text)
        if kept.problems:
            self.desk.window.say(say.TO_SEE if kept.saved else say.WAITS)
        elif kept.saved:
            self.desk.window.say(say.KEPT)
        if kept.saved:
            self.desk.tell_changed(frozenset({"practice"}))

    def _mark_row(self, key: str, text: str) -> None:
        found = _ROW_PROBLEM.fullmatch(key)
        if found is None:
            return
        rows = self.contacts if found[1] == "contacts" else self.establishments
        number = int(found[2])
        if number < len(rows.cards) and found[3] in rows.cards[number].fields:
            rows.cards[number].fields[found[3]].set_problem(text)

    def _not_kept(self, error: BaseException) -> None:
        # Still on the screen, and tried again at the next pause or when the page is left.
        self._pending = True
        self.desk.window.explain(error)
