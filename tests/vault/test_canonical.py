"""Canonical JSON: one value, one sequence of bytes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.ids import Plain
from clinicir.vault.canonical import MAX_DEPTH, CanonicalError, decode, decode_map, encode

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT
_PLAIN: st.SearchStrategy[Plain] = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(_PLAIN)
def test_what_is_encoded_is_read_back_the_same(value: Plain) -> None:
    data = encode(value)
    assert data.isascii()
    assert decode(data) == value
    assert json.loads(data) == value


def test_keys_are_sorted_by_code_point_and_text_is_escaped() -> None:
    assert encode({"b": 1, "a": "\u00e9\U0001f600", "Z": [True, None]}) == (
        b'{"Z":[true,null],"a":"\\u00e9\\ud83d\\ude00","b":1}'
    )


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":"\\u00E9"}',
        b'{"a":"\\u0041"}',
        b'{"a":"\xc3\xa9"}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":"\\ud800"}',
        b'{"a":"\\/"}',
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b"[" * 200_000,
        b"",
        b'{"a":1',
    ],
)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        decode(data)


@pytest.mark.parametrize("value", [1.5, {1: "a"}, {"a": b"x"}, 2**53, "\udc80", {"\udc80": 1}])
def test_values_outside_the_form_are_refused(value: object) -> None:
    with pytest.raises(CanonicalError):
        encode(value)


def test_depth_and_length_are_limited() -> None:
    deep: Plain = 1
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert decode(encode(deep)) == deep
    with pytest.raises(CanonicalError):
        encode([deep])
    with pytest.raises(CanonicalError):
        decode(b'"' + b"a" * 20 + b'"', max_bytes=10)


def test_only_an_object_is_a_map() -> None:
    assert decode_map(b'{"a":1}') == {"a": 1}
    with pytest.raises(CanonicalError):
        decode_map(b"[1]")
