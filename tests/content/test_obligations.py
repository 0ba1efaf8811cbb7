"""The rules as data: references, clocks, certainty, and what is refused."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from clinicir.content.obligations import load_rules
from clinicir.domain.errors import UserError
from clinicir.domain.obligation import Combine, Level, Rule, RuleKind, Unit
from tests.content.lookups import ABSENT, CHECKLISTS

RULES = load_rules(CHECKLISTS)


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
    assert rule("PLAINTE-01").deadline.origins == ("T_ATTACK", "T_VENDOR", "T_BREACH")
    assert rule("PLAINTE-02").deadline.origins == ("T_VENDOR", "T_ATTACK", "T_BREACH")
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
