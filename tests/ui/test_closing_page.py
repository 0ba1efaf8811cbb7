"""Ending an incident and taking it up again, as a person does."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from clinicir.documents.printer import PaperPrinter
from clinicir.domain.incident import IncidentState
from clinicir.services.incidents import close
from clinicir.services.session import Session
from clinicir.services.views.closing import OpenKind
from clinicir.texts import screens_closing as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.closing import ClosingPage
from clinicir.ui.widgets.closing_forms import EndForm
from tests.documents.recorder import paper_printer
from tests.fakes import BY, INCIDENT, START, new_case
from tests.ui.checks import check_page
from tests.ui.fakes import new_desk, window_of
from tests.ui.step_pages import DraftStore

WHY = "Le prestataire répondra lundi."


@pytest.fixture
def kept(qtbot: QtBot) -> Desk:
    """A desk whose vault keeps drafts."""
    case = new_case(instants={"T_BREACH": "2027-01-12T17:10:00+01:00"})
    store = DraftStore(case.clock)
    for name, value in vars(case.store).items():
        setattr(store, name, value)
    printer: PaperPrinter = paper_printer()
    return new_desk(Session(store, case.knowledge, case.clock), printer)


def opened(qtbot: QtBot, desk: Desk) -> ClosingPage:
    page = ClosingPage(desk)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.open_at(Place("closing", INCIDENT))
    page.show()
    return page


def form_of(page: ClosingPage) -> EndForm:
    assert page.form is not None
    return page.form


def explain_all(page: ClosingPage) -> None:
    for group in form_of(page).groups:
        group.open_for_all()
        assert group.for_all is not None
        group.for_all.words.set_value(WHY)
        group.for_all.keep.click()


def test_settle_goes_where_the_thing_is_done(qtbot: QtBot, kept: Desk) -> None:
    page = opened(qtbot, kept)
    groups = {group.kind: group for group in form_of(page).groups}
    line = groups[OpenKind.DUTY].row_of("CNIL-01")
    assert line is not None
    line.settle.click()
    [paper] = groups[OpenKind.PAPER].rows
    paper.settle.click()
    assert window_of(kept).places == [
        Place("documents", INCIDENT, "cnil"), Place("documents", INCIDENT, "journal"),
    ]  # fmt: skip


def test_nothing_ends_without_a_reason_for_what_stays_open(qtbot: QtBot, kept: Desk) -> None:
    page = opened(qtbot, kept)
    page.end.click()
    assert not form_of(page).missing.isHidden()
    first = form_of(page).groups[0].rows[0]
    assert first.box is not None
    first.box.words.set_value("non")
    first.box.keep.click()
    assert first.box.field.problem == say.REASON_SHORT
    assert kept.session.case(INCIDENT).incident.state is IncidentState.OPEN


def test_an_incident_is_ended_then_taken_up_again(qtbot: QtBot, kept: Desk) -> None:
    page = opened(qtbot, kept)
    explain_all(page)
    form_of(page).lesson_fields[1].editor.set_value("Les numéros étaient introuvables.")
    form_of(page).day.set_value(date(2027, 2, 20))
    page.end.click()
    closing = kept.session.case(INCIDENT).incident.closing
    assert closing is not None
    assert closing["lessons"] == [say.lesson(1, "Les numéros étaient introuvables.")]
    assert closing["review_on"] == "2027-02-20"
    left = closing["leave_open"]
    assert isinstance(left, dict)
    assert set(left.values()) == {WHY}
    assert {"CNIL-01", "paper:journal"} < set(left)
    assert page.ended is not None
    assert page.end.isHidden()
    page.to_register.click()
    assert window_of(kept).places == [Place("register")]
    page.reopen.click()
    page.ended.confirm.click()
    assert page.ended.reason.problem == say.REASON_SHORT
    page.ended.words.set_value("La CNIL a posé une question.")
    page.ended.confirm.click()
    assert kept.session.case(INCIDENT).incident.state is IncidentState.OPEN
    assert window_of(kept).said == [say.ENDED, say.REOPENED]
    assert form_of(page).lesson_fields[1].editor.value() == "Les numéros étaient introuvables."


def test_a_day_already_gone_is_refused_calmly(qtbot: QtBot, kept: Desk) -> None:
    page = opened(qtbot, kept)
    explain_all(page)
    form_of(page).day.set_value(START.date())
    page.end.click()
    assert form_of(page).review.problem == say.REVIEW_PAST
    assert kept.session.case(INCIDENT).incident.state is IncidentState.OPEN


def test_what_is_half_typed_is_found_again(qtbot: QtBot, kept: Desk) -> None:
    page = opened(qtbot, kept)
    line = form_of(page).groups[0].row_of("CNIL-01")
    assert line is not None
    line.open_reason()
    assert line.box is not None
    line.box.words.setPlainText("Le DPO s’en charge")
    form_of(page).lesson_fields[0].editor.setPlainText("La liste")
    before = kept.session.store.position
    page.keep()
    assert kept.session.store.position == before
    again = opened(qtbot, kept)
    found = form_of(again).groups[0].row_of("CNIL-01")
    assert found is not None
    assert found.reason == "Le DPO s’en charge"
    assert form_of(again).lesson_fields[0].editor.value() == "La liste"


def test_a_refusal_of_the_vault_keeps_all_that_was_typed(qtbot: QtBot, kept: Desk) -> None:
    page = opened(qtbot, kept)
    explain_all(page)
    close(kept.session, INCIDENT, (), {}, BY)
    form_of(page).lesson_fields[0].editor.set_value("La liste")
    page.end.click()
    [error] = window_of(kept).errors
    assert getattr(error, "code", "") == "incident.closed"
    assert form_of(page).lesson_fields[0].editor.value() == "La liste"


@pytest.mark.parametrize("ended", [False, True])
def test_the_machine_checks(qtbot: QtBot, kept: Desk, ended: bool) -> None:
    if ended:
        left = {"CNIL-01": WHY, "paper:journal": WHY}
        close(kept.session, INCIDENT, (say.lesson(0, "La liste."),), left, BY, date(2027, 3, 1))
    page = opened(qtbot, kept)
    if page.ended is not None:
        page.ended.ask()
    else:
        form_of(page).groups[0].open_for_all()
    check_page(page)
