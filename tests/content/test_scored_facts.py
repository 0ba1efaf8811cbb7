"""The gravity reads only facts that the data declare."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from clinicir.domain.conditions import Value
from clinicir.domain.ids import Plain
from clinicir.domain.severity import propose

FACTS = Path(__file__).parents[2] / "checklists" / "facts.toml"
DECLARED = frozenset(tomllib.loads(FACTS.read_text(encoding="utf-8")))


class _Declared:
    """Answers every declared fact with the same word and notes what was asked."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: set[str] = set()

    def confirmed(self, name: str) -> Value:
        self.asked.add(name)
        return self.word


@pytest.mark.parametrize("word", ["yes", "no", "unknown"])
def test_every_fact_that_is_scored_is_declared(word: str) -> None:
    nature: list[Plain] = ["confidentialite", "integrite", "disponibilite"]
    facts = _Declared(word)
    propose(facts, {"viol.nature": nature})
    assert {"health_conf", "malicious", "patient_harm"} <= facts.asked
    assert facts.asked <= DECLARED
