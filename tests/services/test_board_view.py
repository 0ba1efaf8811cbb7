"""The board: what comes first, what is left, what each field already holds, whom to call."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.domain.progress import StepState
from clinicir.services import steps, trackers
from clinicir.services.incidents import Said, set_facts
from clinicir.services.session import Session
from clinicir.services.steps import Done
from clinicir.services.views.board import BoardView, board_view
from clinicir.texts import screens_steps
from tests.fakes import BY, INCIDENT, START, clock_of, knowledge, new_case

KNOWN = {"T_ATTACK": "2027-01-12T15:10:00+01:00", "T_BREACH": "2027-01-12T16:10:00+01:00"}


def board(session: Session, step: str = "") -> BoardView:
    """The board of the only incident."""
    return board_view(session, INCIDENT, step)


def value_of(view: BoardView, field: str) -> object:
    """What a field of the current step holds."""
    [found] = [each for each in view.current.fields if each.id == field]
    return found.value


def finish(session: Session, step: str) -> None:
    """Set a step aside, so that the line moves on."""
    steps.skip(session, INCIDENT, step, "Essai de la liste.", BY)


@pytest.mark.parametrize("scenario", sorted(knowledge().playbooks.scenarios))
def test_every_scenario_opens_on_its_first_step_in_small_chunks(scenario: str) -> None:
    view = board(new_case(scenario))
    assert view.current.step.id == view.order[0]
    assert sum(len(phase.lines) for phase in view.phases) == len(view.order)
    assert len(set(view.order)) == len(view.order)
    for phase in view.phases:
        assert [chunk.urgent for chunk in phase.chunks] == sorted(
            (chunk.urgent for chunk in phase.chunks), reverse=True
        )
        assert all(1 <= len(chunk.lines) <= 9 for chunk in phase.chunks)


def test_the_first_screen_goes_away_once_each_of_its_steps_is_settled() -> None:
    session = new_case()
    first = [line.id for line in board(session).first]
    assert 5 <= len(first) <= 7
    for step in first:
        assert board(session).current.step.id == step
        finish(session, step)
    after = board(session)
    assert after.first == ()
    assert after.current.step.id == "ALR-02"
    assert after.phases[0].settled == 2


def test_a_blocked_step_lets_the_line_go_on_and_comes_back_at_its_hour() -> None:
    session = new_case()
    retry = START + timedelta(hours=1)
    steps.block(session, INCIDENT, "ALR-01", "Ligne occupée", "Éditeur", retry, BY)
    assert board(session).current.step.id == "AP-01"
    clock_of(session).advance(hours=1)
    assert board(session).current.step.id == "ALR-01"
    assert board(session).current.state is StepState.BLOCKED


def test_neighbours_follow_the_line_and_stop_at_its_ends() -> None:
    view = board(new_case())
    assert view.place == 1
    assert view.neighbour(-1) is None
    second = board(new_case(), str(view.neighbour(1)))
    assert (second.place, second.neighbour(-1)) == (2, view.order[0])


def test_fields_show_what_the_case_holds_and_never_a_presumption() -> None:
    session = new_case(instants=KNOWN)
    steps.complete(session, INCIDENT, "ALR-01", Done(answers={"alert_channel": "mail"}), BY)
    view = board(session, "ALR-01")
    assert value_of(view, "first_sign_at") == KNOWN["T_ATTACK"]
    assert value_of(view, "alert_channel") == "mail"
    assert [each.id for each in view.current.fields if each.settled] == [
        "first_sign_at", "aware_at",
    ]  # fmt: skip
    assert value_of(board(session, "CON-08"), "addresses_known") is None


def test_answers_of_the_form_come_back_in_the_shape_of_the_field() -> None:
    session = new_case()
    said = Said(cnil={"pers.nombre": 1500, "viol.nature": ["confidentialite"]})
    set_facts(session, INCIDENT, said, BY)
    assert value_of(board(session, "QUA-03"), "people_count") == {"max": 1500}
    assert value_of(board(session, "QUA-01"), "breach_nature") == ["confidentialite"]


def test_missing_fields_are_those_that_are_required() -> None:
    assert board(new_case(), "ALR-01").current.missing == ("first_sign_at",)
    assert board(new_case(instants=KNOWN), "ALR-01").current.missing == ()


def test_trackers_show_in_every_step_that_asks_them() -> None:
    session = new_case()
    trackers.track(
        session, INCIDENT, [{"name": "dr.morel", "system": "amelipro"}],
        [{"address": "203.0.113.7", "where": "amelipro"}], BY,
    )  # fmt: skip
    assert value_of(board(session, "AP-02"), "reset_accounts") == [
        {"name": "dr.morel", "system": "amelipro", "state": "to_reset"}
    ]
    assert board(session, "CON-08").current.fields[1].value == [
        {"address": "203.0.113.7", "where": "amelipro", "state": "to_block"}
    ]


def test_what_should_come_before_is_named_until_it_is_settled() -> None:
    session = new_case()
    assert [step for step, _ in board(session, "AP-02").current.before] == ["PRV-01", "CON-02"]
    finish(session, "PRV-01")
    assert [step for step, _ in board(session, "AP-02").current.before] == ["CON-02"]


def test_the_step_that_resets_a_computer_password_says_so() -> None:
    session = new_case("rancongiciel")
    assert board(session, "RET-02").current.step.os_reset
    assert not board(session, "RA-01").current.step.os_reset


def test_the_four_clocks_keep_their_order_and_their_hours() -> None:
    clocks = board(new_case(instants=KNOWN)).clocks
    assert [clock.key for clock in clocks] == ["cnil", "complaint", "health", "patients"]
    assert [str(clock.due_at) for clock in clocks[:2]] == [
        "2027-01-15 16:10:00+01:00", "2027-01-15 15:10:00+01:00",
    ]  # fmt: skip
    waiting = board(new_case()).clocks[0]
    assert (waiting.due_at, waiting.waits_for_origin) == (None, True)


def test_whom_to_call_begins_with_those_the_step_names() -> None:
    calls = board(new_case(), "ALR-08").calls
    assert [call.role for call in calls] == ["amelipro_pro", "it_provider", "seventeen_cyber"]
    assert [call.for_step for call in calls] == [True, False, False]
    assert calls[1].phone == "03 53 01 12 35"
    assert not calls[1].national


def test_a_contact_that_the_practice_never_gave_is_shown_without_a_number() -> None:
    [vendor] = [c for c in board(new_case("editeur_pirate"), "ED-01").calls if c.for_step][:1]
    assert (vendor.role, vendor.phone, vendor.sure) == ("software_vendor", "", False)


def test_placeholders_get_their_hours_and_their_names() -> None:
    filling = board(new_case(instants=KNOWN), "NOT-03").fillings
    assert str(filling.cnil_limit) == "2027-01-15 16:10:00+01:00"
    assert filling.pilot == "Claire Morel"
    assert filling.health_fund == "CPAM"
    assert set(board(new_case(), "ALR-08").fillings.contacts) == {"amelipro_pro"}


def test_the_target_counts_from_the_discovery() -> None:
    target = board(new_case(instants=KNOWN), "ALR-01").current.target_at
    assert target == datetime.fromisoformat(KNOWN["T_BREACH"]) + timedelta(minutes=2)


def test_an_unknown_incident_is_refused() -> None:
    with pytest.raises(UserError, match=r"incident\.unknown"):
        board_view(new_case(), IncidentId("00000000000000ff"))


def test_sentences_are_filled_and_contracted() -> None:
    values = {"service": "le portail", "limite_cnil": "mardi"}
    text = "Mot de passe de {service} avant {limite_cnil}, {inconnu}"
    assert screens_steps.filled(text, values) == "Mot de passe du portail avant mardi, {inconnu}"


def test_a_number_is_never_made_up() -> None:
    old = date(2024, 7, 1)
    assert screens_steps.phone("", False, None, fictional=False) == "numéro à confirmer"
    assert "01/07/2024" in screens_steps.phone("09 72 43 91 25", False, old, fictional=False)
    assert "fictif" in screens_steps.phone("09 72 43 91 25", True, old, fictional=True)
