"""A mistake in the playbooks is refused, and the message says where it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinicir.content.playbooks import load_playbooks
from clinicir.domain.errors import UserError
from tests.content.playbook_data import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "checklists"
    shutil.copytree(ROOT, root)
    return root


CASES = [
    # unknown keys
    ("steps/alerter.toml", "why = ", "why_not = ", "content.unknown_key", "step[0].why_not"),
    ("scenarios/amelipro.toml", 'letter = "a"', 'letter = "a"\ncolour = "red"',
     "content.unknown_key", "colour"),
    ("howto/reseau.toml", "note = ", "hint = ", "content.unknown_key", "howto"),
    ("drills/exercice-perte.toml", "core = ", "kern = ", "content.unknown_key", "inject[0].kern"),
    ("bundles.toml", "[[insert]]", "[[inserts]]", "content.unknown_key", "inserts"),
    ("outputs.toml", "kind = ", "kinds = ", "content.unknown_key", "brouillon_cnil.kinds"),
    ("readiness.toml", "weight = 3", "weight = 3\nseeds = []", "content.unknown_key",
     "item[0].seeds"),
    # unknown references
    ("steps/alerter.toml", 'role = "lecteur"', 'role = "lecture"', "content.unknown_reference",
     "ALR-01.role"),
    ("steps/alerter.toml", '"aware_at"', '"aware"', "content.unknown_reference", "ALR-01.fields"),
    ("steps/alerter.toml", "has_it_provider = yes", "has_it = yes", "content.unknown_reference",
     "ALR-04.when"),
    ("steps/contenir.toml", 'needs = ["PRV-01", "CON-02"]', 'needs = ["PRV-99"]',
     "content.unknown_reference", "CON-03.needs"),
    ("steps/contenir.toml", '"HT-ISOLER"', '"HT-ISOLE"', "content.unknown_reference",
     "CON-01.howto"),
    ("steps/cnil.toml", 'deadline = "cnil_72h"', 'deadline = "cnil_48h"',
     "content.unknown_reference", "NOT-01.deadline"),
    ("steps/cnil.toml", '"brouillon_cnil"', '"brouillon"', "content.unknown_reference",
     "NOT-02.output"),
    ("steps/cnil.toml", '"S-21"', '"S-99"', "content.unknown_reference", "NOT-01.source"),
    ("scenarios/amelipro.toml", '"CON-07"', '"CON-77"', "content.unknown_reference", "body"),
    ("scenarios/amelipro.toml", 'bundle = "SANTE"', 'bundle = "SANTÉ"',
     "content.unknown_reference", "body.bundle"),
    ("scenarios/amelipro.toml", '"W-06"', '"W-66"', "content.unknown_reference", "never"),
    ("scenarios/amelipro.toml", 'go = "compte_admin"', 'go = "admin"',
     "content.unknown_reference", "not_this.go"),
    ("scenarios/amelipro.toml", 'first = ["ALR-01"', 'first = ["RET-01"',
     "content.unknown_reference", "first"),
    ("scenarios/amelipro.toml", 'fact = "money_loss"', 'fact = "money"',
     "content.unknown_reference", "questions"),
    ("scenarios/amelipro.toml", "words = { service", "words = { editeur",
     "content.unknown_reference", "body.CON-13.words"),
    ("bundles.toml", 'CNIL = ["NOT-01"', 'CNIL = ["NOT-91"', "content.unknown_reference",
     "bundles.CNIL"),
    ("drills/exercice-perte.toml", '"PE-01"', '"PE-91"', "content.unknown_reference",
     "X-71.expect"),
    ("readiness.toml", 'step = "CON-05"', 'step = "CON-55"', "content.unknown_reference",
     "RD-01.step"),
    # wrong types and values
    ("steps/alerter.toml", "target_minutes = 2\n", 'target_minutes = "2min"\n',
     "content.bad_type", "step[0].target_minutes"),
    ("steps/alerter.toml", "target_minutes = 2\n", "target_minutes = 0\n", "content.bad_value",
     "ALR-01.target_minutes"),
    ("steps/cnil.toml", 'gate = "G3"', 'gate = "G9"', "content.bad_value", "step[1].gate"),
    ("steps/alerter.toml", 'when = "has_it_provider = yes"', 'when = "has_it_provider == yes"',
     "content.bad_value", "ALR-04.when"),
    ("steps/alerter.toml", 'id = "ALR-02"', 'id = "ALR-01"', "content.bad_value", "ALR-01"),
    ("steps/alerter.toml", 'phase = "alerter"', 'phase = "contenir"', "content.bad_value",
     "ALR-01.phase"),
    ("scenarios/amelipro.toml", 'malicious = "yes"', 'malicious = "oui"', "content.bad_value",
     "presets.malicious"),
    ("scenarios/amelipro.toml", 'id = "amelipro"', 'id = "ameli"', "content.bad_value", "id"),
    ("scenarios/compte_admin.toml", "target_minutes = 15 }", "target_minutes = 600 }",
     "content.bad_value", "body.ALR-07.target_minutes"),
    ("drills/exercice-perte.toml", 'type = "CAB_SOLO"', 'type = "CABINET"', "content.bad_value",
     "profile.type"),
    ("scenarios/messagerie.toml", ', advice = "', ', advise = "', "content.unknown_key",
     "not_this[0].advise"),
    ("warnings.toml", "W-01 = ", "W-01 ", "content.bad_toml", ""),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "key"), CASES, ids=[f"{case[0]}:{case[4]}" for case in CASES]
)
def test_refused_with_file_and_key(
    copy: Path, name: str, old: str, new: str, code: str, key: str
) -> None:
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load_playbooks(copy)
    assert refused.value.code == code
    assert refused.value.values["file"] == path.name
    assert str(refused.value.values.get("key", "")).startswith(key)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "phases.toml").unlink()
    with pytest.raises(UserError) as refused:
        load_playbooks(copy)
    assert refused.value.code == "content.unreadable"
    assert refused.value.values["file"] == "phases.toml"
