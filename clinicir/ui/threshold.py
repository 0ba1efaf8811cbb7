"""What is on screen first: the window and its first page, before the rest is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from clinicir.texts import screens_shell as say
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.look import Look
from clinicir.ui.main_window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from clinicir.ui.entry.frame import EntryPage

GEOMETRY = "window/geometry"
BY_ACCOUNT = "entrance/by_account"
"""Whether the vault opened by this account last time: the lock then shows itself so at once."""
_FIRST_MENUS = ("file", "edit", "view", "help")
"""Their room is taken at once, so that nothing moves when they are filled."""


class Threshold:
    """Dresses the application; `show` puts Welcome or the lock on screen, held."""

    def __init__(self, application: QApplication, settings: Path) -> None:
        """`settings`: INI file of the look."""
        self.application = application
        self.settings = QSettings(str(settings), QSettings.Format.IniFormat)
        self.look = Look(application, self.settings)
        self.look.wear()
        self.window = MainWindow()
        self.page: EntryPage | None = None

    def show(self, *, vault: bool) -> None:
        """`vault`: there is one to open."""
        if vault:
            keyring = str(self.settings.value(BY_ACCOUNT)).lower() == "true"
            self.page = Unlock(keyring=keyring)
        else:
            self.page = Welcome()
        self.page.hold()
        for name in _FIRST_MENUS:
            self.window.menuBar().addMenu(say.menu_title(name, mac=False))
        self.window.show_entry(self.page, self.page.title)
        geometry = self.settings.value(GEOMETRY)
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        self.window.show()
        self.page.first.setFocus()

    def leave(self) -> None:
        """What the next start finds again."""
        self.settings.setValue(GEOMETRY, self.window.saveGeometry())
        self.settings.sync()
