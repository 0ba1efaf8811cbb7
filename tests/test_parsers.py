"""T13, short form: whatever the bytes, a parser answers or raises an error that it declares."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parsers import PARSERS, Parser

SLOW = {"story", "mail", "picture", "text preview"}


@st.composite
def damaged(draw: st.DrawFn, parser: Parser) -> bytes:
    """A good input with pieces cut, changed, repeated or put in."""
    data = bytearray(draw(st.sampled_from(parser.seeds)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        stop = draw(st.integers(at, min(len(data), at + 40)))
        data[at:stop] = draw(st.binary(max_size=12) | st.just(bytes(data[:40])))
    return bytes(data)


@pytest.mark.parametrize("name", sorted(PARSERS))
def test_a_good_input_is_read(name: str) -> None:
    for seed in PARSERS[name].seeds:
        PARSERS[name].parse(seed)


@pytest.mark.parametrize("name", sorted(PARSERS))
def test_any_input_is_answered(name: str) -> None:
    parser = PARSERS[name]

    @settings(
        max_examples=40 if name in SLOW else 200, deadline=2_000, database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    @given(damaged(parser) | st.binary(max_size=300) | st.text(max_size=200).map(_bytes))
    def answered(data: bytes) -> None:
        parser.feed(data)

    answered()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
