"""Every command in a menu, with its role and its keys; the commands of the real window."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.services.views.documents import KINDS
from clinicir.texts import screens_shell as say
from clinicir.ui.desk import Place
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.who import Who
from clinicir.ui.menus import LAYOUT, Menus
from clinicir.ui.pages.settings import LOG
from clinicir.ui.panels import panel_of, turn_panel
from clinicir.ui.shell import Shell, Tools
from clinicir.ui.shortcuts import MACOS, WINDOWS, all_keys_of
from clinicir.ui.theme import use_resources
from clinicir.ui.threshold import Threshold
from tests.fakes import INCIDENT, FakeClock, knowledge, new_case, store_of
from tests.ui.checks import check_shortcuts, settle
from tests.ui.fake_door import PHRASE, FakeDoor
from tests.ui.fakes import DirectJobs

NAMES = tuple(name for names in LAYOUT.values() for name in names if name)
UX_KEYS = {
    "new_incident": "Ctrl+N", "home": "Alt+Home", "next_step": "Alt+Right",
    "previous_step": "Alt+Left", "done": "Ctrl+Return", "next_tab": "Ctrl+Tab",
    "previous_tab": "Ctrl+Shift+Tab", "next_panel": "F6", "previous_panel": "Shift+F6",
    "next_missing": "F8", "previous_missing": "Shift+F8", "add_evidence": "Ctrl+J",
    "paste_evidence": "Ctrl+Shift+V", "paste": "Ctrl+V", "note": "Ctrl+Shift+N",
    "search": "Ctrl+F", "print": "Ctrl+P", "save_pdf": "Ctrl+Shift+S",
    "copy_next": "Ctrl+Shift+C", "larger": "Ctrl++", "smaller": "Ctrl+-", "lock": "Ctrl+L",
    "settings": "Ctrl+,", "help_page": "F1", "undo": "Ctrl+Z", "full_screen": "F11",
    "quit": "Alt+F4",
}  # fmt: skip
"""The table of the design (ux.md 2.14)."""


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    use_resources(paths.resources())
    door = FakeDoor(store_of(new_case(drill=False)), passphrase=PHRASE)
    clock = door.store.clock
    assert isinstance(clock, FakeClock)
    tools = Tools(door, knowledge(), clock, tmp_path / "look.ini", "1.2.3",
                  tmp_path, paths.resources())  # fmt: skip
    made = Shell(tools, Threshold(qapp, tools.settings), DirectJobs())
    made.start()
    unlock = made.entry
    assert isinstance(unlock, Unlock)
    unlock.passphrase.set_value(PHRASE)
    unlock.submit()
    who = made.entry
    assert isinstance(who, Who)
    who.submit()
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.skipif(sys.platform == "darwin", reason="keys of Windows")
def test_the_keys_are_those_of_the_design() -> None:
    given = {name: all_keys_of(name, "win32")[0].toString() for name in UX_KEYS}
    assert given == UX_KEYS


def test_every_key_belongs_to_a_command_of_a_menu() -> None:
    assert WINDOWS.keys() | MACOS.keys() <= set(NAMES)


def test_the_papers_of_the_menu_exist() -> None:
    named = {name.removeprefix("paper_") for name in NAMES if name.startswith("paper_")}
    assert named <= set(KINDS)


@pytest.mark.parametrize(
    ("platform", "titles"),
    [
        ("win32", ["Fichier", "Édition", "Affichage", "Incident", "Documents", "Aide"]),
        ("darwin",
         ["Fichier", "Édition", "Présentation", "Incident", "Documents", "Fenêtre", "Aide"]),
    ],
)  # fmt: skip
def test_the_bar_reads_as_on_other_programs(
    qtbot: QtBot, platform: str, titles: list[str]
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window, platform)
    only_mac = set(LAYOUT["window"])
    menus.offer({name: lambda: None for name in NAMES
                 if platform == "darwin" or name not in only_mac})  # fmt: skip
    shown = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert shown == titles
    roles = {name: action.menuRole() for name, action in menus.actions.items()}
    assert QAction.MenuRole.TextHeuristicRole not in roles.values()
    assert {name for name, role in roles.items() if role is not QAction.MenuRole.NoRole} == {
        "about", "settings", "quit"
    }  # fmt: skip
    if platform == "win32":
        check_shortcuts(window)


def test_letters_of_a_menu_are_used_once() -> None:
    for menu, names in LAYOUT.items():
        words = [say.ACTIONS[name] for name in names if name]
        letters = [text[text.index("&") + 1].lower() for text in words]
        assert sorted(letters) == sorted(set(letters)), menu
    titles = [text[text.index("&") + 1].lower() for text in say.MENUS.values()]
    assert sorted(titles) == sorted(set(titles))


def go(shell: Shell, page: str) -> None:
    shell.window.go(Place(page, INCIDENT))
    assert shell.window.page is not None
    assert shell.window.page.name == page


def test_every_command_of_the_menus_can_be_reached(shell: Shell) -> None:
    """A command that no page offers would be words without an act."""
    offered: set[str] = set()
    for page in sorted(shell.window.page_names):
        shell.window.go(Place(page, INCIDENT))
        offered |= shell.menus.actions.keys()
    of_drills = {"drill", "drill_messages", "drill_end", "leave_drill"}
    assert set(NAMES) - offered == {*LAYOUT["window"], *of_drills}


def test_a_paper_a_note_and_the_log_open_from_anywhere(shell: Shell) -> None:
    go(shell, "steps")
    shell.menus.actions["paper_cert_sante"].trigger()
    assert shell.window.place == Place("documents", INCIDENT, "cert_sante")
    shell.menus.actions["note"].trigger()
    assert shell.window.place == Place("journal", INCIDENT, "note")
    shell.menus.actions["technical_log"].trigger()
    assert shell.window.place == Place("settings", item=LOG)
    shell.menus.actions["accessibility"].trigger()
    assert shell.window.place == Place("help", item="accessibilite")
    shell.menus.actions["back"].trigger()
    assert shell.window.place == Place("settings", item=LOG)


def test_the_help_of_a_page_comes_back_to_it(shell: Shell) -> None:
    go(shell, "journal")
    shell.menus.actions["help_page"].trigger()
    assert shell.window.place == Place("help", item="journal")
    shell.window.back()
    assert shell.window.place == Place("journal", INCIDENT)


def test_an_act_of_another_page_is_done_there(shell: Shell) -> None:
    go(shell, "steps")
    shell.menus.actions["verify"].trigger()
    assert shell.window.place == Place("journal", INCIDENT)


def test_the_colours_of_the_menu_are_kept(shell: Shell) -> None:
    for mode in ("contrast", "dark", "system", "light"):
        shell.menus.actions[mode].trigger()
        assert shell.settings.value("look/mode") == mode


def test_the_shortcuts_of_the_whole_window_are_used_once(shell: Shell) -> None:
    for page in ("steps", "evidence", "journal", "documents", "home"):
        go(shell, page)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        check_shortcuts(shell.window)


def test_f6_goes_round_the_parts_of_the_page(shell: Shell) -> None:
    go(shell, "steps")
    settle()
    window = shell.window
    window.activateWindow()
    settle()
    start = panel_of(QApplication.focusWidget() or window, window)
    seen = [start]
    for _ in range(12):
        turn_panel(window, 1)
        here = panel_of(QApplication.focusWidget() or window, window)
        if here is start:
            break
        assert here not in seen
        seen.append(here)
    assert len(seen) >= 3
    assert window.top in seen
    turn_panel(window, -1)
    assert panel_of(QApplication.focusWidget() or window, window) is seen[-1]


def test_larger_text_shows_at_once_in_the_settings(shell: Shell) -> None:
    go(shell, "settings")
    shell.menus.actions["larger"].trigger()
    page = shell.window.page
    assert page is not None
    assert page.look.letters.value() == "1.25"  # type: ignore[attr-defined]
    shell.menus.actions["smaller"].trigger()
    assert QKeySequence("Ctrl++") in shell.menus.actions["larger"].shortcuts()
