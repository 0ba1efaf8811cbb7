"""Texts of a line, of many lines, and the values that hold them."""

from __future__ import annotations

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.length import LINE_LIMIT, TEXT_LIMIT, check_length


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
