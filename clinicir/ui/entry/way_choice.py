"""How the vault will be opened: by this account of the computer, or by a passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.ui.entry.passphrase_choice import PassphraseChoice
from clinicir.ui.jobs import Jobs
from clinicir.ui.widgets.fields import Field, SingleChoice
from clinicir.ui.widgets.layout import column
from clinicir.ui.widgets.text import Help

_ALONE, _SHARED = "alone", "shared"


class WayChoice(QWidget):
    """A passphrase; the account as well, and first, where the system has a real keyring."""

    changed = Signal()
    """`accepted` may be another now."""
    entered = Signal()
    """Return was pressed in the passphrase."""

    def __init__(self, door: VaultDoor, jobs: Jobs) -> None:
        """Asks the door whether the keyring is real."""
        super().__init__()
        self.way, self.help = SingleChoice(), Help()
        self.way_field = Field(say.WAY, self.way)
        self.passphrase = PassphraseChoice(door, jobs)
        self.way.edited.connect(self._show)
        self.passphrase.judged.connect(self.changed)
        self.passphrase.editor.entered.connect(self.entered)
        self.setLayout(column(self.way_field, self.help, self.passphrase, gap=12))
        self.setFocusProxy(self.passphrase)
        self.way_field.hide()
        self._show()
        jobs.run(door.keyring_is_real, self._offer_account)

    @property
    def accepted(self) -> bool:
        """What is chosen can open a vault."""
        return not self._shared or self.passphrase.accepted

    def value(self) -> str | None:
        """The passphrase; None for the account alone."""
        return self.passphrase.value() if self._shared else None

    def show_problem(self) -> None:
        """Say what is wrong with the passphrase."""
        self.passphrase.setFocus()
        self.passphrase.judge()

    @property
    def _shared(self) -> bool:
        return self.way.value() != _ALONE

    def _offer_account(self, real: bool) -> None:
        if real:
            self.way.set_choices(((_ALONE, say.WAY_ALONE), (_SHARED, say.WAY_SHARED)))
            self.way.set_value(_ALONE)
            self.way_field.show()
            self.setFocusProxy(self.way)
            self._show()

    def _show(self) -> None:
        offered = bool(self.way.buttons())
        self.help.setVisible(offered)
        self.help.set_text(say.WAY_SHARED_HELP if self._shared else say.WAY_ALONE_HELP)
        self.passphrase.setVisible(self._shared)
        self.changed.emit()
