"""Pictures of every page in the window, to be looked at: `python -m tests.ui.screenshots FOLDER`.

Everything in light and dark, text at 100 and 200 %; the main pages at 125 and 150 % and in high
contrast too. Around a played story, an incident just declared, an ended one, an exercise, and a
practice where nothing has happened. Nothing is compared: eyes are. The pictures are kept out of
the repository. `--look light-100` makes one look only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.audit import Verification
from clinicir.domain.ids import Plain, PlainMap
from clinicir.drill_room import DrillRoom
from clinicir.services.session import Session
from clinicir.ui.registry import PAGES
from clinicir.ui.shell import Shell
from clinicir.ui.theme import Theme, use_resources
from clinicir.ui.threshold import Threshold
from clinicir.ui.tools import Tools
from clinicir.vault.verify import verification, verify_chain
from tests.fakes import FakeCaseStore, knowledge, new_case, new_session, play, store_of
from tests.ui import scenes
from tests.ui.checks import WINDOW, settle
from tests.ui.fake_door import PHRASE, FakeDoor
from tests.ui.fakes import DirectJobs

_ALL = (("light", 1.0), ("dark", 1.0), ("light", 2.0), ("dark", 2.0))
_MAIN = (("light", 1.25), ("light", 1.5), ("contrast", 1.0))
_STORY = "amelipro.toml"
_WHO = "Nadia Exemple"
_SETTLED_MS = 40


class _Store(FakeCaseStore):
    """Of a real vault, with drafts."""

    kept: PlainMap

    def save_draft(self, incident: str | None, content: PlainMap) -> None:
        self.kept = content

    def load_draft(self, incident: str | None) -> dict[str, Plain]:
        return dict(getattr(self, "kept", {}))


def real(session: Session) -> FakeDoor:
    """The door of a vault that holds the same, and is no exercise."""
    old = store_of(session)
    store = _Store(old.clock)
    for name, value in vars(old).items():
        setattr(store, name, value)
    store.drill = False
    return FakeDoor(store, passphrase=PHRASE)


def played() -> FakeDoor:
    """A story told to its end."""
    printer = PaperPrinter("0" * 32, paths.fonts())
    return real(play(paths.checklists() / "stories" / _STORY, printer)[0])


CASES: dict[str, tuple[Callable[[], FakeDoor], Callable[[Shell], Iterator[str]]]] = {
    "vide": (lambda: real(new_session()), scenes.calm),
    "neuf": (lambda: real(new_case()), scenes.begun),
    "plein": (played, scenes.case),
    "seul": (played, scenes.alone),
    "fini": (played, scenes.ended),
    "exercice": (lambda: real(new_session()), scenes.drill),
}


class Studio:
    """Opens a window around a vault, and keeps what it shows."""

    def __init__(self, app: QApplication, folder: Path, inside: Path) -> None:
        """`inside`: where the window may write."""
        self._app, self._folder, self._inside = app, folder, inside
        self.count = 0

    def take(self, mode: str, scale: float, *, main: bool = False) -> None:
        """One look."""
        target = self._folder / f"{mode}-{round(scale * 100)}"
        target.mkdir(parents=True, exist_ok=True)
        cases = {"plein": (played, scenes.main_pages)} if main else CASES
        for name, (door, scenes_of) in cases.items():
            with self._window(door(), mode, scale) as shell:
                _enter(shell)
                self._keep(target, name, shell, scenes_of(shell))
        if not main:
            door_ = real(new_case(instants={"T_BREACH": "2027-01-12T16:00:00+01:00"}))
            with self._window(door_, mode, scale) as shell:
                self._keep(target, "entree", shell, scenes.entrance(shell, door_))

    def _keep(self, target: Path, case: str, shell: Shell, shown: Iterator[str]) -> None:
        for name in shown:
            settle(_SETTLED_MS)
            shell.window.grab().save(str(target / f"{case}-{name}.png"))
            self.count += 1

    @contextmanager
    def _window(self, door: FakeDoor, mode: str, scale: float) -> Iterator[Shell]:
        with tempfile.TemporaryDirectory(dir=self._inside) as kept:
            shell = _shell(self._app, door, Path(kept))
            Theme.apply(self._app, scale, mode)
            shell.window.resize(*WINDOW)
            shell.start()
            settle(_SETTLED_MS)
            yield shell
            shell.window.close()
            shell.window.deleteLater()
            settle()


def _shell(app: QApplication, door: FakeDoor, folder: Path) -> Shell:
    clock, words, resources = door.store.clock, knowledge().wording, paths.resources()

    def verify(root: Path) -> Verification:
        return verification(verify_chain(root))

    stories = paths.checklists() / "stories"
    drills = DrillRoom(folder / "exercices", stories, clock, words, resources, verify)
    tools = Tools(door, knowledge(), clock, folder / "look.ini", "1", folder / "coffre",
                  resources, drills=drills)  # fmt: skip
    return Shell(tools, Threshold(app, tools.settings), DirectJobs(), PAGES)


def _enter(shell: Shell) -> None:
    opened = shell.tools.door.open_with_passphrase(PHRASE)
    shell.entrance.opened.emit(opened, _WHO)


def save_all(app: QApplication, folder: Path, look: str = "") -> int:
    """How many pictures were kept."""
    with tempfile.TemporaryDirectory() as inside:
        studio = Studio(app, folder, Path(inside))
        for looks, main in ((_ALL, False), (_MAIN, True)):
            for mode, scale in looks:
                if look in ("", f"{mode}-{round(scale * 100)}"):
                    studio.take(mode, scale, main=main)
        return studio.count


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--look", default="")
    asked = parser.parse_args()
    application = QApplication(sys.argv[:1])
    use_resources(paths.resources())
    sys.stdout.write(f"{save_all(application, asked.folder, asked.look)}\n")
