"""Doing a step, blocking it, setting it aside, taking it up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain, StepId
from clinicir.domain.progress import StepRecord, StepState
from clinicir.services import evidence, incidents, steps, trackers
from clinicir.services.evidence import Described
from clinicir.services.incidents import Said
from clinicir.services.session import Session
from clinicir.services.steps import Done
from tests.fakes import BY, INCIDENT, START, clock_of, new_case, store_of

EARLIER = START - timedelta(minutes=20)


def refused(code: str, session: Session, act: Callable[[], object]) -> None:
    before = store_of(session).position
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.code == code
    assert store_of(session).position == before


def do(session: Session, step: str, **answers: Plain) -> StepRecord:
    steps.complete(session, INCIDENT, step, Done(answers=answers), BY)
    return record(session, step)


def record(session: Session, step: str) -> StepRecord:
    return session.case(INCIDENT).incident.steps[StepId(step)]


def test_done_and_recorded_are_two_instants() -> None:
    session = new_case()
    steps.complete(session, INCIDENT, "CON-02", Done(EARLIER, "Tablette de l'accueil."), BY)
    done = record(session, "CON-02")
    assert (done.state, done.done_at, done.recorded_at, done.by) == (
        StepState.DONE, EARLIER, START, BY,
    )  # fmt: skip
    assert store_of(session).entries[-1].kind == "step.complete"
    assert store_of(session).entries[-1].detail["note"] == "Tablette de l'accueil."


def test_without_an_hour_a_step_is_done_now() -> None:
    session = new_case()
    assert do(session, "CON-02").done_at == START


def test_a_required_answer_keeps_the_step_in_progress() -> None:
    session = new_case("compte_admin")
    pending = do(session, "QUA-02", other_data="Photos")
    assert (pending.state, pending.done_at) == (StepState.IN_PROGRESS, None)
    assert store_of(session).entries[-1].kind == "step.start"
    assert do(session, "QUA-02", data_categories=["nir"]).state is StepState.DONE


def test_the_same_answers_again_write_no_second_line() -> None:
    session = new_case("compte_admin")
    do(session, "QUA-02", other_data="Photos")
    count = len(store_of(session).entries)
    do(session, "QUA-02", other_data="Photos")
    assert len(store_of(session).entries) == count
    do(session, "QUA-02", other_data="Photos et radios")
    assert len(store_of(session).entries) == count + 1


def test_a_required_field_bound_to_an_instant_counts_as_filled() -> None:
    session = new_case()
    assert do(session, "ALR-01").state is StepState.IN_PROGRESS
    known = new_case(instants={"T_ATTACK": EARLIER.isoformat()})
    assert do(known, "ALR-01").state is StepState.DONE


def test_a_required_field_bound_to_the_form_counts_as_filled() -> None:
    session = new_case()
    incidents.set_facts(session, INCIDENT, Said(cnil={"pers.nombre": 12}), BY)
    assert do(session, "QUA-03").state is StepState.DONE


def test_a_presumption_does_not_fill_a_required_field() -> None:
    session = new_case("fausses_ordonnances")
    assert do(session, "PE-08").state is StepState.IN_PROGRESS
    assert do(session, "PE-08", device_encrypted="unknown").state is StepState.DONE


def test_a_required_list_counts_as_filled_by_the_tracker() -> None:
    session = new_case()
    assert do(session, "AP-03").state is StepState.IN_PROGRESS
    trackers.track(session, INCIDENT, [{"name": "c.morel", "system": "amelipro"}], [], BY)
    assert do(session, "AP-03").state is StepState.DONE


def test_an_answer_of_a_former_visit_counts() -> None:
    session = new_case("perte_vol")
    do(session, "PE-09", data_categories=["etat_civil"])
    assert record(session, "PE-09").state is StepState.IN_PROGRESS
    assert do(session, "PE-09", people_count=860).state is StepState.DONE


def test_answers_go_where_they_are_bound() -> None:
    session = new_case()
    first = EARLIER.isoformat()
    done = do(session, "ALR-01", first_sign_at=first, alert_channel="phone",
              circumstances="Appel de la caisse.")  # fmt: skip
    incident = session.case(INCIDENT).incident
    assert incident.instants["T_ATTACK"] == EARLIER
    assert incident.answers["dates.circonstances"] == "Appel de la caisse."
    assert done.answers == {"alert_channel": "phone"}


def test_the_same_answer_may_be_repeated_in_a_step_another_is_refused() -> None:
    session = new_case(facts={"account_ecps": "no"}, instants={"T_ATTACK": EARLIER.isoformat()})
    assert do(session, "AP-01", account_ecps="no").state is StepState.DONE
    refused("fact.already_set", session, lambda: do(session, "AP-01", account_ecps="yes"))
    assert do(session, "ALR-01", first_sign_at=EARLIER.isoformat()).state is StepState.DONE
    refused("fact.already_set", session,
            lambda: do(session, "ALR-01", first_sign_at=START.isoformat()))  # fmt: skip


def test_an_unknown_fact_is_completed_by_a_step() -> None:
    session = new_case(facts={"health_conf": "unknown"})
    do(session, "QUA-02", data_categories=["etat_civil"], health_data="no")
    assert session.case(INCIDENT).incident.facts["health_conf"].value == "no"


def test_a_decision_is_taken_in_a_step() -> None:
    session = new_case()
    decided: Plain = {"choice": "notify", "reason": "NIR exposés.", "confirmed": False}
    assert do(session, "NOT-01", decision_cnil=decided).state is StepState.DONE
    made = session.case(INCIDENT).incident.decisions["cnil"]
    assert (made.choice, made.reason, made.by, made.at) == ("notify", "NIR exposés.", BY, START)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"decision_cnil": "notify"}, "decision.bad_choice"),
        ({"decision_cnil": {"choice": "perhaps"}}, "decision.bad_choice"),
        ({"decision_cnil": {"choice": "do_not_notify", "reason": ""}},
         "notification.reason_for_not_notifying_missing"),
    ],
)  # fmt: skip
def test_decisions_in_a_step_are_argued(answers: dict[str, Plain], code: str) -> None:
    session = new_case()
    refused(code, session, lambda: do(session, "NOT-01", **answers))


@pytest.mark.parametrize(
    ("step", "answers", "code"),
    [
        ("XYZ-01", {}, "step.unknown"),
        ("CON-02", {"weather": "fine"}, "step.unknown_answer"),
        ("QUA-02", {"data_categories": ["gossip"]}, "cnil.bad_value"),
        ("AP-01", {"account_ecps": "maybe"}, "fact.bad_value"),
        ("ALR-01", {"first_sign_at": "2030-01-01T00:00:00+01:00"}, "instant.in_future"),
        ("ALR-01", {"first_sign_at": "1999-01-01T00:00:00+01:00"}, "instant.out_of_range"),
        ("QUA-01", {"facts_account": "x" * 20_001}, "text.too_long"),
    ],
)
def test_steps_that_are_refused(step: str, answers: dict[str, Plain], code: str) -> None:
    session = new_case()
    refused(code, session, lambda: do(session, step, **answers))


@pytest.mark.parametrize("value", ["yesterday", "2027-01-12T16:00:00", ""])
@pytest.mark.parametrize("known", [{}, {"T_ATTACK": EARLIER.isoformat()}])
def test_an_instant_that_is_none_is_refused_calmly(value: str, known: dict[str, str]) -> None:
    session = new_case(instants=known)
    refused("instant.no_offset", session, lambda: do(session, "ALR-01", first_sign_at=value))


def test_a_step_cannot_be_done_tomorrow() -> None:
    session = new_case()
    late = Done(START + timedelta(seconds=1))
    refused("instant.in_future", session,
            lambda: steps.complete(session, INCIDENT, "CON-02", late, BY))  # fmt: skip


def test_exhibits_are_attached_by_label_or_number(tmp_path: Path) -> None:
    session = new_case()
    file = tmp_path / "photo.txt"
    file.write_text("photo")
    evidence.take_in(session, INCIDENT, file, Described("photo", "Photo"), BY)
    steps.complete(session, INCIDENT, "PRV-01", Done(evidence=("photo",)), BY)
    steps.complete(session, INCIDENT, "PRV-01", Done(evidence=("P-001",)), BY)
    assert record(session, "PRV-01").evidence == ("P-001",)
    refused("evidence.unknown", session,
            lambda: steps.complete(session, INCIDENT, "PRV-01", Done(evidence=("x",)), BY))


def test_block_skip_and_reopen() -> None:
    session = new_case()
    retry = START + timedelta(days=2)
    steps.block(session, INCIDENT, "ALR-08", "Ligne occupée", "Assurance Maladie", retry, BY)
    blocked = record(session, "ALR-08")
    assert (blocked.state, blocked.reason, blocked.blocked_on, blocked.retry_at) == (
        StepState.BLOCKED, "Ligne occupée", "Assurance Maladie", retry,
    )  # fmt: skip
    steps.reopen(session, INCIDENT, "ALR-08", "La ligne répond.", BY)
    assert record(session, "ALR-08").state is StepState.TODO
    steps.skip(session, INCIDENT, "ALR-08", "La caisse a appelé elle-même.", BY)
    assert record(session, "ALR-08").state is StepState.NOT_CONCERNED


def test_a_step_taken_up_again_keeps_its_answers() -> None:
    session = new_case()
    do(session, "CON-02", clean_device="Tablette")
    steps.reopen(session, INCIDENT, "CON-02", "Tablette douteuse.", BY)
    kept = record(session, "CON-02")
    assert (kept.state, kept.done_at, kept.answers) == (
        StepState.TODO, None, {"clean_device": "Tablette"},
    )  # fmt: skip


def test_moves_that_are_refused() -> None:
    session = new_case()
    again: datetime = START + timedelta(hours=1)
    for code, act in (
        ("reason.missing", lambda: steps.block(session, INCIDENT, "ALR-08", "", "x", again, BY)),
        ("reason.missing", lambda: steps.block(session, INCIDENT, "ALR-08", "Raison", " ", again,
                                               BY)),
        ("step.unknown", lambda: steps.block(session, INCIDENT, "NO-1", "Raison", "x", again, BY)),
        ("reason.missing", lambda: steps.skip(session, INCIDENT, "ALR-08", "non", BY)),
        ("step.unknown", lambda: steps.skip(session, INCIDENT, "NO-1", "Raison donnée", BY)),
        ("step.unknown", lambda: steps.reopen(session, INCIDENT, "NO-1", "Raison donnée", BY)),
        ("step.bad_move", lambda: steps.reopen(session, INCIDENT, "ALR-08", "Jamais faite", BY)),
    ):  # fmt: skip
        refused(code, session, act)
    do(session, "CON-02")
    refused("reason.missing", session,
            lambda: steps.reopen(session, INCIDENT, "CON-02", "", BY))  # fmt: skip


def test_nothing_moves_in_a_closed_incident() -> None:
    session = new_case()
    do(session, "CON-02")
    clock_of(session).advance(hours=1)
    incidents.close(session, INCIDENT, (), {}, BY)
    again = START + timedelta(days=1)
    for act in (
        lambda: do(session, "ALR-08"),
        lambda: steps.block(session, INCIDENT, "ALR-08", "Raison donnée", "x", again, BY),
        lambda: steps.skip(session, INCIDENT, "ALR-08", "Raison donnée", BY),
        lambda: steps.reopen(session, INCIDENT, "CON-02", "Raison donnée", BY),
    ):
        refused("incident.closed", session, act)
