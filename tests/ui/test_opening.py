"""The first page alone, then completed in place: nothing heavy before, nothing lost meanwhile."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.app import has_vault
from clinicir.domain.errors import UserError
from clinicir.texts import screens_entry as say
from clinicir.ui.application import Opening, Start
from clinicir.ui.entry.create import CreateVault
from clinicir.ui.entry.gestures import Gestures
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.entry.who import Who
from clinicir.ui.jobs import Jobs
from clinicir.ui.shell import Shell, Tools
from clinicir.ui.single import FirstInstance
from clinicir.ui.threshold import Threshold
from tests.fakes import FakeClock, knowledge
from tests.ui.fake_door import PHRASE, FakeDoor
from tests.ui.fakes import DirectJobs
from tests.ui.shells import PAGES

T = TypeVar("T")
MakeShell = Callable[[Threshold, Jobs], Shell]

HEAVY = (
    "clinicir.domain.case", "clinicir.services", "clinicir.vault", "clinicir.content",
    "clinicir.documents", "clinicir.intake", "reportlab", "keyring", "cryptography", "babel",
    "msgspec", "tinydb", "pikepdf", "icalendar", "phonenumbers", "pypdfium2", "PySide6.QtNetwork",
)  # fmt: skip
FIRST_WINDOW = """
import sys
from pathlib import Path
from clinicir import paths
from clinicir.app import Application
from clinicir.ui import application
class Opening(application.Opening):
    def run(self):
        self.show()
        return 0
