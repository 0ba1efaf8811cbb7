from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.texts.typography import listed, plural, quoted_value, spaced, unbroken


def test_spaces_of_high_signs_and_quotes() -> None:
    assert spaced("Quoi ? « Non » : fin ; ici !") == (
        "Quoi\u202f? «\u00a0Non\u00a0»\u00a0: fin\u202f; ici\u202f!"
    )


@pytest.mark.parametrize("text", ["12:30", "a;b", "https://exemple.example/?x=1"])
def test_what_has_no_space_gets_none(text: str) -> None:
    assert spaced(text) == text


@given(st.text())
def test_spacing_twice_is_spacing_once(text: str) -> None:
    assert spaced(spaced(text)) == spaced(text)
    assert len(spaced(text)) == len(text)


@given(st.text())
def test_a_quoted_value_is_one_visible_line(text: str) -> None:
    shown = quoted_value(text, 40)
    assert len(shown) <= 40
    assert all(c == " " or not c.isspace() for c in shown)
    assert not set(shown) & set("\n\r\t\x00\u202e\u2066\u200b")


def test_a_long_value_ends_with_an_ellipsis() -> None:
    assert quoted_value("a" * 81) == "a" * 79 + "…"
    assert quoted_value("a" * 80) == "a" * 80


def test_lists_and_plurals() -> None:
    assert [listed(list(words)) for words in ("", "a", "ab", "abc")] == ["", "a", "a et b",
                                                                        "a, b et c"]  # fmt: skip
    assert [plural(n, "jour") for n in (0, 1, 2)] == ["jour", "jour", "jours"]
    assert plural(2, "journal", "journaux") == "journaux"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Refusez toute demande e-CPS", "Refusez toute demande e-\u2060CPS"),
        ("Notez-le, puis rappelez-les", "Notez-\u2060le, puis rappelez-\u2060les"),
        ("peut-\u00eatre", "peut-\u00eatre"),
        ("rendez-vous", "rendez-vous"),
        ("- un tiret seul", "- un tiret seul"),
    ],
)
def test_a_hyphen_with_little_on_one_side_never_ends_a_line(text: str, drawn: str) -> None:
    assert unbroken(text) == drawn
