"""The triage played in its page, from the first sentence to the open incident."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.session import Session
from clinicir.services.triage import Headcount, Structure, stored_practice
from clinicir.services.views.board import board_view
from clinicir.texts import screens_triage as say
from clinicir.texts.labels import LEVELS
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import triage_draft
from clinicir.ui.pages.triage import TriagePage, random_id
from clinicir.ui.widgets.pick import Pick
from tests.fakes import FakeCaseStore, FakeClock, clock_of, knowledge, store_of
from tests.ui.fakes import new_desk, window_of
from tests.ui.step_pages import DraftStore

NEW = IncidentId("00000000000000c3")


@pytest.fixture
def first_evening(qtbot: QtBot) -> Desk:
    """A vault made a minute ago: no practice sheet, no incident."""
    clock = FakeClock()
    session = Session(FakeCaseStore(clock), knowledge(), clock)
    return new_desk(session, PaperPrinter("0123456789abcdef" * 2, paths.fonts()))


def opened(qtbot: QtBot, desk: Desk) -> TriagePage:
    page = TriagePage(desk, lambda: NEW)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.open_at(Place("triage"))
    page.show()
    return page


def choose(page: TriagePage, *words: str) -> None:
    """Click the rows that say so."""
    rows = [b for b in page.findChildren(QAbstractButton) if b.isVisible()]
    for word in words:
        [row] = [b for b in rows if b.text() == word]
        row.click()


def go_on(page: TriagePage, *words: str) -> None:
    choose(page, *words)
    page.onward.click()


def texts(page: TriagePage) -> str:
    """All that can be read."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def ticked_rows(page: TriagePage) -> list[str]:
    """Rows that are chosen."""
    rows = page.findChildren(QAbstractButton)
    return [row.text() for row in rows if row.isVisible() and row.isChecked()]


def seen(scenario: str) -> str:
    return knowledge().scenario(scenario).seen


def to_recap(page: TriagePage, kind: str = say.STRUCTURES["CAB_SOLO"]) -> None:
    """The first evening, answered as best one can."""
    go_on(page, seen("messagerie"))
    to_recap_from_hour(page, kind)


def to_recap_from_hour(page: TriagePage, kind: str = say.STRUCTURES["CAB_SOLO"]) -> None:
    """The same, the sentence being chosen."""
    page.onward.click()
    go_on(page, say.CONTINUES["yes"])
    go_on(page, say.COMPUTER["unknown"])
    page.onward.click()
    go_on(page, say.INFORMATION["health"], say.INFORMATION["contact"])
    go_on(page, say.RANGES["101-1000"])
    go_on(page, say.FATES["seen"])
    [department] = [e for e in page.findChildren(QLineEdit) if e.isVisible()]
    department.setText("2a")
    go_on(page, kind)


