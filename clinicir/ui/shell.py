"""From the first start to the lock: which screen comes when, and what each command does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from clinicir.domain.clock import Clock
from clinicir.domain.ids import IncidentId
from clinicir.domain.knowledge import Knowledge
from clinicir.services import first_start
from clinicir.services.first_start import FirstWords
from clinicir.services.ports import OpenContact, OpenVault, VaultDoor
from clinicir.services.session import Session
from clinicir.texts import screens_shell
from clinicir.texts.screens_entry import PERSON_UNKNOWN
from clinicir.ui.desk import Desk, Place
from clinicir.ui.entry.create import CreateVault
from clinicir.ui.entry.frame import EntryPage
from clinicir.ui.entry.gestures import Gestures
from clinicir.ui.entry.renew import NewPassphrase
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.entry.who import Who
from clinicir.ui.idle import IdleWatch
from clinicir.ui.jobs import Jobs
from clinicir.ui.main_window import MainWindow
from clinicir.ui.menus import Commands, Menus, editing
from clinicir.ui.pages.gestures import GesturesPage
from clinicir.ui.pages.recovery_sheet import RecoverySheetPage
from clinicir.ui.questions import tell
from clinicir.ui.registry import INCIDENT_TABS, PAGES, PageFactory
from clinicir.ui.theme import SCALES, Theme, current

_LARGE = 1.5
_FULL_SCREEN = Qt.WindowState.WindowFullScreen


@dataclass(frozen=True)
class Tools:
    """What the composition root hands over."""

    door: VaultDoor
    knowledge: Knowledge
    clock: Clock
    settings: Path
    """INI file of the look and of the last page: never a name, never a secret."""
    version: str


@dataclass(frozen=True)
class _Found:
    exists: bool
    keyring: bool
    contacts: tuple[OpenContact, ...] | None


class Shell(QObject):
    """Owns the window, the jobs and the door."""

    def __init__(
        self,
        tools: Tools,
        application: QApplication,
        pages: Mapping[str, PageFactory] = PAGES,
        jobs: Jobs | None = None,
    ) -> None:
        """Nothing is shown before `start`."""
        super().__init__()
        self.tools, self._application, self._pages = tools, application, pages
        self.jobs = jobs or Jobs()
        self.settings = QSettings(str(tools.settings), QSettings.Format.IniFormat)
        self._dress()
        self.window = MainWindow(tools.version, lambda: self.jobs.is_busy)
        self.menus = Menus(self.window)
        self.idle = IdleWatch(lambda: self.jobs.is_busy)
        self.desk: Desk | None = None
        self.entry: QWidget | None = None
        self._found = _Found(False, False, ())
        self._code, self._first_page, self._who = "", "", ""
        self._sheet_owed = False
        self._connect()

    def _connect(self) -> None:
        self.jobs.failed.connect(self.window.explain)
        self.window.arrived.connect(self._arrived)
        self.window.emptied.connect(self._leave)
        self.window.bottom.who_asked.connect(self._ask_who)
        self.window.sheet_button.clicked.connect(lambda: self.window.go(Place("recovery_sheet")))
        self.window.stay_button.clicked.connect(self.idle.touch)
        self.idle.warned.connect(self.window.idle_band.setVisible)
        self.idle.expired.connect(self.lock)

    # --- before the opening --------------------------------------------------------------------

    def start(self) -> None:
        """Show the window, then the first screen as soon as the door has answered."""
        geometry = self.settings.value("window/geometry")
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        self.window.show()
        self.look()

    def look(self) -> None:
        """Welcome, or the lock."""
        door = self.tools.door

        def read() -> _Found:
            exists = door.exists()
            return _Found(exists, exists and door.keyring_opens(), door.open_contacts())

        self.jobs.run(read, self._begin)

    def _begin(self, found: _Found) -> None:
        self._found = found
        if found.exists:
            self._show_unlock()
        else:
            self._show_welcome()

    def _show(self, page: EntryPage, before: Callable[[], None] | None = None) -> None:
        self.entry = page
        page.gestures.clicked.connect(lambda: self._show_gestures(before or self.look))
        self.window.show_entry(page, page.title)
        self._offer()

    def _show_welcome(self) -> None:
        page = Welcome()
        page.chosen.connect(self._choose_start)
        self._show(page)

    def _choose_start(self, incident_now: bool) -> None:
        self._first_page = "triage" if incident_now else "practice"
        page = CreateVault(
            self.tools.door, self.jobs, self.tools.knowledge.directory.departments.keys()
        )
        page.ready.connect(lambda words, phrase: self._create(page, words, phrase))
        page.left.connect(self._show_welcome)
        self._show(page)

    def _create(self, page: CreateVault, words: FirstWords, passphrase: str | None) -> None:
        def make() -> OpenVault:
            made = self.tools.door.create(passphrase)
            first_start.begin(self._session(made), words)
            return made

        def refused(error: BaseException) -> None:
            page.give_back()
            self.window.explain(error)

        def made(opened: OpenVault) -> None:
            self._who = words.person
            self._open(opened)

        self.jobs.run(make, made, refused)

    def _show_unlock(self) -> None:
        page, door = Unlock(keyring=self._found.keyring), self.tools.door
        page.passphrase_given.connect(
            lambda text: self.jobs.run(
                lambda: door.open_with_passphrase(text), self._opened, page.refuse
            )
        )
        page.code_given.connect(
            lambda text: self.jobs.run(
                lambda: door.open_with_recovery(text), self._opened_by_sheet, page.refuse
            )
        )
        page.keyring_chosen.connect(
            lambda: self.jobs.run(door.open_with_keyring, self._opened, page.refuse)
        )
        self._show(page)

    def _show_gestures(self, back: Callable[[], None]) -> None:
        page = Gestures(
            self.tools.knowledge, self._found.contacts, self.tools.clock.now().date()
        )
        page.left.connect(back)
        self._show(page)

    # --- the opening ---------------------------------------------------------------------------

    def _session(self, opened: OpenVault) -> Session:
        return Session(opened.store, self.tools.knowledge, self.tools.clock)

    def _opened_by_sheet(self, opened: OpenVault) -> None:
        page = NewPassphrase(self.tools.door, self.jobs)

        def chosen(text: str | None) -> None:
            if text is None:
                self._opened(opened)
                return
            self.jobs.run(
                lambda: self.tools.door.replace_passphrase(text), lambda _: self._opened(opened)
            )

        page.chosen.connect(chosen)
        self._show(page)

    def _opened(self, opened: OpenVault) -> None:
        """Ask who is there, then show the pages."""
        session = self._session(opened)
        self.jobs.run(
            lambda: first_start.people_of(session.practice()),
            lambda people: self._name(people, lambda: self._open(opened)),
        )

    def _name(self, people: tuple[str, ...], then: Callable[[], None]) -> None:
        page = Who([name for name in people if name != PERSON_UNKNOWN])

        def named(name: str) -> None:
            self._who = name
            then()

        page.named.connect(named)
        self._show(page)

    def _ask_who(self) -> None:
        """Somebody else sat down: the pages are made again around the same vault."""
        desk = self.desk
        if desk is None:
            return
        opened = OpenVault(desk.session.store, desk.printer, desk.verifier)
        self.window.close_desk()
        self.desk = None
        self._opened(opened)

    def _open(self, opened: OpenVault) -> None:
        self._code = opened.recovery_code or self._code
        desk = Desk(self._session(opened), self.jobs, self.window, opened.printer,
                    opened.verifier, self._who)  # fmt: skip
        self.desk, self.entry = desk, None
        self.window.open_desk(desk, {**self._pages, **self._own_pages()})
        self.window.read_only_band.setVisible(opened.read_only is not None)
        desk.changed.append(self._follow)
        self._refresh_sheet_band()
        self._keep_contacts()
        self.idle.start()
        self.jobs.run(
            desk.session.store.incidents, lambda known: self.window.go(self._first_place(known))
        )

    def _own_pages(self) -> dict[str, PageFactory]:
        door = self.tools.door
        return {
            "recovery_sheet": lambda desk: RecoverySheetPage(desk, door, self._code),
            "gestures": lambda desk: GesturesPage(desk, door),
        }

    def _first_place(self, incidents: tuple[IncidentId, ...]) -> Place:
        """What was chosen at the first start, else where one was, else home."""
        names = self.window.page_names
        if self._first_page in names:
            first, self._first_page = self._first_page, ""
            return Place(first)
        kept = str(self.settings.value("place/page", ""))
        incident = str(self.settings.value("place/incident", ""))
        if kept in INCIDENT_TABS and kept in names and incident in incidents:
            item = str(self.settings.value("place/item", ""))
            return Place(kept, IncidentId(incident), item)
        return Place("home") if "home" in names else Place("gestures")

    def _follow(self, kinds: frozenset[str]) -> None:
        if "recovery_sheet" in kinds:
            self._refresh_sheet_band()
        if "practice" in kinds:
            self._keep_contacts()

    def _refresh_sheet_band(self) -> None:
        desk = self.desk
        if desk is not None:
            self.jobs.run(
                lambda: first_start.sheet_is_checked(desk.session),
                lambda kept: self._show_sheet_band(wanted=not kept and self.desk is desk),
            )

    def _show_sheet_band(self, *, wanted: bool) -> None:
        self._sheet_owed = wanted
        place = self.window.place
        page = place.page if place is not None else ""
        # At the largest sizes a step needs the height: the reminder then waits on the home page.
        room = current().scale < _LARGE or page not in INCIDENT_TABS
        self.window.sheet_band.setVisible(wanted and room and page != "recovery_sheet")

    def _keep_contacts(self) -> None:
        desk, door = self.desk, self.tools.door

        def keep() -> None:
            if desk is not None and door.open_contacts() is not None:
                door.show_contacts(first_start.contacts_to_show(desk.session.practice()))

        self.jobs.run(keep)

    # --- the end -------------------------------------------------------------------------------

    def lock(self) -> None:
        """Forget the keys and all that is on the screen."""
        if self.desk is None:
            return
        self.idle.stop()
        self.window.close_desk()
        self.desk, self._code, self._sheet_owed = None, "", False
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self.jobs.run(self.tools.door.close, lambda _: self.look())

    def _leave(self) -> None:
        self.idle.stop()
        self.settings.setValue("window/geometry", self.window.saveGeometry())
        self.settings.sync()
        self.jobs.run(self.tools.door.close)
        self.jobs.shutdown()
        self._application.quit()

    def _arrived(self, place: Place) -> None:
        for key in ("page", "incident", "item"):
            self.settings.setValue(f"place/{key}", getattr(place, key) or "")
        self._show_sheet_band(wanted=self._sheet_owed)
        self._offer()

    # --- commands ------------------------------------------------------------------------------

    def _offer(self) -> None:
        """Every command that can act on what is on screen."""
        window = self.window
        commands: dict[str, Callable[[], None]] = {
            **editing(), "larger": lambda: self._zoom(1), "smaller": lambda: self._zoom(-1),
            "light": lambda: self._wear("light"), "dark": lambda: self._wear("dark"),
            "full_screen": self._full_screen, "quit": self._quit, "about": self._about,
        }  # fmt: skip
        if self.desk is None:
            commands["gestures"] = lambda: self._show_gestures(self.look)
        else:
            commands |= self._desk_commands()
        page = window.page
        if page is not None:
            commands |= page.commands()
        self.menus.offer(commands)

    def _desk_commands(self) -> Commands:
        window = self.window
        names = {
            "home": "home", "new_incident": "triage", "practice": "practice",
            "settings": "settings", "recovery_sheet": "recovery_sheet", "gestures": "gestures",
        }  # fmt: skip
        there = window.page_names
        commands: dict[str, Callable[[], None]] = {
            action: lambda page=page: window.go(Place(page))  # type: ignore[misc]
            for action, page in names.items()
            if page in there
        }
        commands |= {"lock": self.lock, "back": window.back, "save": window.tell_already_saved}
        if "help" in there:
            commands["help_page"] = window.help
        place = window.place
        if place is not None and place.incident is not None:
            incident = place.incident
            commands |= {
                f"tab_{tab}": lambda tab=tab: window.go(Place(tab, incident))  # type: ignore[misc]
                for tab in INCIDENT_TABS
                if tab in there
            }
            commands |= {
                "next_tab": lambda: window.turn_tab(1), "previous_tab": lambda: window.turn_tab(-1)
            }  # fmt: skip
        return commands

    def _zoom(self, by: int) -> None:
        scale = float(str(self.settings.value("look/scale", 1.0)))
        nearest = min(range(len(SCALES)), key=lambda n: abs(SCALES[n] - scale))
        self.settings.setValue("look/scale", SCALES[max(0, min(len(SCALES) - 1, nearest + by))])
        self._dress()

    def _wear(self, mode: str) -> None:
        self.settings.setValue("look/mode", mode)
        self._dress()

    def _dress(self) -> None:
        scale = float(str(self.settings.value("look/scale", 1.0)))
        Theme.apply(self._application, scale, str(self.settings.value("look/mode", "system")))

    def _full_screen(self) -> None:
        self.window.setWindowState(self.window.windowState() ^ _FULL_SCREEN)

    def _quit(self) -> None:
        self.window.close()

    def _about(self) -> None:
        tell(self.window, screens_shell.ABOUT_TITLE, screens_shell.about(self.tools.version),
             screens_shell.CLOSE)  # fmt: skip
