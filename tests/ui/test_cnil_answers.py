"""The answers of the CNIL form: typed, drafted, recorded, changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicir.domain.form import AnswerType
from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.texts import screens_papers as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.models import step_drafts
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.widgets.answer_editor import AnswerEditor
from tests.fakes import BY, INCIDENT, store_of
from tests.ui.fakes import window_of
from tests.ui.papers import answers_of, cnil_page, go_to, saved_draft, type_in, with_drafts
from tests.ui.shells import shown_text

AWARE = datetime.fromisoformat("2027-01-12T16:00:00+01:00")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    """The paper of the CNIL, open."""
    return cnil_page(qtbot, desk)


@pytest.fixture
def drafty(desk: Desk) -> Desk:
    """A vault in memory that keeps drafts too."""
    return with_drafts(desk)


def test_an_answer_typed_is_kept_and_f8_goes_on(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "viol.description")
    before = page.paper.answers.summary.text()
    type_in(editor, "Un compte vole")
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_F8)
    assert answers_of(desk)["viol.description"] == "Un compte vole"
    assert page.paper.answers.slug != "viol.description"
    assert page.paper.answers.summary.text() != before
    assert window_of(desk).errors == []


def test_f8_asks_what_is_needed_and_comes_back_from_the_preview(page: DocumentsPage) -> None:
    page.paper.make.click()
    assert page.paper.tabs.currentIndex() == 1
    asked: list[str] = []
    for _ in range(60):
        page.commands()["next_missing"]()
        if page.paper.answers.slug in asked:
            break
        asked.append(page.paper.answers.slug)
    assert page.paper.tabs.currentIndex() == 0
    order = list(page.desk.session.knowledge.cnil_form.fields)
    assert "viol.nature" in asked
    assert "dates.commentaire" not in asked
    turn = asked.index(min(asked, key=order.index))
    assert asked[turn:] + asked[:turn] == sorted(asked, key=order.index)
    page.commands()["previous_missing"]()
    assert page.paper.answers.slug == asked[-1]
    page.paper.make.setFocus()
    page.commands()["next_missing"]()
    assert page.window().focusWidget() is page.paper.answers.card.focus_target()


def test_f8_stops_once_for_all_that_the_sheet_of_the_practice_gives(page: DocumentsPage) -> None:
    answers = page.paper.answers
    sheet = [slug for slug in answers._order if slug.startswith("org.")][:3]
    asked_now = next(q for q in answers._questions.values())
    for slug in sheet:
        field = page.desk.session.knowledge.cnil_form.fields[slug]
        answers._questions[slug] = replace(asked_now, field=field, now=True)
    sheet = answers._on_the_sheet()
    assert len(sheet) > 1
    asked = []
    for _ in range(60):
        page.commands()["next_missing"]()
        asked.append(answers.slug)
    assert not set(sheet[1:]) & set(asked)
    assert sheet[0] in asked
    answers.open_field(sheet[0])
    assert say.from_practice(len(sheet)) in shown_text(answers.card)


def test_f8_on_another_paper_goes_to_the_form(desk: Desk, page: DocumentsPage) -> None:
    page.open_at(Place("documents", INCIDENT, "plainte"))
    QTest.keyClick(page, Qt.Key.Key_F8)
    assert window_of(desk).places[-1] == Place("documents", INCIDENT, "cnil")


def test_not_knowing_is_an_answer_and_counts(desk: Desk, page: DocumentsPage) -> None:
    assert page._view is not None
    assert page._view.cnil is not None
    before = page._view.cnil.done
    go_to(page, "viol.origine")
    page.paper.answers.card.unknown.click()
    assert answers_of(desk)["viol.origine"] == "unknown"
    assert page._view.cnil.done == before + 1
    assert say.completeness(before + 1, page._view.cnil.total) in page.paper.answers.summary.text()


def test_half_typed_words_go_to_the_draft_and_not_to_the_trail(
    drafty: Desk, qtbot: QtBot
) -> None:
    page = cnil_page(qtbot, drafty)
    type_in(go_to(page, "mesures.apres"), "Compte fer")
    entries = len(store_of(drafty.session).entries)
    saved_draft(page)
    page.keep()
    assert len(store_of(drafty.session).entries) == entries
    assert "mesures.apres" not in answers_of(drafty)
    # The process dies here: another page over the same vault finds the field and the words.
    again = cnil_page(qtbot, drafty)
    assert again.paper.answers.slug == "mesures.apres"
    assert again.paper.answers.editor is not None
    assert again.paper.answers.editor.value() == "Compte fer"
    again.paper.answers.card.next.click()
    assert answers_of(drafty)["mesures.apres"] == "Compte fer"
    assert again.paper.answers.draft()["words"] == {}


def test_a_draft_of_the_page_leaves_those_of_the_steps_alone(drafty: Desk, qtbot: QtBot) -> None:
    step_drafts.save(drafty.session, INCIDENT, "ALR-01", {"note": "a"})
    page = cnil_page(qtbot, drafty)
    type_in(go_to(page, "mesures.apres"), "b")
    saved_draft(page)
    assert step_drafts.load(drafty.session, INCIDENT, "ALR-01") == {"note": "a"}


def test_leaving_the_field_records_it_once(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "mesures.apres")
    type_in(editor, "Compte ferme")
    entries = len(store_of(desk.session).entries)
    page.paper.answers.card._focus_moved(editor.focus_target(), page.paper.tabs)
    page.paper.answers.seek(1)
    assert len(store_of(desk.session).entries) == entries + 1
    assert answers_of(desk)["mesures.apres"] == "Compte ferme"


def test_another_window_does_not_leave_the_field(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "mesures.apres")
    type_in(editor, "Compte")
    other = QWidget()
    page.paper.answers.card._focus_moved(editor.focus_target(), other)
    page.paper.answers.card._focus_moved(editor.focus_target(), None)
    assert "mesures.apres" not in answers_of(desk)
    other.deleteLater()


def test_a_number_that_is_no_number_says_so_and_is_not_kept(
    desk: Desk, page: DocumentsPage
) -> None:
    editor = go_to(page, "pers.nombre")
    type_in(editor, "beaucoup")
    page.paper.answers.flush()
    assert "pers.nombre" not in answers_of(desk)
    assert editor.frame.problem
    page.paper.answers.seek(1)
    back = go_to(page, "pers.nombre")
    assert back.typed() == "beaucoup"


def test_an_answer_given_can_be_changed_and_the_former_stays(
    desk: Desk, page: DocumentsPage
) -> None:
    set_facts(desk.session, INCIDENT, Said(cnil={"viol.description": "Un compte"}), BY)
    page.open_at(Place("documents", INCIDENT, "cnil"))
    editor = go_to(page, "viol.description")
    assert editor.value() == "Un compte"
    type_in(editor, "Deux ")
    page.paper.answers.card.next.click()
    assert answers_of(desk)["viol.description"] == "Deux Un compte"
    assert store_of(desk.session).entries[-1].detail["before"] == {
        "viol.description": "Un compte"
    }


def test_bodies_keep_what_else_is_known_of_them(desk: Desk, page: DocumentsPage) -> None:
    row: dict[str, Plain] = {"name": "Info-Exemple", "role": "sous_traitant", "siren": "123456782"}
    set_facts(desk.session, INCIDENT, Said(cnil={"tiers.oui": "yes", "tiers": [row]}), BY)
    page.open_at(Place("documents", INCIDENT, "cnil"))
    editor = go_to(page, "tiers")
    type_in(editor, "Autre")
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_Return)
    page.paper.answers.flush()
    kept = answers_of(desk)["tiers"]
    assert isinstance(kept, list)
    assert row in kept
    assert len(kept) == 2


def test_what_the_program_fills_says_where_it_comes_from(desk: Desk, page: DocumentsPage) -> None:
    asked = page.paper.answers
    asked.see_all.click()
    asked.all.wanted.emit("org.siren")
    assert asked.editor is None
    assert not asked.card.unknown.isVisible()
    asked.card.sheet.click()
    assert window_of(desk).places[-1].page == "practice"
    set_facts(desk.session, INCIDENT, Said(instants={"T_BREACH": AWARE}), BY)
    page.open_at(Place("documents", INCIDENT, "cnil"))
    asked.open_field("dates.connaissance")
    assert asked.editor is None
    asked.card.journal.click()
    assert window_of(desk).places[-1].page == "journal"


def test_every_field_of_the_form_is_explained_in_plain_words(desk: Desk) -> None:
    for field in desk.session.knowledge.cnil_form.fields.values():
        if not field.derived:
            assert field.hint or say.EXPLAINED.get(field.id), field.id
            editor = AnswerEditor(field, UTC, optional=False)
            assert editor.frame.label.text() == field.label


@pytest.mark.parametrize("kind", [kind.value for kind in AnswerType])
def test_every_kind_of_answer_survives_its_draft(desk: Desk, kind: str) -> None:
    fields = desk.session.knowledge.cnil_form.fields.values()
    for field in (field for field in fields if field.type.value == kind):
        editor, other = (AnswerEditor(field, UTC, optional=False) for _ in range(2))
        sample: dict[str, Plain] = {
            "yes_no": True, "number": 12, "date": "2027-01-12",
            "datetime": "2027-01-12T16:00:00+00:00", "multi": [each.id for each in field.choices],
            "single": field.choices[-1].id if field.choices else "",
            "third_parties": [{"name": "A", "role": "autre"}],
            "other_notifications": [{"who": "Une caisse"}],
        }  # fmt: skip
        editor.set_value(sample.get(kind, "mots"))
        other.resume(editor.typed())
        if kind != "third_parties":
            assert other.value() == editor.value()
        assert other.value() is not None


def test_the_hour_of_awareness_starts_the_clock(desk: Desk, page: DocumentsPage) -> None:
    editor = go_to(page, "dates.connaissance")
    editor.set_value("2027-01-12T16:00:00+01:00")
    editor.edited.emit()
    page.paper.answers.flush()
    instants = desk.session.case(INCIDENT).incident.instants
    assert instants["T_BREACH"].isoformat() == "2027-01-12T16:00:00+01:00"


def test_tab_goes_from_a_text_to_the_buttons_under_it(page: DocumentsPage) -> None:
    target = go_to(page, "viol.description").focus_target()
    card = page.paper.answers.card
    reached: list[QWidget | None] = []
    for _ in range(3):
        QTest.keyClick(target, Qt.Key.Key_Tab)
        reached.append(page.window().focusWidget())
        target = reached[-1] or target
    assert reached == [card.unknown, card.previous, card.next]
    QTest.keyClick(target, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert page.window().focusWidget() is card.previous
