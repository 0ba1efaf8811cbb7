from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.errors import CODES, BugError, StorageError, UserError
from clinicir.texts.errors import BUG, EXPLANATIONS, explain, explanation_of

PLACE = re.compile(r"\{([a-z_|]+)(?::\w+)?\}")


class Hostile:
    """A value that refuses to be shown."""

    def __str__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize("code", sorted(CODES))
def test_an_explanation_is_three_short_calm_clauses(code: str) -> None:
    found = EXPLANATIONS[code]
    for clause in (found.what, found.safe, found.todo):
        assert 10 < len(clause) < 140
        assert not clause.endswith((".", " ", "!"))
        assert "'" not in clause
        assert '"' not in clause
        assert not re.search(r"\b(erreur fatale|échec|invalide|bug|tu|ton|tes)\b", clause)
    assert found.what[0].isupper() or found.what[0] == "«"
    assert found.safe[0].islower()
    assert found.todo[0].islower()


@pytest.mark.parametrize("code", sorted(CODES))
def test_without_any_value_the_sentence_still_reads(code: str) -> None:
    sentence = explain(UserError(code))
    assert not set(sentence) & set("{}[]")
    assert sentence.endswith(".")
    assert "«\u00a0»" not in sentence
    assert "  " not in sentence


@pytest.mark.parametrize("code", sorted(CODES))
def test_with_all_values_none_is_lost(code: str) -> None:
    names = {names.split("|")[0] for names in PLACE.findall(EXPLANATIONS[code].what)}
    values = {name: f"line {i}, column {i}" for i, name in enumerate(sorted(names), 11)}
    sentence = explain(UserError(code, **values))
    for value in values.values():
        assert value.split(" ")[-1] in sentence


@given(
    st.sampled_from(sorted(CODES)),
    st.dictionaries(
        st.sampled_from(["fact", "key", "file", "need", "value", "groups", "problem", "limit"]),
        st.one_of(
            st.text(), st.integers(), st.none(), st.binary(), st.builds(Hostile), st.booleans(),
            st.lists(st.one_of(st.integers(), st.builds(Hostile))), st.floats(),
        ),
    ),
)  # fmt: skip
def test_explaining_never_raises_and_stays_one_line(code: str, values: dict[str, object]) -> None:
    sentence = explain(StorageError(code, **values))
    assert sentence.splitlines() == [sentence]
    assert "\u202e" not in sentence


def test_a_value_is_never_read_as_a_template() -> None:
    assert "«\u00a0{value}[x]\u00a0»" in explain(UserError("fact.unknown", fact="{value}[x]"))


def test_values_are_written_the_french_way() -> None:
    assert "117,7\u00a0Mio" in explain(StorageError("disk.full", need=123_456_789))
    assert "groupe 2 et 5" in explain(UserError("key.wrong_recovery_code", groups=(2, 5)))
    assert "20\u202f000 caractères" in explain(UserError("text.too_long", limit=20_000))
    told = explain(UserError("story.bad_toml", file="a.toml", problem="No (at line 3, column 5)"))
    assert "(ligne 3, colonne 5)" in told
    assert "at line" not in told


@pytest.mark.parametrize("error", [ValueError("x"), BugError("y"), KeyboardInterrupt()])
def test_what_is_not_ours_is_told_as_a_defect(error: BaseException) -> None:
    assert explanation_of(error) is BUG
    assert "défaut" in explain(error)
