"""What the list of papers says of each, against what is done in the case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinicir.domain.case import CaseFile
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.services.documents import produce
from clinicir.services.incidents import Said, set_facts
from clinicir.services.notifications import file_notification, record_submission
from clinicir.services.ports import Request
from clinicir.services.session import Session
from clinicir.services.views.cnil_form import cnil_view_of
from clinicir.services.views.documents import (
    KINDS,
    VARIANTS,
    PaperState,
    documents_view,
    labels_of,
    paper_view,
)
from tests.documents.recorder import paper_printer
from tests.fakes import BY, INCIDENT, START, clock_of, new_case, store_of

BREACH = {"T_BREACH": "2027-01-12T16:00:00+01:00"}


@pytest.fixture
def session() -> Session:
    """One incident known since 16:00."""
    return new_case(instants=BREACH)


def test_every_kind_of_paper_has_its_row(session: Session) -> None:
    view = documents_view(session, INCIDENT, paper_printer())
    assert tuple(row.kind for row in view.rows) == KINDS
    assert all(row.state is PaperState.TODO for row in view.rows)
    assert not view.closed


def test_the_limit_of_the_cnil_is_72_hours_after_awareness(session: Session) -> None:
    due = documents_view(session, INCIDENT, paper_printer()).row("cnil").due_at
    assert due is not None
    assert due.isoformat() == "2027-01-15T16:00:00+01:00"
    clock_of(session).advance(hours=73)
    assert documents_view(session, INCIDENT, paper_printer()).row("cnil").late


def test_an_answer_leaves_the_list_even_when_it_is_unknown(session: Session) -> None:
    lacking = documents_view(session, INCIDENT, paper_printer()).row("cnil").missing
    before = cnil_view_of(session.case(INCIDENT), lacking)
    said: dict[str, Plain] = {"viol.description": "unknown"}
    set_facts(session, INCIDENT, Said(cnil=said), BY)
    after_lacking = documents_view(session, INCIDENT, paper_printer()).row("cnil").missing
    after = cnil_view_of(session.case(INCIDENT), after_lacking)
    assert before.needed - after.needed == 1
    assert "viol.description" not in {question.field.id for question in after.questions}


def test_the_questions_follow_the_form_and_tell_what_can_wait(session: Session) -> None:
    lacking = documents_view(session, INCIDENT, paper_printer()).row("cnil").missing
    view = cnil_view_of(session.case(INCIDENT), lacking)
    order = list(session.knowledge.cnil_form.fields)
    asked = [question.field.id for question in view.questions]
    assert asked == sorted(asked, key=order.index)
    assert set(asked) == set(lacking)
    needs = {question.field.id: question.now for question in view.questions}
    assert needs["viol.nature"]
    assert not needs["pers.nombre"]


def test_a_paper_produced_then_sent_changes_state(session: Session) -> None:
    printer = paper_printer()
    produce(session, printer, store_of(session).verify, INCIDENT, Request("cnil"), BY)
    row = documents_view(session, INCIDENT, printer).row("cnil")
    assert (row.state, row.at) == (PaperState.PRODUCED, START)
    assert [duty.rule for duty in row.duties] == ["CNIL-01"]
    file_notification(session, INCIDENT, "complete", "2027-0042", "", BY)
    row = documents_view(session, INCIDENT, printer).row("cnil")
    assert row.state is PaperState.SENT
    assert row.duties == ()


def test_a_recorded_act_closes_the_duty_of_its_paper(session: Session) -> None:
    [duty] = documents_view(session, INCIDENT, paper_printer()).row("plainte").duties
    record_submission(session, INCIDENT, duty.rule, duty.channel, "PV 12", "", BY)
    row = documents_view(session, INCIDENT, paper_printer()).row("plainte")
    assert (row.state, row.duties) == (PaperState.SENT, ())


def test_what_is_missing_has_its_printed_label(session: Session) -> None:
    assert labels_of(session, ("viol.nature", "plainte.period", "no.such")) == (
        "Nature de la violation",
        "Période",
    )


def test_the_entries_are_not_read_to_tell_what_papers_lack(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tuple(store_of(session).journal(INCIDENT))
    expected = {
        kind: tuple(
            dict.fromkeys(
                slug
                for paper in paper_printer().build(
                    CaseFile(session.case(INCIDENT), whole, store_of(session).position,
                             store_of(session).verify()),
                    Request(kind),
                )
                for slug in paper.missing
            )
        )
        for kind in KINDS
    }  # fmt: skip

    def refused(*_: object) -> None:
        raise AssertionError("ten thousand entries are not read to draw a list")

    monkeypatch.setattr(store_of(session), "journal", refused)
    view = documents_view(session, INCIDENT, paper_printer())
    assert {row.kind: row.missing for row in view.rows} == expected


def test_a_sending_is_dated_by_the_person_never_in_the_future(session: Session) -> None:
    hour = timedelta(hours=1)
    with pytest.raises(UserError, match=r"instant\.in_future"):
        file_notification(session, INCIDENT, "initiale", "", "", BY, START + hour)
    file_notification(session, INCIDENT, "initiale", "", "", BY, START - hour)
    row = documents_view(session, INCIDENT, paper_printer()).row("cnil")
    assert session.case(INCIDENT).incident.filings[0].at == START - hour
    with pytest.raises(UserError, match=r"instant\.in_future"):
        record_submission(session, INCIDENT, "PLAINTE-01", "", "", "", BY, START + hour)
    assert row.done <= row.total


def test_each_variant_tells_what_it_lacks(session: Session) -> None:
    for kind, variants in VARIANTS.items():
        for variant in variants:
            view = paper_view(session, INCIDENT, paper_printer(), Request(kind, variant=variant))
            assert view.variants == variants
            assert view.row.variant == variant
