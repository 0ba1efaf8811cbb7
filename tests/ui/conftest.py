"""Fixtures of the page tests: `desk` (one open incident), `empty_desk` (none)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.ui.desk import Desk
from clinicir.ui.shell import Shell
from clinicir.ui.theme import Theme, use_resources
from tests.fakes import new_case, new_session, store_of
from tests.ui.fake_door import PHRASE, FakeDoor
from tests.ui.fakes import new_desk
from tests.ui.shells import new_shell

VAULT_ID = "0123456789abcdef" * 2


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """One incident, `tests.fakes.INCIDENT`; `window_of(desk)` tells what the page asked."""
    return new_desk(new_case(), PaperPrinter(VAULT_ID, paths.fonts()))


@pytest.fixture
def empty_desk(qtbot: QtBot) -> Desk:
    """A practice without any incident."""
    return new_desk(new_session(), PaperPrinter(VAULT_ID, paths.fonts()))


@pytest.fixture
def door() -> FakeDoor:
    """Of a real vault with one incident that has a limit."""
    session = new_case(drill=False, instants={"T_BREACH": "2027-01-12T16:00:00+01:00"})
    return FakeDoor(store_of(session), passphrase=PHRASE)


@pytest.fixture
def shell(qapp: QApplication, door: FakeDoor, tmp_path: Path) -> Iterator[Shell]:
    """The whole window before its start."""
    made = new_shell(qapp, door, tmp_path / "look.ini")
    yield made
    made.window.close()


@pytest.fixture(autouse=True, scope="session")
def themed(qapp: QApplication) -> None:
    """Every page test sees the fonts, icons and colours of the program."""
    qapp.setStyle("Fusion")
    use_resources(paths.resources())
    Theme.apply(qapp, 1.0, "light")


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """What a test showed dies with it.

    Without an event loop Qt keeps what was asked to be deleted later: each new theme would then
    dress again the windows of every test before it, and the run would grow with its square.
    """
    yield
    for window in QApplication.topLevelWidgets():
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
