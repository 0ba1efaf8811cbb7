"""The practice sheet, typed in its page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clinicir.texts import screens_practice as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.practice import PracticePage
from tests.fakes import store_of
from tests.ui.fakes import window_of


def suspicious(kind: str, text: str) -> str | None:
    """Every SIRET that ends with 9 looks mistyped."""
    return "identifier.bad_key" if kind == "siret" and text.endswith("9") else None


@pytest.fixture
def page(qtbot: QtBot, empty_desk: Desk) -> PracticePage:
    made = PracticePage(empty_desk, suspicious)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.open_at(Place("practice"))
    made.show()
    return made


def type_in(page: PracticePage, **answers: str) -> None:
    """As a person would: the editor tells that it was edited."""
    for key, text in answers.items():
        editor = page.fields[key.replace("__", ".")].editor
        editor.set_value(text)
        editor.edited.emit()


def click(page: PracticePage, name: str) -> None:
    found: Sequence[QPushButton] = page.findChildren(QPushButton)
    [button] = [b for b in found if b.accessibleName() == name and b.isVisible()]
    button.click()


def test_the_sheet_is_shown_with_its_gauges(page: PracticePage) -> None:
    assert page.fields["name"].editor.value() == "SELARL Cabinet médical du Tilleul"
    assert page.fields["type"].editor.value() == "CAB_GROUPE"
    assert page.heads["place"].count.text() == say.filled(4, 4)
    assert page.first_focus() is page.fields["siret"].editor


def test_opening_and_leaving_writes_nothing(page: PracticePage) -> None:
    before = page.desk.session.store.position
    page.keep()
    assert page.desk.session.store.position == before


def test_what_is_typed_is_kept_when_the_page_is_left(page: PracticePage) -> None:
    type_in(page, rpps="10001234567", dpo__last_name="Sophie Exemple")
    page.keep()
    practice = page.desk.session.practice()
    assert practice.rpps == "10001234567"
    assert practice.dpo is not None
    assert practice.effectif_detail is not None
    assert window_of(page.desk).said == [say.KEPT]


def test_what_is_typed_is_kept_after_a_pause(qtbot: QtBot, page: PracticePage) -> None:
    page._pause.setInterval(10)
    type_in(page, rpps="10001234567")
    qtbot.waitUntil(lambda: page.desk.session.practice().rpps == "10001234567", timeout=2000)


def test_a_doubtful_number_is_said_and_kept(page: PracticePage) -> None:
    field = page.fields["siret"]
    type_in(page, siret="12345678900009")
    assert field.note.isVisible()
    assert "SIRET" in field.note.text()
    page.keep()
    assert page.desk.session.practice().siret == "12345678900009"
    type_in(page, siret="12345678900008")
    assert not field.note.isVisible()


def test_a_department_that_does_not_exist_keeps_the_former(page: PracticePage) -> None:
    type_in(page, department="99", rpps="10001234567")
    page.keep()
    assert page.fields["department"].problem == say.REFUSED
    practice = page.desk.session.practice()
    assert (practice.department, practice.rpps) == ("54", "10001234567")
    assert window_of(page.desk).said == [say.TO_SEE]


def test_contacts_and_establishments_come_and_go(page: PracticePage) -> None:
    click(page, say.ADD_ESTABLISHMENT)
    click(page, say.ADD_ESTABLISHMENT)
    for number, card in enumerate(page.establishments.cards):
        card.fields["name"].editor.set_value(f"Site {number}")
        card.fields["name"].editor.edited.emit()
    click(page, say.removing("Info-Lorraine Exemple"))
    page.keep()
    practice = page.desk.session.practice()
    assert practice.is_group
    assert practice.contacts == ()


def test_a_full_disk_keeps_the_words_for_the_next_try(page: PracticePage) -> None:
    type_in(page, rpps="10001234567")
    store_of(page.desk.session).fails_with = "disk.full"
    page.keep()
    assert len(window_of(page.desk).errors) == 1
    page.keep()
    assert page.desk.session.practice().rpps == "10001234567"
