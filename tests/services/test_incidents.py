"""Opening, answering, correcting, changing the list, noting, closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import pytest

from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId, Plain
from clinicir.domain.incident import IncidentState
from clinicir.services import incidents
from clinicir.services.incidents import Said
from clinicir.services.session import Session
from tests.fakes import BY, INCIDENT, START, clock_of, new_case, new_session, store_of

PAST = datetime.fromisoformat("2027-01-12T16:00:00+01:00")
LATER = datetime.fromisoformat("2027-01-12T17:11:00+01:00")


def refused(code: str, session: Session, act: Callable[[], object]) -> UserError:
    """The act raises this code and nothing was written."""
    before = store_of(session).position
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.code == code
    assert store_of(session).position == before
    return caught.value


def say(session: Session, **facts: Plain) -> None:
    incidents.set_facts(session, INCIDENT, Said(facts), BY)


def answer(session: Session, cnil: Mapping[str, Plain]) -> None:
    incidents.set_facts(session, INCIDENT, Said(cnil=cnil), BY)


# --- opening -----------------------------------------------------------------------------------


def test_presets_are_presumptions_and_what_is_said_is_not() -> None:
    session = new_case("amelipro", facts={"malicious": "yes"})
    facts = session.case(INCIDENT).incident.facts
    assert (facts["malicious"].value, facts["malicious"].presumed) == ("yes", False)
    assert (facts["account_amelipro"].value, facts["account_amelipro"].presumed) == ("yes", True)


def test_an_opening_is_refused_whole() -> None:
    session = new_session()
    for code, scenario, said in (
        ("scenario.unknown", "virus", Said()),
        ("fact.unknown", "amelipro", Said({"weather": "yes"})),
        ("fact.bad_value", "amelipro", Said({"malicious": "perhaps"})),
        ("fact.derived", "amelipro", Said({"insured": "yes"})),
        ("instant.unknown", "amelipro", Said(instants={"T_TEA": START})),
        ("instant.in_future", "amelipro", Said(instants={"T_ATTACK": LATER})),
        ("instant.no_offset", "amelipro", Said(instants={"T_ATTACK": PAST.replace(tzinfo=None)})),
        ("instant.out_of_range", "amelipro", Said(instants={"T_ATTACK": PAST.replace(year=1999)})),
    ):
        opening = partial(incidents.open_incident, session, INCIDENT, scenario, said, BY)
        refused(code, session, opening)
    assert session.store.incidents() == ()


def test_numbers_follow_each_other_within_a_year() -> None:
    session = new_session()
    for index, at in enumerate(
        ["2026-12-30T10:00:00+01:00", "2026-12-31T10:00:00+01:00", "2027-01-01T00:10:00+01:00",
         "2027-01-02T10:00:00+01:00"], 1
    ):  # fmt: skip
        clock_of(session).at = datetime.fromisoformat(at)
        incidents.open_incident(session, IncidentId(f"{index:016x}"), "inconnu", Said(), BY)
    numbers = [session.case(incident).incident.number for incident in session.store.incidents()]
    assert numbers == ["2026-001", "2026-002", "2027-001", "2027-002"]


def test_an_incident_is_found_by_its_id_or_its_number() -> None:
    session = new_case()
    assert session.find(INCIDENT) == session.find("2027-001") == INCIDENT
    refused("incident.unknown", session, lambda: session.find("2027-002"))
    refused("incident.unknown", session, lambda: session.case(IncidentId("f" * 16)))


def test_a_vault_without_practice_says_so() -> None:
    session = new_session()
    empty = Session(type(store_of(session))(session.clock), session.knowledge, session.clock)
    with pytest.raises(UserError) as caught:
        empty.practice()
    assert caught.value.code == "vault.not_found"


# --- answering ---------------------------------------------------------------------------------


def test_an_answer_replaces_a_preset_silently_then_stands() -> None:
    session = new_case("amelipro")
    say(session, account_amelipro="no")
    record = session.case(INCIDENT).incident.facts["account_amelipro"]
    assert (record.value, record.presumed) == ("no", False)
    refused("fact.already_set", session, lambda: say(session, account_amelipro="yes"))
    # Said again is said twice: the same answer is refused too, only a step may repeat it.
    refused("fact.already_set", session, lambda: say(session, account_amelipro="no"))


def test_unknown_is_an_answer_that_may_be_completed() -> None:
    session = new_case()
    say(session, health_conf="unknown")
    say(session, health_conf="yes")
    assert session.case(INCIDENT).incident.facts["health_conf"].value == "yes"
    refused("fact.already_set", session, lambda: say(session, health_conf="unknown"))


def test_presumed_follows_the_doubt() -> None:
    session = new_case("inconnu", instants={"T_ATTACK": "2027-01-12T17:00:00+01:00"})

    def presumed(rule: str) -> bool | None:
        return next((d.presumed for d in obligations(session.case(INCIDENT))
                     if d.rule.id == rule), None)  # fmt: skip

    assert presumed("CNIL-01") is True
    say(session, personal_data="yes")
    assert presumed("CNIL-01") is False
    assert presumed("CPAM-02") is True
    say(session, nir_exposed="no")
    assert presumed("CPAM-02") is None


def test_a_preset_is_presumed_until_somebody_says_it() -> None:
    session = new_case("amelipro")

    def cpam() -> bool:
        return next(d.presumed for d in obligations(session.case(INCIDENT))
                    if d.rule.id == "CPAM-01")  # fmt: skip

    assert cpam() is True
    say(session, account_amelipro="yes")
    assert cpam() is False


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"weather": "yes"}, "fact.unknown"),
        ({"malicious": "perhaps"}, "fact.bad_value"),
        ({"recipient_count": "three"}, "fact.bad_value"),
        ({"recipient_count": -1}, "fact.bad_value"),
        ({"table_cnil": "no"}, "fact.derived"),
    ],
)
def test_facts_that_are_refused(facts: dict[str, Plain], code: str) -> None:
    session = new_case()
    error = refused(code, session, lambda: say(session, **facts))
    assert error.values


@pytest.mark.parametrize(
    ("cnil", "code"),
    [
        ({"viol.colour": "red"}, "cnil.unknown"),
        ({"viol.nature": ["boredom"]}, "cnil.bad_value"),
        ({"pers.nombre": -4}, "cnil.bad_value"),
        ({"viol.description": "x" * 20_001}, "text.too_long"),
        ({"dates.connaissance": "2027-01-12T16:00:00+01:00"}, "fact.derived"),
        ({"org.siren": "123456782"}, "fact.derived"),
        ({"contact.nom": "Morel"}, "fact.derived"),
        ({"legal.nom": "Morel"}, "fact.derived"),
        ({"notif.type": "initiale"}, "fact.derived"),
    ],
)
def test_answers_of_the_form_that_are_refused(cnil: dict[str, Plain], code: str) -> None:
    session = new_case()
    refused(code, session, lambda: answer(session, cnil))


def test_an_answer_of_the_form_is_replaced_and_both_stay_in_the_trail() -> None:
    session = new_case()
    answer(session, {"pers.nombre": 2400})
    answer(session, {"pers.nombre": 2412, "data.sensibles": []})
    answers = session.case(INCIDENT).incident.answers
    assert (answers["pers.nombre"], answers["data.sensibles"]) == (2412, [])
    assert store_of(session).entries[-1].detail["before"] == {"pers.nombre": 2400}


def test_the_notice_of_the_vendor_is_one_instant_with_two_names() -> None:
    notice = "2027-01-12T16:00:00+01:00"
    session = new_case("editeur_pirate")
    answer(session, {"dates.notif_sous_traitant": notice})
    assert session.case(INCIDENT).incident.instants["T_VENDOR"] == PAST
    # The same instant in another offset agrees.
    answer(session, {"dates.notif_sous_traitant": "2027-01-12T15:00:00+00:00"})
    refused("fact.contradiction", session,
            lambda: answer(session, {"dates.notif_sous_traitant": "2027-01-12T16:01:00+01:00"}))


def test_the_notice_of_the_vendor_cannot_come_from_the_future() -> None:
    session = new_case("editeur_pirate")
    refused("instant.in_future", session,
            lambda: answer(session, {"dates.notif_sous_traitant": "2027-01-13T16:00:00+01:00"}))


def test_a_corrected_notice_moves_the_answer_of_the_form_too() -> None:
    session = new_case("editeur_pirate", instants={"T_VENDOR": "2027-01-12T16:00:00+01:00"})
    answer(session, {"dates.notif_sous_traitant": "2027-01-12T16:00:00+01:00"})
    earlier = datetime.fromisoformat("2027-01-12T15:00:00+01:00")
    said = Said(instants={"T_VENDOR": earlier})
    incidents.correct(session, INCIDENT, said, "Message retrouvé dans les indésirables.", BY)
    incident = session.case(INCIDENT).incident
    assert incident.instants["T_VENDOR"] == earlier
    told = incident.answers["dates.notif_sous_traitant"]
    assert datetime.fromisoformat(str(told)) == earlier


# --- correcting, changing the list, noting, closing ---------------------------------------------


def test_a_correction_keeps_what_was_there_with_its_reason() -> None:
    session = new_case(facts={"nir_exposed": "yes"}, instants={"T_ATTACK": PAST.isoformat()})
    said = Said({"nir_exposed": "no"}, {"T_ATTACK": PAST.replace(hour=15)})
    incidents.correct(session, INCIDENT, said, "Relu avec la caisse.", BY)
    incident = session.case(INCIDENT).incident
    assert incident.facts["nir_exposed"].value == "no"
    assert incident.instants["T_ATTACK"] == PAST.replace(hour=15)
    detail = store_of(session).entries[-1].detail
    assert detail["reason"] == "Relu avec la caisse."
    before = detail["before"]
    assert isinstance(before, dict)
    assert before["nir_exposed"] == "yes"
    assert datetime.fromisoformat(str(before["T_ATTACK"])) == PAST


@pytest.mark.parametrize(
    ("said", "reason", "code"),
    [
        (Said({"nir_exposed": "no"}), "", "reason.missing"),
        (Said({"nir_exposed": "no"}), "   x   ", "reason.missing"),
        (Said({"health_conf": "no"}), "Relu avec la caisse.", "fact.not_set"),
        (Said(instants={"T_END": PAST}), "Relu avec la caisse.", "fact.not_set"),
        (Said(instants={"T_ATTACK": LATER}), "Relu avec la caisse.", "instant.in_future"),
        (Said(instants={"T_TEA": PAST}), "Relu avec la caisse.", "instant.unknown"),
        (Said({"weather": "no"}), "Relu avec la caisse.", "fact.unknown"),
        (Said({"nir_exposed": "often"}), "Relu avec la caisse.", "fact.bad_value"),
        (Said(cnil={"pers.nombre": 3}), "Relu avec la caisse.", "fact.derived"),
    ],
)
def test_corrections_that_are_refused(said: Said, reason: str, code: str) -> None:
    session = new_case(facts={"nir_exposed": "yes"}, instants={"T_ATTACK": PAST.isoformat()})
    refused(code, session, lambda: incidents.correct(session, INCIDENT, said, reason, BY))


def test_another_list_brings_its_presumptions_and_keeps_the_answers() -> None:
    session = new_case("amelipro", facts={"malicious": "yes"})
    incidents.set_scenario(session, INCIDENT, "mauvais_destinataire", "Simple erreur d'envoi.", BY)
    incident = session.case(INCIDENT).incident
    assert incident.scenario == "mauvais_destinataire"
    # Answered: kept. Presumed by the former list only: gone. Presumed by the new one: there.
    assert (incident.facts["malicious"].value, incident.facts["malicious"].presumed) == (
        "yes", False,
    )  # fmt: skip
    assert "account_amelipro" not in incident.facts
    assert (incident.facts["stad_attack"].value, incident.facts["stad_attack"].presumed) == (
        "no", True,
    )  # fmt: skip
    refused("scenario.unknown", session,
            lambda: incidents.set_scenario(session, INCIDENT, "virus", "Raison donnée.", BY))
    refused("reason.missing", session,
            lambda: incidents.set_scenario(session, INCIDENT, "inconnu", "", BY))  # fmt: skip


def test_notes_live_in_the_trail_alone() -> None:
    session = new_case()
    incidents.add_note(session, INCIDENT, "Un patient a appelé.", PAST, BY)
    entry = store_of(session).entries[-1]
    assert (entry.kind, entry.operations, entry.detail["text"]) == (
        "note.add", (), "Un patient a appelé.",
    )  # fmt: skip
    for code, text, at in (
        ("reason.missing", "  \n ", None),
        ("text.too_long", "x" * 20_001, None),
        ("instant.in_future", "Demain.", LATER),
        ("instant.no_offset", "Hier.", PAST.replace(tzinfo=None)),
    ):
        refused(code, session, partial(incidents.add_note, session, INCIDENT, text, at, BY))


def test_a_closed_incident_is_read_only() -> None:
    session = new_case(facts={"nir_exposed": "yes"})
    incidents.close(session, INCIDENT, ("Leçon.",), {"CPAM-02": "Fait par la caisse."}, BY)
    incident = session.case(INCIDENT).incident
    assert incident.state is IncidentState.CLOSED
    assert incident.closing is not None
    assert incident.closing["leave_open"] == {"CPAM-02": "Fait par la caisse."}
    reason = "Une raison écrite."
    for act in (
        lambda: say(session, health_conf="yes"),
        lambda: incidents.correct(session, INCIDENT, Said({"nir_exposed": "no"}), reason, BY),
        lambda: incidents.set_scenario(session, INCIDENT, "inconnu", reason, BY),
        lambda: incidents.add_note(session, INCIDENT, "Encore.", None, BY),
        lambda: incidents.close(session, INCIDENT, (), {}, BY),
    ):
        refused("incident.closed", session, act)


def test_closing_wants_a_known_duty_and_a_reason() -> None:
    session = new_case()
    refused("obligation.unknown", session,
            lambda: incidents.close(session, INCIDENT, (), {"CPAM-99": "Une raison."}, BY))
    refused("reason.missing", session,
            lambda: incidents.close(session, INCIDENT, (), {"CPAM-01": ""}, BY))  # fmt: skip


def test_a_failed_write_changes_nothing() -> None:
    session = new_case()
    store_of(session).fails_with = "disk.full"
    before = session.case(INCIDENT).incident
    with pytest.raises(Exception, match=r"disk\.full"):
        say(session, health_conf="yes")
    assert session.case(INCIDENT).incident == before
    say(session, health_conf="yes")
    assert session.case(INCIDENT).incident.facts["health_conf"].value == "yes"
