"""Making the vault: one answer that matters, and how it will be opened."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal

from clinicir.services.first_start import FirstWords
from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.texts.screens_shell import BACK
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.entry.passphrase_choice import PassphraseChoice
from clinicir.ui.jobs import Jobs
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.fields import Field, Line, SingleChoice
from clinicir.ui.widgets.layout import ActionBar, Card, row
from clinicir.ui.widgets.text import Body, Help

_KEYRING, _PASSPHRASE = "keyring", "passphrase"


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
        self.way = SingleChoice()
        self.way_field = Field(say.WAY, self.way)
        self.way_help = Help()
        self.passphrase = PassphraseChoice(door, jobs)
        self.make, leave = Primary(say.MAKE, "lock"), Secondary(BACK, "chevron-left")
        self.make.setDefault(True)
        self.make.clicked.connect(self.submit)
        leave.clicked.connect(self.left)
        self.way.edited.connect(self._show_way)
        self.passphrase.judged.connect(self._allow)
        self.passphrase.editor.entered.connect(self.submit)
        for line in (self.department, self.person, self.practice):
            line.returnPressed.connect(self.submit)
        self._way_card = Card(self.way_field, self.way_help, self.passphrase)
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
            self._way_card,
            actions=ActionBar(leave, self.make),
        )
        self.way_field.hide()
        self._show_way()
        self.setFocusProxy(self.department)
        jobs.run(door.keyring_is_real, self._offer_keyring)

    def submit(self) -> None:
        """Go on when nothing is missing, else say what is."""
        code = self.department.value().upper()
        missing = code not in self._departments
        self.department_field.set_problem(say.DEPARTMENT_MISSING if missing else None)
        if missing:
            self.department.setFocus()
            return
        if self._by_passphrase and not self.passphrase.accepted:
            self.passphrase.setFocus()
            self.passphrase.judge()
            return
        words = FirstWords(
            practice=self.practice.value() or say.PRACTICE_UNKNOWN,
            department=code,
            person=self.person.value() or say.PERSON_UNKNOWN,
        )
        self.make.setEnabled(False)
        self.make.set_text(say.MAKING)
        self.ready.emit(words, self.passphrase.value() if self._by_passphrase else None)

    def give_back(self) -> None:
        """The vault could not be made: what was typed is still there."""
        self.make.set_text(say.MAKE)
        self._allow()

    @property
    def _by_passphrase(self) -> bool:
        return self.way.value() != _KEYRING

    def _offer_keyring(self, real: bool) -> None:
        if real:
            self.way.set_choices(((_KEYRING, say.WAY_KEYRING), (_PASSPHRASE, say.WAY_PASSPHRASE)))
            self.way.set_value(_KEYRING)
            self.way_field.show()
            self._show_way()

    def _show_way(self) -> None:
        offered = bool(self.way.buttons())
        self.way_help.setVisible(offered)
        self.way_help.set_text(
            say.WAY_PASSPHRASE_HELP if self._by_passphrase else say.WAY_KEYRING_HELP
        )
        self.passphrase.setVisible(self._by_passphrase)
        self._allow()

    def _allow(self) -> None:
        self.make.setEnabled(not self._by_passphrase or self.passphrase.accepted)
