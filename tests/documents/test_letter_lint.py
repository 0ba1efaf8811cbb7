"""A vague letter is a failing letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.documents.letter_lint import LetterText, LintWords, is_dated, problems_of
from tests import fakes

GOOD = LetterText(
    happened="Le 12 janvier 2027, nous avons appris un accès non autorisé.",
    categories=("votre nom",),
    consequences=(
        "De faux messages peuvent vous arriver.",
        "Quelqu’un peut se faire passer pour vous.",
    ),
    measures=(
        "Le 12 janvier, les mots de passe ont été changés.",
        "Le 13/01/2027, la CNIL a été prévenue.",
        "Le 1er février, une plainte a été déposée.",
    ),
    actions=("Ne cliquez pas.", "Ne donnez aucun code.", "Rappelez le numéro habituel."),
    contact="Claire Morel, 03 53 01 12 34, claire.morel@cabinet.example.fr",
)


def words() -> LintWords:
    lines = fakes.knowledge().wording.lines
    return LintWords(
        *(lines(f"lettre.lint.{name}") for name in
          ("jargon", "minimising", "vague", "asking", "months"))
    )  # fmt: skip


def problems(letter: LetterText, *, grave: bool = True) -> tuple[str, ...]:
    return problems_of(letter, words(), grave=grave)


def test_a_good_letter_has_no_problem() -> None:
    assert problems(GOOD) == ()


@pytest.mark.parametrize(
    ("letter", "problem"),
    [
        (replace(GOOD, happened=""), "happened_missing"),
        (replace(GOOD, happened="Un accès a eu lieu."), "event_without_date"),
        (replace(GOOD, categories=()), "categories_missing"),
        (replace(GOOD, consequences=GOOD.consequences[:1]), "too_few_consequences"),
        (replace(GOOD, measures=GOOD.measures[:2]), "too_few_dated_measures"),
        (replace(GOOD, measures=("Nous avons agi.",) * 5), "too_few_dated_measures"),
        (replace(GOOD, measures=("2 comptes ont été fermés.",) * 3), "too_few_dated_measures"),
        (replace(GOOD, actions=GOOD.actions[:2]), "too_few_actions"),
        (replace(GOOD, contact=" "), "contact_missing"),
        (replace(GOOD, contact="Voir www.cabinet.example"), "link"),
        (replace(GOOD, contact="Tapez https://cabinet.example"), "link"),
        (replace(GOOD, contact="Allez sur ameli.fr"), "link"),
        (replace(GOOD, contact="Dossier 2 95 10 99 126 111 93"), "patient_number"),
        (replace(GOOD, contact="Une exfiltration a eu lieu."), "jargon"),
        (replace(GOOD, contact="Soyez vigilants."), "vague"),
        (replace(GOOD, contact="Toutes les mesures nécessaires ont été prises."), "vague"),
        (replace(GOOD, contact="Confirmez votre date de naissance."), "asks_for_data"),
        (replace(GOOD, contact="C’est un incident sans gravité."), "minimises"),
        (replace(GOOD, contact="mot " * 19), "long_sentence"),
    ],
)  # fmt: skip
def test_each_fault_is_named(letter: LetterText, problem: str) -> None:
    assert problem in problems(letter)


def test_minimising_is_refused_only_when_it_is_grave() -> None:
    soft = replace(GOOD, contact="C’est un incident sans gravité.")
    assert "minimises" not in problems(soft, grave=False)


def test_an_address_of_mail_is_not_a_link() -> None:
    assert "link" not in problems(replace(GOOD, contact="dpo@groupe.sante.example.fr"))


@pytest.mark.parametrize("month", ["janvier", "février", "août", "décembre"])
def test_days_are_recognised(month: str) -> None:
    months = words().months
    assert is_dated(f"Le 1er {month} 2027", months)
    assert is_dated(f"Le mardi 12\u00a0{month}\u00a02027", months)
    assert not is_dated(f"En {month}", months)


@given(st.text(max_size=300))
def test_any_text_is_judged_without_failing(text: str) -> None:
    found = problems(replace(GOOD, contact=text))
    assert len(found) == len(set(found))
