"""The menu bar: every command that exists, each under its own role."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
)

from clinicir.texts import screens_shell as say
from clinicir.ui.shortcuts import all_keys_of

Commands = Mapping[str, Callable[[], None]]

LAYOUT: Mapping[str, tuple[str, ...]] = {
    "file": ("new_incident", "", "practice", "readiness", "reminders", "recovery_sheet", "",
             "export_dossier", "print", "save_pdf", "save", "", "settings", "lock", "quit"),
    "edit": ("undo", "redo", "", "cut", "copy", "paste", "", "search"),
    "view": ("home", "back", "", "tab_steps", "tab_evidence", "tab_journal", "tab_documents",
             "tab_patients", "next_tab", "previous_tab", "", "next_panel", "previous_panel", "",
             "larger", "smaller", "", "system", "light", "dark", "contrast", "", "full_screen"),
    "incident": ("next_step", "previous_step", "done", "", "note", "add_evidence",
                 "paste_evidence", "", "next_missing", "previous_missing", "", "verify",
                 "closing"),
    "documents": ("paper_cnil", "paper_cert_sante", "paper_plainte", "paper_lettre",
                  "register", "paper_point", "", "export_case", "", "copy_assistant",
                  "copy_next"),
    "window": ("minimize", "zoom_window"),
    "help": ("help_page", "accessibility", "", "gestures", "", "drill", "drill_messages",
             "drill_end", "leave_drill", "", "technical_log", "about"),
}  # fmt: skip
"""Order of the commands; an empty name is a line between two groups."""

_ROLES = {
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
}


_OF_THE_FIELD = ("undo", "redo", "cut", "copy", "paste")


class Menus(QObject):
    """Rebuilt when what can be done changes: what cannot be done is not shown."""

    def __init__(self, window: QMainWindow, platform: str = sys.platform) -> None:
        """An empty bar."""
        super().__init__(window)
        self._bar, self._platform = window.menuBar(), platform
        self.actions: dict[str, QAction] = {}
        self._menus: list[QMenu] = []

    def offer(self, commands: Commands) -> None:
        """Show these commands and no other."""
        self._bar.clear()
        for menu in self._menus:
            menu.deleteLater()
        self._menus = []
        for action in self.actions.values():
            action.deleteLater()
        self.actions = {}
        for menu_name, names in LAYOUT.items():
            groups = _groups(names, commands)
            if not groups:
                continue
            menu = self._bar.addMenu(say.menu_title(menu_name, mac=self._platform == "darwin"))
            self._menus.append(menu)
            for n, group in enumerate(groups):
                if n:
                    menu.addSeparator()
                for name in group:
                    menu.addAction(self._action(name, commands[name]))

    def _action(self, name: str, run: Callable[[], None]) -> QAction:
        action = QAction(say.ACTIONS[name], self)
        action.setMenuRole(_ROLES.get(name, QAction.MenuRole.NoRole))
        action.setShortcuts(all_keys_of(name, self._platform))
        if name in _OF_THE_FIELD:
            # Shown beside the words; the field itself obeys, and a page may paste a picture.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: run())
        self.actions[name] = action
        return action


def _groups(names: tuple[str, ...], commands: Commands) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for name in names:
        if not name:
            groups.append([])
        elif name in commands:
            groups[-1].append(name)
    return [group for group in groups if group]


def editing() -> dict[str, Callable[[], None]]:
    """Undo, cut, copy and paste in whatever field has the keyboard."""
    return {name: lambda name=name: _in_field(name)  # type: ignore[misc]
            for name in _OF_THE_FIELD}  # fmt: skip


def _in_field(name: str) -> None:
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
        {"undo": field.undo, "redo": field.redo, "cut": field.cut, "copy": field.copy,
         "paste": field.paste}[name]()  # fmt: skip
