"""From the first start to the saved CNIL paper, with one pair of hands.

    python -m tests.ui.walk keyboard FOLDER
    python -m tests.ui.walk mouse FOLDER

Prints the path of the PDF. It is a program of its own so that it can be run in a real window
(`tests/ui/test_walks.py` gives it a screen of its own where there is Xvfb).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit

from clinicir import __version__, paths
from clinicir.app import load_knowledge
from clinicir.door import Door
from clinicir.system_clock import SystemClock
from clinicir.texts import screens_entry, screens_papers, screens_shell, screens_steps
from clinicir.texts import screens_triage as triage
from clinicir.ui.application import new_application
from clinicir.ui.jobs import Jobs
from clinicir.ui.shell import Shell, Tools
from clinicir.ui.theme import use_resources
from clinicir.ui.threshold import Threshold
from clinicir.vault.slots import FLOOR
from clinicir.vault.verify import verification, verify_chain
from tests.ui.checks import settle, spoken_name
from tests.ui.hands import Hands, Keyboard, LostError, Mouse, on_screen, top, type_text, until

PHRASE = "lampe tilleul nuage facteur velours orage cerise panier"
VAULT = "coffre"
ALERT = "J’ai reçu un message : mon éditeur"
PERSONS = "1500"
ANSWER = "Les accès de l'éditeur ont été fermés à 20 h, après un appel à son assistance"
NOTE = "Message de l'éditeur lu à voix haute, rien n'a été effacé"


class Walk:
    """One person, one incident, one paper."""

    def __init__(self, hands: Hands, shell: Shell, folder: Path) -> None:
        self.hands, self.shell, self.folder = hands, shell, folder

    def whole(self) -> Path:
        """Everything, in order."""
        self.open_the_window()
        self.make_the_vault()
        self.answer_the_triage()
        self.do_the_first_step()
        return self.save_the_paper()

    def open_the_window(self) -> None:
        """Shown, and with the keyboard: without a window manager nobody else gives it that."""
        self.shell.start()
        self.shell.window.activateWindow()
        until(self.shell.window.isActiveWindow, "the window to have the keyboard")

    def make_the_vault(self) -> None:
        """One answer that matters and a passphrase."""
        self.hands.press(screens_entry.INCIDENT_NOW)
        self.hands.write(screens_entry.DEPARTMENT, "67")
        self.hands.write(screens_entry.PASSPHRASE, PHRASE)
        until(lambda: screens_entry.MAKE in on_screen(), "the phrase to be accepted")
        self.hands.press(screens_entry.MAKE)
        self.wait_for("triage")

    def answer_the_triage(self) -> None:
        """Scenario, at most seven questions, recap."""
        answers = [
            [ALERT], [], [triage.CONTINUES["no"]], [triage.COMPUTER["yes"]],
            [triage.INFORMATION["identity"], triage.INFORMATION["health"]],
            [triage.RANGES["1001-10000"]], [triage.FATES["copied"]],
        ]  # fmt: skip
        for chosen in answers:
            for name in chosen:
                self.hands.choose(name)
            self.hands.press(triage.GO_ON)
            self.quiet()
        self.hands.press(triage.START)
        self.wait_for("steps")

    def do_the_first_step(self) -> None:
        """A few words, then done."""
        self.hands.write(screens_steps.NOTE, NOTE)
        self.hands.press(screens_steps.DONE)
        self.quiet()

    def save_the_paper(self) -> Path:
        """The CNIL paper, with one answer typed and one not known."""
        self.hands.press(screens_shell.TABS["documents"])
        self.wait_for("documents")
        self.hands.press(screens_papers.open_paper(screens_papers.PAPER_NAMES["cnil"]))
        self.quiet()
        self.answer_the_form()
        self.hands.press(screens_papers.PRODUCE)
        self.quiet()
        return self.save_as(self.folder / "notification.pdf")

    def answer_the_form(self) -> None:
        """One question that nobody can answer, and one answered with a sentence."""
        unknown = written = False
        for _ in range(40):
            field = next((f for f in top().findChildren(QPlainTextEdit) if f.isVisible()), None)
            if field is not None and not written:
                self.hands.write(spoken_name(field), ANSWER)
                written = True
                self.hands.press(screens_papers.NEXT_LACKING)
            elif not unknown and screens_papers.DO_NOT_KNOW in on_screen():
                self.hands.press(screens_papers.DO_NOT_KNOW)
                unknown = True
            else:
                self.hands.press(screens_papers.NEXT_LACKING)
            self.quiet()
            if unknown and written:
                return
        raise LostError(f"unknown said: {unknown}, sentence written: {written}")

    def save_as(self, path: Path) -> Path:
        """Give the file its name in the dialog of the system, or of Qt where there is none."""
        QTimer.singleShot(800, lambda: self._name_the_file(path))
        self.hands.press(screens_papers.SAVE_PDF)
        until(path.is_file, "the saved file")
        self.quiet()
        return path

    def _name_the_file(self, path: Path) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        type_text(str(path))
        Keyboard().key(Qt.Key.Key_Return)

    def wait_for(self, page: str) -> None:
        """Until a page is there and has read what it shows."""
        window = self.shell.window
        until(lambda: window.place is not None and window.place.page == page, page)
        self.quiet()

    def quiet(self) -> None:
        """Nothing is being read or written any more."""
        settle(30)
        until(lambda: not self.shell.jobs.is_busy, "the work to end")
        settle(30)


HANDS: dict[str, type[Hands]] = {"keyboard": Keyboard, "mouse": Mouse}


def shell_in(folder: Path) -> Shell:
    """The program around the vault of a folder, with the cheapest passphrase allowed."""
    clock = SystemClock(ZoneInfo("Europe/Paris"))
    known = load_knowledge()
    door = Door(
        folder / VAULT, clock, known.wording, paths.resources(),
        lambda at: verification(verify_chain(at)), cost=lambda: FLOOR,
    )  # fmt: skip
    tools = Tools(door, known, clock, folder / "fenetre.ini", __version__)
    application = new_application()
    use_resources(paths.resources())
    return Shell(tools, Threshold(application, tools.settings), Jobs())


def main(how: str, folder: Path) -> None:
    """Walk, then say where the PDF is."""
    shell = shell_in(folder)
    saved = Walk(HANDS[how](), shell, folder).whole()
    sys.stdout.write(f"{saved}\n")
    sys.stdout.flush()
    shell.window.close()
    os._exit(0)  # the interpreter has nothing left to say


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
