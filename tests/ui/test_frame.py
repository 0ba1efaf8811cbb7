"""Menus, keys, last-resort window and single instance."""

from __future__ import annotations

import sys
import uuid

import pytest
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from clinicir import cli
from clinicir.domain.errors import StorageError, UserError
from clinicir.texts.screens_shell import ACTIONS
from clinicir.ui.menus import LAYOUT, Menus
from clinicir.ui.problems import ProblemDialog, install_hook, report_of
from clinicir.ui.shortcuts import MACOS, WINDOWS, keys_of
from clinicir.ui.single import FirstInstance, server_name
from clinicir.ui.widgets.text import Text

NAMES = [name for names in LAYOUT.values() for name in names if name]


def test_every_command_has_words_and_one_place() -> None:
    assert sorted(NAMES) == sorted(set(NAMES))
    assert set(NAMES) == ACTIONS.keys()
    assert WINDOWS.keys() <= set(NAMES)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_keys_are_used_once_without_digit_nor_altgr(platform: str) -> None:
    table = MACOS if platform == "darwin" else WINDOWS
    used = [keys_of(name, platform).toString() for name in table]
    assert "" not in used
    assert sorted(used) == sorted(set(used))
    assert not any(part.isdigit() for keys in used for part in keys.split("+"))
    if platform == "win32":
        assert not any("Ctrl+Alt" in keys or "Alt+Ctrl" in keys for keys in used)


def test_only_what_exists_is_in_the_menus_each_with_its_role(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus, done = Menus(window), list[str]()
    menus.offer({"about": lambda: done.append("about"), "lock": lambda: done.append("lock")})
    assert set(menus.actions) == {"about", "lock"}
    assert menus.actions["about"].menuRole() is QAction.MenuRole.AboutRole
    assert menus.actions["lock"].menuRole() is QAction.MenuRole.NoRole
    assert menus.actions["lock"].shortcut() == QKeySequence("Ctrl+L")
    menus.actions["lock"].trigger()
    assert done == ["lock"]
    menus.offer({"quit": lambda: None})
    assert set(menus.actions) == {"quit"}
    assert len(window.menuBar().actions()) == 1


def caught() -> BaseException:
    try:
        int("Dupont 06 12 34 56 78")
    except ValueError as error:
        return error
    raise AssertionError


def test_the_report_says_where_and_nothing_that_was_typed() -> None:
    report = report_of(caught(), "1.2.3")
    assert "ValueError" in report
    assert "test_frame.py" in report
    assert "1.2.3" in report
    assert "Dupont" not in report
    assert "/" not in report.replace("Python", "")


def test_a_foreseen_error_shows_its_three_clauses_and_code(qtbot: QtBot) -> None:
    dialog = ProblemDialog(StorageError("disk.full", need=5_000_000), "1.2.3")
    qtbot.addWidget(dialog)
    words = " ".join(child.text() for child in dialog.findChildren(Text))
    assert "Le disque est plein" in words
    assert not hasattr(dialog, "copy")


def test_an_unforeseen_error_offers_its_report(qtbot: QtBot) -> None:
    dialog = ProblemDialog(caught(), "1.2.3")
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.report
    assert dialog.copy.text() == "Rapport copié"


def test_the_last_resort_hook_tells_and_goes_away() -> None:
    told: list[BaseException] = []
    former = sys.excepthook
    put_back = install_hook(told.append)
    error = UserError("step.unknown")
    sys.excepthook(UserError, error, None)
    put_back()
    assert told == [error]
    assert sys.excepthook is former


def test_a_second_start_calls_the_first_window(qtbot: QtBot) -> None:
    place = uuid.uuid4().hex
    first, second = FirstInstance(place), FirstInstance(place)
    assert first.claim()
    with qtbot.waitSignal(first.called, timeout=3000):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()
    assert place not in server_name(place)


class NoProgram:
    """Told to open a window."""

    def __init__(self) -> None:
        self.opened = self.exercise = False

    def app(self, vault: object, *, exercise: bool) -> int:
        self.opened, self.exercise = True, exercise
        return 0


def test_without_a_screen_one_sentence_points_to_the_demo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    program = NoProgram()
    assert cli.run(["app"], program) == cli.USAGE  # type: ignore[arg-type]
    assert not program.opened
    told = capsys.readouterr().err
    assert "clinicir demo" in told
    assert len(told.splitlines()) == 1
    monkeypatch.setenv("DISPLAY", ":7")
    assert cli.run(["app"], program) == 0  # type: ignore[arg-type]
    assert program.opened
    assert not program.exercise
    assert cli.run(["app", "--exercice"], program) == 0
    assert program.exercise
