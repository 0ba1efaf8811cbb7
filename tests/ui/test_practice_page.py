"""The practice sheet, typed in its page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clinicir.domain.practice import ROLES
from clinicir.intake import identifiers
from clinicir.services import practice as practices
from clinicir.services.practice import CHECK, CHECK_MONTHS
from clinicir.texts import screens_practice as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.practice import PracticePage
from clinicir.ui.widgets.fields import LongText
from tests.fakes import FakeClock, store_of
from tests.ui.checks import check_page
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
    click(page, say.SEVERAL_PLACES)
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


def test_one_place_never_shows_a_list_of_places(page: PracticePage) -> None:
    assert not page.establishments.isVisible()
    assert page.several.isVisible()
    page.several.click()
    assert page.establishments.isVisible()
    assert not page.several.isVisible()
    assert len(page.establishments.cards) == 1


def test_a_part_read_again_says_so_for_a_year(page: PracticePage) -> None:
    head = page.heads["identity"]
    assert head.checked.text() == say.NEVER_CHECKED
    type_in(page, rpps="10001234567")
    head.confirm.click()
    session = page.desk.session
    checked = practices.checks(session)["identity"]
    assert head.checked.text() == say.checked_on(checked.on, checked.by)
    assert session.practice().rpps == "10001234567"
    assert window_of(page.desk).said[-1] == say.CHECKED
    assert store_of(session).records(None, CHECK).keys() == {"identity"}
    clock = session.clock
    assert isinstance(clock, FakeClock)
    clock.advance(days=31 * (CHECK_MONTHS + 1))
    page.open_at(Place("practice"))
    assert head.checked.text() == say.to_check_since(checked.due_on)


def test_an_empty_part_has_nothing_to_be_read_again(page: PracticePage) -> None:
    assert page.heads["identity"].confirm.isVisible()
    assert not page.heads["network"].confirm.isVisible()


def test_our_own_addresses_are_kept_and_wrong_ones_said(page: PracticePage) -> None:
    field = page.fields["public_addresses"]
    editor = field.editor
    assert isinstance(editor, LongText)
    editor.setPlainText("203.0.113.7\n 192.168.1.1 \n\nbox du cabinet\n198.51.100.0/24")
    page.keep()
    assert page.desk.session.practice().public_addresses == ("203.0.113.7", "198.51.100.0/24")
    assert field.problem in {say.problem("address.not_public"), say.problem("address.bad_form")}
    assert "box du cabinet" in editor.toPlainText()
    editor.setPlainText("203.0.113.7")
    page.keep()
    assert field.problem is None
    assert page.heads["network"].count.text() == say.filled(1, 1)
    editor.setPlainText("")
    page.keep()
    assert page.desk.session.practice().public_addresses == ()


def test_every_role_of_a_contact_comes_back(page: PracticePage) -> None:
    while page.contacts.cards:
        page.contacts._remove(page.contacts.cards[0])
    suggested = []
    for number, role in enumerate(ROLES):
        page.contacts.add.click()
        card = page.contacts.cards[-1]
        suggested.append(card.fields["role"].editor.value())
        for key, text in (("role", role), ("name", f"Nom {number}"), ("phone", "01 99 00 00 00")):
            card.fields[key].editor.set_value(text)
            card.fields[key].editor.edited.emit()
    page.keep()
    page.open_at(Place("practice"))
    shown = [card.fields["role"].editor.value() for card in page.contacts.cards]
    assert tuple(shown) == ROLES
    assert suggested[:3] == ["it_provider", "software_vendor", "insurer"]
    assert page.heads["contacts"].count.text() == say.filled(3, 3)


@pytest.mark.parametrize(
    ("key", "wrong"), [("siret", "73282932000075"), ("rpps", "123"), ("finess", "54000000")]
)
def test_a_real_check_doubts_and_never_refuses(
    qtbot: QtBot, empty_desk: Desk, key: str, wrong: str
) -> None:
    page = PracticePage(empty_desk, identifiers.check)
    qtbot.addWidget(page)
    page.open_at(Place("practice"))
    page.show()
    type_in(page, **{key: wrong})
    assert page.fields[key].note.isVisible()
    page.keep()
    assert getattr(page.desk.session.practice(), key) == wrong
    assert page.fields[key].problem is None


def test_the_page_holds_at_every_size(page: PracticePage) -> None:
    page.several.click()
    page.activateWindow()
    check_page(page)
