"""The journal: found again, added to, corrected, verified; never overwritten."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clinicir.domain.audit import AuditEntry, EntryDraft
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.evidence import Described, take_in_pasted
from clinicir.services.incidents import Said, add_note, set_facts
from clinicir.services.views.journal import Mark
from clinicir.texts import screens_journal as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.journal_reader import FIRST, PART
from clinicir.ui.pages import journal
from clinicir.ui.pages.journal import JournalPage
from tests.fakes import BY, INCIDENT, START, clock_of, store_of
from tests.ui.checks import check_page
from tests.ui.fakes import window_of


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> JournalPage:
    """An hour in: the hour of awareness, a call, an exhibit."""
    session = desk.session
    told = Said(instants={"T_BREACH": START - timedelta(hours=1)}, facts={"malicious": "no"})
    set_facts(session, INCIDENT, told, BY)
    clock_of(session).advance(hours=1)
    add_note(session, INCIDENT, "Appel de la caisse", START + timedelta(minutes=20), BY)
    take_in_pasted(session, INCIDENT, b"x", "a.txt", Described("a", "Message d’alerte"), BY)
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk, item: str = "") -> JournalPage:
    """A page on the screen."""
    shown = JournalPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1024, 640)
    shown.show()
    shown.open_at(Place("journal", INCIDENT, item))
    return shown


def follow(page: JournalPage) -> None:
    """What the window does when the page asks to go somewhere."""
    place = window_of(page.desk).places[-1]
    assert place.page == "journal"
    page.keep()
    page.open_at(place)


def said(page: JournalPage) -> list[str]:
    """The third column."""
    return [shown.words for shown in page.model.rows]


def row_of(page: JournalPage, words: str) -> int:
    """Row of the line that holds these words."""
    return next(n for n, line in enumerate(said(page)) if words in line)


def test_the_newest_line_comes_first_with_its_exhibit(page: JournalPage) -> None:
    assert said(page)[0].endswith("Message d’alerte")
    assert page.model.index(0, 3).data() == "P-001"
    assert page.model.index(0, 1).data() == BY


def test_a_line_says_when_it_was_written_if_later(page: JournalPage) -> None:
    row = next(n for n, words in enumerate(said(page)) if "Appel" in words)
    assert "17\u00a0h\u00a030" in str(page.model.index(row, 0).data())
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


def test_a_line_is_found_by_its_number(page: JournalPage) -> None:
    page.search.setText("ligne 4")
    assert [shown.line.n for shown in page.model.rows] == [4]


def test_a_place_points_at_a_line_even_when_it_is_filtered_out(page: JournalPage) -> None:
    page.search.setText("rien de tel")
    page.open_at(Place("journal", INCIDENT, "4"))
    position = page.table.currentIndex().row()
    assert page.model.rows[position].line.n == 4
    assert say.line_number(4) in page.whole.text()


def test_a_fact_is_noted_with_its_own_hour(page: JournalPage, desk: Desk) -> None:
    page.note.click()
    follow(page)
    page.noting.confirm.click()
    assert page.noting.words_field.problem == say.FACT_MISSING
    QTest.keyClicks(page.noting.words, "Le support rappelle")
    page.noting.happened.set_value(START + timedelta(minutes=20))
    page.noting.confirm.click()
    entry = store_of(desk.session).entries[-1]
    assert (entry.kind, entry.detail["text"]) == ("note.add", "Le support rappelle")
    assert entry.detail["happened_at"] == (START + timedelta(minutes=20)).isoformat()
    assert entry.at == START + timedelta(hours=1)
    follow(page)
    assert page.faces.currentIndex() == 0
    line = page.model.rows[row_of(page, "Le support rappelle")].line
    assert line.noted_at - line.happened_at == timedelta(minutes=40)


def test_a_fact_of_the_future_is_refused_under_its_field(page: JournalPage) -> None:
    page.open_at(Place("journal", INCIDENT, "note"))
    page.noting.words.set_value("Demain")
    page.noting.happened.set_value(START + timedelta(days=1))
    page.noting.confirm.click()
    assert page.noting.when_field.problem
    assert page.noting.words.value() == "Demain"


def test_a_note_is_corrected_by_a_new_line(page: JournalPage, desk: Desk) -> None:
    page.table.setCurrentIndex(page.model.index(row_of(page, "Appel"), 2))
    page.fix.click()
    follow(page)
    assert page.noting.was.text() == "Appel de la caisse"
    page.noting.words.set_value("Appel de l’éditeur")
    page.noting.confirm.click()
    assert page.noting.reason_field.problem
    page.noting.reason.set_value("je me suis trompée")
    page.noting.confirm.click()
    follow(page)
    old, new = row_of(page, "Appel de la caisse"), row_of(page, "Appel de l’éditeur")
    first = page.model.rows[old].line
    assert page.model.rows[new].line.corrects == first.n
    assert page.model.rows[new].line.happened_at == START + timedelta(minutes=20)
    assert page.model.index(old, 2).data() == say.corrected_words(said(page)[old])
    assert say.corrected_by(page.model.rows[new].line.n) in page.model.whole(old)


def test_an_hour_is_corrected_with_its_reason(page: JournalPage, desk: Desk) -> None:
    before = len(store_of(desk.session).entries)
    page.fix.click()
    follow(page)
    page.fixing.confirm.click()
    assert page.fixing.when_field.problem == say.HOUR_MISSING
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


def test_an_answer_is_corrected_from_its_line(page: JournalPage, desk: Desk) -> None:
    page.table.setCurrentIndex(page.model.index(row_of(page, "Acte malveillant"), 2))
    page.fix.click()
    follow(page)
    page.fixing.which.setCurrentIndex(page.fixing.which.findData("fact:malicious"))
    page.fixing.confirm.click()
    assert page.fixing.choice_field.problem == say.ANSWER_MISSING
    page.fixing.choice.set_value("yes")
    page.fixing.reason.set_value("le technicien l’a confirmé")
    page.fixing.confirm.click()
    assert desk.session.case(INCIDENT).incident.facts["malicious"].value == "yes"
    follow(page)
    entry = store_of(desk.session).entries[-1]
    line = page.model.rows[0].line
    assert (line.n, line.corrects) == (entry.n, entry.detail["corrects"])
    assert say.corrected_by(entry.n) in page.model.whole(row_of(page, "Réponse"))


def test_what_is_half_typed_comes_back_after_a_crash(
    qtbot: QtBot, page: JournalPage, desk: Desk
) -> None:
    store, kept = store_of(desk.session), dict[str, object]()
    vars(store)["load_draft"] = lambda _incident: dict(kept)
    vars(store)["save_draft"] = lambda _incident, content: kept.update(content)
    page.open_at(Place("journal", INCIDENT, "note"))
    QTest.keyClicks(page.noting.words, "Le support rap")
    page.noting.happened.set_value(START)
    page.keep()
    again = opened(qtbot, desk, "note")
    assert again.noting.words.value() == "Le support rap"
    assert again.noting.happened.value() == START
    again.open_at(Place("journal", INCIDENT, "correct"))
    again.fixing.reason.set_value("parce que")
    again.keep()
    third = opened(qtbot, desk, "correct")
    assert third.fixing.reason.value() == "parce que"
    third.open_at(Place("journal", INCIDENT, "note"))
    assert third.noting.words.value() == "Le support rap"
    third.noting.cancel.click()
    assert opened(qtbot, desk, "note").noting.words.value() == ""


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
    page = opened(qtbot, desk, "note")
    assert page.faces.currentWidget() is page.noting
    page.open_at(Place("journal", INCIDENT))
    assert page.axis.isHidden()
    assert page.no_axis.isVisible()
    assert window_of(desk).errors == []
    page.open_at(Place("journal", INCIDENT, "correct"))
    assert window_of(desk).said == [say.NOTHING_TO_FIX]
    assert page.faces.currentIndex() == 0


def test_the_details_of_the_verification_can_be_read(page: JournalPage) -> None:
    page.verify.click()
    assert "\n" not in page.ok.accessibleName()
    page.details.click()
    assert page.desk.verifier().head[:16].upper() in page.ok.accessibleName()
    assert page.details.isHidden()


@pytest.mark.parametrize("agreed", [True, False])
def test_the_table_leaves_once_it_was_agreed(
    page: JournalPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    target = tmp_path / "journal.csv"
    add_note(page.desk.session, INCIDENT, "=1+1", START, BY)
    monkeypatch.setattr(journal, "ask", lambda *_: agreed)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.csv.click()
    assert target.exists() is agreed
    if agreed:
        lines = target.read_text("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(store_of(page.desk.session).entries) - 1
        assert "Appel de la caisse" in lines[3]
        assert window_of(page.desk).said == [say.EXPORTED]


def test_the_paper_is_made_among_the_documents(page: JournalPage, desk: Desk) -> None:
    page.paper.click()
    assert window_of(desk).places == [Place("documents", INCIDENT, "journal")]


def fill(desk: Desk, count: int) -> None:
    """Many notes, one minute apart."""
    for n in range(count):
        draft = EntryDraft("note.add", INCIDENT, BY, detail={"text": f"Note {n}"})
        store_of(desk.session).commit(draft)


def test_a_long_journal_is_read_by_parts_and_never_twice(
    qtbot: QtBot, page: JournalPage, desk: Desk
) -> None:
    fill(desk, FIRST + PART)
    long = opened(qtbot, desk)
    entries = store_of(desk.session).entries
    assert [shown.line.n for shown in long.model.rows] == [
        entry.n for entry in reversed(entries) if entry.incident == INCIDENT
    ]
    asked: list[int] = []
    read = desk.session.store.journal

    def watched(incident: IncidentId | None = None, start: int = 0) -> Iterator[AuditEntry]:
        asked.append(start)
        return read(incident, start)

    vars(store_of(desk.session))["journal"] = watched
    fill(desk, 1)
    long.open_at(Place("journal", INCIDENT))
    assert asked == [len(long.model.rows) - 1]
    assert said(long)[0].endswith(f"Note {0}")


def test_ten_thousand_lines_stay_quick(page: JournalPage) -> None:
    first = page.model.rows[0]
    lines = [replace(first, line=replace(first.line, n=n)) for n in range(10_000, 0, -1)]
    page.model.add_newer(lines[:FIRST])
    start = time.thread_time()
    page._add_older(lines[FIRST : FIRST + PART])
    page.repaint()
    assert time.thread_time() - start < 0.1
    page._add_older(lines[FIRST + PART :])
    assert page.model.rowCount() > 10_000
    start = time.thread_time()
    page.search.setText("message")
    page.repaint()
    assert time.thread_time() - start < 0.1
    QTest.keyClick(page.table, Qt.Key.Key_End)


@pytest.mark.parametrize("item", ["", "correct", "correct:4"])
def test_the_page_holds_at_every_size(page: JournalPage, item: str) -> None:
    page.open_at(Place("journal", INCIDENT, item))
    check_page(page)
