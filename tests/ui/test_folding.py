"""Every search finds a word whose accents were not typed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from clinicir.services.incidents import add_note
from clinicir.ui.desk import Desk, Place
from clinicir.ui.pages.journal import JournalPage
from tests.fakes import BY, INCIDENT


@pytest.mark.parametrize("words", ["helene", "HÉLÈNE", "œuvrard", "l'editeur"])
def test_the_journal_is_searched_without_accents(qtbot: QtBot, desk: Desk, words: str) -> None:
    add_note(desk.session, INCIDENT, "Appel à l’éditeur : Hélène Œuvrard a répondu.", None, BY)
    add_note(desk.session, INCIDENT, "Le serveur est arrêté.", None, BY)
    page = JournalPage(desk)
    qtbot.addWidget(page)
    page.open_at(Place("journal", INCIDENT))
    assert len(page.model.rows) > 2
    page.search.setText(words)
    [found] = page.model.rows
    assert "Hélène" in found.words
