"""The home page as a person meets it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clinicir.services import readiness
from clinicir.services.incidents import Said, close, set_facts
from clinicir.texts import screens_home as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.home import HomePage
from clinicir.ui.widgets.gauge import Gauge
from clinicir.ui.widgets.state import Countdown
from tests.fakes import BY, INCIDENT, START, clock_of
from tests.ui.fakes import window_of


def opened(qtbot: QtBot, desk: Desk) -> HomePage:
    page = HomePage(desk)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.open_at(Place("home"))
    page.show()
    return page


def button(page: HomePage, name: str) -> QPushButton:
    """The visible button that a screen reader calls so."""
    [found] = [b for b in page.findChildren(QPushButton)
               if b.accessibleName() == name and not b.isHidden()]  # fmt: skip
    return found


def test_the_big_button_starts_the_triage(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk)
    assert page.first_focus() is page.declare
    page.declare.click()
    assert window_of(empty_desk).places == [Place("triage")]


def test_the_empty_state_leads_to_the_preparation(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk)
    button(page, say.PREPARE).click()
    button(page, say.SHEET).click()
    assert window_of(empty_desk).places == [Place("readiness"), Place("practice")]


def test_a_case_is_resumed_at_its_step(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    case = desk.session.case(INCIDENT)
    button(page, say.resume_case(case.scenario.title)).click()
    assert window_of(desk).places == [Place("steps", INCIDENT, case.scenario.first[0])]


def test_the_clock_is_told_and_moves(qtbot: QtBot, desk: Desk) -> None:
    set_facts(desk.session, INCIDENT, Said(instants={"T_BREACH": START}), BY)
    clock_of(desk.session).advance(hours=20)
    page = opened(qtbot, desk)
    [clock] = page.findChildren(Countdown)
    assert "52" in clock.text
    clock_of(desk.session).advance(hours=1)
    page._tick()
    assert "51" in clock.text


def test_an_ended_case_can_be_read_again(qtbot: QtBot, desk: Desk) -> None:
    title = desk.session.case(INCIDENT).scenario.title
    close(desk.session, INCIDENT, (), {}, BY)
    page = opened(qtbot, desk)
    button(page, say.open_case(title)).click()
    button(page, say.open_case(say.register(1))).click()
    assert window_of(desk).places == [
        Place("journal", INCIDENT), Place("documents", INCIDENT, "registre"),
    ]  # fmt: skip


def test_coming_back_shows_what_changed(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk)
    session = empty_desk.session
    for item in session.knowledge.playbooks.readiness:
        readiness.prove(session, item.id, session.clock.now().date(), "", BY)
    page.open_at(Place("home"))
    shown = {g.accessibleName() for g in page.findChildren(Gauge) if g.isVisible()}
    assert shown == {say.ready_out_of(10, 10)}
