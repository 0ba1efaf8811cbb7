"""The card of the settings about locking: delay, passphrase, recovery sheet, contacts shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_entry
from clinicir.texts import screens_settings as say
from clinicir.ui.entry.passphrase_choice import PassphraseChoice
from clinicir.ui.jobs import Jobs
from clinicir.ui.widgets.buttons import Secondary
from clinicir.ui.widgets.fields import Field, MultiChoice, SingleChoice
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.layout import Card, column, rule, wrapping_row
from clinicir.ui.widgets.refill import flush
from clinicir.ui.widgets.text import Body, Heading, Help, Strong

LOCK_MINUTES = (5, 15, 30, 60)
_SHOW = "show"


class PassphrasePanel(QWidget):
    """A new passphrase, judged by the door as it is typed."""

    chosen = Signal(str)

    def __init__(self, door: VaultDoor, jobs: Jobs) -> None:
        """Empty."""
        super().__init__()
        self.passphrase = PassphraseChoice(door, jobs)
        self.keep = Secondary(say.PASSPHRASE_KEEP, "key-round")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._submit)
        self.passphrase.editor.entered.connect(self._submit)
        self.passphrase.judged.connect(
            lambda: self.keep.setEnabled(self.passphrase.accepted)
        )
        self.setLayout(
            column(
                Help(say.PASSPHRASE_LEAD),
                self.passphrase,
                flush(wrapping_row(self.keep)),
                gap=10,
            )
        )

    def forget(self) -> None:
        """Nothing typed stays on the screen."""
        self.passphrase.editor.set_value("")
        self.passphrase.editor.reveal(hidden=True)
        self.passphrase.judge()

    def _submit(self) -> None:
        if self.passphrase.accepted:
            self.chosen.emit(self.passphrase.value())


class SafetyCard(Card):
    """Tells what was chosen; the page does it."""

    lock_chosen = Signal(int)
    """Minutes."""
    passphrase_chosen = Signal(str)
    sheet_asked = Signal()
    contacts_chosen = Signal(bool)

    def __init__(self, door: VaultDoor, jobs: Jobs) -> None:
        """What is kept comes with `show_*`."""
        super().__init__()
        self._panel: Callable[[], PassphrasePanel] = lambda: PassphrasePanel(door, jobs)
        self.lock_after = SingleChoice(
            [(str(each), say.minutes(each)) for each in LOCK_MINUTES], side_by_side=True
        )
        self.lock_after.edited.connect(
            lambda: self.lock_chosen.emit(int(self.lock_after.value() or 0))
        )
        self.passphrase: PassphrasePanel | None = None
        self.passphrase_fold = Fold(say.PASSPHRASE_CHANGE, self._make_panel)
        self.sheet_state = Body()
        self.sheet = Secondary(say.SHEET_OPEN, "file-lock")
        self.sheet.clicked.connect(self.sheet_asked)
        self.contacts = MultiChoice(((_SHOW, screens_entry.SHOW_CONTACTS),))
        self.contacts.edited.connect(
            lambda: self.contacts_chosen.emit(_SHOW in self.contacts.value())
        )
        self._lay_out()

    def _lay_out(self) -> None:
        sheet = column(
            Strong(screens_entry.SHEET), self.sheet_state, flush(wrapping_row(self.sheet)), gap=6
        )
        self.box.addLayout(
            column(
                Heading(say.SAFETY),
                Field(say.LOCK_AFTER, self.lock_after, say.LOCK_HELP),
                rule(),
                self.passphrase_fold,
                rule(),
                sheet,
                rule(),
                column(self.contacts, Help(say.CONTACTS_HELP), gap=6),
                gap=14,
            )
        )

    def show_kept(self, *, sheet_checked: bool, contacts_shown: bool) -> None:
        """State of the sheet, and of the contacts in clear."""
        state = screens_entry.SHEET_OK if sheet_checked else screens_entry.SHEET_NOT_OK
        self.sheet_state.set_text(state)
        self.contacts.set_value([_SHOW] if contacts_shown else [])

    def show_lock(self, minutes: int) -> None:
        """The delay in force; one that is not offered chooses nothing."""
        self.lock_after.set_value(str(minutes))

    def close_passphrase(self) -> None:
        """Fold it, empty."""
        if self.passphrase is not None:
            self.passphrase.forget()
        self.passphrase_fold.open(opened=False)

    def _make_panel(self) -> QWidget:
        self.passphrase = self._panel()
        self.passphrase.chosen.connect(self.passphrase_chosen)
        return self.passphrase
