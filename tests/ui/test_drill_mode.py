"""An exercise in the real window, with real vaults: begun, marked, left, noted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from clinicir import paths
from clinicir.domain.audit import Verification
from clinicir.domain.practice import Practice
from clinicir.door import Door
from clinicir.drill_room import DrillRoom
from clinicir.services import practice as practices
from clinicir.services import readiness
from clinicir.services.documents import produce
from clinicir.services.drill import PROOF
from clinicir.services.incidents import Said, open_incident
from clinicir.services.ports import Request
from clinicir.services.session import Session
from clinicir.texts import screens_drill as say
from clinicir.ui.desk import Place
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.who import Who
from clinicir.ui.pages.drill import DrillPage
from clinicir.ui.pages.drill_end import DrillEndPage
from clinicir.ui.pages.drill_messages import DrillMessagesPage
from clinicir.ui.pages.home import HomePage
from clinicir.ui.shell import Shell
from clinicir.ui.threshold import Threshold
from clinicir.ui.tools import Tools
from clinicir.vault.keystore import SecretBackend
from clinicir.vault.slots import FLOOR
from clinicir.vault.verify import verification, verify_chain
from tests.fakes import INCIDENT, PRACTICE, FakeClock, knowledge
from tests.ui.checks import check_nothing_clipped
from tests.ui.fakes import DirectJobs

NOW = datetime.fromisoformat("2027-03-02T10:00:00+01:00")
PHRASE = "tilleul-canal-bougie-sable-orage-pomme-velours-toit"
WHO = "Nadia Ferrand"


def no_keyring() -> SecretBackend:
    """An exercise must never ask for one."""
    raise AssertionError("the keyring was asked for")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW, NOW)


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path, clock: FakeClock) -> Iterator[Shell]:
    """The window on a real vault whose practice is kept, at home."""
    words, resources = knowledge().wording, paths.resources()

    def verify(root: Path) -> Verification:
        return verification(verify_chain(root))

    door = Door(tmp_path / "cabinet", clock, words, resources, verify, cost=lambda: FLOOR)
    room = DrillRoom(
        tmp_path / "exercices", paths.checklists() / "stories", clock, words, resources, verify
    )
    tools = Tools(door, knowledge(), clock, tmp_path / "look.ini", "1", resources=resources,
                  drills=room)  # fmt: skip
    made = Shell(tools, Threshold(qapp, tools.settings), DirectJobs())
    made.window.resize(1024, 700)
    opened = door.create(PHRASE)
    session = Session(opened.store, knowledge(), clock)
    practices.save(session, Practice.from_plain({**PRACTICE, "name": "Cabinet réel"}), WHO)
    made.window.show()
    made.entrance.opened.emit(opened, WHO)
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def real(shell: Shell) -> Session:
    """What the exercise must not touch."""
    assert shell.desk is not None
    return shell.desk.session


def play(shell: Shell, drill: str = "exercice-amelipro") -> DrillMessagesPage:
    """From the choice to the first message."""
    shell.window.go(Place("drill"))
    page = shell.window.page
    assert isinstance(page, DrillPage)
    page.play[drill].click()
    first = shell.window.page
    assert isinstance(first, DrillMessagesPage)
    return first


def end(shell: Shell) -> DrillEndPage:
    """Through the button of the band."""
    shell.window.drill_end.click()
    page = shell.window.page
    assert isinstance(page, DrillEndPage)
    return page


def test_every_mark_is_there_and_goes_away(shell: Shell) -> None:
    window = shell.window
    shell.menus.actions["drill"].trigger()
    assert window.place == Place("drill")
    assert "leave_drill" not in shell.menus.actions
    assert "recovery_sheet" in shell.menus.actions
    assert all(band.isHidden() for band in window.drill_bands)
    play(shell)
    assert window.windowTitle().startswith("EXERCICE")
    assert all(band.isVisible() for band in window.drill_bands)
    for name in ("drill_messages", "practice", "home"):
        window.go(Place(name))
        assert window.top.title.text().startswith("EXERCICE")
    check_nothing_clipped(window, 2.0)
    assert not {"recovery_sheet", "settings"} & shell.menus.actions.keys()
    window.bottom.who.click()
    assert isinstance(shell.entry, Who)
    assert all(band.isVisible() for band in window.drill_bands)
    shell.entry.submit()
    shell.menus.actions["leave_drill"].trigger()
    assert isinstance(window.page, HomePage)
    assert not window.windowTitle().startswith("EXERCICE")
    assert "EXERCICE" not in window.top.title.text()
    assert all(band.isHidden() for band in window.drill_bands)


def test_the_real_vault_does_not_move_and_every_paper_is_marked(
    shell: Shell, tmp_path: Path
) -> None:
    session = real(shell)
    before, contacts = session.store.position, shell.tools.door.open_contacts()
    play(shell)
    desk = shell.desk
    assert desk is not None
    played = desk.session
    assert played.store.drill
    assert played.practice().name == "Pharmacie du Tilleul"
    [root] = [each for each in (tmp_path / "exercices").iterdir() if each.is_dir()]
    assert b'"drill":true' in (root / "vault.json").read_bytes()
    assert b"drill" not in (tmp_path / "cabinet" / "vault.json").read_bytes()
    assert shell.window.sheet_band.isHidden()
    open_incident(played, INCIDENT, "amelipro", Said({}, {"T_BREACH": NOW}), WHO)
    request = Request("cnil")
    [paper] = produce(played, desk.printer, desk.verifier, INCIDENT, request, WHO).papers
    assert paper.name.startswith("EXERCICE-")
    pages = PdfReader(io.BytesIO(paper.content)).pages
    assert all("EXERCICE" in page.extract_text() for page in pages)
    desk.tell_changed(frozenset({"practice"}))
    shell.drill.leave()
    assert session.store.position == before
    assert session.store.incidents() == ()
    assert shell.tools.door.open_contacts() == contacts
    assert real(shell).store is session.store


def test_a_message_arrives_and_noting_it_makes_the_yearly_exercise_fresh(
    shell: Shell, clock: FakeClock, tmp_path: Path
) -> None:
    session = real(shell)
    before = session.store.position.n
    play(shell)
    shell.drill.tick()
    assert shell.window.drill_messages.text() == say.messages(1)
    assert shell.window.bottom.said.text() != say.NEW_MESSAGE
    clock.advance(minutes=50)
    shell.drill.tick()
    assert shell.window.drill_messages.text() == say.messages(9)
    assert shell.window.bottom.said.text() == say.NEW_MESSAGE
    page = end(shell)
    page.save_to(tmp_path / say.FILE_NAME)
    text = PdfReader(tmp_path / say.FILE_NAME).pages[0].extract_text()
    assert "EXERCICE" in text
    assert "Cabinet réel" in text
    page.note.click()
    assert isinstance(shell.window.page, HomePage)
    assert session.store.position.n == before + 1
    proof = readiness.proofs(session)[PROOF]
    assert (proof.on, proof.by) == (NOW.date(), WHO)
    assert "50" in proof.note
    assert shell.drill.running == ""


def test_left_or_locked_in_the_middle_it_can_be_taken_up_again(shell: Shell) -> None:
    play(shell)
    open_incident(real(shell), INCIDENT, "amelipro", Said({}, {"T_BREACH": NOW}), WHO)
    shell.drill.leave()
    shell.window.go(Place("drill"))
    page = shell.window.page
    assert isinstance(page, DrillPage)
    page.resume.click()
    assert isinstance(shell.window.page, DrillMessagesPage)
    assert real(shell).store.incidents() == (INCIDENT,)
    shell.lock()
    assert not shell.drill.active
    assert isinstance(shell.entry, Unlock)
    shell.entrance.opened.emit(shell.tools.door.open_with_passphrase(PHRASE), WHO)
    assert not real(shell).store.drill
    shell.drill.resume()
    assert real(shell).store.incidents() == (INCIDENT,)
