"""The rules as data: references, certainty, and the five fixture stories of authorities.md 7.3."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from clinicir.content.obligations import load_rules
from clinicir.domain.conditions import Truth
from clinicir.domain.errors import UserError
from clinicir.domain.obligation import Combine, Level, Rule, RuleKind, Unit
from clinicir.domain.practice import TYPES
from tests.content.lookups import ABSENT, CHECKLISTS, Facts, levels

RULES = load_rules(CHECKLISTS)
DUE, COND, STRONG, ADVISED = (
    Level.OBLIGATOIRE, Level.CONDITION, Level.FORTEMENT_RECOMMANDE, Level.RECOMMANDE
)
OBLIGED = ("LBM", "RADIOTHERAPIE", "ES_PRIVE", "ES_PUBLIC", "ESMS")

# Every scenario but a misposted paper presumes nothing better about the information system.
SYSTEM = {"system_hit": "unknown"}


def rule(rule_id: str) -> Rule:
    return next(r for r in RULES if r.id == rule_id)


def test_the_closed_list_of_rules() -> None:
    assert [r.id for r in RULES] == [
        "CNIL-01", "CNIL-02", "CNIL-03", "CNIL-04",
        *(f"SANTE-{n:02}" for n in range(1, 12)),
        *(f"PLAINTE-{n:02}" for n in range(1, 9)),
        "ASSUR-01", "ASSUR-02", "CPAM-01", "CPAM-02", "ANS-01", "ANS-02", "ORDRE-01", "ORDRE-02",
        "ANSSI-01", "ANSSI-02", "CSIRT-01", "P-01", "P-03", "P-04", "PREUVE-00",
    ]


def test_every_fact_of_a_rule_is_declared() -> None:
    used = {
        name
        for r in RULES
        for c in (r.when, *(case.when for case in r.levels))
        if c is not None
        for name in c.names
    } | {r.deadline.amount_fact for r in RULES if r.deadline.amount_fact}
    assert used <= set(ABSENT)


def test_derived_decisions_are_never_unknown_when_absent() -> None:
    # An absent decision must not read as « do not notify ».
    assert {ABSENT[f] for f in ("decision_cnil", "decision_persons", "table_cnil")} == {"no"}


def test_every_line_says_where_it_comes_from() -> None:
    for r in RULES:
        assert all((r.title, r.basis, r.channel, r.proof, r.if_missed)), r.id
        assert r.source, r.id
        assert all(url.startswith("http") for url in r.source), r.id
        assert r.checked_on >= date(2026, 11, 21), r.id
        assert r.confidence in {"A", "B", "C"}, r.id


def test_confidence_of_the_rules_that_the_second_reading_lowered() -> None:
    assert (rule("SANTE-01").confidence, rule("ANSSI-02").confidence) == ("B", "C")
    assert rule("SANTE-10").confidence == "C"


def test_kinds() -> None:
    odd = {r.id: r.kind for r in RULES if r.kind is not RuleKind.OBLIGATION}
    assert odd == {
        "PLAINTE-06": RuleKind.HINT, "ANSSI-02": RuleKind.BANNER, "PREUVE-00": RuleKind.PRODUCT,
    }
    assert [r.id for r in RULES if not r.enabled] == ["ANSSI-02"]


def test_one_complaint_discharges_the_six() -> None:
    six = {f"PLAINTE-{n:02}" for n in range(1, 7)}
    for rule_id in six:
        assert set(rule(rule_id).discharged_by) == six - {rule_id}
    assert not set(rule("PLAINTE-07").discharged_by)


def test_clocks() -> None:
    def clock(rule_id: str) -> tuple[str, Unit, int, bool]:
        deadline = rule(rule_id).deadline
        return deadline.origins[0], deadline.unit, deadline.amount, deadline.legal

    assert clock("CNIL-01") == ("T_BREACH", Unit.HOURS, 72, True)
    assert rule("CNIL-01").deadline.origins[1] == "T_ATTACK"
    assert clock("CNIL-02")[1:] == (Unit.NONE, 0, False)
    assert rule("CNIL-02").deadline.target_hours == 7 * 24
    assert clock("CNIL-04") == ("filed:CNIL-01", Unit.HOURS, 72, False)
    assert clock("PLAINTE-01") == ("T_ATTACK", Unit.HOURS, 72, True)
    assert rule("PLAINTE-01").deadline.origins == ("T_ATTACK", "T_VENDOR")
    assert rule("PLAINTE-02").deadline.origins == ("T_VENDOR", "T_ATTACK")
    assert clock("SANTE-08") == ("submitted:SANTE-07", Unit.MONTHS, 3, True)
    assert clock("SANTE-11") == ("T_HARM", Unit.DAYS, 15, True)
    assert clock("P-04") == ("T_VENDOR", Unit.HOURS, 48, False)
    for rule_id, days in (("ASSUR-01", 5), ("ASSUR-02", 2)):
        deadline = rule(rule_id).deadline
        assert (deadline.unit, deadline.amount) == (Unit.WORKING_DAYS, days)
        assert deadline.combine is Combine.EARLIEST
        assert deadline.amount_fact == "contract_notice_days"
    for rule_id in ("SANTE-01", "SANTE-02", "SANTE-05"):
        assert rule(rule_id).deadline.target_hours == 4


def test_health_rules_stop_in_the_pacific() -> None:
    off = {r.id for r in RULES if r.overseas_off}
    assert off == {r.id for r in RULES if r.id.startswith(("SANTE-", "CPAM-"))}


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


# --------------------------------------------------------------- refusals


def _broken(tmp_path: Path, old: str, new: str) -> UserError:
    path = tmp_path / "obligations.toml"
    shutil.copy(CHECKLISTS / "obligations.toml", path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_rules(tmp_path)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('title = "Notifier la', 'titel = "Notifier la', "content.unknown_key", "rule[0].titel"),
        ('authority = "cnil"', 'authority = "cnlI"', "content.bad_value", "rule[0].authority"),
        ('when = "personal_data = yes"', 'when = "personal_data ="', "content.bad_value",
         "CNIL-01.when"),
        ('source = ["rgpd", "loi', 'source = ["rgdp", "loi', "content.unknown_reference",
         "CNIL-01.source"),
        ('types = ["OBLIGES"]', 'types = ["OBLIGE"]', "content.unknown_reference",
         "SANTE-01.types"),
        ('discharged_by = ["SANTE-05"]', 'discharged_by = ["SANTE-50"]',
         "content.unknown_reference", "SANTE-01.discharged_by"),
        ('"submitted(SANTE-07)"', '"submitted(SANTE-77)"', "content.unknown_reference",
         "SANTE-08.when"),
        ('origins = ["T_END"]', 'origins = ["T_FIN"]', "content.unknown_reference",
         "SANTE-06.deadline.origins"),
        ('unit = "hours", amount = 72, legal = true', 'unit = "hours", legal = true',
         "content.bad_value", "CNIL-01.deadline"),
        ('id = "CNIL-02"', 'id = "CNIL-01"', "content.bad_value", "CNIL-01"),
        ("checked_on = 2026-11-21", 'checked_on = "hier"', "content.bad_value",
         "rule[0].checked_on"),
    ],
)
def test_a_broken_rule_is_refused(
    tmp_path: Path, old: str, new: str, code: str, key: str
) -> None:
    error = _broken(tmp_path, old, new)
    assert (error.code, error.values["key"]) == (code, key)
    assert error.values["file"] == "obligations.toml"


def _step_ids() -> set[str]:
    """Ids of every step written in `steps/` and in the scenarios."""
    files = [*(CHECKLISTS / "steps").glob("*.toml"), *(CHECKLISTS / "scenarios").glob("*.toml")]
    read = (tomllib.loads(path.read_text(encoding="utf-8")) for path in files)
    return {step["id"] for file in read for step in file.get("step", []) if "title" in step}


def test_every_step_named_by_a_rule_is_written() -> None:
    assert load_rules(CHECKLISTS, _step_ids()) == RULES


def test_every_duty_has_a_step_that_does_it() -> None:
    without = {
        r.id
        for r in RULES
        if not r.steps and any(case.level > Level.SANS_OBJET for case in r.levels)
    }
    assert without == set()


def test_a_step_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        load_rules(CHECKLISTS, playbooks_steps={"NOT-01"})
    assert caught.value.code == "content.unknown_reference"
