"""The table of corrections.md 7, row by row, and the guard against an unexplained silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.content.decisions import load_decisions
from clinicir.domain.conditions import Value
from clinicir.domain.decision import (
    Persons,
    Stakes,
    check_cnil_choice,
    decide,
    needs_confirmation,
    stakes_of,
)
from clinicir.domain.errors import UserError
from tests.content.lookups import CHECKLISTS, Facts

TABLE = load_decisions(CHECKLISTS)

ENCRYPTED: dict[str, Value] = {
    "data_unintelligible": "yes", "key_compromised": "no", "data_available": "yes",
    "care_safety": "none",
}
BOUND: dict[str, Value] = {
    "recipient_count": 1, "recipient_kind": "bound_to_secrecy", "deletion_confirmed": "yes",
    "forwarded": "no",
}
SHORT_CUT: dict[str, Value] = {
    "nature": "availability_only", "outage_hours": 24, "operation_impaired": "no",
    "copy_excluded": "yes",
}


def verdict(
    facts: dict[str, Value], presumed: dict[str, Value] | None = None
) -> tuple[str, bool, str]:
    found = decide(TABLE, Facts(facts, presumed or {}))
    return found.row.id, found.cnil, str(found.persons)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"data_published": "yes"}, ("C1", True, "now")),
        (ENCRYPTED, ("C2", False, "no")),
        ({"operation_impaired": "yes", "care_delayed": "yes"}, ("C3", True, "yes")),
        (BOUND, ("C4", False, "no")),
        ({"health_conf": "yes", "malicious": "yes"}, ("C5", True, "yes")),
        ({"nir_exposed": "yes", "malicious": "yes"}, ("C5", True, "yes")),
        ({"free_notes": "yes", "recipient_kind": "unknown"}, ("C5", True, "yes")),
        ({"vulnerable_persons": "yes"}, ("C6", True, "yes")),
        ({"recipient_kind": "private", "health_conf": "yes"}, ("C7", True, "yes")),
        (SHORT_CUT, ("C8", False, "no")),
        ({}, ("C9", True, "to_decide")),
    ],
)
def test_each_row(facts: dict[str, Value], expected: tuple[str, bool, str]) -> None:
    assert verdict(facts) == expected


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        ({**ENCRYPTED, "data_published": "yes"}, "C1"),
        ({**ENCRYPTED, "health_conf": "yes", "malicious": "yes"}, "C2"),
        ({**BOUND, "health_conf": "yes", "nir_exposed": "yes", "malicious": "no"}, "C4"),
        ({**BOUND, "vulnerable_persons": "yes"}, "C4"),
        ({**BOUND, "operation_impaired": "yes", "care_delayed": "yes"}, "C3"),
        ({"recipient_kind": "private", "health_conf": "yes", "malicious": "yes"}, "C5"),
        ({**SHORT_CUT, "vulnerable_persons": "yes"}, "C6"),
    ],
)
def test_the_first_row_wins(facts: dict[str, Value], row: str) -> None:
    assert verdict(facts)[0] == row


@pytest.mark.parametrize("facts", [ENCRYPTED, BOUND, SHORT_CUT])
def test_silence_needs_every_answer(facts: dict[str, Value]) -> None:
    for missing in facts:
        rest = {name: value for name, value in facts.items() if name != missing}
        assert verdict(rest)[0] == "C9"
        assert verdict({**rest, missing: "unknown"})[0] == "C9"
        assert verdict(rest, {missing: facts[missing]})[0] == "C9"


@pytest.mark.parametrize(
    ("name", "value", "facts"),
    [
        ("recipient_count", 2, BOUND), ("recipient_kind", "organisation", BOUND),
        ("outage_hours", 25, SHORT_CUT), ("nature", "other", SHORT_CUT),
        ("care_safety", "potential", ENCRYPTED), ("key_compromised", "yes", ENCRYPTED),
    ],
)
def test_just_outside_a_row(name: str, value: Value, facts: dict[str, Value]) -> None:
    assert verdict({**facts, name: value})[0] == "C9"


def test_an_unasked_recipient_is_not_an_unknown_one() -> None:
    assert verdict({"health_conf": "yes"})[0] == "C9"
    assert verdict({"health_conf": "yes"}, {"recipient_kind": "unknown"})[0] == "C9"
    assert verdict({"health_conf": "yes", "recipient_kind": "unknown"})[0] == "C5"


def test_a_preset_proves_nothing() -> None:
    presets: dict[str, Value] = {"data_published": "yes", "malicious": "yes", "health_conf": "yes"}
    assert verdict({}, presets) == ("C9", True, "to_decide")


def test_the_verdict_says_why() -> None:
    found = decide(TABLE, Facts({"nir_exposed": "yes", "malicious": "yes"}))
    assert found.because == ("nir_exposed", "malicious")
    assert found.cnil


_WORDS = st.sampled_from(["yes", "no", "unknown"])
_THREE_VALUED = (
    "data_published", "data_unintelligible", "key_compromised", "data_available",
    "operation_impaired", "care_delayed", "deletion_confirmed", "forwarded", "health_conf",
    "nir_exposed", "free_notes", "malicious", "vulnerable_persons", "copy_excluded",
)
_FACTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(_THREE_VALUED, _WORDS),
        "care_safety": st.sampled_from(["none", "potential", "actual", "unknown"]),
        "recipient_kind": st.sampled_from(
            ["bound_to_secrecy", "organisation", "private", "unknown"]
        ),
        "recipient_count": st.integers(0, 3),
        "outage_hours": st.integers(0, 48),
        "nature": st.sampled_from(["availability_only", "other", "unknown"]),
    },
)


@given(_FACTS)
def test_published_data_are_never_kept_silent(facts: dict[str, Value]) -> None:
    found = decide(TABLE, Facts({**facts, "data_published": "yes"}))
    assert (found.cnil, found.persons) == (True, Persons.NOW)


@given(_FACTS, st.data())
def test_forgetting_an_answer_never_makes_the_cnil_silent(
    facts: dict[str, Value], data: st.DataObject
) -> None:
    """Silence rests on answers: remove one that the winning row used and it is gone."""
    found = decide(TABLE, Facts(facts))
    if found.cnil or not found.because:
        return
    forgotten = data.draw(st.sampled_from(found.because))
    rest = {name: value for name, value in facts.items() if name != forgotten}
    again = decide(TABLE, Facts(rest))
    assert again.row.id != found.row.id


# --------------------------------------------------------------- the guard

LEAK = Stakes(confidentiality_lost=True, health=True, nir=False, malicious=True)
CALM = Stakes(confidentiality_lost=True, health=True, nir=True, malicious=False)


@pytest.mark.parametrize(
    ("stakes", "guarded"),
    [
        (LEAK, True),
        (Stakes(True, False, True, True), True),
        (Stakes(True, False, False, True), False),
        (Stakes(False, True, True, True), False),
        (CALM, False),
    ],
)
def test_when_a_confirmation_is_needed(stakes: Stakes, guarded: bool) -> None:
    assert needs_confirmation(stakes) is guarded


@pytest.mark.parametrize(
    ("reason", "confirmed", "stakes"),
    [
        ("", True, CALM), ("   \n ", True, CALM), ("x" * 100, False, LEAK),
        ("x" * 99, True, LEAK), ("x" + " " * 200, True, LEAK),
    ],
)
def test_an_unexplained_silence_is_refused(reason: str, confirmed: bool, stakes: Stakes) -> None:
    with pytest.raises(UserError) as caught:
        check_cnil_choice("do_not_notify", reason, confirmed, stakes)
    assert caught.value.code == "notification.reason_for_not_notifying_missing"


@pytest.mark.parametrize(
    ("choice", "reason", "confirmed", "stakes"),
    [
        ("notify", "", False, LEAK), ("do_not_notify", "Un seul confrère.", False, CALM),
        ("do_not_notify", "x" * 100, True, LEAK),
    ],
)
def test_an_explained_choice_passes(
    choice: str, reason: str, confirmed: bool, stakes: Stakes
) -> None:
    check_cnil_choice(choice, reason, confirmed, stakes)


def test_another_word_is_no_choice() -> None:
    with pytest.raises(UserError) as caught:
        check_cnil_choice("maybe", "raison", True, CALM)
    assert caught.value.code == "decision.bad_choice"


def test_stakes_are_read_in_facts_and_in_the_form() -> None:
    from_facts = stakes_of(Facts({"nir_exposed": "yes", "malicious": "yes"}), {})
    assert needs_confirmation(from_facts)
    from_form = stakes_of(
        Facts({}),
        {
            "viol.nature": ["confidentialite"], "data.sensibles": ["sante"],
            "viol.cause": ["interne_malveillant"],
        },
    )
    assert from_form == Stakes(True, True, False, True)
    assert not needs_confirmation(stakes_of(Facts({}), {"viol.nature": "unknown"}))
