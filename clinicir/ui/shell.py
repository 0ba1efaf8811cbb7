"""What ties the window together: entrance, desk, pages, commands, lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from clinicir.domain.ids import IncidentId
from clinicir.services import first_start
from clinicir.services.ports import OpenVault, VaultDoor
from clinicir.services.session import Session
from clinicir.services.views.home import nearest_limit
from clinicir.texts import screens_entry
from clinicir.texts.screens_help import SAME_TOPIC, TOPICS
from clinicir.ui.commands import Offer
from clinicir.ui.desk import INCIDENT_TABS, Desk, Place
from clinicir.ui.drill_mode import DrillMode
from clinicir.ui.entrance import Entrance
from clinicir.ui.idle import IdleWatch
from clinicir.ui.jobs import Jobs
from clinicir.ui.menus import Menus
from clinicir.ui.own_pages import own_pages
from clinicir.ui.pages.gestures import GesturesPage
from clinicir.ui.pages.recovery_sheet import RecoverySheetPage
from clinicir.ui.pages.settings import lock_minutes
from clinicir.ui.problems import install_hook
from clinicir.ui.registry import PAGES, PageFactory
from clinicir.ui.technical_log import TechnicalLog
from clinicir.ui.theme import current
from clinicir.ui.threshold import BY_ACCOUNT, Threshold
from clinicir.ui.tools import Tools
from clinicir.ui.whereabouts import Whereabouts
from clinicir.ui.window_parts import Parts

__all__ = ["Shell", "Tools"]

LOG_FOLDER = "journal-technique"
_LARGE = 1.5
_OF_THE_REAL_VAULT = frozenset({"recovery_sheet", "settings"})
"""About the way in: an exercise has none to keep, and must not show that of the real vault."""
_LIMIT_PAUSE_MS = 3000
"""Several entries in a row ask once what is due first."""


class Shell(QObject):
    """Owns the window, the jobs and the door."""

    def __init__(
        self,
        tools: Tools,
        threshold: Threshold,
        jobs: Jobs,
        pages: Mapping[str, PageFactory] = PAGES,
    ) -> None:
        """`threshold` may be on screen already; nothing more is shown before `start`."""
        super().__init__()
        self.tools, self._threshold, self._pages, self.jobs = tools, threshold, pages, jobs
        self.settings, self._look = threshold.settings, threshold.look
        names = frozenset({*TOPICS, *SAME_TOPIC, "help"})
        self.log = TechnicalLog(tools.settings.parent / LOG_FOLDER, names)
        self.window = threshold.window
        self.window.furnish(tools.version, lambda: self.jobs.is_busy, Parts())
        self.menus = Menus(self.window)
        self._offer = Offer(self, self.window, self.menus, self._look, tools.version)
        self._here = Whereabouts(self.settings)
        self.idle = IdleWatch(
            lambda: self.jobs.is_busy, lambda: 60 * lock_minutes(self.settings)
        )
        self.entrance = Entrance(
            tools.door, tools.knowledge, tools.clock, self.jobs, self.window
        )
        self.entrance.first_page = tools.first_page
        self.entrance.take_over(threshold.page)
        self.drill = DrillMode(
            tools.drills, tools.knowledge, tools.clock, self.jobs, self.window, self._open
        )
        self.desk: Desk | None = None
        self._opened: OpenVault | None = None
        self._code = ""
        self._sheet_owed = False
        self._limit_owed = QTimer(self)
        self._limit_owed.setSingleShot(True)
        self._limit_owed.setInterval(_LIMIT_PAUSE_MS)
        self._limit_owed.timeout.connect(self._keep_limit)
        self._connect()

    def _connect(self) -> None:
        self.jobs.failed.connect(self.window.explain)
        self.window.explained.connect(self.log.note_error)
        self.entrance.shown.connect(self._follow_entrance)
        self.entrance.opened.connect(self._open)
        self.window.arrived.connect(self._arrived)
        self.window.emptied.connect(self._leave)
        self.window.bottom.who_asked.connect(self._ask_who)
        self.window.sheet_button.clicked.connect(lambda: self.window.go(Place("recovery_sheet")))
        self.window.stay_button.clicked.connect(self.idle.touch)
        self.idle.warned.connect(self.window.idle_band.setVisible)
        self.idle.expired.connect(self.lock)

    @property
    def entry(self) -> QWidget | None:
        """The page of the entrance that is on screen, None while a vault is open."""
        return self.entrance.page if self.desk is None else None

    @property
    def _door(self) -> VaultDoor:
        """Of the vault whose pages are on screen: the real one, or that of an exercise."""
        return self.drill.door if self.drill.active else self.tools.door

    @property
    def is_open(self) -> bool:
        """See `commands.Owner`."""
        return self.desk is not None

    def start(self) -> None:
        """Show the window, and the first screen complete as soon as the door has answered."""
        self.log.note("app.start", self.tools.version)
        self.window.show()
        self.entrance.look()

    def guard(self) -> Callable[[], None]:
        """Tell what nobody foresaw instead of vanishing; returns what ends that."""
        return install_hook(self.window.explain)

    def _follow_entrance(self) -> None:
        self.settings.setValue(BY_ACCOUNT, self.entrance.by_account)
        self._offer.renew()
        self.window.show_drill(shown=self.drill.active)
        if self.entrance.holds_vault:
            self.idle.start()

    def show_gestures(self) -> None:
        """See `commands.Owner`."""
        self.entrance.show_gestures(self.entrance.look)

    def drill_commands(self) -> Mapping[str, Callable[[], None]]:
        """See `commands.Owner`."""
        return self.drill.commands()

    # --- while a vault is open -----------------------------------------------------------------

    def _ask_who(self) -> None:
        """Somebody else sat down: the pages are made again around the same vault."""
        opened = self._opened
        if self.desk is None or opened is None:
            return
        self.window.close_desk()
        self.desk = None
        self.entrance.ask_who(replace(opened, rolled_back=False))

    def _open(self, opened: OpenVault, who: str) -> None:
        self._opened, self._code = opened, opened.recovery_code or self._code
        session = Session(opened.store, self.tools.knowledge, self.tools.clock)
        desk = Desk(session, self.jobs, self.window, opened.printer, opened.verifier, who,
                    account_only=self._door.account_only, bundles=opened.bundles,
                    lines=self.tools.lines, previews=self.tools.previews)  # fmt: skip
        self.desk = desk
        self.drill.follow(desk, opened)
        self.log.note("vault.open")
        own = {
            name: page
            for name, page in self._own_pages().items()
            if not self.drill.active or name not in _OF_THE_REAL_VAULT
        }
        self.window.open_desk(desk, {**self._pages, **own, **self.drill.pages(desk)})
        if opened.read_only is not None:
            self.window.show_read_only(opened.read_only)
        self.window.rolled_back_band.setVisible(opened.rolled_back)
        desk.changed.append(self._follow)
        self._refresh_sheet_band()
        self._keep_contacts()
        self._keep_limit()
        self.idle.start()
        self.jobs.run(
            desk.session.store.incidents, lambda known: self._go_back(desk, known)
        )

    def _own_pages(self) -> dict[str, PageFactory]:
        door, tools = self._door, replace(self.tools, door=self._door)
        return {
            "recovery_sheet": lambda desk: RecoverySheetPage(desk, door, self._code),
            "gestures": lambda desk: GesturesPage(desk, door),
            **own_pages(tools, self._look, self.settings, self.log, self._pages),
        }

    def _go_back(self, desk: Desk, incidents: tuple[IncidentId, ...]) -> None:
        self.window.go(self._first_place(incidents))

        def focus(_: None = None) -> None:
            if self.desk is desk:
                self._here.return_to_field(self.window.page)

        # Use cases run in order: after two more, what the page asked for is on screen.
        self.jobs.run(_nothing, lambda _: self.jobs.run(_nothing, focus))

    def _first_place(self, incidents: tuple[IncidentId, ...]) -> Place:
        """What was chosen at the first start, else where one was, else home."""
        names = self.window.page_names
        if self.drill.active:
            return Place("drill_messages")
        if self.entrance.first_page in names:
            first, self.entrance.first_page = self.entrance.first_page, ""
            return Place(first)
        kept = self._here.place(incidents, names)
        if kept is not None:
            self.window.say(screens_entry.WHERE_YOU_WERE)
            return kept
        return Place("home") if "home" in names else Place("gestures")

    def _follow(self, kinds: frozenset[str]) -> None:
        if "recovery_sheet" in kinds:
            self._refresh_sheet_band()
        if "practice" in kinds:
            self._keep_contacts()
        self._limit_owed.start()
        self._note_place()

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
        # At the largest sizes, or under a limit, a step needs the height: this one waits at home.
        crowded = current().scale >= _LARGE or bool(self.window.reminders.text)
        room = not crowded or page not in INCIDENT_TABS
        self.window.sheet_band.setVisible(wanted and room and page != "recovery_sheet")

    def _keep_contacts(self) -> None:
        desk, door = self.desk, self._door

        def keep() -> None:
            if desk is not None and door.open_contacts() is not None:
                door.show_contacts(first_start.contacts_to_show(desk.session.practice()))

        self.jobs.run(keep)

    def _keep_limit(self) -> None:
        """What is due first may be another now; an exercise owes nothing to anybody."""
        self._limit_owed.stop()
        desk, door = self.desk, self.tools.door
        if desk is not None and not desk.session.store.drill:
            self.jobs.run(lambda: door.show_limit(nearest_limit(desk.session)))

    # --- the end -------------------------------------------------------------------------------

    def lock(self) -> None:
        """Forget the keys and all that is on the screen."""
        if self.desk is None and not self.entrance.holds_vault:
            return
        self.log.note("vault.lock")
        self.idle.stop()
        if self._limit_owed.isActive():
            self._keep_limit()
        self._note_place()
        self._here.note_field(self.window.page)
        self.window.close_desk()
        self.desk, self._opened, self._code, self._sheet_owed = None, None, "", False
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self.drill.forget()
        self.jobs.run(self._shut, lambda _: self.entrance.look())

    def _leave(self) -> None:
        self.idle.stop()
        if self._limit_owed.isActive():
            self._keep_limit()
        self._note_place()
        self._threshold.leave()
        self.jobs.run(self._shut)
        self.jobs.shutdown()
        self.log.note("app.end")
        self._threshold.application.quit()

    def _note_place(self) -> None:
        if not self.drill.active:
            self._here.note(self.window.place, self.window.page)

    def _shut(self) -> None:
        """On the writer thread: whatever is open."""
        self.drill.close()
        self.tools.door.close()

    def _arrived(self, place: Place) -> None:
        if not self.drill.active:
            self._here.note(place, None)
        self.log.note("page.show", place.page)
        self._show_sheet_band(wanted=self._sheet_owed)
        self._offer.renew()


def _nothing() -> None:
    """A place in the queue."""
