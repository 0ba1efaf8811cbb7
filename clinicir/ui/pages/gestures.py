"""The five gestures inside the open vault, where one also says whether contacts may be shown."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicir.services import first_start
from clinicir.services.ports import OpenContact, VaultDoor
from clinicir.texts import screens_entry as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.entry.gestures import Gestures
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.fields import MultiChoice

_SHOW = "show"
Contacts = tuple[OpenContact, ...]


class GesturesPage(Page):
    """The same sentences as while locked, and one box to tick."""

    name = "gestures"

    def __init__(self, desk: Desk, door: VaultDoor) -> None:
        """The door keeps the contacts in clear."""
        super().__init__(desk)
        self._door = door
        self._contacts: Contacts = ()
        self.shown = self._new_choice()
        self.sheet: Gestures | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.GESTURES

    def open_at(self, place: Place) -> None:
        """See `Page`."""
        self.desk.jobs.run(self._read, self._show)

    def first_focus(self) -> QWidget:
        """See `Page`."""
        return self if self.sheet is None else self.shown.buttons()[0]

    def _read(self) -> tuple[Contacts, bool]:
        contacts = first_start.contacts_to_show(self.desk.session.practice())
        return contacts, self._door.open_contacts() is not None

    def _show(self, read: tuple[Contacts, bool]) -> None:
        self._contacts, shown = read
        self.shown = self._new_choice()
        self.shown.set_value([_SHOW] if shown else [])
        if self.sheet is not None:
            self._box.removeWidget(self.sheet)
            self.sheet.deleteLater()
        session = self.desk.session
        today = session.clock.now().date()
        self.sheet = Gestures(
            session.knowledge, self._contacts, today, self.shown, drill=session.store.drill
        )
        self._box.addWidget(self.sheet)

    def _new_choice(self) -> MultiChoice:
        choice = MultiChoice(((_SHOW, say.SHOW_CONTACTS),))
        choice.edited.connect(self._choose)
        return choice

    def _choose(self) -> None:
        wanted = self._contacts if _SHOW in self.shown.value() else None
        self.desk.jobs.run(lambda: self._door.show_contacts(wanted))
