"""A backup put back from the very first screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from clinicir.ui.entry.backup import OpenBackup
from clinicir.ui.entry.renew import NewWay
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.shell import Shell
from tests.ui.checks import check_page
from tests.ui.fake_door import CODE, FakeDoor
from tests.ui.shells import entry

FILE = Path("cle") / "sauvegarde-2027-01-12.cirbak"


@pytest.fixture
def page(shell: Shell, door: FakeDoor, monkeypatch: pytest.MonkeyPatch) -> OpenBackup:
    """The page of the code, reached as a person does."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(FILE), ""))
    door.passphrase = ""
    shell.start()
    welcome = entry(shell, Welcome)
    assert isinstance(welcome, Welcome)
    welcome.backup.click()
    reached = entry(shell, OpenBackup)
    assert isinstance(reached, OpenBackup)
    return reached


def test_the_code_puts_it_back_then_a_new_way_is_asked(
    page: OpenBackup, shell: Shell, door: FakeDoor
) -> None:
    page.code.setText(CODE)
    page.submit()
    assert door.restored == [FILE]
    assert isinstance(entry(shell, NewWay), NewWay)


def test_a_wrong_code_is_said_and_can_be_typed_again(page: OpenBackup, door: FakeDoor) -> None:
    page.submit()
    assert page.state.text()
    page.code.setText("1111-1111-1111-1111-1111-1111-1111")
    page.submit()
    assert page.put_back.isEnabled()
    assert "code" in page.state.text().lower()


def test_no_file_chosen_changes_nothing(
    shell: Shell, door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    door.passphrase = ""
    shell.start()
    welcome = entry(shell, Welcome)
    assert isinstance(welcome, Welcome)
    welcome.backup.click()
    assert entry(shell, Welcome) is welcome


def test_the_page_can_be_read_and_used_by_everyone(page: OpenBackup) -> None:
    check_page(page)
