"""Searching every incident at once: what is found, how it is chosen, what is never kept."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicir.domain.ids import IncidentId
from clinicir.services.incidents import Said, add_note, close, open_incident
from clinicir.services.views.search import material
from clinicir.texts import screens_search as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models.folding import fold
from clinicir.ui.models.search_index import SHOWN, build, spans
from clinicir.ui.pages.search import SearchPage
from clinicir.ui.widgets.text import Help
from tests.fakes import BY, INCIDENT, store_of
from tests.ui.checks import check_page
from tests.ui.fakes import window_of

OTHER = IncidentId("00000000000000b2")
NOTE = "Appel à l’éditeur : Hélène Œuvrard a répondu."


@pytest.fixture
def noted(desk: Desk) -> Desk:
    """Two incidents, a note in each."""
    session = desk.session
    open_incident(session, OTHER, "perte_vol", Said(), BY)
    for incident in (INCIDENT, OTHER):
        add_note(session, incident, NOTE, None, BY)
    return desk


def opened(qtbot: QtBot, desk: Desk, incident: IncidentId | None = None) -> SearchPage:
    page = SearchPage(desk)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.open_at(Place("search", incident))
    page.show()
    return page


def typed(page: SearchPage, words: str) -> None:
    """As a person types; accents come as key events."""
    page.words.clear()
    for sign in words:
        event = QKeyEvent(
            QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign
        )
        QApplication.sendEvent(page.words, event)
    page.search()


def hits(page: SearchPage) -> list[Place]:
    return [row.hit.place for row in page.list.results.rows if row.hit is not None]


@pytest.mark.parametrize("query", ["helene oeuvrard", "HÉLÈNE", "l'éditeur répondu", "Œuv"])
def test_accents_and_capitals_do_not_count(qtbot: QtBot, noted: Desk, query: str) -> None:
    page = opened(qtbot, noted)
    typed(page, query)
    assert {place.incident for place in hits(page) if place.page == "journal"} == {INCIDENT, OTHER}


def test_each_family_opens_at_its_place(qtbot: QtBot, noted: Desk) -> None:
    page = opened(qtbot, noted, INCIDENT)
    session = noted.session
    step = session.case(INCIDENT).scenario.steps[0]
    typed(page, step.title)
    assert Place("steps", INCIDENT, step.id) in hits(page)
    typed(page, "journal de l’incident")
    assert Place("documents", INCIDENT, "journal") in hits(page)
    typed(page, "2027-002 en cours")
    assert hits(page)[0] == Place("steps", OTHER)
    typed(page, "helene")
    entry = next(e.n for e in store_of(session).entries if e.detail.get("text") == NOTE)
    assert hits(page)[0] == Place("journal", INCIDENT, str(entry))
    close(session, OTHER, (), {}, BY)
    page.open_at(Place("search", INCIDENT))
    typed(page, "2027-002 termine")
    assert hits(page)[0] == Place("closing", OTHER)


def test_arrows_choose_and_enter_opens(qtbot: QtBot, noted: Desk) -> None:
    page = opened(qtbot, noted, OTHER)
    typed(page, "helene")
    QTest.keyClick(page.words, Qt.Key.Key_Down)
    QTest.keyClick(page.words, Qt.Key.Key_Return)
    QTest.keyClick(page.words, Qt.Key.Key_Up)
    QTest.keyClick(page.words, Qt.Key.Key_Return)
    first, second = window_of(noted).places
    assert (first.incident, second.incident) == (INCIDENT, OTHER)


def test_the_empty_states_say_what_to_do(qtbot: QtBot, noted: Desk) -> None:
    page = opened(qtbot, noted)
    [words] = page.quiet.findChildren(Help)
    assert words.text() == say.START
    typed(page, "zzzz")
    assert words.text() == say.nothing("zzzz")
    assert page.list.isHidden()
    typed(page, "helene")
    assert page.quiet_area.isHidden()


def test_a_long_family_is_shown_whole_when_asked(qtbot: QtBot, noted: Desk) -> None:
    for n in range(SHOWN + 4):
        add_note(noted.session, INCIDENT, f"Relevé numéro {n}", None, BY)
    page = opened(qtbot, noted)
    typed(page, "releve numero")
    assert len(hits(page)) == SHOWN
    page.list.more_asked.emit("journal")
    assert len(hits(page)) == SHOWN + 4


def test_the_words_are_kept_in_the_page_alone(
    qtbot: QtBot, noted: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    before = noted.session.store.position
    page = opened(qtbot, noted)
    typed(page, "helene")
    page.list.open_current()
    page.open_at(Place("search"))
    assert page.words.value() == "helene"
    assert "helene" not in f"{caplog.text}{capsys.readouterr()}{window_of(noted).places}"
    assert window_of(noted).said == []
    assert noted.session.store.position == before


def test_what_was_written_since_is_found(qtbot: QtBot, noted: Desk) -> None:
    page = opened(qtbot, noted)
    typed(page, "girafe")
    assert hits(page) == []
    add_note(noted.session, INCIDENT, "Une girafe.", None, BY)
    page.open_at(Place("search"))
    assert len(hits(page)) == 1


def test_ten_thousand_lines_take_less_than_a_tenth_of_a_second(qtbot: QtBot, noted: Desk) -> None:
    found = material(noted.session)
    case = found.cases[0]
    lines = tuple(replace(case.lines[-1], n=n) for n in range(10_000))
    index = build(replace(found, cases=(replace(case, lines=lines), *found.cases[1:])))
    page = opened(qtbot, noted)
    page._index = index
    typed(page, "x")
    typed(page, "helene")
    found_now = index.find("helene")
    # The search itself runs off this thread; what is measured is what the screen waits for.
    started = time.thread_time()
    page._show("helene", "", found_now)
    page.grab()
    assert time.thread_time() - started < 0.1
    assert page.list.results.rows[-1].more


def test_folding_keeps_the_place_of_what_was_found() -> None:
    assert fold("Œuvre d’Élodie") == "oeuvre d'elodie"
    text = "Œuvre d’Élodie"
    assert [text[start : start + size] for start, size in spans(text, "elo OEU")] == ["Œu", "Élo"]
    assert spans("rien", "") == []


@pytest.mark.parametrize("query", ["", "helene"])
def test_the_machine_checks(qtbot: QtBot, noted: Desk, query: str) -> None:
    page = opened(qtbot, noted)
    typed(page, query)
    check_page(page)
