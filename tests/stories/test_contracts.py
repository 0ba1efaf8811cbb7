"""The two stories of the contract, against an account of them written from the texts.

Each row was worked out by hand from the table of rules, the table of decisions, the clocks and the
holidays; nothing here was copied from an output of the program.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.stories.replayed import play

GRAVE = (
    "health_conf", "health_integ", "operation_impaired", "care_safety", "regional_effect",
    "may_spread",
)  # fmt: skip


class Row(NamedTuple):
    """One duty as expected."""

    level: str
    due_at: str | None
    state: str
    because: tuple[str, ...]
    presumed: bool = False


F, R, O, C = "FORTEMENT_RECOMMANDE", "RECOMMANDE", "OBLIGATOIRE", "CONDITION"  # noqa: E741

AMELIPRO = {
    # T_BREACH corrected to 16:40, + 72 h; filed on the 13th.
    "CNIL-01": Row(O, "2027-01-15T16:40:00+01:00", "done", ("personal_data",)),
    # Row C5: NIR exposed and malicious. Told on the 18th.
    "CNIL-02": Row(O, None, "done", ("personal_data", "table_persons")),
    "CNIL-03": Row(O, None, "done", ()),
    # Filed on the 13th at 10:22, + 72 h; completed on the 22nd.
    "CNIL-04": Row(F, "2027-01-16T10:22:00+01:00", "done_late", ()),
    # A pharmacy is not on the list of the decree; nothing is known of the criteria.
    "SANTE-02": Row(F, None, "open", ("system_hit", *GRAVE), presumed=True),
    # T_ATTACK corrected to 16:40, + 72 h; never lodged. The policy is not known.
    "PLAINTE-01": Row(
        C, "2027-01-15T16:40:00+01:00", "overdue", ("stad_attack", "insurance_cyber"), True
    ),
    # Tuesday 12; five working days: 13, 14, 15, 18, 19.
    "ASSUR-01": Row(
        O, "2027-01-19T23:59:59+01:00", "overdue", ("insurance_cyber", "insurance_other"), True
    ),
    "CPAM-01": Row(F, None, "done", ("account_amelipro",)),
    "CPAM-02": Row(R, None, "open", ("nir_exposed",)),
    "CSIRT-01": Row(R, None, "open", ("malicious",)),
}

VENDOR = {
    # Friday 20 November at 18:00: Monday 23 at 18:00.
    "CNIL-01": Row(O, "2026-11-23T18:00:00+01:00", "open", ("personal_data",)),
    "CNIL-02": Row(O, None, "open", ("personal_data", "table_persons")),
    "CNIL-03": Row(O, None, "done", ()),
    # Health data are out for sure; whether an information system was hit is presumed.
    "SANTE-02": Row(F, None, "open", ("system_hit", "health_conf"), presumed=True),
    "PLAINTE-01": Row(C, "2026-11-23T18:00:00+01:00", "open", ("stad_attack", "insurance_cyber")),
    "PLAINTE-02": Row(
        C, "2026-11-23T18:00:00+01:00", "open",
        ("processor_origin", "stad_attack", "insurance_cyber"),
    ),
    # The contract gives five days: 23, 24, 25, 26, 27.
    "ASSUR-01": Row(O, "2026-11-27T23:59:59+01:00", "open", ("insurance_cyber",)),
    "CPAM-02": Row(R, None, "open", ("nir_exposed",)),
    "CSIRT-01": Row(R, None, "open", ("malicious",)),
    "P-01": Row(F, None, "open", ("processor_origin",)),
}  # fmt: skip


def duties(name: str) -> dict[str, Row]:
    return {
        row["id"]: Row(
            row["level"], row["due_at"], row["state"], tuple(row["because"]), row["presumed"]
        )
        for row in play(name).summary["obligations"]
    }


@pytest.mark.parametrize(("name", "expected"), [("amelipro", AMELIPRO), ("vendor", VENDOR)])
def test_duties_levels_instants_states_and_reasons(name: str, expected: dict[str, Row]) -> None:
    assert duties(name) == expected


@pytest.mark.parametrize(
    ("name", "practice"),
    [("amelipro", "Pharmacie du Tilleul"), ("vendor", "Cabinet du Dr Hélène Garnier")],
)
def test_each_duty_says_for_whom(name: str, practice: str) -> None:
    assert {tuple(row["for"]) for row in play(name).summary["obligations"]} == {(practice,)}


def test_clocks_and_authorities() -> None:
    rows = {row["id"]: (row["clock"], row["authority"])
            for row in play("amelipro").summary["obligations"]}  # fmt: skip
    assert rows["CNIL-01"] == ("T_BREACH", "cnil")
    assert rows["PLAINTE-01"] == ("T_ATTACK", "police")
    assert rows["ASSUR-01"] == ("T_ATTACK", "insurer")
    assert rows["CPAM-02"] == ("T_BREACH", "cpam")
    vendor = {row["id"]: (row["clock"], row["authority"])
              for row in play("vendor").summary["obligations"]}  # fmt: skip
    assert vendor["PLAINTE-02"] == ("T_VENDOR", "police")
    assert vendor["P-01"] == ("T_VENDOR", "processor")


@pytest.mark.parametrize(
    ("name", "incident"),
    [
        # 3 (NIR) x 1 (identity and NIR) + 0.5 (unknown recipients) + 0.5 (malice)
        ("amelipro", ("2027-001", "amelipro", "open", {"cnil": "important", "enisa": 4.0})),
        # 4 (health) x 1 + 0.5 + 0.5
        ("vendor", ("2026-001", "editeur_pirate", "open", {"cnil": "important", "enisa": 5.0})),
    ],
)
def test_incident_and_severity(name: str, incident: tuple[Any, ...]) -> None:
    summary = play(name).summary
    said = summary["incident"]
    assert (said["number"], said["scenario"], said["state"], said["severity"]) == incident
    assert (summary["inconsistencies"], summary["banners"]) == ([], [])


def test_papers_attachments_and_steps_of_amelipro() -> None:
    played = play("amelipro")
    assert [(paper["kind"], paper["version"]) for paper in played.summary["documents"]] == [
        ("cnil", "initiale"), ("plainte", ""), ("cert_sante", ""), ("cnil", "complementaire"),
        ("registre", ""), ("journal", ""),
    ]  # fmt: skip
    assert played.summary["attachments"] == ["registre.csv"]
    assert played.step("ALR-01") == {
        "id": "ALR-01", "phase": "alerter", "state": "done",
        "done_at": "2027-01-12T17:05:00+01:00",
    }  # fmt: skip
    assert played.step("AP-02")["done_at"] == "2027-01-12T17:28:00+01:00"
    touched = {row["id"] for row in played.summary["steps"] if row["state"] != "todo"}
    assert touched == {"ALR-01", "AP-02"}
    # The vault, the practice, one entry an act, two a paper.
    assert played.summary["trail"]["entries"] == 1 + 1 + 11 + 2 * 6


def test_missing_answers_of_amelipro_are_told_not_refused() -> None:
    initial, *_, complementary, _, _ = play("amelipro").summary["documents"]
    assert {"org.tva", "mesures.avant", "info.moyen"} <= set(initial["missing"])
    assert "viol.nature" not in initial["missing"]
    assert "info.moyen" not in complementary["missing"]


def test_papers_attachments_and_steps_of_vendor() -> None:
    played = play("vendor")
    assert [(paper["kind"], paper["version"]) for paper in played.summary["documents"]] == [
        ("prestataire", "demande_informations"), ("cnil", "initiale"), ("assureur", ""),
        ("point", ""), ("lettre", ""), ("registre", ""),
    ]  # fmt: skip
    assert played.summary["attachments"] == ["registre.csv"]
    assert played.step("ED-04")["state"] == "blocked"
    assert played.step("ED-04")["done_at"] is None
    assert [piece["label"] for piece in played.summary["evidence"]] == ["alerte"]
    # The vault, the practice, four acts that write (two refusals do not), two a paper.
    assert played.summary["trail"]["entries"] == 1 + 1 + 4 + 2 * 6
