"""The other stories: main duties, levels and limits, each worked out by hand from the texts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.replayed import play

F, R, O, C = "FORTEMENT_RECOMMANDE", "RECOMMANDE", "OBLIGATOIRE", "CONDITION"  # noqa: E741

Expected = tuple[str, str, str | None, str, bool]
"""Rule, level, limit, state, presumed."""

DUTIES: dict[str, tuple[Expected, ...]] = {
    "compte_admin": (
        # Friday 26 March 2027 at 14:00, summer time on the 28th: 15:00 on the clock, still in time.
        ("CNIL-01", O, "2027-03-29T15:00:00+02:00", "done", False),
        # T_ATTACK the evening before, at 17:30; lodged half an hour after the limit.
        ("PLAINTE-01", C, "2027-03-28T18:30:00+02:00", "done_late", False),
        # From Thursday 25: Good Friday is a holiday in Alsace, then Easter Monday; 30, 31, 1, 2, 5.
        ("ASSUR-01", O, "2027-04-05T23:59:59+02:00", "done", False),
        ("CNIL-04", F, "2027-04-01T15:00:00+02:00", "open", False),
        ("CNIL-02", O, None, "open", False),
        ("SANTE-02", F, None, "done", False),
        ("SANTE-06", R, None, "open", False),
        ("CPAM-02", R, None, "open", False),
    ),
    "donnees_en_vente": (
        # 29 October 2027, 14:00 summer time: 13:00 on All Saints' Day; one second late.
        ("CNIL-01", O, "2027-11-01T13:00:00+01:00", "done_late", False),
        # One complaint discharges them all, one second before the limit.
        ("PLAINTE-01", C, "2027-11-01T13:00:00+01:00", "done", False),
        ("PLAINTE-04", F, "2027-11-01T13:00:00+01:00", "done", False),
        # The contract gives three days; Monday 1 November is a holiday: 2, 3, 4.
        ("ASSUR-01", O, "2027-11-04T23:59:59+01:00", "open", False),
        # Filed at 13:00:01, completed at 13:00:01 three days later: the last second is in time.
        ("CNIL-04", F, "2027-11-04T13:00:01+01:00", "done", False),
        ("CNIL-02", O, None, "done", False),
        ("SANTE-01", O, None, "done", False),
        ("SANTE-06", O, None, "open", False),
        ("CSIRT-01", R, None, "open", False),
    ),
    "rancongiciel": (
        ("CNIL-01", O, "2026-12-27T10:30:00+01:00", "done", False),
        ("PLAINTE-01", C, "2026-12-27T10:30:00+01:00", "done", False),
        ("PLAINTE-04", F, "2026-12-27T10:30:00+01:00", "done", False),
        # Thursday 24; Christmas and New Year's Day do not count: 28, 29, 30, 31, 4 January.
        ("ASSUR-01", O, "2027-01-04T23:59:59+01:00", "open", False),
        # Harm seen on the 24th, told within fifteen days.
        ("SANTE-11", O, "2027-01-08T23:59:59+01:00", "open", False),
        ("SANTE-02", F, None, "done", False),
        ("SANTE-06", R, None, "open", False),
        ("CPAM-02", R, None, "open", True),
    ),
    "messagerie": (
        ("CNIL-01", O, "2027-12-19T09:00:00+04:00", "done", False),
        # No cyber policy, health data out.
        ("PLAINTE-03", F, None, "open", False),
        # Thursday 16; 20 December is a holiday in La Reunion: 17, 21, 22, 23, 24.
        ("ASSUR-01", O, "2027-12-24T23:59:59+04:00", "open", False),
        ("ANS-02", F, None, "done", False),
        ("CNIL-02", O, None, "open", False),
        ("SANTE-02", F, None, "open", False),
    ),
    "perte_vol": (
        # Thursday 13 May 2027; Whit Monday on the 17th. Theft: two working days, 14 and 18.
        ("ASSUR-02", O, "2027-05-18T23:59:59+02:00", "done", False),
        ("ASSUR-01", O, "2027-05-21T23:59:59+02:00", "done", False),
        ("PLAINTE-05", F, None, "done", False),
        ("SANTE-04", R, None, "open", False),
        ("CNIL-03", O, None, "done", False),
        ("CSIRT-01", R, None, "open", False),
    ),
    "mauvais_destinataire": (("CNIL-03", O, None, "done", False),),
    "acces_indu": (
        ("CNIL-01", O, "2027-06-05T10:30:00+02:00", "done", False),
        ("CNIL-02", O, None, "done", False),
        ("PLAINTE-01", C, "2027-06-05T10:30:00+02:00", "overdue", True),
        ("PLAINTE-07", O, None, "done", False),
        ("SANTE-01", O, None, "open", False),
        # Wednesday 2 June: 3, 4, 7, 8, 9.
        ("ASSUR-01", O, "2027-06-09T23:59:59+02:00", "overdue", False),
        ("CNIL-03", O, None, "done", False),
    ),
    "inconnu": (
        ("CNIL-01", O, "2027-09-10T08:40:00+02:00", "open", True),
        ("CNIL-02", F, None, "open", True),
        ("PLAINTE-01", C, "2027-09-10T08:40:00+02:00", "open", True),
        # Tuesday 7 September: 8, 9, 10, 13, 14.
        ("ASSUR-01", O, "2027-09-14T23:59:59+02:00", "open", True),
        # The centre depends on a hospital, which has the duty.
        ("SANTE-03", F, None, "open", True),
        ("ANS-02", F, None, "open", True),
        ("CSIRT-01", R, None, "open", False),
    ),
    "panne": (
        ("CNIL-01", O, "2027-02-06T07:30:00+01:00", "done", False),
        ("CNIL-02", O, None, "done", False),
        ("SANTE-01", O, None, "done", False),
        ("SANTE-05", O, None, "done", False),
        ("SANTE-06", O, None, "done", False),
        ("SANTE-07", O, None, "done", False),
        # Three months after the first part.
        ("SANTE-08", O, "2027-05-03T23:59:59+02:00", "open", False),
        ("SANTE-11", O, "2027-02-18T23:59:59+01:00", "overdue", False),
        # To be confirmed: never more than strongly advised.
        ("SANTE-10", F, None, "open", False),
        ("ASSUR-01", O, "2027-02-10T23:59:59+01:00", "overdue", False),
    ),
    "faux_technicien": (
        # Corrected to the hour of the call.
        ("CNIL-01", O, "2027-04-22T11:15:00+02:00", "overdue", False),
        ("CNIL-02", F, None, "open", False),
        ("PLAINTE-01", C, "2027-04-22T11:15:00+02:00", "overdue", True),
        ("ASSUR-01", O, "2027-04-26T23:59:59+02:00", "open", True),
        ("SANTE-02", F, None, "open", True),
        ("CSIRT-01", R, None, "open", True),
    ),
    "fausses_ordonnances": (
        ("CNIL-03", O, None, "open", False),
        ("ORDRE-01", R, None, "done", False),
        ("ORDRE-02", F, None, "open", False),
        ("ANS-01", F, None, "open", False),
        ("CSIRT-01", R, None, "open", False),
    ),
    "groupe": (
        ("CNIL-01", O, "2027-10-08T08:00:00+02:00", "done", False),
        ("CNIL-04", F, "2027-10-09T09:00:00+02:00", "overdue", False),
        ("SANTE-01", O, None, "done", False),
        ("SANTE-06", O, None, "open", False),
        # Nobody knows yet whether residents are in danger.
        ("SANTE-09", O, None, "open", True),
        ("PLAINTE-01", C, "2027-10-08T08:00:00+02:00", "overdue", False),
        ("PLAINTE-02", C, "2027-10-08T08:00:00+02:00", "overdue", False),
        # Tuesday 5 October: 6, 7, 8, 11, 12.
        ("ASSUR-01", O, "2027-10-12T23:59:59+02:00", "overdue", False),
        ("P-01", F, None, "done", False),
        ("P-04", F, "2027-10-07T08:00:00+02:00", "overdue", False),
    ),
}

ABSENT: dict[str, set[str]] = {
    "compte_admin": {"SANTE-01", "SANTE-04", "PLAINTE-03", "PLAINTE-04", "ANSSI-01", "P-01"},
    "donnees_en_vente": {"SANTE-02", "SANTE-09", "CPAM-02", "PLAINTE-03", "ANSSI-02"},
    "rancongiciel": {"SANTE-01", "SANTE-07", "SANTE-08", "PLAINTE-06"},
    "messagerie": {"PLAINTE-01", "CPAM-01", "ASSUR-02", "CNIL-04"},
    "perte_vol": {"CNIL-01", "CNIL-02", "PLAINTE-01", "PLAINTE-03", "SANTE-02", "CPAM-02"},
    "mauvais_destinataire": {"CNIL-01", "CNIL-02", "SANTE-01", "CSIRT-01", "ASSUR-01",
                             "PLAINTE-01", "PLAINTE-08"},
    "acces_indu": {"SANTE-02", "SANTE-06", "CNIL-04", "ANSSI-01"},
    "inconnu": {"SANTE-01", "SANTE-02", "PLAINTE-03", "PLAINTE-04", "CPAM-01"},
    "panne": {"SANTE-02", "SANTE-04", "CSIRT-01", "PLAINTE-01", "PLAINTE-08", "CPAM-02"},
    "faux_technicien": {"SANTE-01", "PLAINTE-03", "ORDRE-01"},
    # Mainland health authorities do not apply in New Caledonia; no personal data; no policy.
    "fausses_ordonnances": {"CNIL-01", "CNIL-02", "SANTE-02", "SANTE-04", "CPAM-02", "ASSUR-01",
                            "PLAINTE-01"},
    "groupe": {"SANTE-02", "SANTE-04", "PLAINTE-03"},
}  # fmt: skip

SEVERITY = {
    "compte_admin": ("important", 5.0),
    "donnees_en_vente": ("important", 5.0),
    # 4 x 1 + 0.5 (unknown recipients) + 0.25 (out of service) + 0.5 (malice)
    "rancongiciel": ("important", 5.25),
    "messagerie": ("important", 5.0),
    # 4 x 0.25 (encrypted, safe code) + 0.5 (malice)
    "perte_vol": ("negligeable", 1.5),
    # 4 x 0.5 (a name alone) + 0.25 (one known recipient)
    "mauvais_destinataire": ("limite", 2.25),
    "acces_indu": ("important", 2.75),
}


@pytest.mark.parametrize("name", DUTIES)
def test_main_duties(name: str) -> None:
    played = play(name)
    found = {rule: _row(played.duty(rule)) for rule, *_ in DUTIES[name]}
    assert found == {rule: tuple(rest) for rule, *rest in DUTIES[name]}


def _row(duty: Any) -> tuple[Any, ...] | None:
    return duty and (duty["level"], duty["due_at"], duty["state"], duty["presumed"])


@pytest.mark.parametrize("name", ABSENT)
def test_what_does_not_apply_is_not_listed(name: str) -> None:
    listed = {row["id"] for row in play(name).summary["obligations"]}
    assert listed & ABSENT[name] == set()


@pytest.mark.parametrize("name", SEVERITY)
def test_severity(name: str) -> None:
    said = play(name).summary["incident"]["severity"]
    assert (said["cnil"], said["enisa"]) == SEVERITY[name]


@pytest.mark.parametrize(
    ("name", "state"),
    [("perte_vol", "closed"), ("mauvais_destinataire", "closed"), ("fausses_ordonnances", "closed"),
     ("groupe", "open"), ("panne", "open")],
)  # fmt: skip
def test_state_of_the_incident(name: str, state: str) -> None:
    assert play(name).summary["incident"]["state"] == state


def test_a_group_has_one_case_two_controllers_and_duties_by_establishment() -> None:
    played = play("groupe")
    both = ["Clinique des Gaves", "Résidence des Coteaux"]
    assert played.duty("SANTE-01")["for"] == both
    assert played.duty("SANTE-09")["for"] == ["Résidence des Coteaux"]
    kinds = [paper["kind"] for paper in played.summary["documents"]]
    # One notification for each SIREN, one health report for the case.
    assert (kinds.count("cnil"), kinds.count("cert_sante")) == (2, 1)
    # The overlay brings its steps to the scenario of the incident.
    assert played.summary["incident"]["scenario"] == "compte_admin"
    assert played.step("GR-02")["state"] == "done"
    assert played.step("PV-01") is not None
    assert play("compte_admin").step("GR-02") is None


def test_banners() -> None:
    assert play("fausses_ordonnances").summary["banners"] == ["overseas"]
    # Fifty people and more: the text to come is announced, without any duty.
    assert play("donnees_en_vente").summary["banners"] == ["ANSSI-02"]
    assert play("acces_indu").summary["banners"] == ["ANSSI-02"]
    assert play("compte_admin").summary["banners"] == []


@pytest.mark.parametrize(
    ("name", "step", "state"),
    [
        ("compte_admin", "CON-10", "not_concerned"),
        ("compte_admin", "PV-06", "done"),
        ("acces_indu", "AI-06", "done"),
        ("perte_vol", "PE-05", "not_concerned"),
        ("rancongiciel", "RET-03", "done"),
        ("panne", "SAN-07", "done"),
        ("inconnu", "CON-01", "done"),
        ("messagerie", "PLA-01", "todo"),
    ],
)
def test_states_of_steps(name: str, step: str, state: str) -> None:
    assert play(name).step(step)["state"] == state


def test_a_duty_brings_its_step() -> None:
    # The list of a lost device has no step for a justice request; SAN-10 and SAN-09 are not in
    # the one of a failure: the duties bring them.
    panne = play("panne")
    assert panne.step("SAN-10") is not None
    assert panne.step("SAN-09") is not None
    assert play("fausses_ordonnances").step("PLA-05") is not None
    assert play("perte_vol").step("SAN-10") is None


def test_changing_the_list_keeps_what_was_done() -> None:
    played = play("inconnu")
    assert played.summary["incident"]["scenario"] == "messagerie"
    assert played.step("ME-02")["state"] == "todo"
    assert played.step("CON-01")["state"] == "done"
