"""Which duties apply: the five fixture stories and the matrix of authorities.md 7.3."""

from __future__ import annotations

import pytest

from clinicir.content.obligations import load_rules
from clinicir.domain.conditions import Truth
from clinicir.domain.obligation import Level, Rule
from clinicir.domain.practice import TYPES
from tests.content.lookups import CHECKLISTS, Facts, levels

RULES = load_rules(CHECKLISTS)
DUE, COND, STRONG, ADVISED = (
    Level.OBLIGATOIRE, Level.CONDITION, Level.FORTEMENT_RECOMMANDE, Level.RECOMMANDE
)
OBLIGED = ("LBM", "RADIOTHERAPIE", "ES_PRIVE", "ES_PUBLIC", "ESMS")

# Every scenario but a misposted paper presumes nothing better about the information system.
SYSTEM = {"system_hit": "unknown"}


def rule(rule_id: str) -> Rule:
    return next(r for r in RULES if r.id == rule_id)


# --------------------------------------------------------------- the five fixture stories


def test_vendor_breached_and_a_lone_doctor() -> None:
    facts = Facts(
        {"processor_origin": "yes", "health_conf": "yes", "nir_exposed": "yes",
         "insurance_cyber": "yes", "personal_data": "yes", "table_cnil": "yes"}, SYSTEM,
    )
    found = levels(RULES, "CAB_SOLO", facts)
    expected = {
        "P-01": STRONG, "SANTE-02": STRONG, "PLAINTE-02": COND, "ASSUR-01": DUE,
        "CPAM-02": ADVISED, "CNIL-01": DUE,
    }
    assert expected.items() <= found.items()
    assert not {"SANTE-01", "SANTE-03", "SANTE-04", "P-03", "P-04"} & set(found)


def test_privileged_account_of_a_clinic_and_profiles_on_sale() -> None:
    facts = Facts(
        {"stad_attack": "yes", "health_conf": "yes", "data_published": "yes",
         "insurance_cyber": "yes"}, SYSTEM,
    )
    found = levels(RULES, "ES_PRIVE", facts)
    assert {"SANTE-01": DUE, "PLAINTE-01": COND, "ASSUR-01": DUE}.items() <= found.items()
    assert not {"SANTE-02", "PLAINTE-03", "PLAINTE-07"} & set(found)


def test_amelipro_account_of_a_pharmacy() -> None:
    facts = Facts(
        {"account_amelipro": "yes", "nir_exposed": "yes", "stad_attack": "yes"}, SYSTEM
    )
    found = levels(RULES, "PHARMACIE", facts)
    assert {"CPAM-01": STRONG, "PLAINTE-01": COND, "SANTE-02": STRONG}.items() <= found.items()
    # Nobody knows yet whether health data were seen: the level is reached by prudence.
    when = rule("SANTE-02").when
    assert when is not None
    outcome = when(facts)
    assert outcome.truth is Truth.UNKNOWN
    assert outcome.presumed
    assert "health_conf" in outcome.because
    assert "SANTE-04" not in found


@pytest.mark.parametrize("touched", [True, False])
def test_group_of_clinics_and_care_homes(touched: bool) -> None:
    care = "yes" if touched else "no"
    facts = Facts(
        {"health_conf": "yes", "may_spread": "yes", "operation_impaired": care,
         "care_safety": "potential" if touched else "none"}, SYSTEM,
    )
    clinic, home = levels(RULES, "ES_PRIVE", facts), levels(RULES, "ESMS", facts)
    assert clinic["SANTE-01"] is DUE
    assert home["SANTE-01"] is DUE
    assert "SANTE-09" not in clinic
    assert ("SANTE-09" in home) is touched


def test_ransomware_in_a_health_house() -> None:
    facts = Facts(
        {"operation_impaired": "yes", "extortion": "yes", "care_safety": "potential",
         "stad_attack": "yes", "malicious": "yes", "system_hit": "yes"},
    )
    found = levels(RULES, "MSP", facts)
    expected = {
        "SANTE-02": STRONG, "PLAINTE-01": COND, "PLAINTE-04": STRONG, "CSIRT-01": ADVISED,
        "ASSUR-01": DUE,
    }
    assert expected.items() <= found.items()


# --------------------------------------------------------------- the matrix, row by row


@pytest.mark.parametrize("practice", TYPES)
def test_reporting_level_by_type(practice: str) -> None:
    leak = levels(RULES, practice, Facts({"health_conf": "yes", "system_hit": "yes"}))
    obliged = practice in OBLIGED
    assert leak.get("SANTE-01") is (DUE if obliged else None)
    assert leak.get("SANTE-02") is (None if obliged else STRONG)
    quiet = Facts(
        {"health_conf": "no", "health_integ": "no", "operation_impaired": "no",
         "care_safety": "none", "regional_effect": "no", "may_spread": "no",
         "malicious": "unknown", "system_hit": "yes"}
    )
    minor = levels(RULES, practice, quiet)
    assert {name: level for name, level in minor.items() if name.startswith("SANTE-")} == {
        "SANTE-04": ADVISED
    }


@pytest.mark.parametrize("practice", TYPES)
def test_no_health_report_for_a_misposted_paper(practice: str) -> None:
    found = levels(RULES, practice, Facts({"health_conf": "yes", "system_hit": "no"}))
    assert not {"SANTE-01", "SANTE-02", "SANTE-03", "SANTE-04", "SANTE-05"} & set(found)


