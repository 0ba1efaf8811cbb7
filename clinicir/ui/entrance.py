"""From the first look at the door to an open vault: which screen comes when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinicir.domain.clock import Clock
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.knowledge import Knowledge
from clinicir.services import first_start
from clinicir.services.first_start import FirstWords
from clinicir.services.ports import OpenContact, OpenVault, VaultDoor
from clinicir.services.session import Session
from clinicir.texts.screens_entry import OPEN_BACKUP, OPEN_BACKUP_FILTER, PERSON_UNKNOWN
from clinicir.texts.screens_entry_times import limit_in
from clinicir.ui.entry.backup import OpenBackup
from clinicir.ui.entry.create import CreateVault
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.entry.gestures import Gestures
from clinicir.ui.entry.refusal import sentence_of
from clinicir.ui.entry.renew import NewWay
from clinicir.ui.entry.trouble import Trouble
from clinicir.ui.entry.unlock import Tries, Unlock
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.entry.who import Who
from clinicir.ui.jobs import Jobs
from clinicir.ui.main_window import MainWindow


@dataclass(frozen=True)
class _Found:
    exists: bool
    keyring: bool
    contacts: tuple[OpenContact, ...] | None
    limit: datetime | None = None


class Entrance(QObject):
    """Welcome, making, unlocking, renewing, who: ends with `opened`."""

    opened = Signal(object, str)
    """The `OpenVault`, and who is at the keyboard."""
    shown = Signal()
    """Another page of the entrance is on screen."""

    def __init__(
        self, door: VaultDoor, knowledge: Knowledge, clock: Clock, jobs: Jobs, window: MainWindow
    ) -> None:
        """Nothing is shown before `look`."""
        super().__init__()
        self._door, self._knowledge, self._clock = door, knowledge, clock
        self._jobs, self._window = jobs, window
        self._found = _Found(False, False, ())
        self._tries = Tries()
        self._waiting: EntryPage | None = None
        self.page: QWidget | None = None
        self.first_page = ""
        """Page chosen at the very first start; whoever shows it empties this."""

    @property
    def holds_vault(self) -> bool:
        """A vault is open behind the page on screen, though nobody said yet who is there."""
        return isinstance(self.page, Who | NewWay)

    @property
    def by_account(self) -> bool:
        """The vault opens by this account of the computer."""
        return self._found.keyring

    def take_over(self, page: EntryPage | None) -> None:
        """The page already on screen, held until `look` has read what it lacks."""
        self._waiting = page

    def look(self) -> None:
        """Welcome, or the lock."""
        door = self._door

        def read() -> _Found:
            exists = door.exists()
            keyring = exists and door.keyring_opens()
            return _Found(exists, keyring, door.open_contacts(), door.open_limit())

        self._jobs.run(read, self._begin, self._show_trouble)

    def _begin(self, found: _Found) -> None:
        self._found = found
        waiting, self._waiting = self._waiting, None
        if found.exists:
            self._show_unlock(waiting if isinstance(waiting, Unlock) else None)
        else:
            self._show_welcome(waiting if isinstance(waiting, Welcome) else None)

    def _show(self, page: EntryPage, before: Callable[[], None] | None = None) -> None:
        there, self.page = self._window.entry is page, page
        page.gestures_asked.connect(lambda: self.show_gestures(before or self.look))
        if not there:
            self._window.show_entry(page, page.title)
            page.first.setFocus()
        self.shown.emit()

    def _show_welcome(self, waiting: Welcome | None = None) -> None:
        page = waiting or Welcome()
        page.chosen.connect(self._choose_start)
        page.backup_asked.connect(self._choose_backup)
        self._show(page)
        page.release()

    def _choose_backup(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, OPEN_BACKUP, str(Path.home()), OPEN_BACKUP_FILTER
        )
        if not chosen:
            return
        page, door = OpenBackup(Path(chosen)), self._door
        page.given.connect(
            lambda code: self._jobs.run(
                lambda: door.restore(page.file, code),
                self._opened_by_sheet,
                lambda error: page.refuse(sentence_of(error)),
            )
        )
        page.left.connect(self.look)
        self._show(page)

    def _choose_start(self, incident_now: bool) -> None:
        self.first_page = "triage" if incident_now else "practice"
        page = CreateVault(
            self._door, self._jobs, self._knowledge.directory.departments.keys()
        )
        page.ready.connect(lambda words, phrase: self._create(page, words, phrase))
        page.left.connect(lambda: self._show_welcome())
        self._show(page)

    def _create(self, page: CreateVault, words: FirstWords, passphrase: str | None) -> None:
        def make() -> OpenVault:
            made = self._door.create(passphrase)
            first_start.begin(self._session(made), words)
            return made

        def refused(error: BaseException) -> None:
            page.give_back()
            self._window.explain(error)

        self._jobs.run(make, lambda made: self.opened.emit(made, words.person), refused)

    def _show_unlock(self, waiting: Unlock | None = None, *, by_code: bool = False) -> None:
        found, door = self._found, self._door
        limit, now = found.limit, self._clock.now
        page = waiting or Unlock(keyring=found.keyring)
        page.passphrase_given.connect(
            lambda text: self._try(page, lambda: door.open_with_passphrase(text), self.ask_who)
        )
        page.code_given.connect(
            lambda text: self._try(
                page, lambda: door.open_with_recovery(text), self._opened_by_sheet
            )
        )
        page.keyring_chosen.connect(
            lambda: self._try(page, door.open_with_keyring, self.ask_who)
        )
        if by_code:
            page.swap()
        self._show(page)
        page.complete(
            keyring=found.keyring,
            limit=lambda: limit_in(limit, now()) if limit else "",
            tries=self._tries,
        )

    def _try(
        self, page: Unlock, way: Callable[[], OpenVault], then: Callable[[OpenVault], None]
    ) -> None:
        """What the person can mend is said on the page; the rest has a page of its own."""

        def refused(error: BaseException) -> None:
            if isinstance(error, StorageError):
                self._show_trouble(error)
            else:
                page.refuse(sentence_of(error), wrong=isinstance(error, UserError))

        def opened(found: OpenVault) -> None:
            self._tries = Tries()
            then(found)

        self._jobs.run(way, opened, refused)

    def _show_trouble(self, error: BaseException) -> None:
        if not isinstance(error, StorageError):
            self._window.explain(error)
            return
        page = Trouble(error, self._door.place, self._clock.now().tzinfo)
        page.again.connect(self.look)
        page.by_sheet.connect(lambda: self._show_unlock(by_code=True))
        self._show(page, lambda: self._show_trouble(error))

    def show_gestures(self, back: Callable[[], None]) -> None:
        """The five gestures, then `back`."""
        page = Gestures(
            self._knowledge, self._found.contacts, self._clock.now().date()
        )
        page.left.connect(back)
        self._show(page)

    # --- the opening ---------------------------------------------------------------------------

    def _session(self, opened: OpenVault) -> Session:
        return Session(opened.store, self._knowledge, self._clock)

    def _opened_by_sheet(self, opened: OpenVault) -> None:
        page, door = NewWay(self._door, self._jobs), self._door

        def refused(error: BaseException) -> None:
            page.give_back()
            self._window.explain(error)

        page.chosen.connect(
            lambda text: self._jobs.run(
                lambda: door.replace_passphrase(text), lambda _: self.ask_who(opened), refused
            )
        )
        page.put_off.connect(lambda: self.ask_who(opened))
        self._show(page)

    def ask_who(self, opened: OpenVault) -> None:
        """Who is there? Their name goes beside each act in the journal."""
        session = self._session(opened)
        self._jobs.run(
            lambda: first_start.people_of(session.practice()),
            lambda people: self._name(people, opened),
        )

    def _name(self, people: tuple[str, ...], opened: OpenVault) -> None:
        page = Who([name for name in people if name != PERSON_UNKNOWN])
        page.named.connect(lambda name: self.opened.emit(opened, name))
        self._show(page)
