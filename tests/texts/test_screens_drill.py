"""Numbers and sentences of an exercise."""

from __future__ import annotations

from datetime import datetime, timedelta

from clinicir.texts import screens_drill as say
from clinicir.texts.screens_steps import DRILL_PHONE
from tests.fakes import knowledge

AT = datetime.fromisoformat("2027-03-02T10:00:00+01:00")


def test_no_number_of_the_directory_can_be_dialled_in_an_exercise() -> None:
    for contact in knowledge().directory.contacts.values():
        if contact.phone:
            assert say.dialled(contact.phone, drill=True) == DRILL_PHONE
            assert say.dialled(contact.phone, drill=False) == contact.phone
    assert say.dialled("03 53 01 12 35", drill=True) == "03 53 01 12 35"
    assert say.dialled("", drill=True) == ""


def test_every_channel_of_the_lists_has_its_words_and_its_sign() -> None:
    channels = {i.channel for d in knowledge().playbooks.drills.values() for i in d.injects}
    assert channels == set(say.CHANNELS) == set(say.CHANNEL_SIGNS)


def test_a_title_does_not_repeat_the_word_of_every_page() -> None:
    assert say.story_title("Exercice : le logiciel est fermé") == "Le logiciel est fermé"
    assert say.story_title("Sans deux points") == "Sans deux points"


def test_limits_and_counts() -> None:
    assert say.limit(None, overdue=False) == "Sans attendre"
    assert say.limit(AT, overdue=True).startswith("Dépassée depuis le 02/03/2027")
    assert say.limit(AT, overdue=False).startswith("Avant le 02/03/2027")
    told = say.summary(timedelta(minutes=52), 1, 2)
    assert told.replace("\u00a0", " ") == "52 min · 1 étape faite · 2 étapes manquées"
    assert say.next_at(AT, 1).startswith("Encore 1 message à venir.")