def test_parent_entity_declares() -> None:
    facts = Facts({"health_conf": "yes", "system_hit": "yes", "depends_on_obliged": "yes"})
    found = levels(RULES, "IMAGERIE", facts)
    assert found["SANTE-03"] is STRONG
    assert "SANTE-02" not in found
    assert rule("SANTE-03").duty_of


def test_resolution_follows_the_report() -> None:
    def level(*acts: str) -> Level | None:
        return levels(RULES, "LBM", Facts({}, acts=frozenset(acts))).get("SANTE-06")

    assert level() is None
    assert level("SANTE-01") is DUE
    assert level("SANTE-05") is DUE
    assert level("SANTE-02") is ADVISED


@pytest.mark.parametrize(
    ("harm", "severe", "told"),
    [("none", False, False), ("other", False, True), ("death", True, True),
     ("life_threatening", True, True), ("probable_deficit", True, True)],
)
def test_harm_to_a_patient(harm: str, severe: bool, told: bool) -> None:
    found = levels(RULES, "CAB_SOLO", Facts({"patient_harm": harm}))
    assert ("SANTE-07" in found) is severe
    assert ("SANTE-11" in found) is told
    untold = levels(RULES, "CAB_SOLO", Facts({}))
    assert not {"SANTE-07", "SANTE-08", "SANTE-11"} & set(untold)


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"health_conf": "no"}, ADVISED),
        ({"health_conf": "yes"}, STRONG),
        ({"health_conf": "no", "extortion": "yes"}, STRONG),
        ({"health_conf": "no", "identity_abuse": "yes"}, STRONG),
    ],
)
def test_complaint_of_the_uninsured(facts: dict[str, str], level: Level) -> None:
    given = {"stad_attack": "yes", "insurance_cyber": "no", **facts}
    found = levels(RULES, "CAB_SOLO", Facts(given))
    assert found["PLAINTE-03"] is level
    assert "PLAINTE-01" not in found


@pytest.mark.parametrize(
    ("care", "hint"), [("actual", True), ("potential", False), ("unknown", False)]
)
def test_danger_to_care_is_mentioned_once_established(care: str, hint: bool) -> None:
    found = levels(RULES, "RADIOTHERAPIE", Facts({"care_safety": care}))
    assert ("PLAINTE-06" in found) is hint


def test_no_complaint_without_malice() -> None:
    found = levels(RULES, "CAB_SOLO", Facts({"malicious": "no", "stad_attack": "no"}))
    assert not [name for name in found if name.startswith(("PLAINTE-", "CSIRT-"))]


@pytest.mark.parametrize(
    ("cyber", "other", "due"),
    [("no", "no", False), ("no", "unknown", True), ("yes", "no", True), ("no", "yes", True)],
)
def test_every_policy_is_told(cyber: str, other: str, due: bool) -> None:
    facts = {"insurance_cyber": cyber, "insurance_other": other, "device_stolen": "yes"}
    found = levels(RULES, "CAB_SOLO", Facts(facts))
    assert ("ASSUR-01" in found) is due
    assert ("ASSUR-02" in found) is due


@pytest.mark.parametrize(
    ("facts", "cnil", "persons"),
    [
        ({}, DUE, None),
        ({"table_cnil": "no", "table_persons": "no"}, None, None),
        ({"table_cnil": "no", "decision_cnil": "notify"}, DUE, None),
        ({"table_cnil": "yes", "decision_cnil": "do_not_notify"}, None, None),
        ({"table_cnil": "yes", "table_persons": "to_decide"}, DUE, STRONG),
        ({"table_cnil": "yes", "table_persons": "now"}, DUE, DUE),
        ({"table_cnil": "yes", "table_persons": "yes"}, DUE, DUE),
        ({"table_cnil": "yes", "table_persons": "yes", "decision_persons": "ne_seront_pas"},
         DUE, None),
        ({"table_cnil": "no", "table_persons": "no", "decision_persons": "seront"}, None, DUE),
        ({"table_cnil": "yes", "table_persons": "now", "decision_persons": "indetermine"},
         DUE, DUE),
    ],
)
def test_cnil_and_persons(
    facts: dict[str, str], cnil: Level | None, persons: Level | None
) -> None:
    # `table_cnil` absent reads as no: the engine always gives it, here the empty case says yes.
    given = {"personal_data": "yes", "table_cnil": "yes", "table_persons": "no", **facts}
    found = levels(RULES, "CAB_SOLO", Facts(given))
    assert found.get("CNIL-01") is cnil
    assert found.get("CNIL-02") is persons
    assert found["CNIL-03"] is DUE


def test_no_personal_data_no_notification() -> None:
    found = levels(RULES, "CAB_SOLO", Facts({"personal_data": "no"}))
    assert not {"CNIL-01", "CNIL-02", "CNIL-04"} & set(found)


def test_complementary_follows_the_first_filing() -> None:
    filed = Facts({"personal_data": "yes"}, acts=frozenset({"CNIL-01-INITIALE"}))
    assert levels(RULES, "CAB_SOLO", filed)["CNIL-04"] is STRONG


def test_processors() -> None:
    asked = Facts(
        {"processor_origin": "yes", "processor_answered": "no"}, acts=frozenset({"P-01"})
    )
    assert levels(RULES, "CAB_SOLO", asked)["P-04"] is STRONG
    answered = Facts({**asked.given, "processor_answered": "yes"}, acts=asked.acts)
    assert "P-04" not in levels(RULES, "CAB_SOLO", answered)
    assert levels(RULES, "CDS", Facts({"controls_data": "no"}))["P-03"] is DUE
    assert "P-03" not in levels(RULES, "CDS", Facts({}))
