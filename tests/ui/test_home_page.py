"""The home page as a person meets it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QApplication, QBoxLayout, QPushButton
from pytestqt.qtbot import QtBot

from clinicir.domain.ids import IncidentId
from clinicir.services import readiness
from clinicir.services.incidents import Said, close, open_incident, set_facts
from clinicir.texts import screens_home as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.home import Halves, HomePage
from clinicir.ui.widgets.gauge import Gauge
from clinicir.ui.widgets.notice import Notice
from clinicir.ui.widgets.state import Countdown
from tests.fakes import BY, INCIDENT, START, clock_of
from tests.ui.checks import check_page
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
    button(page, say.open_case(say.REGISTER)).click()
    assert window_of(desk).places == [Place("closing", INCIDENT), Place("register")]


def test_the_day_to_look_at_an_ended_case_is_told(qtbot: QtBot, desk: Desk) -> None:
    day = START.date() + timedelta(days=30)
    close(desk.session, INCIDENT, (), {}, BY, day)
    page = opened(qtbot, desk)
    assert not page.findChildren(Notice)
    clock_of(desk.session).advance(days=30)
    page.open_at(Place("home"))
    [notice] = [each for each in page.findChildren(Notice) if not each.isHidden()]
    assert say.review_due("2027-001") in notice.accessibleName()


def test_the_page_has_two_columns_when_there_is_room(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    [halves] = page.findChildren(Halves)
    box = halves.layout()
    assert isinstance(box, QBoxLayout)
    page.resize(1024, 640)
    QApplication.sendPostedEvents()
    assert box.direction() is QBoxLayout.Direction.LeftToRight
    page.resize(700, 640)
    QApplication.sendPostedEvents()
    assert box.direction() is QBoxLayout.Direction.TopToBottom


def test_many_cases_stay_whole(qtbot: QtBot, desk: Desk) -> None:
    for n in range(2, 6):
        other = IncidentId(f"{n:016x}")
        open_incident(desk.session, other, "perte_vol", Said(instants={"T_BREACH": START}), BY)
    close(desk.session, IncidentId(f"{5:016x}"), (), {}, BY)
    check_page(opened(qtbot, desk))


def test_coming_back_shows_what_changed(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk)
    session = empty_desk.session
    for item in session.knowledge.playbooks.readiness:
        readiness.prove(session, item.id, session.clock.now().date(), "", BY)
    page.open_at(Place("home"))
    shown = {g.accessibleName() for g in page.findChildren(Gauge) if g.isVisible()}
    assert shown == {say.ready_out_of(10, 10)}
