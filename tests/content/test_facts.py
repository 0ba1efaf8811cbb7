"""The vocabulary: every fact and field, and what the loader refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinicir.content.facts import load_facts, load_fields
from clinicir.content.forms import load_form
from clinicir.domain.errors import UserError
from clinicir.domain.facts import Scope
from clinicir.domain.form import AnswerType
from clinicir.domain.playbook import FieldType
from tests.content.playbook_data import ROOT, facts, playbooks

UNKNOWN_WHEN_ABSENT = {
    "health_conf", "health_integ", "operation_impaired", "care_safety", "may_spread",
    "regional_effect", "malicious", "personal_data", "stad_attack", "nir_exposed",
    "insurance_cyber", "insurance_other",
}

FITS = {
    FieldType.MULTI: AnswerType.MULTI,
    FieldType.CHOICE: AnswerType.SINGLE,
    FieldType.YES_NO: AnswerType.YES_NO,
    FieldType.NUMBER: AnswerType.NUMBER,
    FieldType.RANGE: AnswerType.NUMBER,
    FieldType.DATE: AnswerType.DATE,
    FieldType.DATETIME: AnswerType.DATETIME,
    FieldType.TEXT: AnswerType.TEXT,
    FieldType.LONG_TEXT: AnswerType.LONG_TEXT,
}


def test_absence_means_what_the_architecture_says() -> None:
    asked = {name: spec for name, spec in facts().items() if spec.scope is not Scope.DERIVED}
    absent = {name: spec.when_absent for name, spec in asked.items()}
    assert {name for name, value in absent.items() if value == "unknown"} == UNKNOWN_WHEN_ABSENT
    assert {name for name, value in absent.items() if value == "yes"} == {"controls_data"}


def test_each_answerable_fact_has_a_question() -> None:
    for spec in facts().values():
        assert spec.label
        assert bool(spec.question.endswith("?")) is (spec.scope is not Scope.DERIVED), spec.id


def test_fields_bound_to_the_cnil_form_speak_its_language() -> None:
    form = load_form(ROOT, "cnil").fields
    bound = [field for field in playbooks().fields.values() if (field.binds or "")[:5] == "cnil:"]
    assert len(bound) > 15
    for field in bound:
        answer = form[(field.binds or "")[5:]]
        assert not answer.derived, field.id
        assert FITS[field.type] is answer.type, field.id
        assert {choice.id for choice in field.choices} == {c.id for c in answer.choices}, field.id


def test_nature_reads_as_the_person_says_it() -> None:
    labels = {choice.label for choice in playbooks().fields["breach_nature"].choices}
    assert labels == {
        "Fuite = Perte de la confidentialité",
        "Modification = Perte de l’intégrité",
        "Blocage = Perte de la disponibilité",
    }


def test_every_listed_fact_of_the_decision_table_can_be_answered_in_a_step() -> None:
    bound = {field.binds for field in playbooks().fields.values()}
    for fact in (
        "data_published", "data_unintelligible", "key_compromised", "data_available",
        "operation_impaired", "care_delayed", "recipient_count", "recipient_kind",
        "deletion_confirmed", "forwarded", "health_conf", "nir_exposed", "free_notes",
        "vulnerable_persons", "outage_hours", "copy_excluded", "care_safety",
    ):
        assert f"fact:{fact}" in bound, fact


def _copy(tmp_path: Path, name: str, old: str, new: str) -> Path:
    for file in ("facts.toml", "fields.toml"):
        shutil.copy(ROOT / file, tmp_path / file)
    path = tmp_path / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "key"),
    [
        ("facts.toml", 'when_absent = "unknown"', 'when_absent = "perhaps"',
         "content.bad_value", "personal_data.when_absent"),
        ("facts.toml", 'scope = "incident"', 'scope = "incident"\nsource = "x"',
         "content.unknown_key", "personal_data.source"),
        ("fields.toml", 'binds = "fact:malicious"', 'binds = "fact:malicous"',
         "content.unknown_reference", "malicious.binds"),
        ("fields.toml", 'binds = "fact:malicious"', 'binds = "fact:patient_harm"',
         "content.bad_value", "malicious.binds"),
        ("fields.toml", 'binds = "fact:malicious"', 'binds = "fact:risk"',
         "content.unknown_reference", "malicious.binds"),
        ("fields.toml", 'binds = "instant:T_ATTACK"', 'binds = "instant:T_ATTAC"',
         "content.unknown_reference", "first_sign_at.binds"),
        ("fields.toml", 'binds = "decision:cnil"', 'binds = "decision:cnill"',
         "content.unknown_reference", "decision_cnil.binds"),
        ("fields.toml", 'type = "person"', 'type = "persons"',
         "content.bad_value", "alerted_by.type"),
        ("fields.toml", 'type = "person"', 'type = "choice"',
         "content.bad_value", "alerted_by.choices"),
    ],
)
def test_a_wrong_line_is_refused_with_file_and_key(
    tmp_path: Path, name: str, old: str, new: str, code: str, key: str
) -> None:
    root = _copy(tmp_path, name, old, new)
    with pytest.raises(UserError) as refused:
        load_fields(root, load_facts(root))
    assert refused.value.code == code
    assert refused.value.values["file"] == name
    assert refused.value.values["key"] == key
