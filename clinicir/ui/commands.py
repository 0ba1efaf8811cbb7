"""What each command of the menus does, and when it can be done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt

from clinicir.domain.ids import IncidentId
from clinicir.texts import screens_shell
from clinicir.texts.screens_help import ACCESSIBILITY
from clinicir.ui.desk import INCIDENT_TABS, Place
from clinicir.ui.look import Look
from clinicir.ui.main_window import MainWindow
from clinicir.ui.menus import Menus, editing
from clinicir.ui.pages.settings import LOG
from clinicir.ui.panels import turn_panel
from clinicir.ui.questions import tell
from clinicir.ui.theme import MODES

_FULL_SCREEN = Qt.WindowState.WindowFullScreen
_PAGES = {
    "home": "home", "new_incident": "triage", "practice": "practice",
    "settings": "settings", "recovery_sheet": "recovery_sheet", "gestures": "gestures",
    "readiness": "readiness", "reminders": "reminders", "search": "search",
    "register": "register",
    "drill": "drill", "drill_messages": "drill_messages", "drill_end": "drill_end",
}  # fmt: skip
"""Commands that only go to a page."""
_OF_AN_INCIDENT = {
    **{f"paper_{kind}": ("documents", kind)
       for kind in ("cnil", "cert_sante", "plainte", "lettre", "point")},
    "closing": ("closing", ""),
    "export_case": ("export", "police"),
    "note": ("journal", "note"),
}  # fmt: skip
"""Commands that go to a page of the incident, and what they show there."""
_DONE_THERE = {
    "add_evidence": "evidence", "paste_evidence": "evidence", "verify": "journal",
    "copy_assistant": "documents",
}  # fmt: skip
"""Commands of one page of the incident, offered from the others as well."""


class Owner(Protocol):
    """What the commands need of the shell."""

    @property
    def is_open(self) -> bool:
        """A vault is open and its pages can be gone to."""
        ...

    def lock(self) -> None:
        """Forget the keys."""
        ...

    def show_gestures(self) -> None:
        """The five gestures, while locked."""
        ...

    def drill_commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done besides, during an exercise."""
        ...


class Offer:
    """Rebuilds the menus each time what can be done changes."""

    def __init__(
        self, owner: Owner, window: MainWindow, menus: Menus, look: Look, version: str
    ) -> None:
        """`version` is shown by the command `about`."""
        self._owner, self._window, self._menus = owner, window, menus
        self._look, self._version = look, version

    def renew(self) -> None:
        """Every command that can act on what is on screen."""
        commands: dict[str, Callable[[], None]] = {
            **editing(),
            "larger": lambda: self._look.zoom(1), "smaller": lambda: self._look.zoom(-1),
            **{mode: partial(self._look.choose, mode) for mode in MODES},
            "next_panel": partial(turn_panel, self._window, 1),
            "previous_panel": partial(turn_panel, self._window, -1),
            "full_screen": self._full_screen, "quit": self._quit, "about": self._about,
        }  # fmt: skip
        if sys.platform == "darwin":
            commands |= {
                "minimize": self._window.showMinimized, "zoom_window": self._zoom_window,
            }  # fmt: skip
        if self._owner.is_open:
            commands |= self._of_the_desk()
        else:
            commands["gestures"] = self._owner.show_gestures
        page = self._window.page
        if page is not None:
            commands |= page.commands()
        self._menus.offer(commands)

    def _of_the_desk(self) -> dict[str, Callable[[], None]]:
        window = self._window
        there = window.page_names
        commands: dict[str, Callable[[], None]] = {
            action: lambda page=page: window.go(Place(page))  # type: ignore[misc]
            for action, page in _PAGES.items()
            if page in there
        }
        commands |= {
            "lock": self._owner.lock, "back": window.back, "save": window.tell_already_saved,
        }  # fmt: skip
        commands |= self._owner.drill_commands()
        if "export" in there:
            commands["export_dossier"] = self._export
        if "help" in there:
            commands["help_page"] = window.help
            commands["accessibility"] = partial(window.go, Place("help", item=ACCESSIBILITY))
        if "settings" in there:
            commands["technical_log"] = partial(window.go, Place("settings", item=LOG))
        place = window.place
        if place is not None and place.incident is not None:
            commands |= self._of_the_incident(place.incident)
        return commands

    def _of_the_incident(self, incident: IncidentId) -> dict[str, Callable[[], None]]:
        window = self._window
        there = window.page_names
        commands: dict[str, Callable[[], None]] = {
            "next_tab": partial(window.turn_tab, 1), "previous_tab": partial(window.turn_tab, -1)
        }  # fmt: skip
        for tab in INCIDENT_TABS:
            if tab in there:
                commands[f"tab_{tab}"] = partial(window.go, Place(tab, incident))
        for name, (page, item) in _OF_AN_INCIDENT.items():
            if page in there:
                commands[name] = partial(window.go, Place(page, incident, item))
        for name, page in _DONE_THERE.items():
            if page in there:
                commands[name] = partial(self._do_there, name, page, incident)
        return commands

    @property
    def _step(self) -> str:
        """Shown now: an exhibit added from a step belongs to it. Empty on the other pages."""
        page = self._window.page
        return page.item_shown() if page is not None and page.name == "steps" else ""

    def _export(self) -> None:
        place = self._window.place
        self._window.go(Place("export", None if place is None else place.incident))

    def _do_there(self, name: str, page_name: str, incident: IncidentId) -> None:
        """Go to the page that knows how, then let it act."""
        item = self._step if page_name == "evidence" else ""
        self._window.go(Place(page_name, incident, item))
        page = self._window.page
        act = None if page is None else page.commands().get(name)
        if act is not None:
            act()

    def _full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ _FULL_SCREEN)

    def _zoom_window(self) -> None:
        whole = self._window.isMaximized()
        (self._window.showNormal if whole else self._window.showMaximized)()

    def _quit(self) -> None:
        self._window.close()

    def _about(self) -> None:
        tell(self._window, screens_shell.ABOUT_TITLE, screens_shell.about(self._version),
             screens_shell.CLOSE)  # fmt: skip
