"""The journal: found again, added to, corrected, verified; never overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicir.domain.ids import Plain
from clinicir.services.evidence import Described, take_in_picture
from clinicir.services.incidents import Said, add_note, set_facts
from clinicir.services.views.journal import Mark
from clinicir.texts import screens_journal as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.journal import JournalPage
from tests.fakes import BY, INCIDENT, START, clock_of, store_of
from tests.ui.fakes import window_of


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> JournalPage:
    """An hour in: the hour of awareness, a call, an exhibit."""
    session = desk.session
    set_facts(session, INCIDENT, Said(instants={"T_BREACH": START - timedelta(hours=1)}), BY)
    clock_of(session).advance(hours=1)
    add_note(session, INCIDENT, "Appel de la caisse", START + timedelta(minutes=20), BY)
    take_in_picture(session, INCIDENT, b"x", "a.txt", Described("a", "Message d’alerte"), BY)
    shown = JournalPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1024, 640)
    shown.show()
    shown.open_at(Place("journal", INCIDENT))
    return shown


def said(page: JournalPage) -> list[str]:
    """The third column."""
    return [words for _, words in page.model.rows]


def test_the_newest_line_comes_first_with_its_exhibit(page: JournalPage) -> None:
    assert said(page)[0].endswith("Message d’alerte")
    assert page.model.index(0, 3).data() == "P-001"
    assert page.model.index(0, 1).data() == BY


def test_a_line_says_when_it_was_written_if_later(page: JournalPage) -> None:
    row = next(n for n, words in enumerate(said(page)) if "Appel" in words)
    assert "17:30" in str(page.model.index(row, 0).data())
    assert say.noted_on(START + timedelta(hours=1)) in page.model.whole(row)
    page.table.setCurrentIndex(page.model.index(row, 2))
    assert page.whole.isVisible()
    assert page.whole.text() == page.model.whole(row)


def test_search_and_families_narrow_the_list(qtbot: QtBot, page: JournalPage) -> None:
    QTest.keyClicks(page.search, "CAISSE")
    assert len(said(page)) == 1
    page.filter.setCurrentIndex(page.filter.findData(Mark.PROOF.value))
    assert said(page) == []
    assert page.whole.text() == say.NO_LINE
    page.search.clear()
    assert len(said(page)) == 1


def test_a_fact_is_noted_with_its_own_hour(qtbot: QtBot, page: JournalPage, desk: Desk) -> None:
    page.note.click()
    page.noting.confirm.click()
    assert page.noting.words_field.problem == say.FACT_MISSING
    QTest.keyClicks(page.noting.words, "Le support rappelle")
    page.noting.happened.set_value(START)
    page.noting.confirm.click()
    entry = store_of(desk.session).entries[-1]
    assert (entry.kind, entry.detail["text"]) == ("note.add", "Le support rappelle")
    assert entry.detail["happened_at"] == START.isoformat()
    assert entry.at == START + timedelta(hours=1)
    assert page.faces.currentIndex() == 0
    assert any("Le support rappelle" in words for words in said(page))


def test_a_fact_of_the_future_is_refused_under_its_field(page: JournalPage) -> None:
    page.note.click()
    page.noting.words.set_value("Demain")
    page.noting.happened.set_value(START + timedelta(days=1))
    page.noting.confirm.click()
    assert page.noting.when_field.problem
    assert page.noting.words.value() == "Demain"


def test_an_hour_is_corrected_with_its_reason(page: JournalPage, desk: Desk) -> None:
    before = len(store_of(desk.session).entries)
    page.fix.click()
    page.fixing.moved.set_value(START - timedelta(hours=3))
    page.fixing.confirm.click()
    assert page.fixing.reason_field.problem
    assert len(store_of(desk.session).entries) == before
    page.fixing.reason.set_value("le message donne une autre heure")
    page.fixing.confirm.click()
    assert desk.session.case(INCIDENT).incident.instants["T_BREACH"] == START - timedelta(hours=3)
    entry = store_of(desk.session).entries[-1]
    reason: Plain = entry.detail["reason"]
    assert (entry.kind, reason) == ("fact.correct", "le message donne une autre heure")


def test_the_verification_says_what_it_found(page: JournalPage, desk: Desk) -> None:
    page.verify.click()
    entries = store_of(desk.session).entries
    assert page.ok.isVisible()
    assert say.intact(len(entries)) in page.ok.accessibleName()
    entries[1] = replace(entries[1], by="Quelqu’un d’autre")
    page.verify.click()
    assert page.ok.isHidden()
    assert page.bad.isVisible()
    assert "2" in page.bad.accessibleName()


def test_the_picture_places_events_within_the_72_hours(page: JournalPage) -> None:
    [call, *_] = sorted(page.axis.places(Mark.FACT), reverse=True)
    assert call == pytest.approx((1 + 20 / 60) / 72)
    assert list(page.axis.places(Mark.PROOF)) == [pytest.approx(2 / 72)]
    assert page.axis.share(START - timedelta(hours=1)) == 0
    assert page.axis.accessibleDescription()
    picture = page.axis.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2)
               for y in range(0, picture.height(), 2)}  # fmt: skip
    assert len(colours) > 4


def test_without_awareness_the_page_says_when_the_picture_comes(qtbot: QtBot, desk: Desk) -> None:
    page = JournalPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_at(Place("journal", INCIDENT, "note"))
    assert page.faces.currentWidget() is page.noting
    page.close_panel()
    assert page.axis.isHidden()
    assert page.no_axis.isVisible()
    assert page.fix.isHidden()
    assert window_of(desk).errors == []


def test_ten_thousand_lines_stay_quick(qtbot: QtBot, page: JournalPage) -> None:
    line = page.model.rows[0][0]
    lines = tuple(replace(line, n=n) for n in range(10_000))
    page.model.show_lines(lines)
    assert page.model.rowCount() == 10_000
    QTest.keyClick(page.table, Qt.Key.Key_End)
