"""No-break spaces, apostrophes and contractions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.content.typography import NO_BREAK, fill_words, french, slots
from tests.content.playbook_data import card_lines, playbooks


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Dites : « Bonjour »", "Dites\u00a0: «\u00a0Bonjour\u00a0»"),
        ("Fermé ? Écrivez !", "Fermé\u00a0? Écrivez\u00a0!"),
        ("Coupez ; notez l'heure.", "Coupez\u00a0; notez l’heure."),
        ("758 912 profils", "758\u00a0912 profils"),
        ("de 17 h à 18 h 10", "de 17 h à 18 h 10"),
        ("https://cnil.fr/fr?x=1", "https://cnil.fr/fr?x=1"),
        ("{contact.samu}", "{contact.samu}"),
    ],
)
def test_signs_get_their_space(typed: str, shown: str) -> None:
    assert french(typed) == shown


@given(st.text(alphabet="ab '«»?!:;1 234", max_size=40))
def test_typography_is_stable_and_only_changes_spaces_and_apostrophes(text: str) -> None:
    once = french(text)
    assert french(once) == once
    assert once.replace(NO_BREAK, " ").replace("’", "'") == text


@pytest.mark.parametrize(
    ("template", "word", "shown"),
    [
        ("l'éditeur de {service}", "le logiciel médical", "l'éditeur du logiciel médical"),
        ("le mot de passe de {service}", "les comptes", "le mot de passe des comptes"),
        ("l'historique de {service}", "amelipro", "l'historique d'amelipro"),
        ("les appareils de {service}", "la boîte mail", "les appareils de la boîte mail"),
        ("De {service}", "le poste", "Du poste"),
        ("envoyez à {service}", "le prestataire", "envoyez au prestataire"),
        ("envoyez à {service}", "les sites", "envoyez aux sites"),
        ("{service} est coupé", "le logiciel", "le logiciel est coupé"),
        ("avant {limite_cnil}", "le logiciel", "avant {limite_cnil}"),
    ],
)
def test_words_contract_with_the_preposition(template: str, word: str, shown: str) -> None:
    assert fill_words(template, {"service": word}) == shown


def test_a_slot_without_a_word_is_left_alone() -> None:
    assert fill_words("à {editeur}", {"service": "le poste"}) == "à {editeur}"
    assert slots(["à {editeur}", "de {service}", "{site}"]) == {"editeur", "service"}


def test_no_sentence_of_the_playbooks_keeps_a_typewriter_sign() -> None:
    loaded = playbooks()
    lines = [
        line
        for step in loaded.library.values()
        for line in (step.title, *step.do, step.why, step.avoid, *step.evidence)
    ]
    lines += [line for card in loaded.howto.values() for line in card_lines(card)]
    lines += [text for drill in loaded.drills.values() for text in drill.objectives]
    lines += list(loaded.warnings.values())
    for line in lines:
        assert "'" not in line, line
        assert not any(f" {sign}" in line for sign in ";:!?»"), line
        assert "« " not in line, line


def test_commands_are_kept_as_typed() -> None:
    commands = [
        command
        for card in playbooks().howto.values()
        for _, lines in card.commands
        for _, command in lines
    ]
    assert len(commands) > 30
    assert all(NO_BREAK not in command and "’" not in command for command in commands)
