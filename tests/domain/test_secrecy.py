"""A social-security number is seen in whatever way it is written; other numbers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.secrecy import find_nir, key_is_right

# Made up: town 999 does not exist. The keys follow from the rule.
WITH_KEY = "284055499912309"
IN_CORSICA = "284072A99900438"


def _nir(body: str) -> str:
    """Body of thirteen signs with its key, by the rule itself."""
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{body}{97 - number % 97:02d}"


@pytest.mark.parametrize(
    "text",
    [
        WITH_KEY,
        "2 84 05 54 999 123 09",
        "2.84.05.54.999.123.09",
        "2\u00a084\u00a005\u00a054\u00a0999\u00a0123\u00a009",
        "2\u202f84\u202f05\u202f54\u202f999\u202f123\u202f09",
        "Patiente (284055499912309), vue hier.",
        "NIR:284055499912309.",
        "no284055499912309",
        "\uff12\uff18\uff14055499912309",
        IN_CORSICA,
        "2 84 07 2a 999 004 38",
        "2840554999123",
        "2 84 05 54 999 123",
        "suivi le 12 01 de 2 84 05 54 999 123 09 puis 03 53 01 12 34",
        "0353011234 284055499912309",
    ],
)
def test_a_number_is_found(text: str) -> None:
    assert find_nir(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Aucun numero.",
        "284055499912310",  # wrong key
        "584055499912309",  # no such sex
        "123 456 782 00010",  # SIRET
        "123456782",  # SIREN
        "540000017",  # FINESS
        "10000000000",  # RPPS
        "03 53 01 12 34, 03 53 01 12 35",
        "+33 3 53 01 12 34",
        "2027-01-12T17:10:00+01:00",
        "12 01 2027 17 10 05 03",
        "FR76 3000 6000 0112 3456 7890 189",
        "1768234567890",  # milliseconds: the month would be 82
        "9782070368228",  # ISBN
        "203.0.113.47 198.51.100.23 192.0.2.10",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "ab2840554999123091cd",
        "2840554999123091",
        "2 840 554 999 123",  # an amount, in thousands
    ],
)
def test_another_number_is_left_alone(text: str) -> None:
    assert not find_nir(text)


_BODIES = st.from_regex(r"\A[12][0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[1-8][0-9]|9[0-5]|2A|2B)[0-9]{6}\Z")


@given(_BODIES, st.sampled_from(["", " ", ".", "\u00a0", "\u202f"]), st.text(max_size=5))
def test_every_number_is_found_in_every_writing(body: str, between: str, before: str) -> None:
    nir = _nir(body)
    groups = [nir[:1], nir[1:3], nir[3:5], nir[5:7], nir[7:10], nir[10:13], nir[13:]]
    assert find_nir(f"{before} : {between.join(groups)}")
    assert find_nir(f"({between.join(groups[:-1])})")


@given(_BODIES, st.integers(1, 96))
def test_a_wrong_key_is_wrong(body: str, shift: int) -> None:
    nir = _nir(body)
    wrong = f"{nir[:13]}{(int(nir[13:]) - 1 + shift) % 97 + 1:02d}"
    assert key_is_right(nir)
    assert not key_is_right(wrong)
    assert not find_nir(wrong)


def test_a_long_text_of_digits_is_read_in_no_time() -> None:
    assert not find_nir("0 " * 200_000 + "x")
    assert not find_nir("0" * 400_000 + "F")
