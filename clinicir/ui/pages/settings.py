"""Settings: look, safety, reminders, folder and technical log, about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from clinicir.domain.knowledge import Knowledge
from clinicir.services import first_start
from clinicir.services.ports import VaultDoor
from clinicir.texts import screens_settings as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.idle import WAIT_SECONDS
from clinicir.ui.pages.page import Page
from clinicir.ui.questions import ask
from clinicir.ui.technical_log import TechnicalLog
from clinicir.ui.widgets.buttons import Secondary
from clinicir.ui.widgets.layout import Card, Scroll, column, spacer, wrapping_row
from clinicir.ui.widgets.refill import flush
from clinicir.ui.widgets.settings_cards import AboutCard, FolderCard, LookCard, Worn
from clinicir.ui.widgets.settings_safety import LOCK_MINUTES, SafetyCard
from clinicir.ui.widgets.text import Heading, Help, Title

LOCK_KEY = "lock/minutes"
LOG = "log"
"""`Place.item` that opens the technical log."""

Ask = Callable[[QWidget, str, str, str, str], bool]


@dataclass(frozen=True)
class ThisComputer:
    """What the settings look at besides the vault: nothing of it is in the vault."""

    door: VaultDoor
    look: Worn
    settings: QSettings
    log: TechnicalLog
    vault: Path
    licences: Path
    """Folder of the licence texts."""
    version: str


def lock_minutes(settings: QSettings) -> int:
    """Delay before the lock, as chosen here; the usual one when the file says something else."""
    kept = str(settings.value(LOCK_KEY, ""))
    offered = {str(minutes): minutes for minutes in LOCK_MINUTES}
    return offered.get(kept, WAIT_SECONDS // 60)


def checked_on(knowledge: Knowledge) -> date:
    """The day since which every rule of law has been read again."""
    return min(rule.checked_on for rule in knowledge.rules)


@dataclass(frozen=True)
class _Kept:
    sheet_checked: bool
    contacts_shown: bool
    licences: tuple[tuple[str, str], ...]


class SettingsPage(Page):
    """Every choice counts at once; there is nothing to confirm but the passphrase."""

    name = "settings"

    def __init__(
        self, desk: Desk, computer: ThisComputer, confirm: Ask = ask, *, reminders: bool = False
    ) -> None:
        """`confirm` asks before the passphrase changes; `reminders`: their page exists."""
        super().__init__(desk)
        self._computer, self._confirm = computer, confirm
        self.look = LookCard(computer.look)
        self.safety = SafetyCard(computer.door, desk.jobs)
        self.reminders = Secondary(say.REMINDERS_OPEN, "bell")
        self.folder = FolderCard(computer.vault, self._read_log, desk.window.say)
        self.about = AboutCard(computer.version, checked_on(desk.session.knowledge))
        self.safety.lock_chosen.connect(self._lock_after)
        self.safety.passphrase_chosen.connect(self._change_passphrase)
        self.safety.sheet_asked.connect(partial(desk.window.go, Place("recovery_sheet")))
        self.safety.contacts_chosen.connect(self._show_contacts)
        self.reminders.clicked.connect(partial(desk.window.go, Place("reminders")))
        reminding = Card(
            Heading(say.REMINDERS),
            Help(say.REMINDERS_HELP),
            flush(wrapping_row(self.reminders)),
        )
        if not reminders:
            reminding.hide()
        inside = QWidget()
        inside.setLayout(
            column(
                column(Title(say.SETTINGS), Help(say.LEAD), gap=4),
                self.look,
                self.safety,
                reminding,
                self.folder,
                self.about,
                spacer(),
                gap=20,
            )
        )
        self._scroll = Scroll(inside)
        self.setLayout(column(self._scroll, gap=0))

    @property
    def title(self) -> str:
        """See `Page`."""
        return say.SETTINGS

    def open_at(self, place: Place) -> None:
        """`place.item` may be `LOG`."""
        self.look.show_worn()
        self.safety.show_lock(lock_minutes(self._computer.settings))
        self.desk.jobs.run(self._read, self._show)
        if place.item == LOG:
            self.folder.open_log()
            self._scroll.ensureWidgetVisible(self.folder.copy_log)

    def first_focus(self) -> QWidget:
        """The colours, or the technical log when it was asked for."""
        return self.folder.log_fold.button if self.folder.log_fold.opened else self.look.colours

    def keep(self) -> None:
        """A passphrase half typed is forgotten when the page is left."""
        self.safety.close_passphrase()
        self.folder.log_fold.open(opened=False)

    # --- reading -------------------------------------------------------------------------------

    def _read(self) -> _Kept:
        folder = self._computer.licences
        return _Kept(
            first_start.sheet_is_checked(self.desk.session),
            self._computer.door.open_contacts() is not None,
            tuple(
                (path.stem, path.read_text(encoding="utf-8"))
                for path in sorted(folder.glob("*.txt"))
            ),
        )

    def _show(self, kept: _Kept) -> None:
        self.safety.show_kept(
            sheet_checked=kept.sheet_checked, contacts_shown=kept.contacts_shown
        )
        self.about.show_licences(kept.licences)

    def _read_log(self) -> None:
        self.desk.jobs.run(self._computer.log.read, self.folder.show_log)

    # --- acts ----------------------------------------------------------------------------------

    def _lock_after(self, minutes: int) -> None:
        self._computer.settings.setValue(LOCK_KEY, minutes)

    def _show_contacts(self, shown: bool) -> None:
        door, session = self._computer.door, self.desk.session

        def keep() -> None:
            contacts = first_start.contacts_to_show(session.practice())
            door.show_contacts(contacts if shown else None)

        said = say.CONTACTS_SHOWN if shown else say.CONTACTS_HIDDEN
        self.desk.jobs.run(keep, lambda _: self.desk.window.say(said))

    def _change_passphrase(self, text: str) -> None:
        if not self._confirm(
            self, say.PASSPHRASE_SURE, say.PASSPHRASE_SURE_TEXT, say.PASSPHRASE_CHANGE,
            say.PASSPHRASE_NOT_NOW,
        ):  # fmt: skip
            return
        door = self._computer.door

        def changed(_: object) -> None:
            self.safety.close_passphrase()
            self.desk.window.say(say.PASSPHRASE_CHANGED)

        self.desk.jobs.run(lambda: door.replace_passphrase(text), changed)
