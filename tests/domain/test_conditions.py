"""The condition language: Kleene's logic, definite tests, and the facts that carried a result."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.conditions import ConditionSyntaxError, Known, Truth, parse


@dataclass
class Facts:
    """An honest lookup over a table."""

    known: dict[str, Known]
    rules: set[str] = field(default_factory=set)

    def fact(self, name: str) -> Known:
        return self.known[name]

    def submitted(self, rule: str) -> bool:
        return rule in self.rules


YES, NO, UNKNOWN = Known("yes"), Known("no"), Known("unknown")


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("a = yes", {"a": YES}, Truth.TRUE),
        ("a = yes", {"a": NO}, Truth.FALSE),
        ("a = yes", {"a": UNKNOWN}, Truth.UNKNOWN),
        # `= no` is definite: what is unknown is not a no
        ("a = no", {"a": UNKNOWN}, Truth.FALSE),
        ("a != no", {"a": UNKNOWN}, Truth.TRUE),
        ("a != yes", {"a": UNKNOWN}, Truth.UNKNOWN),
        ("a in [yes, unknown]", {"a": UNKNOWN}, Truth.TRUE),
        ("a in [yes, potential]", {"a": UNKNOWN}, Truth.UNKNOWN),
        ("a is unknown", {"a": UNKNOWN}, Truth.TRUE),
        ("a is unknown", {"a": NO}, Truth.FALSE),
        ("not a = yes", {"a": UNKNOWN}, Truth.UNKNOWN),
        ("a = yes and b = yes", {"a": YES, "b": UNKNOWN}, Truth.UNKNOWN),
        ("a = yes and b = yes", {"a": UNKNOWN, "b": NO}, Truth.FALSE),
        ("a = yes or b = yes", {"a": UNKNOWN, "b": YES}, Truth.TRUE),
        ("a = yes or b = yes", {"a": UNKNOWN, "b": NO}, Truth.UNKNOWN),
        ("not (a = yes or b = yes)", {"a": NO, "b": NO}, Truth.TRUE),
        ("a <= 24", {"a": Known(24)}, Truth.TRUE),
        ("a < 24", {"a": Known(24)}, Truth.FALSE),
        ("a > 1", {"a": UNKNOWN}, Truth.UNKNOWN),
        ("a > 0", {"a": NO}, Truth.FALSE),
        ("x.y contains z", {"x.y": Known(("z", "w"))}, Truth.TRUE),
        ("x.y contains z", {"x.y": Known(("w",))}, Truth.FALSE),
        ("x.y contains z", {"x.y": UNKNOWN}, Truth.UNKNOWN),
        ("always", {}, Truth.TRUE),
        ("submitted(SANTE-07)", {}, Truth.FALSE),
    ],
)
def test_truth(text: str, facts: dict[str, Known], expected: Truth) -> None:
    assert parse(text)(Facts(facts)).truth is expected


def test_submission_is_definite() -> None:
    assert parse("submitted(SANTE-07)")(Facts({}, {"SANTE-07"})).truth is Truth.TRUE


def test_a_result_names_the_facts_that_carried_it() -> None:
    outcome = parse("a = yes and b in [yes, unknown]")(Facts({"a": YES, "b": UNKNOWN}))

    assert outcome.because == ("a", "b")
    assert outcome.presumed


def test_one_established_fact_makes_a_disjunction_certain() -> None:
    outcome = parse("a = yes or b = yes")(Facts({"a": UNKNOWN, "b": YES}))

    assert outcome.because == ("b",)
    assert not outcome.presumed


def test_a_preset_is_believed_but_presumed() -> None:
    outcome = parse("a = yes")(Facts({"a": Known("yes", presumed=True)}))

    assert outcome.truth is Truth.TRUE
    assert outcome.presumed


def test_what_nobody_said_explains_nothing() -> None:
    outcome = parse("a = yes and not b = yes")(Facts({"a": YES, "b": Known("no", given=False)}))

    assert outcome.truth is Truth.TRUE
    assert outcome.because == ("a",)


def test_macros_are_conditions_by_name() -> None:
    serious = parse("a = yes or b = yes")
    outcome = parse("SERIOUS and c = yes", {"SERIOUS": serious})

    assert outcome.names == {"a", "b", "c"}
    assert outcome(Facts({"a": NO, "b": YES, "c": YES})).truth is Truth.TRUE


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a =", "a = yes and", "(a = yes", "a = yes)", "a in []", "a in [yes", "a == yes",
        "a = yes; b", "a < many", "and = yes", "submitted(", "__import__('os')", "a = yes b = no",
        "a is known", "not",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ConditionSyntaxError):
        parse(text)


@given(st.text(max_size=60))
def test_reading_never_fails_otherwise(text: str) -> None:
    try:
        parse(text)
    except ConditionSyntaxError:
        return


_NAMES = ("a", "b", "c")


def _expressions() -> st.SearchStrategy[str]:
    tests = st.builds(
        "{} {}".format,
        st.sampled_from(_NAMES),
        st.sampled_from(["= yes", "= no", "!= yes", "in [yes, unknown]", "is unknown"]),
    )
    return st.recursive(
        tests,
        lambda inner: st.one_of(
            st.builds("({} and {})".format, inner, inner),
            st.builds("({} or {})".format, inner, inner),
            st.builds("not ({})".format, inner),
        ),
        max_leaves=8,
    )


_VALUES = st.fixed_dictionaries({name: st.sampled_from([YES, NO, UNKNOWN]) for name in _NAMES})


@given(_expressions(), _expressions(), _VALUES)
def test_de_morgan_holds(left: str, right: str, known: dict[str, Known]) -> None:
    facts = Facts(known)
    conjunction = parse(f"not (({left}) and ({right}))")(facts).truth
    disjunction = parse(f"not ({left}) or not ({right})")(facts).truth

    assert conjunction is disjunction


@given(_expressions(), _VALUES)
def test_what_rests_on_established_facts_is_never_presumed(
    text: str, known: dict[str, Known]
) -> None:
    outcome = parse(text)(Facts(known))
    if outcome.truth is Truth.UNKNOWN:
        assert outcome.presumed
    if not any(value.is_unknown for value in known.values()):
        assert not outcome.presumed
