"""After the recovery sheet: how the vault will be opened next time."""

from __future__ import annotations

from PySide6.QtCore import Signal

from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.entry.way_choice import WayChoice
from clinicir.ui.jobs import Jobs
from clinicir.ui.widgets.buttons import Primary, Secondary
from clinicir.ui.widgets.layout import ActionBar, Card
from clinicir.ui.widgets.text import Body


class NewWay(EntryPage):
    """May be put off: the sheet still opens the vault."""

    chosen = Signal(object)
    """The passphrase; None for the account of the computer alone."""
    put_off = Signal()

    def __init__(self, door: VaultDoor, jobs: Jobs) -> None:
        """The vault is open already."""
        super().__init__(say.NEW_WAY, "key-round")
        self.way = WayChoice(door, jobs)
        self.keep, self.later = Primary(say.NEW_WAY_KEEP), Secondary(say.LATER)
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.submit)
        self.later.clicked.connect(self.put_off)
        self.way.entered.connect(self.submit)
        self.way.changed.connect(self._allow)
        self.lay_out(
            Body(say.NEW_WAY_LEAD),
            Card(self.way),
            actions=ActionBar(self.later, self.keep),
            gestures=False,
        )
        self._allow()
        self.first = self.way

    def submit(self) -> None:
        """Only what the door accepts."""
        if self.way.accepted:
            self.keep.setEnabled(False)
            self.chosen.emit(self.way.value())

    def give_back(self) -> None:
        """It could not be kept: what was typed is still there."""
        self._allow()

    def _allow(self) -> None:
        self.keep.setEnabled(self.way.accepted)