def test_a_frightened_person_reaches_an_open_incident(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    to_recap(page)
    shown = texts(page)
    assert say.RECAP in shown
    assert "CNIL" in shown
    assert "15 janvier 2027" in shown.replace("\u00a0", " ")
    assert store_of(first_evening.session).entries == []
    page.onward.click()
    window = window_of(first_evening)
    assert window.errors == []
    assert window.places == [Place("steps", NEW)]
    case = first_evening.session.case(NEW)
    assert case.incident.scenario == "messagerie"
    assert case.incident.answers["viol.nature"] == ["confidentialite"]
    assert case.incident.instants.keys() == {"T_BREACH"}
    practice = stored_practice(first_evening.session)
    assert practice is not None
    assert (practice.type, practice.department) == ("CAB_SOLO", "2A")


def test_who_told_is_asked_once_with_the_hour(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    go_on(page, seen("messagerie"))
    [pick] = [p for p in page.findChildren(Pick) if p.isVisible()]
    pick.setCurrentIndex(pick.findData("phone"))
    pick.activated.emit(pick.currentIndex())
    page.onward.click()
    assert page._walk is not None
    assert page._walk.answers.channel == "phone"
    page._walk.screen = "learned"
    page._show()
    to_recap_from_hour(page)
    assert "Appel téléphonique" in texts(page)
    page.onward.click()
    step = first_evening.session.store.records(NEW, "step")["ALR-01"]
    assert step["answers"] == {"alert_channel": "phone"}
    assert step["state"] == "in_progress"
    view = board_view(first_evening.session, NEW, "ALR-01")
    [field] = [field for field in view.current.fields if field.id == "alert_channel"]
    assert field.value == "phone"


def test_how_binding_a_duty_is_stands_in_three_words(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    to_recap(page)
    shown = texts(page).splitlines()
    assert LEVELS["OBLIGATOIRE"] in shown
    assert say.TO_DECIDE in shown
    assert {say.WHO, say.BEFORE, say.REASON} <= set(shown)


def test_the_urgent_gestures_come_before_the_rest(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    go_on(page, seen("messagerie"))
    page.onward.click()
    go_on(page, say.CONTINUES["unknown"])
    go_on(page, say.COMPUTER["no"])
    assert say.STOP_COMPUTER in texts(page)
    choose(page, say.GESTURES)
    assert window_of(first_evening).places == [Place("gestures")]
    page.onward.click()
    assert say.QUESTIONS["information"] in texts(page)


def test_nothing_chosen_is_said_and_goes_nowhere(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    page.onward.click()
    assert say.ANSWER_MISSING in texts(page)
    assert say.FIRST in texts(page)


def test_not_knowing_stands_alone(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    go_on(page, seen("mauvais_destinataire"))
    page.onward.click()
    choose(page, say.INFORMATION["nir"], say.INFORMATION["unknown"])
    ticked = ticked_rows(page)
    assert say.INFORMATION["unknown"] in ticked
    assert say.INFORMATION["nir"] not in ticked
    choose(page, say.INFORMATION["bank"])
    ticked = ticked_rows(page)
    assert say.INFORMATION["unknown"] not in ticked


def test_an_hour_to_come_is_refused(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    go_on(page, seen("panne"))
    day, hour = (e for e in page.findChildren(QLineEdit) if e.isVisible())
    assert day.text() == "12/01/2027"
    hour.setText("17 h 11")
    page.onward.click()
    assert say.FUTURE in texts(page)
    hour.setText("9 h")
    page.onward.click()
    assert say.QUESTIONS["information"] in texts(page)


def test_the_hour_is_compared_with_the_clock_of_that_moment(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    go_on(page, seen("panne"))
    clock_of(desk.session).advance(minutes=20)
    _, hour = (e for e in page.findChildren(QLineEdit) if e.isVisible())
    hour.setText("17 h 25")
    page.onward.click()
    assert say.QUESTIONS["information"] in texts(page)


def test_a_type_taken_for_want_of_better_is_said(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    to_recap(page, say.UNKNOWN)
    assert say.TYPE_TAKEN in texts(page)


@pytest.mark.parametrize("typed", ["", "99", "abc"])
def test_a_department_that_does_not_exist_is_said(
    qtbot: QtBot, first_evening: Desk, typed: str
) -> None:
    page = opened(qtbot, first_evening)
    go_on(page, seen("panne"))
    page.onward.click()
    go_on(page, say.INFORMATION["none"])
    [department] = [e for e in page.findChildren(QLineEdit) if e.isVisible()]
    department.setText(typed)
    go_on(page, say.STRUCTURES["unknown"])
    assert say.BAD_DEPARTMENT in texts(page)


def test_back_then_leave_then_return_keeps_the_answers(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    go_on(page, seen("amelipro"))
    page.onward.click()
    choose(page, say.CONTINUES["no"])
    page.onward.click()
    page.back.click()
    ticked = ticked_rows(page)
    assert ticked == [say.CONTINUES["no"]]
    page.leave.click()
    assert window_of(desk).backs == 1
    assert window_of(desk).said == [say.UNFINISHED]
    page.open_at(Place("triage"))
    assert say.QUESTIONS["continues"] in texts(page)


def test_an_answer_is_changed_from_the_recap(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    to_recap(page)
    wanted = say.change_of(say.QUESTIONS["persons"])
    [change] = [b for b in page.findChildren(QAbstractButton)
                if b.accessibleName() == wanted and b.isVisible()]  # fmt: skip
    change.click()
    go_on(page, say.RANGES["10001+"])
    assert say.RECAP in texts(page)
    assert say.RANGES["10001+"] in texts(page)


def test_return_goes_on_without_the_mouse(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    first = cast("QAbstractButton", page.first_focus())
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert say.QUESTIONS["learned"] in texts(page)


def test_a_refused_opening_can_be_tried_again(qtbot: QtBot, first_evening: Desk) -> None:
    page = opened(qtbot, first_evening)
    to_recap(page)
    store_of(first_evening.session).fails_with = "disk.full"
    page.onward.click()
    assert len(window_of(first_evening).errors) == 1
    assert page.onward.isEnabled()
    page.onward.click()
    assert window_of(first_evening).places == [Place("steps", NEW)]


def test_ids_are_sixteen_signs_and_never_the_same() -> None:
    made = {random_id() for _ in range(50)}
    assert len(made) == 50
    assert all(len(each) == 16 and int(each, 16) >= 0 for each in made)


class TestKept:
    """What was answered before the recap lives through a lock and a fall of the program."""

    @pytest.fixture
    def desk(self, qtbot: QtBot) -> Desk:
        """A vault that keeps drafts."""
        clock = FakeClock()
        store = DraftStore(clock)
        return new_desk(Session(store, knowledge(), clock), None)  # type: ignore[arg-type]

    def test_the_triage_goes_on_where_it_was_left(self, qtbot: QtBot, desk: Desk) -> None:
        page = opened(qtbot, desk)
        walk = page._walk
        assert walk is not None
        go_on(page, walk.scenarios[0].seen)
        page.onward.click()
        assert walk.screen == "continues"
        choose(page, say.CONTINUES["no"])
        qtbot.waitUntil(lambda: _kept(desk).get("continues") == "no", timeout=2000)
        again = opened(qtbot, desk)
        assert again._walk is not None
        assert again._walk.screen == "continues"
        assert again._walk.answers.learned == walk.answers.learned
        assert again._walk.answers.continues == "no"

    def test_an_accepted_triage_is_kept_no_more(self, qtbot: QtBot, desk: Desk) -> None:
        page = opened(qtbot, desk)
        assert page._walk is not None
        go_on(page, page._walk.scenarios[0].seen)
        assert _kept(desk)
        page._opened(NEW)
        assert not _kept(desk)

    def test_a_scenario_that_is_no_more_begins_anew(self, qtbot: QtBot, desk: Desk) -> None:
        triage_draft.save(desk.session, {"scenario": "gone", "screen": "recap"})
        page = opened(qtbot, desk)
        assert page._walk is not None
        assert page._walk.screen == "scenario"
        assert not page._walk.begun

    def test_every_kind_of_answer_comes_back(self, qtbot: QtBot, desk: Desk) -> None:
        page = opened(qtbot, desk)
        walk = page._walk
        assert walk is not None
        walk.answer(str(walk.scenarios[0].id))
        walk.answers = replace(
            walk.answers,
            learned="unknown",
            information=frozenset({"health", "nir"}),
            persons=Headcount("11-100", 42),
            fates=frozenset({"seen"}),
            structure=Structure("practice", "75"),
        )
        page.keep()
        other = opened(qtbot, desk)._walk
        assert other is not None
        assert other.answers == walk.answers


def _kept(desk: Desk) -> dict[str, Plain]:
    return triage_draft.load(desk.session)
