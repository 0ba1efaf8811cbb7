"""The help: one page for each page of the program, in plain words, offline."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicir import paths
from clinicir.services import practice as practices
from clinicir.texts import screens_help as say
from clinicir.texts.typography import spaced
from clinicir.ui.desk import Desk, Place
from clinicir.ui.menus import LAYOUT
from clinicir.ui.pages.gestures import GesturesPage
from clinicir.ui.pages.help import HelpPage
from clinicir.ui.pages.recovery_sheet import RecoverySheetPage
from clinicir.ui.pages.settings import SettingsPage
from clinicir.ui.place import INCIDENT_TABS
from clinicir.ui.registry import PAGES
from clinicir.ui.shortcuts import MACOS, WINDOWS
from clinicir.ui.theme import Theme
from tests.fakes import knowledge
from tests.ui.checks import check_page

FOLDER = paths.resources() / "help"
FILES = sorted(FOLDER.glob("*.md"))
BANNED = re.compile(
    r"\b(?:exfiltration|credentials|ransomware|phishing|logs?|crypt[ée]\w*|backups?|tokens?|"
    r"mailing|publipostage|template|data breach|hash|sha-256|mfa|2fa|endpoint|poste|terminal|"
    r"valider|soumettre|obligatoire|invalide|restaurer|identifiants?|erreurs?)\b",
    re.IGNORECASE,
)
LONGEST = 20
OWN_PAGES = (SettingsPage, RecoverySheetPage, GesturesPage)


def words(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(paths_: list[Path]) -> list[str]:
    return [path.stem for path in paths_]


def sentences(text: str) -> list[str]:
    lines = [re.sub(r"^(?:#+|-|\d+\.)\s+", "", line) for line in text.splitlines()]
    return [part for line in lines for part in re.split(r"(?<=[.?;:])\s", line) if part.strip()]


def test_every_page_has_its_help_and_every_help_its_place_in_the_list() -> None:
    pages = {*PAGES, *INCIDENT_TABS, *(page.name for page in OWN_PAGES)}
    assert pages - {HelpPage.name} - say.TOPICS.keys() == set()
    assert {path.stem for path in FILES} == say.TOPICS.keys()


@pytest.mark.parametrize("path", FILES, ids=named(FILES))
def test_a_page_says_what_it_is_for_what_is_not_needed_and_who_can_help(path: Path) -> None:
    titles = re.findall(r"^(#+) (.+)$", words(path), re.MULTILINE)
    assert titles[0] == ("#", say.TOPICS[path.stem])
    assert [text for mark, text in titles].count(say.NOT_NEEDED) == 1
    assert titles[-1] == ("##", say.WHO_HELPS)
    assert "{" in words(path).partition(say.WHO_HELPS)[2]
    assert all(mark == "##" for mark, _ in titles[1:])


@pytest.mark.parametrize("path", FILES, ids=named(FILES))
def test_words_are_plain_and_well_spaced(path: Path) -> None:
    text = words(path)
    assert BANNED.findall(text) == []
    assert spaced(text) == text
    assert "'" not in text
    assert '"' not in text
    assert "!" not in text
    assert "..." not in text
    assert not re.search(r"[^\n] {2,}|\t| $", text, re.MULTILINE)
    assert not re.search(r"(?<=[\w»])[;:?!]", text.replace("{key:", "{").replace("{my:", "{"))
    long = [one for one in sentences(text) if len(re.findall(r"[\w’-]+", one)) > LONGEST]
    assert long == []


@pytest.mark.parametrize("path", FILES, ids=named(FILES))
def test_numbers_and_sites_come_from_the_directory(path: Path) -> None:
    text = re.sub(r"^\d+\. ", "", words(path), flags=re.MULTILINE)
    assert not re.search(r"\d{2}|https?:|www\.|\.(?:fr|com|gouv)\b|@", say.SLOT.sub("", text))


def test_every_slot_is_known() -> None:
    known = {
        "my:": say.OWN.keys(),
        "key:": WINDOWS.keys() & MACOS.keys(),
        "": knowledge().directory.contacts.keys(),
    }
    commands = {name for names in LAYOUT.values() for name in names}
    for path in FILES:
        for slot in say.SLOT.finditer(words(path)):
            assert slot[2] in known[slot[1] or ""], (path.stem, slot[0])
            assert slot[1] != "key:" or slot[2] in commands


def test_the_checks_can_fail() -> None:
    assert BANNED.search("Restaurer les logs")
    assert spaced("Vraiment ?") != "Vraiment ?"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> HelpPage:
    made = HelpPage(desk, FOLDER)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.open_at(Place("help", item="steps"))
    made.show()
    return made


def test_the_help_of_the_page_is_shown_with_real_contacts(page: HelpPage) -> None:
    shown = page.text.toPlainText()
    assert shown.startswith(say.TOPICS["steps"])
    assert "{" not in shown
    assert "17cyber.gouv.fr" in shown
    assert "Info-Lorraine Exemple" in shown
    assert "F8" in shown


def test_another_topic_is_chosen_in_the_list(page: HelpPage) -> None:
    page.topics.setCurrentRow(list(say.TOPICS).index("journal"))
    assert page.text.toPlainText().startswith(say.TOPICS["journal"])
    page.picker.setCurrentIndex(list(say.TOPICS).index("settings"))
    page.picker.activated.emit(0)
    assert page.text.toPlainText().startswith(say.TOPICS["settings"])
    assert page.topics.currentRow() == list(say.TOPICS).index("settings")


def test_an_unknown_page_shows_the_first_topic(page: HelpPage) -> None:
    page.open_at(Place("help", item="elsewhere"))
    assert page.text.toPlainText().startswith(say.TOPICS[say.FIRST_TOPIC])


def test_a_name_never_dresses_the_help(page: HelpPage) -> None:
    session = page.desk.session
    practice = session.practice()
    first = replace(practice.contacts[0], name="**Info** [lien](http://x.fr) <b>gras</b>")
    practices.save(session, replace(practice, contacts=(first,)), "test")
    page.show_topic("steps")
    assert "**Info** [lien](http://x.fr) <b>gras</b>" in page.text.toPlainText()


def test_a_file_that_cannot_be_read_is_said_calmly(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    made = HelpPage(desk, tmp_path)
    qtbot.addWidget(made)
    made.open_at(Place("help", item="steps"))
    assert say.UNREADABLE in made.text.toPlainText()


def test_large_words_get_the_whole_width(qapp: QApplication, page: HelpPage) -> None:
    assert page.topics.isVisible()
    assert not page.picker.isVisible()
    Theme.apply(qapp, 2.0, "light")
    try:
        assert not page.topics.isVisible()
        assert page.picker.isVisible()
        assert page.text.toPlainText().startswith(say.TOPICS["steps"])
    finally:
        Theme.apply(qapp, 1.0, "light")


def test_the_page_holds_at_every_size(page: HelpPage) -> None:
    page.activateWindow()
    check_page(page)
