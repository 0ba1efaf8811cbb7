"""Proofs noted in place."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinicir.services.readiness import proofs
from clinicir.texts import screens_home as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.readiness import ReadinessPage
from tests.fakes import BY, START, clock_of, store_of
from tests.ui.fakes import window_of


def opened(qtbot: QtBot, desk: Desk, item: str = "") -> ReadinessPage:
    page = ReadinessPage(desk)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    page.open_at(Place("readiness", item=item))
    return page


def texts(page: ReadinessPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_every_protection_is_shown_once(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk)
    items = empty_desk.session.knowledge.playbooks.readiness
    assert list(page.panels) == [item.id for item in items]
    shown = texts(page)
    assert all(item.title in shown and item.do in shown for item in items)
    assert page.first_focus() is page.panels[items[0].id].note_button


def test_a_proof_is_noted_in_place(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk)
    panel = page.panels["RD-02"]
    panel.note_button.click()
    assert panel.form.isVisible()
    panel.form.note.set_value("Photo dans le classeur rouge")
    panel.form.keep.click()
    proof = proofs(empty_desk.session)["RD-02"]
    assert (proof.on, proof.note, proof.by) == (START.date(), "Photo dans le classeur rouge", BY)
    assert not panel.form.isVisible()
    assert "Photo dans le classeur rouge" in texts(page)
    assert say.fresh_count(1, 24) in texts(page)
    assert window_of(empty_desk).said == [say.PROVED]


def test_a_day_to_come_or_none_is_not_kept(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk, "RD-02")
    form = page.panels["RD-02"].form
    assert form.isVisible()
    form.day.line.setText("13/01/2027")
    form.keep.click()
    assert say.FUTURE_DAY in texts(page)
    form.day.line.setText("")
    form.keep.click()
    assert say.NO_DAY in texts(page)
    form.cancel.click()
    assert not form.isVisible()
    assert proofs(empty_desk.session) == {}


def test_an_old_proof_says_since_when_and_can_be_taken_back(
    qtbot: QtBot, empty_desk: Desk
) -> None:
    page = opened(qtbot, empty_desk, "RD-11")
    page.panels["RD-11"].form.keep.click()
    clock_of(empty_desk.session).advance(days=60)
    page.open_at(Place("readiness"))
    assert say.FRESHNESS["stale"] in texts(page)
    panel = page.panels["RD-11"]
    panel.note_button.click()
    panel.form.withdraw.click()
    assert proofs(empty_desk.session) == {}
    assert window_of(empty_desk).said[-1] == say.WITHDRAWN


def test_a_full_disk_is_told_and_the_note_stays(qtbot: QtBot, empty_desk: Desk) -> None:
    page = opened(qtbot, empty_desk, "RD-01")
    form = page.panels["RD-01"].form
    form.note.set_value("Photo")
    store_of(empty_desk.session).fails_with = "disk.full"
    form.keep.click()
    assert len(window_of(empty_desk).errors) == 1
    assert (form.isVisible(), form.note.value()) == (True, "Photo")
