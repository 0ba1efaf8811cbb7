"""What can be on the screen, one scene after the other: see `tests.ui.screenshots`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from clinicir.domain.errors import StorageError
from clinicir.domain.progress import StepState
from clinicir.domain.route import route
from clinicir.services import incidents
from clinicir.services.session import Session
from clinicir.services.views.closing import closing_view
from clinicir.services.views.documents import KINDS
from clinicir.texts.screens_help import TOPICS
from clinicir.ui.entry.unlock import Unlock
from clinicir.ui.entry.welcome import Welcome
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.pages.drill import DrillPage
from clinicir.ui.pages.evidence import EvidencePage
from clinicir.ui.pages.journal import JournalPage
from clinicir.ui.pages.patients import PatientsPage
from clinicir.ui.pages.search import SearchPage
from clinicir.ui.pages.steps import StepsPage
from clinicir.ui.pages.triage import TriagePage
from clinicir.ui.place import INCIDENT_TABS, Place
from clinicir.ui.shell import Shell
from clinicir.ui.widgets.gate import Gate
from tests.fakes import BY, INCIDENT
from tests.ui.checks import settle
from tests.ui.fake_door import CODE, PHRASE, FakeDoor

Scenes = Iterator[str]
"""Each name is given when what it names is on the screen."""

MAIN = ("home", "triage", *INCIDENT_TABS)
_ALONE = ("home", "register", "practice", "readiness", "recovery_sheet", "reminders", "gestures",
          "search", "settings", "drill")  # fmt: skip
_QUESTIONS = 14
_TROUBLES = ("vault.locked", "vault.damaged", "key.missing", "disk.full", "vault.newer")


def main_pages(shell: Shell) -> Scenes:
    """What is seen most, once."""
    for page in MAIN:
        yield _go(shell, page)
    _go(shell, "documents", "cnil")
    yield "paper"


def alone(shell: Shell) -> Scenes:
    """Pages of a practice, whatever has happened."""
    for page in _ALONE:
        yield _go(shell, page)
        yield from _below(shell, page)
    yield from _triage(shell)


def calm(shell: Shell) -> Scenes:
    """A practice where nothing has happened, and the help."""
    yield from alone(shell)
    for topic in TOPICS:
        _go(shell, "help", topic)
        yield f"help-{topic}"


def begun(shell: Shell) -> Scenes:
    """Pages of one incident."""
    for page in (*INCIDENT_TABS, "closing", "copy_assistant"):
        yield _go(shell, page)
        yield from _below(shell, page)
    for kind in KINDS:
        _go(shell, "documents", kind)
        yield f"documents-{kind}"


def case(shell: Shell) -> Scenes:
    """The same, with all that opens in them."""
    yield from begun(shell)
    for part in (_paper, _evidence, _journal, _patients, _search, _bands, _steps):
        yield from part(shell)


def ended(shell: Shell) -> Scenes:
    """An incident that is over: read, not written."""
    session = _session(shell)
    items = closing_view(session, INCIDENT).items
    reasons = {item.key: "Sans objet dans cette histoire." for item in items}
    incidents.close(session, INCIDENT, ("Ranger la fiche de secours.",), reasons, BY)
    for page in (*INCIDENT_TABS, "closing", "home"):
        yield _go(shell, page)
    _go(shell, "documents", "cnil")
    yield "documents-cnil"


def drill(shell: Shell) -> Scenes:
    """An exercise, from its choice to its result."""
    _go(shell, "drill")
    page = shell.window.page
    assert isinstance(page, DrillPage)
    next(iter(page.play.values())).click()
    yield "messages"
    yield _go(shell, "home")
    said = incidents.Said({}, {})
    incidents.open_incident(_session(shell), INCIDENT, "amelipro", said, BY)
    for name in ("steps", "documents", "patients", "drill_messages", "drill_end"):
        yield _go(shell, name)
    yield from _below(shell, "drill_end")
    shell.drill.leave()
    yield f"{_go(shell, 'drill')}-waiting"


def entrance(shell: Shell, door: FakeDoor) -> Scenes:
    """Before a vault is open, and when it will not."""
    look = shell.entrance.look
    door.passphrase = ""
    look()
    yield "welcome"
    assert isinstance(shell.entry, Welcome)
    shell.entry.chosen.emit(True)
    yield "create"
    _press(shell, "Proposer")
    yield "create-proposed"
    door.passphrase = PHRASE
    door.limit = shell.tools.clock.now() + timedelta(hours=5, minutes=4)
    look()
    yield "unlock"
    shell.entrance.show_gestures(look)
    yield "gestures"
    door.keyring = True
    look()
    yield "keyring"
    door.keyring = False
    yield from _refused(shell, door)


def _refused(shell: Shell, door: FakeDoor) -> Scenes:
    """A vault that will not open: damaged, or to somebody who mistypes."""
    look = shell.entrance.look
    since = datetime(2027, 1, 12, 8, 5, tzinfo=UTC)
    for code in _TROUBLES:
        door.fault = StorageError(code, host="ACCUEIL-2", since=since.isoformat(), version=9)
        look()
        assert isinstance(shell.entry, Unlock)
        shell.entry.passphrase.set_value(PHRASE)
        shell.entry.submit()
        yield f"trouble-{code}"
    door.fault = None
    look()
    assert isinstance(shell.entry, Unlock)
    shell.entry.swap()
    shell.entry.code.set_value(CODE)
    shell.entry.submit()
    yield "renew"
    _press(shell, "Plus tard")
    yield "who"
    look()
    assert isinstance(shell.entry, Unlock)
    shell.entry.passphrase.set_value("autre chose")
    shell.entry.submit()
    yield "unlock-refused"
    for _ in range(3):
        shell.entry.submit()
    yield "unlock-wait"
    shell.entry.swap()
    yield "unlock-code"


# --- parts -------------------------------------------------------------------------------------


def _triage(shell: Shell) -> Scenes:
    _go(shell, "triage")
    page = shell.window.page
    assert isinstance(page, TriagePage)
    for number in range(_QUESTIONS):
        yield f"triage-{number}"
        yield from _below(shell, f"triage-{number}")
        rows = [each for each in page.findChildren(QAbstractButton)
                if each.isVisible() and each.isCheckable() and not each.isChecked()]  # fmt: skip
        if rows and number != 1:
            rows[0].click()
        if "compris" in page.onward.text() or "urgent" in page.onward.text():
            return
        page.onward.click()


def _steps(shell: Shell) -> Scenes:
    """One step of each kind of field, and all that asks for something before it is done."""
    seen: set[str] = set()
    for line in route(_session(shell).case(INCIDENT)):
        step = line.step
        has = {use.spec.type.value for use in step.fields}
        has |= {name for name in ("erases", "gate", "output") if getattr(step, name)}
        if line.state is StepState.TODO and not has <= seen:
            seen |= has
            _go(shell, "steps", str(step.id))
            yield f"steps-{step.id}"
            yield from _below(shell, f"steps-{step.id}", of=_panel(shell))
    for name in ("Pas possible maintenant", "Ne nous concerne pas"):
        _go(shell, "steps")
        if _press(shell, name):
            yield f"steps-{name.split()[0].lower()}"
    _go(shell, "steps")
    if _press(shell, "Voir toute la liste"):
        yield "steps-all"
    _go(shell, "steps")
    if _press(shell, "Lire \u00e0 voix haute"):
        yield "steps-read"
    for line in route(_session(shell).case(INCIDENT)):
        if line.step.gate and line.state is StepState.TODO:
            _go(shell, "steps", str(line.step.id))
            page = shell.window.page
            assert isinstance(page, StepsPage)
            page.commands()["done"]()
            if page.findChildren(Gate):
                yield f"steps-gate-{line.step.gate}"
                return


def _paper(shell: Shell) -> Scenes:
    _go(shell, "documents", "cnil")
    page = shell.window.page
    assert isinstance(page, DocumentsPage)
    page.paper.produce()
    for tab in (1, 2, 3):
        page.paper.tabs.setCurrentIndex(tab)
        yield f"paper-tab-{tab}"
    page.paper.tabs.setCurrentIndex(1)
    page.paper.mark.click()
    if page.gate is not None:
        yield "paper-gate"
        for field, name in zip(page.gate.names, ("Claire Morel", "Nadia Exemple"), strict=False):
            field.editor.set_value(name)
        page.gate.confirm.click()
    yield "paper-sending"
    yield from _below(shell, "paper-sending")


def _evidence(shell: Shell) -> Scenes:
    _go(shell, "evidence", "P-001")
    yield "evidence-one"
    yield from _below(shell, "evidence-one")
    page = shell.window.page
    assert isinstance(page, EvidencePage)
    page.exhibit.see.click()
    yield "evidence-seen"
    for act in (page.exhibit.describe, page.exhibit.give, page.exhibit.withdraw):
        act.click()
        yield f"evidence-form-{act.text().split()[0].lower()}"
        page.exhibit.close_forms()
    folder = shell.tools.settings.parent
    files = [folder / "courriel de l\u2019\u00e9diteur.pdf", folder / "outil.exe"]
    for file in files:
        file.write_bytes(b"%PDF-1.4")
    picture = folder / "capture.png"
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(0x3377AA)
    image.save(str(picture))
    _go(shell, "evidence")
    page.offer_files([picture, *files])
    yield "evidence-intake"


def _journal(shell: Shell) -> Scenes:
    _go(shell, "journal")
    page = shell.window.page
    assert isinstance(page, JournalPage)
    page.verify.click()
    yield "journal-verified"
    page.table.selectRow(page.model.rowCount() - 1)
    yield "journal-line"
    page.fix.click()
    yield "journal-fix"
    _go(shell, "journal", "note")
    page.note.click()
    yield "journal-note"


def _patients(shell: Shell) -> Scenes:
    _go(shell, "patients")
    page = shell.window.page
    assert isinstance(page, PatientsPage)
    page.open_decision()
    yield "patients-decision"
    yield from _below(shell, "patients-decision")
    page.open_departure()
    yield "patients-departure"


def _search(shell: Shell) -> Scenes:
    _go(shell, "search")
    page = shell.window.page
    assert isinstance(page, SearchPage)
    for words in ("mot de passe", "introuvable"):
        page.words.set_value(words)
        page.search()
        yield f"search-{words.split()[0]}"


def _bands(shell: Shell) -> Scenes:
    """All at once: the worst day of the window."""
    _go(shell, "home")
    window = shell.window
    bands = (window.sheet_band, window.idle_band, window.rolled_back_band)
    was = [band.isVisible() for band in bands]
    for band in bands:
        band.show()
    window.say("Enregistr\u00e9.")
    yield "bands"
    for band, shown in zip(bands, was, strict=True):
        band.setVisible(shown)


# --- hands -------------------------------------------------------------------------------------


def _go(shell: Shell, page: str, item: str = "") -> str:
    session = _session(shell)
    incident = INCIDENT if INCIDENT in session.store.incidents() else None
    shell.window.go(Place(page, incident, item))
    return page


def _session(shell: Shell) -> Session:
    assert shell.desk is not None
    return shell.desk.session


def _panel(shell: Shell) -> QWidget | None:
    page = shell.window.page
    return page.panel if isinstance(page, StepsPage) else None


def _below(shell: Shell, name: str, of: QWidget | None = None) -> Scenes:
    """The end of what scrolls (around `of`), when there is more than a screen of it."""
    page = shell.window.page
    if page is None:
        return
    settle()
    areas = [area for area in (of or page).findChildren(QScrollArea) if area.isVisible()]
    areas = [area for area in areas if area.verticalScrollBar().maximum() > 0]
    if areas:
        bar = areas[0].verticalScrollBar()
        bar.setValue(bar.maximum())
        yield f"{name}-below"
        bar.setValue(0)


def _press(shell: Shell, words: str) -> bool:
    for button in shell.window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and words in button.text():
            button.click()
            return True
    return False
