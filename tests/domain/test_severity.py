"""Gravity proposed from confirmed facts (architecture.md 10 (13), corrections.md 7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.conditions import UNKNOWN, Value
from clinicir.domain.enisa import Band
from clinicir.domain.ids import Plain
from clinicir.domain.severity import (
    Assessment,
    Gravity,
    assessment_from_terms,
    propose,
    warnings_of,
)


@dataclass
class Facts:
    """Confirmed facts; the presumed ones are there to be ignored."""

    given: dict[str, Value] = field(default_factory=dict)
    presumed: dict[str, Value] = field(default_factory=dict)

    def confirmed(self, name: str) -> Value:
        return self.given.get(name, UNKNOWN)


def _scene(answers: dict[str, Plain] | None = None, row: str = "", **facts: Any) -> Assessment:
    return propose(Facts(facts), answers or {}, row=row)


def _ids(assessment: Assessment) -> set[str]:
    return {term.id for term in assessment.terms}


LEAK: dict[str, Plain] = {"viol.nature": ["confidentialite"]}
PATIENT_FILES: dict[str, Plain] = {
    **LEAK,
    "data.categories": ["etat_civil", "nir", "coordonnees"],
    "data.sensibles": ["sante"],
    "pers.categories": ["patients"],
    "pers.nombre": 2400,
}


def test_a_report_sent_to_a_known_colleague() -> None:
    found = _scene(
        {**LEAK, "data.categories": ["etat_civil", "coordonnees"], "data.sensibles": ["sante"]},
        recipient_kind="bound_to_secrecy",
        malicious="no",
    )
    assert found.score.se == 425
    assert _ids(found) >= {"dpc_4", "maximal", "conf_known"}


def test_amelipro_rights_and_nir_without_care_data() -> None:
    found = _scene(
        {
            **LEAK,
            "data.categories": ["etat_civil", "nir"],
            "data.sensibles": [],
            "pers.categories": ["patients"],
        },
        malicious="yes",
        health_conf="no",
    )
    assert found.score.se == 400
    assert found.gravity is Gravity.IMPORTANT


def test_the_worked_case_of_a_stolen_amelipro_account() -> None:
    found = _scene(PATIENT_FILES, malicious="yes", health_conf="yes", nir_exposed="yes")
    assert (found.score.dpc, found.score.ei, found.score.cb) == (400, 100, 100)
    assert found.score.se == 500
    assert found.score.band is Band.VERY_HIGH
    assert found.gravity is Gravity.IMPORTANT
    assert found.flags == ("many_persons",)
    assert found.unknowns == ()
    because = {term.id: term.because for term in found.terms}
    assert because["dpc_4"] == ("data.sensibles", "health_conf")
    assert because["malicious"] == ("malicious",)


def test_an_encrypted_laptop_stolen() -> None:
    facts: dict[str, Value] = {
        "data_unintelligible": "yes",
        "key_compromised": "no",
        "data_available": "yes",
        "malicious": "yes",
        "health_conf": "no",
    }
    answers: dict[str, Plain] = {**PATIENT_FILES}
    under_c2 = _scene(answers, row="C2", **facts)
    assert under_c2.score.se == 150
    assert under_c2.gravity is Gravity.NEGLIGEABLE
    assert "unintelligible" in under_c2.flags
    elsewhere = _scene(answers, row="C9", **facts)
    assert elsewhere.gravity is Gravity.LIMITE
    assert elsewhere.floored


def test_a_key_that_nobody_vouches_for_protects_nothing() -> None:
    found = _scene(PATIENT_FILES, data_unintelligible="yes")
    assert _ids(found) >= {"maximal", "conf_unknown"}


@pytest.mark.parametrize(
    ("answers", "facts", "dpc"),
    [
        ({}, {}, 1),
        ({"data.categories": ["etat_civil", "coordonnees"]}, {}, 1),
        ({"data.categories": ["etat_civil"], "pers.categories": ["employes"]}, {}, 1),
        ({"data.categories": ["etat_civil"], "pers.categories": ["patients"]}, {}, 3),
        ({"data.categories": ["nir"]}, {}, 3),
        ({"data.categories": ["financieres"]}, {}, 3),
        ({}, {"nir_exposed": "yes"}, 3),
        ({"data.sensibles": ["biometriques"]}, {}, 4),
        ({}, {"health_conf": "yes"}, 4),
        ({"data.sensibles": "unknown"}, {"health_conf": "no"}, 1),
    ],
)
def test_context(answers: dict[str, Plain], facts: dict[str, Value], dpc: int) -> None:
    assert propose(Facts(facts), answers).score.dpc == dpc * 100


@pytest.mark.parametrize(
    ("categories", "facts", "ei"),
    [
        ([], {}, 50),
        (["etat_civil"], {}, 50),
        (["nir"], {}, 50),
        (["etat_civil", "nir"], {}, 100),
        (["etat_civil", "coordonnees"], {}, 100),
        (["etat_civil"], {"nir_exposed": "yes"}, 100),
        (["etat_civil", "nir"], {"data_unintelligible": "yes", "key_compromised": "no"}, 25),
    ],
)
def test_ease(categories: list[Plain], facts: dict[str, Value], ei: int) -> None:
    assert propose(Facts(facts), {"data.categories": categories}).score.ei == ei


@pytest.mark.parametrize(
    ("nature", "facts", "term"),
    [
        ([], {}, "conf_none"),
        (["disponibilite"], {}, "conf_none"),
        (["confidentialite"], {}, "conf_unknown"),
        ([], {"nir_exposed": "yes"}, "conf_unknown"),
        (["confidentialite"], {"recipient_kind": "no"}, "conf_unknown"),
        (["confidentialite"], {"recipient_kind": "private"}, "conf_known"),
        (["confidentialite"], {"recipient_kind": "organisation"}, "conf_known"),
        (["confidentialite"], {"recipient_kind": "private", "data_published": "yes"},
         "conf_unknown"),
        (["confidentialite"], {"copy_excluded": "yes"}, "conf_none"),
        ([], {}, "integ_none"),
        (["integrite"], {}, "integ_recoverable"),
        ([], {"health_integ": "yes", "data_available": "yes"}, "integ_recoverable"),
        (["integrite"], {"data_available": "no"}, "integ_lost"),
        ([], {}, "avail_none"),
        (["disponibilite"], {}, "avail_temporary"),
        ([], {"operation_impaired": "yes"}, "avail_temporary"),
        (["disponibilite"], {"data_available": "no"}, "avail_lost"),
        (["disponibilite"], {"data_available": "yes"}, "avail_temporary"),
        (["disponibilite"], {"data_available": "yes", "operation_impaired": "no"}, "avail_none"),
    ],
)  # fmt: skip
def test_circumstances(nature: list[Plain], facts: dict[str, Value], term: str) -> None:
    assert term in _ids(propose(Facts(facts), {"viol.nature": nature}))


def test_a_presumed_fact_is_never_scored() -> None:
    presumed = Facts(presumed={"malicious": "yes", "health_conf": "yes", "nir_exposed": "yes"})
    found = propose(presumed, {})
    assert found.score == propose(Facts(), {}).score
    assert found.unknowns[:3] == ("health_conf", "nir_exposed", "malicious")


def test_health_or_nir_is_never_negligible() -> None:
    found = _scene({"data.categories": ["nir"]})
    assert found.score.band is Band.LOW
    assert (found.gravity, found.floored) == (Gravity.LIMITE, True)
    plain = _scene({"data.categories": ["coordonnees"]})
    assert (plain.gravity, plain.floored) == (Gravity.NEGLIGEABLE, False)


@pytest.mark.parametrize(
    ("harm", "gravity"),
    [
        ("death", Gravity.MAXIMAL),
        ("probable_deficit", Gravity.MAXIMAL),
        ("other", Gravity.IMPORTANT),
        ("none", Gravity.IMPORTANT),
    ],
)
def test_very_high_is_maximal_only_when_it_cannot_be_undone(harm: str, gravity: Gravity) -> None:
    assert _scene(PATIENT_FILES, malicious="yes", patient_harm=harm).gravity is gravity


def test_terms_chosen_by_a_person_keep_the_context_of_the_case() -> None:
    chosen = assessment_from_terms(
        2,
        1,
        ["conf_unknown", "malicious"],
        facts=Facts(),
        answers={"pers.categories": ["patients", "mineurs"]},
        reason="Une simple liste de rendez-vous.",
    )
    assert chosen.score.se == 300
    assert chosen.gravity is Gravity.IMPORTANT
    assert chosen.fragile
    assert not chosen.proposed
    plain = chosen.to_plain()
    assert plain == {
        "dpc": 2,
        "ei": "maximal",
        "cb": ["conf_unknown", "malicious"],
        "reason": "Une simple liste de rendez-vous.",
    }


def test_figures_without_names_survive_their_record() -> None:
    facts = Facts()
    first = assessment_from_terms(4, 0.25, [0.5, 0.25], facts=facts, answers={})
    plain = first.to_plain()
    again = assessment_from_terms(plain["dpc"], plain["ei"], plain["cb"], facts=facts, answers={})
    assert again == first


def test_what_must_be_said_beside_the_level() -> None:
    important = _scene(PATIENT_FILES, malicious="yes")
    assert warnings_of(important, None, persons_told=True) == ()
    assert warnings_of(important, None, persons_told=None) == ()
    assert warnings_of(important, None, persons_told=False) == ("persons_not_told",)
    assert warnings_of(important, Gravity.LIMITE, persons_told=False) == ("lower_than_proposed",)
    assert warnings_of(important, Gravity.MAXIMAL, persons_told=False) == ("persons_not_told",)
    minors = _scene({**PATIENT_FILES, "pers.categories": ["mineurs"]}, malicious="yes")
    assert warnings_of(minors, Gravity.LIMITE, persons_told=None) == (
        "fragile_persons",
        "lower_than_proposed",
    )


_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "health_conf": st.sampled_from(["yes", "no"]),
        "health_integ": st.sampled_from(["yes", "no"]),
        "nir_exposed": st.sampled_from(["yes", "no"]),
        "data_available": st.sampled_from(["yes", "no"]),
        "operation_impaired": st.sampled_from(["yes", "no"]),
        "recipient_kind": st.sampled_from(["bound_to_secrecy", "organisation", "private"]),
        "data_published": st.sampled_from(["yes", "no"]),
        "patient_harm": st.sampled_from(["none", "death"]),
    },
)


@given(_FACTS)
def test_learning_of_malice_never_lowers_the_level(facts: dict[str, Value]) -> None:
    without = propose(Facts({**facts, "malicious": "no"}), PATIENT_FILES)
    with_malice = propose(Facts({**facts, "malicious": "yes"}), PATIENT_FILES)
    assert with_malice.score.se == without.score.se + 50
    assert with_malice.gravity.rank >= without.gravity.rank


@given(_FACTS)
def test_what_is_proposed_can_be_typed_again(facts: dict[str, Value]) -> None:
    proposed = propose(Facts(facts), PATIENT_FILES)
    plain = proposed.to_plain()
    typed = assessment_from_terms(
        plain["dpc"], plain["ei"], plain["cb"], facts=Facts(facts), answers=PATIENT_FILES
    )
    assert (typed.score, typed.gravity) == (proposed.score, proposed.gravity)
