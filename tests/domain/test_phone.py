"""Numbers that ring nowhere."""

from __future__ import annotations

import pytest

from clinicir.domain.phone import is_fictional


@pytest.mark.parametrize(
    "number", ["01 99 00 20 20", "0353011234", "+33 4 65 71 15 15", "06.39.98.00.01"]
)
def test_ranges_of_fiction(number: str) -> None:
    assert is_fictional(number)


@pytest.mark.parametrize("number", ["", "17", "36 08", "01 49 55 10 00", "0199 00 20 20 1", "112"])
def test_everything_else_may_ring(number: str) -> None:
    assert not is_fictional(number)
