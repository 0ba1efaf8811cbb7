"""After the recovery sheet: a passphrase that will be remembered."""

from __future__ import annotations

from PySide6.QtCore import Signal

from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.entry.passphrase_choice import PassphraseChoice
from clinicir.ui.jobs import Jobs
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.layout import ActionBar, Card
from clinicir.ui.widgets.text import Body


class NewPassphrase(EntryPage):
    """May be put off: the sheet still opens the vault."""

    chosen = Signal(object)
    """The passphrase, or None for later."""

    def __init__(self, door: VaultDoor, jobs: Jobs) -> None:
        """The vault is open already."""
        super().__init__(say.NEW_PASSPHRASE, "key-round")
        self.passphrase = PassphraseChoice(door, jobs)
        self.keep, self.later = Primary(say.NEW_PASSPHRASE_KEEP), Secondary(say.LATER)
        self.keep.setEnabled(False)
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.submit)
        self.later.clicked.connect(lambda: self.chosen.emit(None))
        self.passphrase.editor.entered.connect(self.submit)
        self.passphrase.judged.connect(lambda: self.keep.setEnabled(self.passphrase.accepted))
        self.lay_out(
            Body(say.NEW_PASSPHRASE_LEAD),
            Card(self.passphrase),
            actions=ActionBar(self.later, self.keep),
            gestures=False,
        )
        self.setFocusProxy(self.passphrase)

    def submit(self) -> None:
        """Only what the door accepts."""
        if self.passphrase.accepted:
            self.keep.setEnabled(False)
            self.chosen.emit(self.passphrase.value())
