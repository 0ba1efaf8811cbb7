"""Which passphrases are refused and why, and what is proposed instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.errors import UserError
from clinicir.vault.passphrase import (
    CommonPasswords,
    fingerprint,
    load_common,
    load_words,
    normalised,
    propose,
    require_strong,
    weakness,
)

LISTS = Path(__file__).parents[2] / "resources" / "wordlist"
COMMON: CommonPasswords = load_common(LISTS / "common_passwords.txt", LISTS / "common_parts.txt")
WORDS = load_words(LISTS / "french.txt")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "short"),
        ("Tr7#kQ9!xv2", "short"),
        ("Tr7kQ9xv2PmZ", "classes"),
        ("tr7kqmxvpwmzhb", "classes"),
        ("abcdefghijklmnopqrst", "classes"),
        ("aaaaaaaaaaA1!", "repeats"),
        ("\u00e9" * 40, "repeats"),
        ("Password123!", "common"),
        ("MotDePasse2026!", "common"),
        ("M0tDeP@sse2026", "common"),
        ("P4ssw0rd2026!!", "common"),
        ("Cabinet-Paris-2026", "common"),
        ("Qwerty123456!?", "common"),
        ("Camille2026!Secr\u00e8t", "common"),
        ("la la la la la la la la la la", "repeats"),
        ("Tr7#kQ9!xv2P\n", "control"),
        ("Tr7#kQ9!xv2P\ud800", "control"),
        ("Tr7#kQ9!xv2P" * 42, "long"),
    ],
)
def test_weak_ones_are_refused_with_their_reason(text: str, reason: str) -> None:
    assert weakness(text, COMMON) == reason
    with pytest.raises(UserError) as caught:
        require_strong(text, COMMON)
    assert caught.value.code == "passphrase.too_weak"
    assert caught.value.values == {"reason": reason}


@pytest.mark.parametrize(
    "text",
    [
        "Tr7#kQ9!xv2P",
        "Kx92vTpqLm37Rd",
        "Le chat de la voisine mange sept souris",
        "attirer-gouffre-pavoiser-aviser-multiple-colonel-acajou",
        "\u00c9l\u00e9phant 7 traverse la Loire, vite",
    ],
)
def test_the_three_examples_of_the_cnil_are_accepted(text: str) -> None:
    assert weakness(text, COMMON) is None
    require_strong(text, COMMON)


def test_six_words_are_not_seven() -> None:
    six = "attirer gouffre pavoiser aviser multiple colonel"
    assert weakness(six, COMMON) == "classes"
    assert weakness(six + " acajou", COMMON) is None
    assert weakness(six + " colonel", COMMON) is None
    assert weakness("attirer gouffre " * 4, COMMON) == "classes"


@given(st.lists(st.sampled_from(WORDS), min_size=8, max_size=8, unique=True))
def test_every_proposal_is_accepted(words: list[str]) -> None:
    drawn = iter([WORDS.index(word) for word in words])
    proposal = propose(WORDS, lambda _: next(drawn))
    assert proposal == "-".join(words)
    assert weakness(proposal, COMMON) is None


def test_the_list_of_words_gives_the_bits_that_are_promised() -> None:
    assert len(WORDS) == len(set(WORDS)) == 1682
    assert len(WORDS) ** 8 > 2**85
    assert all(word.isascii() and word.islower() and word.isalpha() for word in WORDS)


def test_the_commonest_are_listed_and_none_can_be_read() -> None:
    assert len(COMMON.fingerprints) == 20_000
    for known in ("123456", "password", "azerty", "motdepasse"):
        assert fingerprint(known) in COMMON.fingerprints


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    assert weakness(text, COMMON) in (
        None, "control", "long", "short", "classes", "repeats", "common",
    )  # fmt: skip
    assert normalised(text) == normalised(normalised(text).decode("utf-8", "surrogatepass"))


def test_no_hidden_list_makes_a_difference() -> None:
    nothing = CommonPasswords(frozenset(), ())
    assert weakness("Password123!", COMMON) == "common"
    assert weakness("Password123!", nothing) is None