application.Opening = Opening
Application().app(Path(sys.argv[1]))
print(*sorted(sys.modules))
"""


class LateJobs(DirectJobs):
    """Keeps each use case until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Callable[[], None]] = []
        self.late = True

    def run(
        self,
        use_case: Callable[[], T],
        then: Callable[[T], None] | None = None,
        otherwise: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Later, while `late`."""
        if self.late:
            self.kept.append(lambda: DirectJobs.run(self, use_case, then, otherwise))
        else:
            super().run(use_case, then, otherwise)

    def go_on(self) -> None:
        """What was kept, and from now on at once."""
        self.late = False
        for run in self.kept:
            run()


class Opened:
    """The start of the program around a door in memory."""

    def __init__(self, application: QApplication, door: FakeDoor, folder: Path) -> None:
        self.jobs = LateJobs()
        settings = folder / "look.ini"
        clock = door.store.clock
        assert isinstance(clock, FakeClock)
        tools = Tools(door, knowledge(), clock, settings, "1.2.3")

        def load() -> MakeShell:
            return lambda threshold, jobs: Shell(tools, threshold, jobs, PAGES)

        start = Start(settings, paths.resources(), door.exists,
                      lambda: FirstInstance(str(folder)), load)  # fmt: skip
        self.opening = Opening(start, application, self.jobs)
        self.opening.show()

    def page(self) -> object:
        """On screen now."""
        return self.opening.threshold.window.entry


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, door: FakeDoor, tmp_path: Path) -> Iterator[Opened]:
    """A vault to open; the rest of the program is not read yet."""
    made = Opened(qapp, door, tmp_path)
    qtbot.waitUntil(lambda: bool(made.jobs.kept))
    yield made
    made.opening.end()


@pytest.fixture
def welcomed(qtbot: QtBot, qapp: QApplication, door: FakeDoor, tmp_path: Path) -> Iterator[Opened]:
    """The very first start."""
    door.passphrase = ""
    made = Opened(qapp, door, tmp_path)
    qtbot.waitUntil(lambda: bool(made.jobs.kept))
    yield made
    made.opening.end()


def test_the_first_window_waits_for_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_WINDOW, str(tmp_path)],
        check=True, capture_output=True, text=True, cwd=paths.bundled_root(),
    )  # fmt: skip
    read = set(done.stdout.split())
    assert "clinicir.ui.entry.welcome" in read
    assert read.intersection(HEAVY) == set()


def test_what_is_typed_before_the_end_stays_and_so_does_the_keyboard(opened: Opened) -> None:
    page = opened.page()
    assert isinstance(page, Unlock)
    QTest.keyClicks(page.passphrase.line, PHRASE[:9])
    opened.jobs.go_on()
    assert opened.page() is page
    assert page.passphrase.value() == PHRASE[:9]
    assert opened.opening.threshold.window.focusWidget() is page.passphrase.line
    page.passphrase.set_value(PHRASE)
    page.submit()
    assert isinstance(opened.page(), Who)


def test_opening_asked_too_early_is_done_at_the_end(opened: Opened) -> None:
    page = opened.page()
    assert isinstance(page, Unlock)
    page.passphrase.set_value(PHRASE)
    page.submit()
    assert page.open.text() == say.ONE_MOMENT
    opened.jobs.go_on()
    assert isinstance(opened.page(), Who)


def test_opening_with_nothing_typed_says_so_only_once_the_account_is_known(
    opened: Opened, door: FakeDoor
) -> None:
    door.keyring = True
    page = opened.page()
    assert isinstance(page, Unlock)
    page.submit()
    assert page.passphrase_field.problem is None
    opened.jobs.go_on()
    assert door.opened == ["keyring"]


def test_a_computer_that_opens_by_its_account_shows_no_passphrase_at_the_next_start(
    opened: Opened, door: FakeDoor, qapp: QApplication, tmp_path: Path
) -> None:
    door.keyring = True
    opened.jobs.go_on()
    again = Threshold(qapp, tmp_path / "look.ini")
    again.show(vault=True)
    assert isinstance(again.page, Unlock)
    assert again.page.passphrase_field.isHidden()
    again.window.close()


def test_an_incident_said_too_early_is_not_lost(welcomed: Opened) -> None:
    page = welcomed.page()
    assert isinstance(page, Welcome)
    page.incident.click()
    assert page.incident.text() == say.ONE_MOMENT
    assert welcomed.page() is page
    welcomed.jobs.go_on()
    assert isinstance(welcomed.page(), CreateVault)


def test_the_gestures_asked_too_early_are_shown_at_the_end(welcomed: Opened) -> None:
    page = welcomed.page()
    assert isinstance(page, Welcome)
    page.gestures.click()
    welcomed.jobs.go_on()
    gestures = welcomed.page()
    assert isinstance(gestures, Gestures)
    gestures.leave.click()
    again = welcomed.page()
    assert isinstance(again, Welcome)
    assert again.incident.text() == say.INCIDENT_NOW


def test_closed_before_the_end_it_leaves_at_once(opened: Opened) -> None:
    window = opened.opening.threshold.window
    assert window.close()
    assert opened.opening.shell is None
    assert not window.isVisible()


def test_a_file_that_cannot_be_read_is_told_to_the_caller(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> MakeShell:
        raise UserError("content.unreadable", file="faits.toml")

    start = Start(tmp_path / "look.ini", paths.resources(), bool,
                  lambda: FirstInstance(str(tmp_path)), load)  # fmt: skip
    opening = Opening(start, qapp, Jobs())
    with pytest.raises(UserError):
        opening.run()


def test_a_second_start_shows_nothing_for_long(
    qtbot: QtBot, opened: Opened, qapp: QApplication, door: FakeDoor, tmp_path: Path
) -> None:
    first = opened.opening.threshold.window
    first.showMinimized()
    second = Opened(qapp, door, tmp_path)
    qtbot.waitUntil(lambda: not second.opening.threshold.window.isVisible())
    assert second.jobs.kept == []
    qtbot.waitUntil(lambda: not first.isMinimized())


@pytest.mark.parametrize("place", ["", "keys.bak"])
def test_a_vault_is_found_as_the_door_finds_it(tmp_path: Path, place: str) -> None:
    assert not has_vault(tmp_path)
    (tmp_path / place).mkdir(exist_ok=True)
    (tmp_path / place / "vault.json").touch()
    assert has_vault(tmp_path)
