"""The pages of an exercise, each alone, around a vault in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.content.stories import load_story
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.drill import DrillReport
from clinicir.domain.errors import StorageError
from clinicir.domain.practice import Practice
from clinicir.services import drill, steps
from clinicir.services.incidents import Said, open_incident
from clinicir.services.ports import Printed
from clinicir.services.views.drill import drill_view
from clinicir.texts import screens_drill as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.drill_host import DrillOffer
from clinicir.ui.pages.drill import DrillPage
from clinicir.ui.pages.drill_end import DrillEndPage
from clinicir.ui.pages.drill_messages import DrillMessagesPage
from clinicir.ui.pages.page import Page
from clinicir.ui.widgets.text import Text
from tests.fakes import BY, INCIDENT, START, clock_of, knowledge, new_session
from tests.ui.checks import check_page
from tests.ui.fake_door import FakeSheet
from tests.ui.fakes import new_desk, window_of


@dataclass
class FakeHost:
    """Remembers what the pages asked."""

    running: str = ""
    started: list[str] = field(default_factory=list)
    noted: list[DrillReport] = field(default_factory=list)
    left: int = 0
    resumed: int = 0
    fails: BaseException | None = None

    def offers(self) -> tuple[DrillOffer, ...]:
        drills = knowledge().playbooks.drills
        return tuple(DrillOffer(drills[name], "Cabinet fictif") for name in drill.OFFERED)

    def start(self, drill: str) -> None:
        self.started.append(drill)

    def resume(self) -> None:
        self.resumed += 1

    def certificate(self, report: DrillReport) -> Printed:
        return FakeSheet(report.title.encode())

    def leave(self) -> None:
        self.left += 1

    def note(self, report: DrillReport, otherwise: Callable[[BaseException], None]) -> None:
        if self.fails is not None:
            otherwise(self.fails)
        else:
            self.noted.append(report)


@pytest.fixture
def host() -> FakeHost:
    return FakeHost()


@pytest.fixture
def played(qtbot: QtBot) -> Desk:
    """The vault of an exercise just begun."""
    session = new_session()
    story = load_story(paths.checklists() / "stories" / "amelipro.toml")
    fictional = Practice.from_plain(story.practice)
    drill.begin_drill(session, "exercice-amelipro", fictional, "Cabinet réel", BY)
    return new_desk(session, PaperPrinter("0" * 32, paths.fonts()))


def opened(qtbot: QtBot, page: Page) -> None:
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.open_at(Place(page.name))
    page.show()


def words(page: Page) -> str:
    return "\n".join(text.text() for text in page.findChildren(Text) if not text.isHidden())


def declare(desk: Desk) -> None:
    open_incident(desk.session, INCIDENT, "amelipro", Said({}, {"T_BREACH": START}), BY)


def test_three_stories_are_offered_and_one_is_started_once(
    qtbot: QtBot, empty_desk: Desk, host: FakeHost
) -> None:
    page = DrillPage(empty_desk, host)
    opened(qtbot, page)
    assert list(page.play) == list(drill.OFFERED)
    assert page.running.isHidden()
    assert "Cabinet fictif" in words(page)
    page.play["exercice-editeur"].click()
    page.play["exercice-editeur"].click()
    assert host.started == ["exercice-editeur"]
    assert window_of(empty_desk).said == [say.MAKING]


def test_the_exercise_that_waits_comes_first(
    qtbot: QtBot, empty_desk: Desk, host: FakeHost
) -> None:
    host.running = "Exercice : l'imprimante crache un message"
    page = DrillPage(empty_desk, host)
    opened(qtbot, page)
    assert page.first_focus() is page.resume
    page.resume.click()
    assert host.resumed == 1


def test_the_first_message_leads_to_the_triage(qtbot: QtBot, played: Desk) -> None:
    page = DrillMessagesPage(played)
    opened(qtbot, page)
    assert "3 h 05" in words(page).replace("\u00a0", " ")
    assert say.NO_CALL in words(page)
    page.go_on.click()
    assert window_of(played).places == [Place("triage")]


def test_once_declared_it_leads_back_to_the_step(qtbot: QtBot, played: Desk) -> None:
    declare(played)
    page = DrillMessagesPage(played)
    opened(qtbot, page)
    page.go_on.click()
    resume = drill_view(played.session).resume
    assert window_of(played).places == [Place("steps", INCIDENT, resume or "")]
    assert page.go_on.text() == say.STEPS


def test_the_next_message_is_called_or_comes(qtbot: QtBot, played: Desk) -> None:
    page = DrillMessagesPage(played)
    opened(qtbot, page)
    page.next.click()
    assert say.message(2) in words(page)
    clock_of(played.session).advance(minutes=9)
    page.tick()
    assert say.message(3) in words(page)
    clock_of(played.session).advance(hours=2)
    page.tick()
    assert page.next.isHidden()
    assert say.NO_MORE in words(page)


def test_the_end_tells_times_what_was_missed_and_what_runs(
    qtbot: QtBot, played: Desk, host: FakeHost
) -> None:
    declare(played)
    clock_of(played.session).advance(minutes=6)
    steps.complete(played.session, INCIDENT, "AP-01", steps.Done(), BY)
    clock_of(played.session).advance(hours=80)
    page = DrillEndPage(played, host)
    opened(qtbot, page)
    told = words(page).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Faite après 6 min ; temps passé : 6 min" in told
    assert "Attendu : Les deux heures sont notées" in told
    assert "Dépassée depuis le" in told
    assert "Qui a noté les heures ?" in told


def test_the_certificate_is_written_and_the_exercise_noted(
    qtbot: QtBot, played: Desk, host: FakeHost, tmp_path: Path
) -> None:
    page = DrillEndPage(played, host)
    opened(qtbot, page)
    page.save_to(tmp_path / say.FILE_NAME)
    assert (tmp_path / say.FILE_NAME).read_bytes().startswith(b"Exercice")
    assert window_of(played).said == [say.SAVED]
    page.note.click()
    assert [report.practice for report in host.noted] == ["Cabinet réel"]


def test_a_refusal_is_explained_and_can_be_tried_again(
    qtbot: QtBot, played: Desk, host: FakeHost
) -> None:
    host.fails = StorageError("disk.full")
    page = DrillEndPage(played, host)
    opened(qtbot, page)
    page.note.click()
    assert window_of(played).errors == [host.fails]
    assert page.note.isEnabled()
    page.leave.click()
    assert host.left == 1


def test_going_on_starts_the_clock_again(qtbot: QtBot, played: Desk, host: FakeHost) -> None:
    page = DrillEndPage(played, host)
    opened(qtbot, page)
    assert drill.drill_record(played.session).ended_at is not None
    page.go_on.click()
    assert drill.drill_record(played.session).ended_at is None
    assert window_of(played).places == [Place("drill_messages")]


def test_the_machine_finds_nothing_wrong_with_the_choice(
    qtbot: QtBot, empty_desk: Desk, host: FakeHost
) -> None:
    host.running = "Exercice : l'imprimante crache un message"
    page = DrillPage(empty_desk, host)
    opened(qtbot, page)
    check_page(page)


def test_the_machine_finds_nothing_wrong_with_the_messages(qtbot: QtBot, played: Desk) -> None:
    clock_of(played.session).advance(hours=2)
    page = DrillMessagesPage(played)
    opened(qtbot, page)
    check_page(page)


def test_the_machine_finds_nothing_wrong_with_the_end(
    qtbot: QtBot, played: Desk, host: FakeHost
) -> None:
    declare(played)
    clock_of(played.session).advance(minutes=40)
    page = DrillEndPage(played, host)
    opened(qtbot, page)
    check_page(page)
