"""The five gestures and whom to call: readable by anybody, at any time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.domain.knowledge import Knowledge
from clinicir.services.ports import OpenContact
from clinicir.texts import screens_entry as say
from clinicir.texts.screens_drill import dialled
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.theme import px
from clinicir.ui.widgets.buttons import Primary
from clinicir.ui.widgets.layout import ActionBar, Card, row, rule
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.text import Body, Heading, Help, Strong, Title

_SHEET = "fiche.cinq_gestes"
_NATIONAL = ("seventeen_cyber",)
_ROLE_WIDTH = 150
"""Names stand one under the other, with or without a number after them."""


class Gestures(EntryPage):
    """Sentences of the printed sheet, so that screen and paper never differ."""

    left = Signal()

    def __init__(
        self,
        knowledge: Knowledge,
        contacts: Sequence[OpenContact] | None,
        today: date,
        foot: QWidget | None = None,
        *,
        drill: bool = False,
    ) -> None:
        """`contacts` None: the practice does not show them; `foot` stands in for the way back.

        In a `drill` no number is shown that somebody could answer.
        """
        super().__init__(say.GESTURES, "hand")
        words = knowledge.wording
        self.leave = Primary(say.GESTURES_CLOSE, "chevron-left")
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.left)
        steps = Card(gap=14)
        for n, text in enumerate(words.lines(f"{_SHEET}.gestes.numbered"), 1):
            number = Title(str(n))
            number.setFixedWidth(px(24))
            steps.box.addLayout(row(number, Body(text), gap=12, stretch_last=True))
        calls = Card(Heading(words.text(f"{_SHEET}.numeros.title")))
        for line in self._numbers(knowledge, contacts or (), today, drill=drill):
            calls.box.addWidget(rule())
            calls.box.addWidget(line)
        if contacts == ():
            calls.box.addWidget(Help(say.NO_CONTACT))
        wait = Notice("info", words.text(f"{_SHEET}.attendre.title"),
                      words.text(f"{_SHEET}.attendre.text"))  # fmt: skip
        care = Notice("warn", words.text(f"{_SHEET}.gestes.warning"))
        shown: list[QWidget] = [care, steps, calls, wait]
        if foot is None:
            self.lay_out(*shown, actions=ActionBar(self.leave), gestures=False)
            self.first = self.leave
        else:
            self.lay_out(*shown, foot, gestures=False)
            self.first = foot

    def _numbers(
        self, knowledge: Knowledge, contacts: Sequence[OpenContact], today: date, *, drill: bool
    ) -> list[QWidget]:
        lines = [
            _call(
                say.CONTACT_ROLES.get(c.role, c.role), c.name, dialled(c.phone, drill=drill)
            )
            for c in contacts
        ]
        for name in _NATIONAL:
            desk = knowledge.directory.contacts[name]
            site = desk.sites[0].removeprefix("https://") if desk.sites else ""
            phone = desk.phone if desk.phone_is_sure(today) else ""
            lines.append(_call(desk.name, site, dialled(phone, drill=drill)))
        return lines


def _call(role: str, name: str, phone: str) -> QWidget:
    holder = QWidget()
    number = Title(phone).selectable()
    number.setVisible(bool(phone))
    role_shown = Strong(role)
    words = row(role_shown, Body(name).selectable(), number, gap=16)
    role_shown.setMinimumWidth(px(_ROLE_WIDTH))
    words.setStretch(1, 1)
    holder.setLayout(words)
    return holder
