"""How the playbooks are written: short lines, ordinary words, nothing that could harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import mean

from clinicir.content.directory import load_directory
from clinicir.domain.wording import placeholders
from tests.content.playbook_data import ROOT, card_lines, playbooks

FORBIDDEN = re.compile(
    r"\b(logs?|tokens?|endpoints?|ioc|exfiltration|endiguement|remédiation|malwares?|phishing|mfa|"
    r"backups?|patchs?|clusters?|soc|siem)\b",
    re.IGNORECASE,
)
DOMAIN_NAME = re.compile(r"\b[\w.-]+\.(?:fr|com|org|gouv\.fr)\b")

FREE = {"service", "editeur", "pilote", "t0", "limite_cnil", "limite_plainte", "site", "caisse"}

PHONE = re.compile(
    r"\b(?:0\d(?:[ .\u00a0]?\d\d){4}|3\d[ \u00a0]?\d\d|116[ \u00a0]?006|33[ \u00a0]?700)\b"
)
SHORT_PHONE = re.compile(r"\b(?:au|le|composez|appelez le) (?:15|17|18|112)\b", re.IGNORECASE)

GLOSSED = ("FINESS", "SIREN", "IMEI", "UPnP", "DMZ")


def count(line: str) -> int:
    """Words of a line: signs standing alone are not words."""
    return sum(1 for word in line.split() if any(char.isalnum() for char in word))


def sentences() -> Iterator[tuple[str, str]]:
    loaded = playbooks()
    for step in loaded.library.values():
        for line in (step.title, *step.do, step.why, step.avoid):
            yield step.id, line
    for scenario in loaded.scenarios.values():
        for step in scenario.steps:
            for line in (step.title, *step.do, step.why, step.avoid):
                yield f"{scenario.id}/{step.id}", line
    for card in loaded.howto.values():
        for line in (card.title, *card_lines(card)):
            yield card.id, line
    yield from loaded.warnings.items()


def test_steps_are_short() -> None:
    for step in playbooks().library.values():
        assert 2 <= len(step.do) <= 5, step.id
        assert count(step.title) <= 9, (step.id, step.title)
        for line in step.do:
            assert count(line) <= 18, (step.id, line)
        assert "\n" not in step.why
        assert step.why, step.id
        assert step.avoid, step.id
        assert step.evidence, step.id
        assert step.feeds, step.id


def test_cards_and_letters_are_short() -> None:
    for card in playbooks().howto.values():
        assert card.do, card.id
        assert card.proof, card.id
        for line in card_lines(card):
            for sentence in re.split(r"(?<=[.?!])\s", line):
                assert count(sentence) <= 18, (card.id, sentence)
        for line in card.do:
            assert count(line) <= 18, (card.id, line)


def test_a_letter_asks_one_thing_a_line() -> None:
    for card in playbooks().howto.values():
        for line in card.ask.splitlines():
            assert len(re.findall(r"\b\d\. ", line)) <= 1, (card.id, line)
            assert re.search(r"\d\) ", line) is None, (card.id, line)


def test_lines_are_easy_on_the_whole() -> None:
    loaded = playbooks()
    lines = [line for step in loaded.library.values() for line in step.do]
    assert mean(count(line) for line in lines) <= 9


def test_no_jargon() -> None:
    for name, line in sentences():
        assert FORBIDDEN.search(DOMAIN_NAME.sub("", line)) is None, (name, line)


def test_clef_is_always_a_thing_one_can_hold() -> None:
    for name, line in sentences():
        for found in re.finditer(r"\bclés?\b", line, re.IGNORECASE):
            rest, before = line[found.end():], line[: found.start()]
            held = rest.startswith((" USB", " de porte")) or before.endswith("sous ")
            assert held, (name, line)


def test_terms_that_nobody_knows_are_explained_where_they_stand() -> None:
    for step in playbooks().library.values():
        _check_glossed(step.id, " ".join((step.title, *step.do)))
    for card in playbooks().howto.values():
        _check_glossed(card.id, " ".join((card.title, *card_lines(card))))


def _check_glossed(name: str, text: str) -> None:
    for term in GLOSSED:
        if re.search(rf"\b{term}\b", text):
            assert re.search(rf"\b{term} \(", text), (name, term)


def test_the_press_is_named_as_such() -> None:
    for name, line in sentences():
        if re.search(r"\b20(?:2[0-9])\b", line):
            assert "Selon la presse" in line, (name, line)


def test_no_telephone_number_stands_in_a_sentence() -> None:
    for name, line in sentences():
        assert PHONE.search(line) is None, (name, line)
        assert SHORT_PHONE.search(line) is None, (name, line)


def test_placeholders_are_known() -> None:
    contacts = {f"contact.{name}" for name in load_directory(ROOT).contacts}
    for name, line in sentences():
        assert placeholders(line) <= FREE | contacts, (name, line)


def test_scenarios_leave_no_service_unnamed() -> None:
    for scenario in playbooks().scenarios.values():
        for step in scenario.steps:
            for line in (step.title, *step.do, step.why, step.avoid, *step.evidence):
                assert not placeholders(line) & {"service", "editeur"}, (scenario.id, step.id)


def test_no_command_holds_a_comment() -> None:
    for card in playbooks().howto.values():
        for system, lines in card.commands:
            assert system
            for note, command in lines:
                assert "#" not in command, (card.id, command)
                assert note, (card.id, command)


def test_dangerous_commands_are_gone_and_suspension_can_be_undone() -> None:
    commands = {
        command
        for card in playbooks().howto.values()
        for _, lines in card.commands
        for _, command in lines
    }
    assert not any(command.startswith("logoff") for command in commands)
    assert "net user NOM *" not in commands
    assert {"net user NOM /active:no", "net user NOM /active:yes"} <= commands
    assert "Get-LocalGroupMember -SID S-1-5-32-544" in commands
    assert not any("--last 3d" in command for command in commands)
    assert 'Remove-NetFirewallRule -DisplayName "CLINICIR bloc ADRESSE*"' in commands
