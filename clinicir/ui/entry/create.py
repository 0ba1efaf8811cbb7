"""Making the vault: one answer that matters, and how it will be opened."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal

from clinicir.services.first_start import FirstWords
from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.texts.screens_shell import BACK
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.entry.way_choice import WayChoice
from clinicir.ui.jobs import Jobs
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.fields import Field, Line
from clinicir.ui.widgets.layout import ActionBar, Card, row
from clinicir.ui.widgets.text import Body


class CreateVault(EntryPage):
    """The keyring in one click where a real one exists, a passphrase otherwise."""

    ready = Signal(object, object)
    """`FirstWords`, then the passphrase or None for the keyring."""
    left = Signal()

    def __init__(self, door: VaultDoor, jobs: Jobs, departments: Collection[str]) -> None:
        """`departments`: codes that are accepted."""
        super().__init__(say.CREATE)
        self._departments = departments
        self.department, self.person, self.practice = Line(3), Line(120), Line(200)
        self.department_field = Field(say.DEPARTMENT, self.department, say.DEPARTMENT_HELP)
        self.way = WayChoice(door, jobs)
        self.make, leave = Primary(say.MAKE, "lock"), Secondary(BACK, "chevron-left")
        self.make.setDefault(True)
        self.make.clicked.connect(self.submit)
        leave.clicked.connect(self.left)
        self.way.changed.connect(self._allow)
        self.way.entered.connect(self.submit)
        for line in (self.department, self.person, self.practice):
            line.returnPressed.connect(self.submit)
        self.lay_out(
            Body(say.CREATE_LEAD),
            Card(
                self.department_field,
                row(
                    Field(say.PERSON, self.person, optional=True),
                    Field(say.PRACTICE, self.practice, optional=True),
                    gap=16,
                ),
                gap=14,
            ),
            Card(self.way),
            actions=ActionBar(leave, self.make),
        )
        self._allow()
        self.first = self.department

    def submit(self) -> None:
        """Go on when nothing is missing, else say what is."""
        code = self.department.value().upper()
        missing = code not in self._departments
        self.department_field.set_problem(say.DEPARTMENT_MISSING if missing else None)
        if missing:
            self.department.setFocus()
            return
        if not self.way.accepted:
            self.way.show_problem()
            return
        words = FirstWords(
            practice=self.practice.value() or say.PRACTICE_UNKNOWN,
            department=code,
            person=self.person.value() or say.PERSON_UNKNOWN,
        )
        self.make.setEnabled(False)
        self.make.set_text(say.MAKING)
        self.ready.emit(words, self.way.value())

    def give_back(self) -> None:
        """The vault could not be made: what was typed is still there."""
        self.make.set_text(say.MAKE)
        self._allow()

    def _allow(self) -> None:
        self.make.setEnabled(self.way.accepted)
