"""Doubts about identifiers: warnings, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.errors import BugError
from clinicir.domain.secrecy import key_is_right
from clinicir.intake.identifiers import KINDS, Doubt, check, compact


@pytest.mark.parametrize(
    ("kind", "text", "doubt"),
    [
        ("siren", "123456782", None),
        ("siren", "123 456 782", None),
        ("siren", "123456783", Doubt.KEY),
        ("siren", "12345678", Doubt.LENGTH),
        ("siren", "12345678A", Doubt.FORM),
        ("siret", "12345678200010", None),
        ("siret", "123 456 782 00010", None),
        ("siret", "12345678200011", Doubt.KEY),
        ("siret", "1234567820001", Doubt.LENGTH),
        # La Poste: the sum of the digits is a multiple of five, and Luhn does not hold
        ("siret", "35600000000010", None),
        ("siret", "35600000000011", Doubt.KEY),
        ("nir", "2 84 05 54 999 123 09", None),
        ("nir", "284055499912310", Doubt.KEY),
        ("nir", "284072A99900438", None),
        ("nir", "284072b99900465", None),
        ("nir", "284072C99900438", Doubt.FORM),
        ("nir", "2840554999123", Doubt.LENGTH),
        ("finess", "540000015", None),
        ("finess", "54 000 001 5", None),
        ("finess", "540000018", Doubt.KEY),
        ("finess", "2A0000014", None),
        ("finess", "2a0000014", None),
        ("finess", "2B0000012", None),
        ("finess", "2A0000012", Doubt.KEY),
        ("finess", "2C0000012", Doubt.FORM),
        ("finess", "5400000150", Doubt.LENGTH),
        ("finess", "54000001X", Doubt.FORM),
        ("rpps", "10000000000", None),
        ("rpps", "1000000000", Doubt.LENGTH),
        ("rpps", "1000000000X", Doubt.FORM),
        ("adeli", "541234567", None),
        ("adeli", "2A1234567", None),
        ("adeli", "54123456", Doubt.LENGTH),
        ("adeli", "54123456X", Doubt.FORM),
    ],
)
def test_doubts(kind: str, text: str, doubt: Doubt | None) -> None:
    assert check(kind, text) is doubt


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=40))
def test_whatever_is_typed_is_never_refused(kind: str, text: str) -> None:
    assert check(kind, text) in (None, *Doubt)


@given(st.from_regex(r"\A[12][0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[1-8][0-9]|2A|2B)[0-9]{8}\Z"))
def test_the_library_and_the_domain_agree_on_the_key_of_a_nir(nir: str) -> None:
    assert (check("nir", nir) is None) is key_is_right(nir)


@given(st.integers(0, 10**8 - 1), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_seen(body: int, place: int, shift: int) -> None:
    finess = next(
        f"{body:08d}{last}" for last in range(10) if check("finess", f"{body:08d}{last}") is None
    )
    wrong = (int(finess[place]) + shift) % 10
    assert check("finess", f"{finess[:place]}{wrong}{finess[place + 1 :]}") is Doubt.KEY


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(BugError):
        check("passport", "12AB34567")


def test_separators_do_not_count() -> None:
    assert compact(" 2a0.000-014\u00a0") == "2A0000014"
