"""The tab of patients: the duty, the decision, the papers, what left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.ids import StepId
from clinicir.services import incidents, steps
from clinicir.services.documents import produce
from clinicir.services.gates import readers_of
from clinicir.services.incidents import Said
from clinicir.services.patients import TELL, PersonsChoice, decide
from clinicir.services.ports import Request
from clinicir.services.session import Session
from clinicir.services.steps import Done
from clinicir.texts import screens_patients as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.documents import DocumentsPage
from clinicir.ui.pages.patients import PatientsPage
from clinicir.ui.widgets.buttons import Primary
from clinicir.ui.widgets.fold import Fold
from clinicir.ui.widgets.patients_forms import DecisionForm, DepartureForm
from clinicir.ui.widgets.text import Text
from tests.fakes import BY, INCIDENT, new_case, store_of
from tests.ui.checks import check_page
from tests.ui.fakes import new_desk, window_of
from tests.ui.step_pages import DraftStore

GRAVE = {"personal_data": "yes", "health_conf": "yes", "malicious": "yes"}
LEARNT = {"T_BREACH": "2027-01-12T16:00:00+01:00"}


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """Health data in the hands of a thief."""
    session = new_case(facts=GRAVE, instants=LEARNT)
    store = DraftStore(session.clock)
    for name, value in vars(session.store).items():
        setattr(store, name, value)
    kept = Session(store, session.knowledge, session.clock)
    return new_desk(kept, PaperPrinter("0123456789abcdef" * 2, paths.fonts()))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PatientsPage:
    """Open and on the screen."""
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk) -> PatientsPage:
    shown = PatientsPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1024, 600)
    shown.show()
    shown.open_at(Place("patients", INCIDENT))
    return shown


def words(page: PatientsPage) -> str:
    return "\n".join(part.text() for part in page.findChildren(Text) if part.isVisible())


def primary(page: PatientsPage) -> str:
    return next((n for n, act in page.acts.items() if isinstance(act, Primary)), "")


def decision_form(page: PatientsPage, choice: str, reason: str = "") -> DecisionForm:
    page.acts["decide"].click()
    form = page.form
    assert isinstance(form, DecisionForm)
    form.choice.editor.set_value(choice)
    form.reason.editor.set_value(reason)
    form.choice.editor.edited.emit()
    return form


def departure_form(page: PatientsPage) -> DepartureForm:
    page.acts["sent"].click()
    if page.gate is not None:
        page.gate.confirmed.emit(["Claire Morel", "Paul Roux"])
    form = page.form
    assert isinstance(form, DepartureForm)
    return form


def test_it_says_whether_and_why_before_anything_is_decided(page: PatientsPage) -> None:
    shown = words(page)
    assert say.VERDICTS["yes"] in shown
    assert say.NOT_DECIDED in shown
    assert "Acte malveillant".lower() in shown
    assert "objectif interne" in shown
    assert primary(page) == "decide"


def test_without_data_of_patients_it_stays_quiet(qtbot: QtBot) -> None:
    session = new_case(facts={"personal_data": "no"})
    page = opened(qtbot, new_desk(session, PaperPrinter("0" * 32, paths.fonts())))
    assert say.NO_DATA in words(page)
    assert say.APART_TITLE not in words(page)


def test_the_exceptions_of_the_law_open_on_demand(page: PatientsPage) -> None:
    fold = next(each for each in page.findChildren(Fold) if each.button.text() == say.EXCEPTIONS)
    fold.button.click()
    assert say.EXCEPTION_LINES[0] in words(page)


def test_deciding_to_tell_is_recorded_with_who_and_when(desk: Desk, page: PatientsPage) -> None:
    decision_form(page, TELL).save.click()
    made = desk.session.case(INCIDENT).incident.decisions["persons"]
    assert (made.choice, made.by) == (TELL, BY)
    assert say.decided_by(BY, made.at) in words(page)
    assert desk.session.case(INCIDENT).incident.answers["info.etat"] == TELL
    assert primary(page) == "letter"


def test_silence_without_a_reason_is_refused_and_nothing_is_lost(
    desk: Desk, page: PatientsPage
) -> None:
    form = decision_form(page, "ne_seront_pas", "non")
    form.ground.editor.set_value("mesures_ulterieures")
    form.save.click()
    assert form.reason.problem == say.REASON_NEEDED
    assert desk.session.case(INCIDENT).incident.decisions == {}
    form.reason.editor.set_value("Tout est revenu, rien ne circule.")
    form.save.click()
    answers = desk.session.case(INCIDENT).incident.answers
    assert answers["info.justification"] == "mesures_ulterieures"
    assert say.NOT_TOLD_GRAVE in words(page)


def test_a_decision_needs_a_choice(desk: Desk, page: PatientsPage) -> None:
    page.acts["decide"].click()
    form = page.form
    assert isinstance(form, DecisionForm)
    form.save.click()
    assert form.choice.problem == say.CHOICE_MISSING


def test_a_new_fact_asks_to_look_at_the_decision_again(qtbot: QtBot, desk: Desk) -> None:
    decide(desk.session, INCIDENT, PersonsChoice(TELL), BY)
    incidents.set_facts(desk.session, INCIDENT, Said({"data_published": "yes"}), BY)
    page = opened(qtbot, desk)
    assert say.OUTDATED in words(page)
    assert say.VERDICTS["now"] in words(page)


def test_the_letter_comes_first_then_what_left(qtbot: QtBot, desk: Desk) -> None:
    decide(desk.session, INCIDENT, PersonsChoice(TELL), BY)
    page = opened(qtbot, desk)
    page.acts["letter"].click()
    assert window_of(desk).places == [Place("documents", INCIDENT, "lettre")]
    produce(desk.session, desk.printer, desk.verifier, INCIDENT, Request("lettre"), BY)
    page.open_at(Place("patients", INCIDENT))
    assert primary(page) == "sent"


def test_the_poster_opens_among_the_documents(qtbot: QtBot, desk: Desk, page: PatientsPage) -> None:
    name = say.open_paper(say.SHEETS["affiche_salle_attente"])
    button = next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == name)
    button.click()
    (place,) = window_of(desk).places
    assert place == Place("documents", INCIDENT, "fiche:affiche_salle_attente")
    papers = DocumentsPage(desk)
    qtbot.addWidget(papers)
    papers.open_at(place)
    papers.paper.make.click()
    issued = desk.session.case(INCIDENT).incident.issued
    assert [(paper.kind, paper.version) for paper in issued] == [("fiche", "affiche_salle_attente")]


def test_what_left_is_recorded_with_its_day_and_its_count(desk: Desk, page: PatientsPage) -> None:
    decision_form(page, TELL).save.click()
    form = departure_form(page)
    now = desk.session.clock.now()
    form.at.editor.set_value(now - timedelta(minutes=10))
    form.means.editor.set_value(["courrier", "telephone"])
    form.count.editor.set_value(1463)
    form.save.click()
    incident = desk.session.case(INCIDENT).incident
    (sent,) = incident.submissions
    assert (sent.rule, sent.at) == ("CNIL-02", now - timedelta(minutes=10))
    assert incident.answers["info.date"] == "2027-01-12"
    assert incident.answers["info.nombre"] == 1463
    assert say.told(1463) in words(page)
    assert primary(page) == ""


@pytest.mark.parametrize("ahead", [None, timedelta(hours=2)])
def test_an_hour_that_is_missing_or_to_come_is_asked_again(
    desk: Desk, page: PatientsPage, ahead: timedelta | None
) -> None:
    decision_form(page, TELL).save.click()
    form = departure_form(page)
    form.count.editor.set_value(12)
    if ahead is not None:
        form.at.editor.set_value(desk.session.clock.now() + ahead)
    form.save.click()
    assert form.at.problem
    assert page.form is form
    assert form.count.editor.value() == 12
    assert desk.session.case(INCIDENT).incident.submissions == ()


def test_a_half_typed_reason_comes_back(qtbot: QtBot, desk: Desk, page: PatientsPage) -> None:
    form = decision_form(page, "ne_seront_pas", "La cle est rest")
    form.reason.editor.edited.emit()
    page.keep()
    again = opened(qtbot, desk)
    again.acts["decide"].click()
    assert isinstance(again.form, DecisionForm)
    assert again.form.reason.editor.value() == "La cle est rest"
    assert again.form.restored.isVisible()
    again.form.back.click()
    assert again.form is None
    again.acts["decide"].click()
    assert isinstance(again.form, DecisionForm)
    assert again.form.reason.editor.value() == ""


def test_patients_apart_are_counted_not_named(qtbot: QtBot, desk: Desk) -> None:
    done = Done(answers={"protected_persons": [{"reference": "A-17", "reason": "mineur"}]})
    steps.complete(desk.session, INCIDENT, "PAT-09", done, BY)
    page = opened(qtbot, desk)
    assert page.view is not None
    assert page.view.apart[0].count == 1
    assert "A-17" not in words(page)
    name = say.open_step(page.view.apart[0].label)
    next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == name).click()
    assert window_of(desk).places == [Place("steps", INCIDENT, StepId("PAT-09"))]


def test_an_incident_that_ended_is_only_read(qtbot: QtBot, desk: Desk) -> None:
    incidents.close(desk.session, INCIDENT, (), {}, BY)
    page = opened(qtbot, desk)
    assert page.acts == {}
    assert say.CLOSED in words(page)


def test_the_facts_are_read_aloud_once_before_letters_are_noted_as_gone(
    desk: Desk, page: PatientsPage
) -> None:
    decision_form(page, TELL).save.click()
    page.acts["sent"].click()
    assert page.form is None
    assert page.gate is not None
    page.gate.back.click()
    assert page.gate is None
    assert readers_of(desk.session, INCIDENT, "G4") == ()
    page.acts["sent"].click()
    page.gate.names[1].editor.set_value("Paul Roux")
    page.gate.confirm.click()
    assert isinstance(page.form, DepartureForm)
    assert "Paul Roux" in readers_of(desk.session, INCIDENT, "G4")
    page._give_up()
    page.acts["sent"].click()
    assert page.gate is None, "it is read once"
    assert isinstance(page.form, DepartureForm)


def test_what_fails_is_explained_and_the_form_stays(desk: Desk, page: PatientsPage) -> None:
    form = decision_form(page, TELL)
    store_of(desk.session).fails_with = "disk.full"
    form.save.click()
    assert page.form is form
    assert [getattr(error, "code", "") for error in window_of(desk).errors] == ["disk.full"]


@pytest.mark.parametrize("state", ["empty", "decide", "pause", "departure"])
def test_the_page_passes_the_checks(qtbot: QtBot, desk: Desk, state: str) -> None:
    if state in ("pause", "departure"):
        decide(desk.session, INCIDENT, PersonsChoice(TELL), BY)
    page = opened(qtbot, desk)
    if state == "decide":
        decision_form(page, "ne_seront_pas")
    elif state == "pause":
        page.acts["sent"].click()
        assert page.gate is not None
    elif state == "departure":
        departure_form(page)
    check_page(page)
