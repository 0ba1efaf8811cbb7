"""The code that a person copies by hand, and its slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.errors import UserError
from clinicir.vault.recovery_code import (
    ALPHABET,
    check_symbols,
    generate,
    is_consistent,
    parse,
    written,
)

DATA = st.text(alphabet=ALPHABET, min_size=26, max_size=26)


def groups_of(text: str) -> object:
    """Groups named by the refusal of `text`."""
    with pytest.raises(UserError) as caught:
        parse(text)
    assert caught.value.code == "key.wrong_recovery_code"
    return caught.value.values["groups"]


def test_the_published_vector() -> None:
    assert generate(lambda _: 0) == "0000-0000-0000-0000-0000-0000-00Z7"


@given(DATA, st.sampled_from(["-", " ", "", "\u2011", " - "]), st.booleans())
def test_every_usual_way_of_typing_is_accepted(data: str, joint: str, lower: bool) -> None:
    code = written(data + check_symbols(data))
    typed = code.replace("-", joint).replace("0", "O").replace("1", "l")
    assert parse(typed.lower() if lower else typed) == data + check_symbols(data)


@given(DATA, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_an_accepted_slip_is_rare_and_never_silent_about_form(
    data: str, place: int, sign: str
) -> None:
    symbols = data + check_symbols(data)
    changed = symbols[:place] + sign + symbols[place + 1 :]
    if changed == symbols or is_consistent(changed):
        assert parse(changed) == changed
    else:
        groups_of(changed)


def test_one_slip_in_a_thousand_at_most_goes_unseen() -> None:
    symbols = parse("0000-0000-0000-0000-0000-0000-00Z7")
    slips = [
        symbols[:place] + sign + symbols[place + 1 :]
        for place in range(26)
        for sign in ALPHABET
        if sign != symbols[place]
    ]
    assert sum(map(is_consistent, slips)) <= len(slips) / 250


def test_the_groups_to_look_at_are_named() -> None:
    assert groups_of("0000-0U00-0000-0000-0000-0000-00Z7") == (2,)
    assert groups_of("0000-0000-000-0000-0000-0000-00Z7") == (3,)
    assert groups_of("0000-0000-0000-0000-0000") == (6, 7)
    assert groups_of("") == ()
    assert 4 in groups_of("0000-0000-0000-0D00-0000-0000-00Z7")  # type: ignore[operator]
    assert 7 in groups_of("0000-0000-0000-0000-0000-0000-0Z07")  # type: ignore[operator]


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_a_listed_error(text: str) -> None:
    try:
        symbols = parse(text)
    except UserError as error:
        assert error.code == "key.wrong_recovery_code"  # noqa: PT017
    else:
        assert is_consistent(symbols)


def test_codes_differ_and_use_all_their_bits() -> None:
    codes = {generate() for _ in range(50)}
    assert len(codes) == 50
    assert len(set("".join(codes))) == 33
