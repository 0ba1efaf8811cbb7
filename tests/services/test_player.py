"""A story that is wrong stops before, or at, the act that is: file and key are said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from clinicir.app import Application
from clinicir.content.stories import load_story
from clinicir.domain.audit import TrailPosition
from clinicir.domain.case import CaseFile
from clinicir.domain.errors import ClinicirError, UserError
from clinicir.domain.practice import Practice
from clinicir.domain.reminder import Alarm
from clinicir.domain.story import Event
from clinicir.services.documents import Production
from clinicir.services.ports import Paper, Printed, Request
from clinicir.services.practice import save
from clinicir.services.session import Session
from clinicir.services.story_player import Player, StoryClock
from tests.fakes import INCIDENT, FakeCaseStore, knowledge

HEAD = """format = 1
title = "Essai"
drill = true
[practice]
name = "Cabinet d'essai"
type = "CAB_SOLO"
department = "54"
contact = { last_name = "Morel" }
"""
OPEN = """
[[event]]
at = "2027-01-12T17:10:00+01:00"
by = "Claire Morel"
do = "open_incident"
scenario = "amelipro"
instants = { T_ATTACK = "2027-01-12T17:05:00+01:00" }
"""
NOTE = """
[[event]]
at = "2027-01-12T17:20:00+01:00"
do = "note"
text = "Une ligne."
"""


class NoPrinter:
    """No paper at all: these stories are about what is refused."""

    def build(self, file: CaseFile, request: Request) -> tuple[Paper, ...]:
        return ()

    def attachments(self, file: CaseFile, request: Request) -> tuple[tuple[str, bytes], ...]:
        return ()

    def digest(self, paper: Paper) -> str:
        raise AssertionError("no paper was built")

    def render(self, paper: Paper, prepared: TrailPosition) -> Printed:
        raise AssertionError("no paper was built")

    def calendar(self, alarms: Sequence[Alarm], now: datetime, *, drill: bool) -> bytes:
        raise AssertionError("no calendar was asked for")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "essai.toml"
    path.write_text(text, encoding="utf-8")
    return path


def played(tmp_path: Path, text: str) -> tuple[FakeCaseStore, list[Event]]:
    """Play in memory; the store and the events that were acknowledged."""
    path = written(tmp_path, text)
    story = load_story(path)
    clock = StoryClock(story.events[0].at, story.events[0].at)
    store = FakeCaseStore(clock, story.drill)
    session = Session(store, knowledge(), clock)
    save(session, Practice.from_plain(story.practice), story.events[0].by)
    told: list[Event] = []
    kept: list[Production] = []
    player = Player(session, clock, NoPrinter(), store.verify, path.parent, INCIDENT, told.append,
                    kept.append)  # fmt: skip
    player.play(story)
    return store, told


def refusal(tmp_path: Path, text: str) -> ClinicirError:
    with pytest.raises(ClinicirError) as caught:
        played(tmp_path, text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("colour = 1\n" + HEAD + OPEN, "story.unknown_key", "colour"),
        (HEAD + OPEN + 'colour = "red"\n', "story.unknown_key", "event[0].colour"),
        (HEAD + OPEN + NOTE + 'colour = "red"\n', "story.unknown_key", "event[1].colour"),
        (HEAD, "story.missing_key", "event"),
        (HEAD.replace('title = "Essai"\n', "") + OPEN, "story.missing_key", "title"),
        (HEAD.replace("format = 1", "format = 2") + OPEN, "story.bad_value", "format"),
        (HEAD.replace("format = 1", 'format = "1"') + OPEN, "story.bad_type", "format"),
        (HEAD.replace("drill = true", 'drill = "yes"') + OPEN, "story.bad_type", "drill"),
        (HEAD + OPEN.replace('scenario = "amelipro"\n', ""), "story.missing_key",
         "event[0].scenario"),
        (HEAD + OPEN.replace('by = "Claire Morel"\n', ""), "story.missing_key", "event[0].by"),
        (HEAD + OPEN.replace("open_incident", "dance"), "event.unknown", "event[0].do"),
        (HEAD + OPEN.replace("17:10:00+01:00", "25:10:00+01:00"), "story.bad_type", "event[0].at"),
        (HEAD + OPEN + NOTE.replace('"Une ligne."', "3"), "story.bad_type", "event[1].text"),
        (HEAD + OPEN + NOTE.replace("17:20", "17:09"), "event.out_of_order", "event[1]"),
        # Order is that of the instants, not of the wall clock.
        (HEAD + OPEN + NOTE.replace("17:20:00+01:00", "17:20:00+02:00"), "event.out_of_order",
         "event[1]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, text: str, code: str, key: str) -> None:
    error = refusal(tmp_path, text)
    assert (error.code, error.values["key"], error.values["file"]) == (code, key, "essai.toml")


def test_an_instant_needs_its_offset(tmp_path: Path) -> None:
    error = refusal(tmp_path, HEAD + OPEN.replace("17:10:00+01:00", "17:10:00"))
    assert (error.code, error.values["instant"]) == ("instant.no_offset", "event[0].at")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('type = "CAB_SOLO"', 'type = "CIRQUE"'), "story.bad_value"),
        (('department = "54"', 'department = "99"'), "story.bad_value"),
        (('name = "Cabinet d\'essai"\n', ""), "story.missing_key"),
        (('name = "Cabinet', 'colour = "red"\nname = "Cabinet'), "story.unknown_key"),
        (('{ last_name = "Morel" }', "{ }"), "story.missing_key"),
    ],
)
def test_the_practice_is_checked_too(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    changed = HEAD.replace(*change)
    assert changed != HEAD
    assert refusal(tmp_path, changed + OPEN).code == code


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"format = = 1", b"[practice", b""])
def test_files_that_are_no_story(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "essai.toml"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        load_story(path)
    assert caught.value.code in {"story.unreadable", "story.bad_toml", "story.missing_key"}
    assert caught.value.values["file"] == "essai.toml"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.toml", tmp_path):
        with pytest.raises(UserError) as caught:
            load_story(path)
        assert caught.value.code == "story.unreadable"


# --- playing -------------------------------------------------------------------------------------


def test_the_clock_and_the_actor_are_those_of_the_story(tmp_path: Path) -> None:
    store, told = played(tmp_path, HEAD + OPEN + NOTE)
    assert [event.act for event in told] == ["open_incident", "note"]
    assert [entry.by for entry in store.entries] == ["Claire Morel"] * 3
    assert store.entries[-1].at.isoformat() == "2027-01-12T17:20:00+01:00"
    assert store.clock.monotonic_ms() == 10 * 60 * 1000


def test_nothing_is_played_before_the_incident_is_open(tmp_path: Path) -> None:
    early = NOTE.replace('do = "note"', 'by = "Claire Morel"\ndo = "note"')
    assert refusal(tmp_path, HEAD + early).code == "incident.unknown"


def test_one_story_has_one_incident(tmp_path: Path) -> None:
    assert refusal(tmp_path, HEAD + OPEN + OPEN).code == "story.bad_value"


def expecting(code: str, inner: str) -> str:
    return (
        f'\n[[event]]\nat = "2027-01-12T17:30:00+01:00"\ndo = "expect_error"\ncode = "{code}"\n'
        f'event = {{ at = "2027-01-12T17:30:00+01:00", {inner} }}\n'
    )


def test_a_refusal_that_was_expected_writes_nothing(tmp_path: Path) -> None:
    store, told = played(
        tmp_path, HEAD + OPEN + expecting("step.unknown", 'do = "complete_step", step = "NO-1"')
    )
    assert told[-1].act == "expect_error"
    assert store.position.n == 2


def test_an_expected_refusal_that_does_not_come_fails_the_story(tmp_path: Path) -> None:
    error = refusal(tmp_path, HEAD + OPEN + expecting("step.unknown", 'do = "note", text = "Oui"'))
    assert error.code == "story.expected_error_missing"
    assert error.values["expected"] == "step.unknown"


def test_another_refusal_than_the_expected_one_fails_the_story(tmp_path: Path) -> None:
    error = refusal(
        tmp_path,
        HEAD + OPEN + expecting("fact.unknown", 'do = "complete_step", step = "NO-1"'),
    )
    assert error.code == "story.wrong_error"
    assert (error.values["expected"], error.values["got"]) == ("fact.unknown", "step.unknown")


def test_a_refusal_that_nobody_expected_stops_the_story(tmp_path: Path) -> None:
    lost = '\n[[event]]\nat = "2027-01-12T17:30:00+01:00"\ndo = "complete_step"\nstep = "NO-1"\n'
    assert refusal(tmp_path, HEAD + OPEN + lost).code == "step.unknown"


def test_lists_of_patients_wait_for_another_version(tmp_path: Path) -> None:
    lost = expecting("story.not_in_this_version", 'do = "import_patients", file = "x.csv"')
    _, told = played(tmp_path, HEAD + OPEN + lost)
    assert told[-1].act == "expect_error"


def test_only_the_cnil_is_filed_with(tmp_path: Path) -> None:
    lost = (
        '\n[[event]]\nat = "2027-01-12T17:30:00+01:00"\ndo = "file_notification"\n'
        'authority = "ICO"\nversion = "initiale"\n'
    )
    error = refusal(tmp_path, HEAD + OPEN + lost)
    assert (error.code, error.values["key"]) == ("story.bad_value", "authority")


# --- into a real vault ---------------------------------------------------------------------------


def test_a_story_that_is_not_a_drill_makes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD.replace("drill = true", "drill = false") + OPEN)
    with pytest.raises(UserError) as caught:
        Application().replay(path, tmp_path / "out", None, None, print)
    assert caught.value.code == "story.not_a_drill"
    assert not (tmp_path / "out").exists()


def test_a_replay_never_touches_a_folder_that_exists(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + OPEN)
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "keep.txt").write_text("à moi")
    with pytest.raises(ClinicirError) as caught:
        Application().replay(path, tmp_path / "out", vault, None, print)
    assert caught.value.code == "vault.exists"
    assert [child.name for child in vault.iterdir()] == ["keep.txt"]


def test_a_vault_that_exists_even_empty_is_refused(tmp_path: Path) -> None:
    # `--vault` must not exist (architecture ruling 2): a replay only ever creates.
    path = written(tmp_path, HEAD + OPEN)
    vault = tmp_path / "vault"
    vault.mkdir()
    with pytest.raises(ClinicirError) as caught:
        Application().replay(path, tmp_path / "out", vault, None, print)
    assert caught.value.code == "vault.exists"
