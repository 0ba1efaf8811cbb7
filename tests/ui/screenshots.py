"""Pictures of every page in the window, to be looked at: `python -m tests.ui.screenshots FOLDER`.

Light and dark, text at 100 and 200 %, around a played story and around a practice where nothing
has happened. Nothing is compared: eyes are. The pictures are kept out of the repository.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.ids import IncidentId
from clinicir.domain.progress import StepState
from clinicir.domain.route import route
from clinicir.services.session import Session
from clinicir.services.views.documents import KINDS
from clinicir.ui.desk import Desk, Place
from clinicir.ui.entry.create import CreateVault
from clinicir.ui.entry.gestures import Gestures
from clinicir.ui.entry.renew import NewWay
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.entry.who import Who
from clinicir.ui.main_window import MainWindow
from clinicir.ui.pages.gestures import GesturesPage
from clinicir.ui.pages.recovery_sheet import RecoverySheetPage
from clinicir.ui.registry import INCIDENT_TABS, PAGES, PageFactory
from clinicir.ui.theme import Theme, use_resources
from tests.fakes import INCIDENT, knowledge, new_case, new_session, play, store_of
from tests.ui.checks import WINDOW, settle
from tests.ui.fake_door import CODE, FakeDoor
from tests.ui.fakes import DirectJobs

LOOKS = (("light", 1.0), ("dark", 1.0), ("light", 2.0), ("dark", 2.0))
_STORY = "amelipro.toml"
_WHO = "Nadia Exemple"


def pages_of(door: FakeDoor) -> dict[str, PageFactory]:
    """Every page of the program, those of the door included."""
    return {
        **PAGES,
        "recovery_sheet": lambda desk: RecoverySheetPage(desk, door, CODE),
        "gestures": lambda desk: GesturesPage(desk, door),
    }


def places(session: Session, names: list[str], incident: IncidentId | None) -> Iterator[Place]:
    """Where to go: each page, and for those of an incident what they can show of it."""
    for name in names:
        if name not in INCIDENT_TABS or incident is not None:
            yield Place(name, incident)
    if incident is None:
        return
    steps = [each for each in route(session.case(incident)) if each.state is StepState.TODO]
    yield from (Place("steps", incident, str(each.step.id)) for each in steps[:3])
    yield from (Place("documents", incident, kind) for kind in KINDS)


def entry_pages(door: FakeDoor) -> Iterator[QWidget]:
    """Before a vault is open."""
    known, jobs = knowledge(), DirectJobs()
    yield Welcome()
    yield CreateVault(door, jobs, known.directory.departments.keys())
    yield Unlock(keyring=False)
    yield Unlock(keyring=True)
    yield NewWay(door, jobs)
    yield Who([_WHO, "Karim Exemple"])
    yield Gestures(known, (), date(2026, 11, 21))


def save_all(app: QApplication, folder: Path) -> int:
    """One picture a place, a look and a fullness; how many."""
    printer = PaperPrinter("0" * 32, paths.fonts())
    played, _ = play(paths.checklists() / "stories" / _STORY, printer)
    cases = (("plein", played, INCIDENT), ("neuf", new_case(drill=False), INCIDENT),
             ("vide", new_session(drill=False), None))  # fmt: skip
    count = 0
    for mode, scale in LOOKS:
        Theme.apply(app, scale, mode)
        target = folder / f"{mode}-{round(scale * 100)}"
        target.mkdir(parents=True, exist_ok=True)
        for name, session, incident in cases:
            count += _save_case(target, name, session, incident)
        count += _save_entry(target, FakeDoor(store_of(cases[1][1])))
    return count


def _save_case(target: Path, name: str, session: Session, incident: IncidentId | None) -> int:
    jobs, window = DirectJobs(), MainWindow("0", lambda: False)
    jobs.failed.connect(window.explain)
    door = FakeDoor(store_of(session))
    printer = PaperPrinter("0" * 32, paths.fonts())
    desk = Desk(session, jobs, window, printer, store_of(session).verify, _WHO)
    window.open_desk(desk, pages_of(door))
    window.resize(*WINDOW)
    window.show()
    count = 0
    for place in places(session, sorted(pages_of(door)), incident):
        window.go(place)
        settle(60)
        parts = [name, place.page, place.item]
        window.grab().save(str(target / f"{'-'.join(filter(None, parts))}.png"))
        count += 1
    window.close()
    window.deleteLater()
    return count


def _save_entry(target: Path, door: FakeDoor) -> int:
    window = MainWindow("0", lambda: False)
    window.resize(*WINDOW)
    window.show()
    count = 0
    for count, page in enumerate(entry_pages(door), 1):
        window.show_entry(page, "")
        settle(60)
        window.grab().save(str(target / f"entree-{count}-{type(page).__name__.lower()}.png"))
    window.close()
    window.deleteLater()
    return count


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    application = QApplication(sys.argv[:1])
    use_resources(paths.resources())
    sys.stdout.write(f"{save_all(application, asked.folder)}\n")
