"""The practice sheet: groups with a gauge, saved as one types."""

from __future__ import annotations

import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import Plain
from clinicir.services.views.practice import GROUPS, Kept, Sheet, keep_sheet, sheet_view
from clinicir.texts import screens_practice as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.page import Page
from clinicir.ui.pages.practice_fields import AnswerField, Doubt, Pairs, Rows
from clinicir.ui.widgets.buttons import Quiet
from clinicir.ui.widgets.gauge import Gauge
from clinicir.ui.widgets.layout import Card, Scroll, column, row
from clinicir.ui.widgets.text import Heading, Help, Small, Title

_PAUSE_MS = 2_000
_CONTACT = ("role", "name", "phone", "email")
_ESTABLISHMENT = ("name", "type", "department", "siret", "finess")
_ROW_PROBLEM = re.compile(r"(contacts|establishments)\[(\d+)\]\.(\w+)")


def no_doubt(_kind: str, _text: str) -> str | None:
    """When nobody can check identifiers."""
    return None


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
            _CONTACT, doubt, say.NO_CONTACT, Quiet(say.ADD_CONTACT, "plus")
        )
        self.establishments = Rows(
            _ESTABLISHMENT, doubt, say.ONE_PLACE, Quiet(say.ADD_ESTABLISHMENT, "plus")
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        for each in self.fields.values():
            each.editor.edited.connect(self._typed)
        self.contacts.edited.connect(self._typed)
        self.establishments.edited.connect(self._typed)
        self.setLayout(column(Scroll(self._inside()), gap=0))

    def _inside(self) -> QWidget:
        box = column(column(Title(say.TITLE), Help(say.HELP), gap=4), gap=20)
        for group, keys in GROUPS.items():
            fields = [self.fields[key] for key in keys]
            box.addWidget(Card(self.heads[group], Pairs(fields), gap=14))
        contacts = column(self.heads["contacts"], Help(say.CONTACTS_HELP), self.contacts, gap=10)
        establishments = column(
            Heading(say.GROUPS["establishments"]),
            Help(say.ESTABLISHMENTS_HELP),
            self.establishments,
            gap=10,
        )
        box.addLayout(contacts)
        box.addLayout(establishments)
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
        self.desk.jobs.run(lambda: sheet_view(session), self._show)

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

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        for key, each in self.fields.items():
            each.set_answer(sheet.answers.get(key))
            each.set_problem(None)
        self.contacts.show_rows(sheet.contacts)
        self.establishments.show_rows(sheet.establishments)
        self._gauge(sheet)

    def _typed(self) -> None:
        self._pending = True
        self._pause.start()
        self._gauge(self.typed())

    def _gauge(self, sheet: Sheet) -> None:
        for group, head in self.heads.items():
            head.show_filled(*sheet.filled(group))

    def _kept(self, kept: Kept) -> None:
        problems = {key: say.problem(code) for key, code in kept.problems.items()}
        for key, each in self.fields.items():
            each.set_problem(problems.get(key))
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


class GroupHead(QWidget):
    """Title of a group and how far it is filled."""

    def __init__(self, group: str) -> None:
        """Empty."""
        super().__init__()
        self._group = group
        self.count = Small()
        self.count.setWordWrap(False)
        self.gauge = Gauge(say.GROUPS[group])
        head = row(Heading(say.GROUPS[group]), self.count, gap=10)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.gauge, gap=6))

    def show_filled(self, count: int, total: int) -> None:
        """`count` answers out of `total`."""
        self.count.set_text(say.filled(count, total))
        self.gauge.show_share(count, total, say.filled_group(self._group, count, total))
