"""Telling the persons concerned: what is argued, what the form then says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.obligation import ObligationState
from clinicir.services.patients import (
    DO_NOT_TELL,
    NOT_YET,
    TELL,
    Departure,
    PersonsChoice,
    decide,
    needs_reason,
    record_departure,
)
from clinicir.services.session import Session
from clinicir.services.views.patients import patients_view
from tests.fakes import BY, INCIDENT, START, new_case, store_of

GRAVE = {"personal_data": "yes", "health_conf": "yes", "malicious": "yes"}
LEARNT = {"T_BREACH": "2027-01-12T16:00:00+01:00"}
SAFE = {
    "personal_data": "yes", "data_unintelligible": "yes", "key_compromised": "no",
    "data_available": "yes", "care_safety": "none",
}  # fmt: skip


@pytest.fixture
def session() -> Session:
    """Health data in the hands of a thief."""
    return new_case(facts=GRAVE, instants=LEARNT)


@pytest.mark.parametrize(
    ("facts", "choice", "argued"),
    [
        (GRAVE, TELL, False),
        (GRAVE, DO_NOT_TELL, True),
        (GRAVE, NOT_YET, False),
        (SAFE, TELL, True),
        (SAFE, DO_NOT_TELL, True),
    ],
)
def test_what_must_be_argued(facts: dict[str, str], choice: str, argued: bool) -> None:
    session = new_case(facts=facts, instants=LEARNT)
    assert needs_reason(session.case(INCIDENT), choice) is argued
    before = store_of(session).position.n
    if argued:
        with pytest.raises(UserError, match=r"reason\.missing"):
            decide(session, INCIDENT, PersonsChoice(choice), BY)
        assert store_of(session).position.n == before
    decide(session, INCIDENT, PersonsChoice(choice, "parce que c'est ainsi"), BY)
    assert store_of(session).position.n == before + 1


def test_a_choice_that_does_not_exist_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match=r"decision\.bad_choice"):
        decide(session, INCIDENT, PersonsChoice("peut_etre"), BY)


def test_the_form_says_what_was_decided(session: Session) -> None:
    reason = "Les supports sont revenus avant toute lecture."
    decide(session, INCIDENT, PersonsChoice(DO_NOT_TELL, reason, "mesures_ulterieures"), BY)
    answers = session.case(INCIDENT).incident.answers
    assert answers["info.etat"] == DO_NOT_TELL
    assert answers["info.justification"] == "mesures_ulterieures"
    assert answers["info.justification_detail"] == reason


def test_letters_that_left_discharge_the_duty_at_their_own_hour(session: Session) -> None:
    left = START - timedelta(minutes=30)
    decide(session, INCIDENT, PersonsChoice(TELL), BY)
    record_departure(session, INCIDENT, Departure(left, ("courrier",), 900), BY)
    case = session.case(INCIDENT)
    duty = next(each for each in obligations(case) if each.rule.id == "CNIL-02")
    assert (duty.state, duty.done_at) == (ObligationState.DONE, left)
    assert case.incident.answers["info.etat"] == "oui"
    assert case.incident.answers["info.moyen"] == ["courrier"]
    (sent,) = case.incident.submissions
    assert sent.channel == "Courrier"


def test_patients_are_not_listed_among_the_authorities_told(session: Session) -> None:
    record_departure(session, INCIDENT, Departure(START), BY)
    assert "autres.autres" not in answers_of(session.case(INCIDENT))


@pytest.mark.parametrize(
    ("left", "code"),
    [
        (Departure(START + timedelta(hours=1)), "instant.in_future"),
        (Departure(START, ("pigeon",)), "cnil.bad_value"),
        (Departure(START, receipt="P-009"), "evidence.unknown"),
    ],
)
def test_a_departure_that_cannot_be_leaves_no_trace(
    session: Session, left: Departure, code: str
) -> None:
    before = store_of(session).position.n
    with pytest.raises(UserError) as refused:
        record_departure(session, INCIDENT, left, BY)
    assert refused.value.code == code
    assert store_of(session).position.n == before


def test_the_objectives_are_counted_from_the_first_instant(session: Session) -> None:
    view = patients_view(session, INCIDENT)
    learnt = datetime.fromisoformat(LEARNT["T_BREACH"])
    assert view.decide_before == learnt + timedelta(hours=72)
    assert view.send_before == learnt + timedelta(days=7)
    assert view.argued == {DO_NOT_TELL}
