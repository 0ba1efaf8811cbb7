"""Texts of a line, of many lines, and the values that hold them."""

from __future__ import annotations

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.length import LINE_LIMIT, TEXT_LIMIT, check_length, normalised


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("by", "a" * LINE_LIMIT),
        ("reason", "a" * TEXT_LIMIT),
        ("step", {"answers": {"devices": [{"model": "a" * TEXT_LIMIT}]}, "done_at": None}),
        ("answer", 2**53),
    ],
)
def test_what_fits_is_let_through(name: str, value: Plain) -> None:
    check_length(name, value)


@pytest.mark.parametrize(
    ("name", "value", "limit"),
    [
        ("by", "a" * (LINE_LIMIT + 1), LINE_LIMIT),
        ("reason", "a" * (TEXT_LIMIT + 1), TEXT_LIMIT),
        ("step", {"answers": {"devices": [{"model": "a" * (TEXT_LIMIT + 1)}]}}, TEXT_LIMIT),
        ("closing", {"lessons": ["short", "a" * (TEXT_LIMIT + 1)]}, TEXT_LIMIT),
        ("account", {"name": "a" * (LINE_LIMIT + 1)}, LINE_LIMIT),
    ],
)
def test_what_is_too_long_is_refused_wherever_it_hides(
    name: str, value: Plain, limit: int
) -> None:
    with pytest.raises(UserError) as refused:
        check_length(name, value)
    assert refused.value.code == "text.too_long"
    assert refused.value.values["limit"] == limit


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reason", "a\nb\tc"),
        ("title", "rapport\u202etxt.exe"),
        ("title", "a\u200bb"),
        ("title", "דוד 😀"),
    ],
)
def test_line_ends_of_a_long_text_and_signs_that_hide_are_let_in(name: str, value: str) -> None:
    check_length(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "a\nb"),
        ("title", "a\tb"),
        ("reason", "a\x00b"),
        ("reason", "a\x1b[31m"),
        ("reason", "a\x7f"),
        ("reason", "a\x9b"),
        ("reason", "\ud83d"),
        ("reason", "a\u2028b"),
        ("step", {"answers": {"devices": [{"model": "\x07"}]}}),
    ],
)
def test_control_characters_are_refused_wherever_they_hide(name: str, value: Plain) -> None:
    with pytest.raises(UserError) as refused:
        check_length(name, value)
    assert refused.value.code == "text.control"


def test_texts_are_kept_in_one_form() -> None:
    given: Plain = {"a": ["e\u0301\r\nb\rc", 1, None, True]}
    assert normalised(given) == {"a": ["é\nb\nc", 1, None, True]}
