"""A window to be killed: it works, says how far it is, and is opened again afterwards.

    python -m tests.ui.victim type FOLDER           types a sentence, letter by letter, for ever
    python -m tests.ui.victim intake FOLDER FILE    takes a file in as evidence
    python -m tests.ui.victim look FOLDER           opens again and tells where one is, as JSON

`FOLDER` holds the vault; it is made at the first call. `type` and `intake` print a line at each
step, so that whoever kills them knows what had been done.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit

from clinicir.texts import screens_entry, screens_evidence, screens_shell, screens_steps
from clinicir.ui.shell import Shell
from clinicir.vault.verify import verify_chain
from tests.ui.checks import settle, spoken_name
from tests.ui.hands import Keyboard, type_text, until
from tests.ui.walk import PHRASE, VAULT, Walk, shell_in

SENTENCE = "appel a l'assistance, elle ferme les connexions ouvertes, puis rappelle. "
_PAUSE = 0.05


def say(words: str) -> None:
    """Read by the killer, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def to_the_first_step(shell: Shell, folder: Path) -> Walk:
    """A new vault, an incident, and the first of its steps on screen."""
    walk = Walk(Keyboard(), shell, folder)
    walk.open_the_window()
    walk.make_the_vault()
    walk.answer_the_triage()
    return walk


def type_for_ever(shell: Shell, folder: Path) -> None:
    """Each line says how many letters are on screen, and when."""
    walk = to_the_first_step(shell, folder)
    place = shell.window.place
    assert place is not None
    say(f"at {place.page} {_step(shell)}")
    walk.hands.write(screens_steps.NOTE, "")
    count = 0
    while True:
        type_text(SENTENCE[count % len(SENTENCE)])
        count += 1
        say(f"typed {count} {time.monotonic()}")
        settle(round(_PAUSE * 1000))


def take_in(shell: Shell, folder: Path, file: Path) -> None:
    """The copy has begun when `begun` is printed; `done` is never reached in time."""
    walk = to_the_first_step(shell, folder)
    walk.hands.press(screens_shell.TABS["evidence"])
    walk.wait_for("evidence")
    QTimer.singleShot(800, lambda: _name(file))
    walk.hands.press(screens_evidence.ADD_FILE)
    QTimer.singleShot(300, lambda: say("begun"))
    walk.hands.press(screens_evidence.PUT_IN_VAULT)
    walk.quiet()
    say("done")


def look(shell: Shell, folder: Path) -> None:
    """What a person finds who opens the window again."""
    walk = Walk(Keyboard(), shell, folder)
    walk.open_the_window()
    walk.hands.write(screens_entry.PASSPHRASE, PHRASE)
    walk.hands.press(screens_entry.OPEN)
    until(lambda: shell.entry is not None and shell.entry.__class__.__name__ == "Who", "who")
    walk.hands.write(screens_shell.WHO_NAME, "Nadia Exemple")
    walk.hands.press(screens_shell.CONTINUE)
    until(lambda: shell.desk is not None and shell.window.page is not None, "the pages")
    walk.quiet()
    place, page, desk = shell.window.place, shell.window.page, shell.desk
    assert place is not None
    assert page is not None
    assert place.incident is not None
    assert desk is not None
    focused = QApplication.focusWidget()
    texts = [field.toPlainText() for field in page.findChildren(QPlainTextEdit)]
    store = desk.session.store
    verdict = verify_chain(folder / VAULT)
    say(json.dumps({
        "page": place.page, "step": _step(shell) if place.page == "steps" else "",
        "focus": spoken_name(focused) if focused is not None else "",
        "texts": texts, "intact": verdict.is_intact,
        "evidence": len(store.records(place.incident, "evidence")),
    }))  # fmt: skip


def _step(shell: Shell) -> str:
    page = shell.window.page
    view = getattr(page, "view", None)
    return str(view.current.step.id) if view is not None else ""


def _name(file: Path) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    type_text(str(file))
    Keyboard().key(Qt.Key.Key_Return)


def main(words: list[str]) -> None:
    """See the module."""
    folder = Path(words[1])
    shell = shell_in(folder)
    match words[0]:
        case "type":
            type_for_ever(shell, folder)
        case "intake":
            take_in(shell, folder, Path(words[2]))
        case "look":
            look(shell, folder)
    os._exit(0)  # the interpreter has nothing left to say


if __name__ == "__main__":
    main(sys.argv[1:])
