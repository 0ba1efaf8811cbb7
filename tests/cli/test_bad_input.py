"""The command line given the wrong things: one French sentence, an exit code, no trace."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from clinicir import cli
from clinicir.app import Application
from clinicir.domain.audit import Verification
from clinicir.services.ports import Request
from tests.cli.told import PASSPHRASE, STORY, Command, as_program, new_story, pdf
from tests.stories.replayed import PROGRAM

# --- what works ----------------------------------------------------------------------------------


def test_a_paper_of_an_existing_vault(run: Command, vault: Path, tmp_path: Path) -> None:
    told = run(*pdf(vault, tmp_path / "papers"), passphrase=PASSPHRASE)
    assert (told.code, told.err) == (0, "")
    (paper,) = (tmp_path / "papers").iterdir()
    assert paper.read_bytes().startswith(b"%PDF-")
    assert paper.name in told.out


def test_a_vault_is_verified_with_and_without_its_passphrase(run: Command, vault: Path) -> None:
    told = run("verify", vault)
    assert (told.code, told.err) == (0, "")
    assert "INTACT" in told.out
    said = json.loads(run("verify", vault, "--json", passphrase=PASSPHRASE).out)
    assert (said["intact"], said["level"], said["problems"]) == (True, "bodies", [])


def test_the_help_lists_the_exit_codes() -> None:
    told = as_program("--help")
    assert (told.code, told.err) == (0, "")
    for code in ("0", "1", "2", "3", "4", "5", "6", "7", "70", "130"):
        assert f" {code} " in told.out
    for command in ("app", "demo", "replay", "verify", "pdf", "doctor"):
        assert command in told.out


# --- stories that cannot be played ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"\xff\xfe", 3, "essai.toml"),
        (b"format = = 1", 3, "essai.toml"),
        (STORY.replace("format = 1", "format = 1\ncolour = 1").encode(), 1, "colour"),
        (STORY.replace("[[event]]", "[[event]]\ncolour = 1", 1).encode(), 1, "event[0].colour"),
        (STORY.replace("drill = true", "drill = false").encode(), 1, "exercice"),
        (STORY.replace("17:12", "17:09").encode(), 1, "event[1]"),
        (STORY.replace("2027-01-12T17:12:00+01:00", "9999-12-31T23:59:00-12:00").encode(), 1,
         "event[1].at"),
        (STORY.replace("piece.txt", "absente.txt").encode(), 1, "absente.txt"),
        (STORY.replace('type = "CAB_SOLO"', 'type = "CIRQUE"').encode(), 1, "type"),
        (STORY.replace('"amelipro"', '"virus"').encode(), 1, "virus"),
    ],
)
def test_a_story_that_is_wrong(
    run: Command, tmp_path: Path, content: bytes, code: int, said: str
) -> None:
    story = new_story(tmp_path)
    story.write_bytes(content)
    told = run("replay", story, "--out", tmp_path / "out")
    assert said in told.sentence(code)


def test_a_story_that_is_not_there(run: Command, tmp_path: Path) -> None:
    told = run("replay", tmp_path / "absente.toml", "--out", tmp_path / "out")
    assert "absente.toml" in told.sentence(3)
    assert not (tmp_path / "out").exists()


def test_a_replay_never_writes_into_a_vault_that_exists(
    run: Command, vault: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    told = run("replay", new_story(tmp_path), "--out", tmp_path / "out", "--vault", vault)
    told.sentence(2)
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before


def test_a_folder_that_cannot_be_written(run: Command, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "fichier"
    file.write_text("pas un dossier")
    story = new_story(tmp_path)
    run("replay", story, "--out", file / "out").sentence(7)
    run("replay", story, "--out", tmp_path / "a", "--vault", file / "coffre").sentence(7)
    run(*pdf(vault, file / "out"), passphrase=PASSPHRASE).sentence(7)
    run("demo", "--out", file / "out").sentence(7)


# --- passphrases ---------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["une autre phrase de passe", "\n", "", "é" * 5000])
def test_a_wrong_or_empty_passphrase(
    run: Command, vault: Path, tmp_path: Path, given: str
) -> None:
    for words in (pdf(vault, tmp_path / "out"), ["verify", vault]):
        sentence = run(*words, passphrase=given).sentence(5)
        assert given.strip() == "" or given not in sentence
    assert not (tmp_path / "out").exists()


def test_a_descriptor_that_is_not_open(run: Command, vault: Path) -> None:
    run("verify", vault, "--passphrase-fd", "987").sentence(5)


def test_a_passphrase_that_is_no_text(run: Command, vault: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"\xff\xfe\xfd\n")
    os.close(writing)
    run("verify", vault, "--passphrase-fd", reading).sentence(5)


def test_nobody_there_to_type_a_passphrase(vault: Path, tmp_path: Path) -> None:
    as_program(*pdf(vault, tmp_path / "out")).sentence(5)


def test_verify_never_asks(vault: Path) -> None:
    told = as_program("verify", vault)
    assert (told.code, told.err) == (0, "")


# --- requests ------------------------------------------------------------------------------------


def test_what_is_not_in_the_vault(run: Command, vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = run(*pdf(vault, out, "journal", "2027-999"), passphrase=PASSPHRASE)
    assert "2027-999" in told.sentence(2)
    told = run(*pdf(vault, out, "fiche", "2027-001", "--variant", "poeme"), passphrase=PASSPHRASE)
    told.sentence(2)
    assert not out.exists()


@pytest.mark.parametrize(
    "words",
    [["dance"], ["replay"], ["replay", "x.toml"], ["verify"], ["verify", "x", "--colour"],
     ["pdf", "--vault", "x", "--incident", "1", "--document", "poeme", "--out", "y"],
     ["verify", "x", "--passphrase-fd", "trois"]],
)  # fmt: skip
def test_a_command_that_is_badly_written(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.run(words, PROGRAM)
    said = capsys.readouterr()
    assert caught.value.code == 2
    assert "usage: clinicir" in said.err
    assert "Traceback" not in said.err


def test_without_a_screen_there_is_no_window(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    for words in ([], ["app"]):
        told = run(*words)
        assert told.code == 2
        assert "demo" in told.err


class Broken(Application):
    """A program that fails in ways nobody foresaw."""

    def __init__(self, failure: BaseException) -> None:
        self.failure = failure

    def verify(self, path: Path, passphrase: str | None) -> Verification:
        raise self.failure

    def pdf(self, vault: Path, incident: str, request: Request, out: Path, passphrase: str,
            write: Callable[[str], None]) -> None:  # fmt: skip
        raise self.failure


def test_a_bug_is_told_without_a_trace_or_a_datum(run: Command, tmp_path: Path) -> None:
    told = run("verify", tmp_path, program=Broken(RuntimeError("Durand, née le 3 mai")))
    assert told.code == 70
    assert "RuntimeError test_bad_input.py:" in told.err
    assert len(told.err.splitlines()) == 1
    assert "Durand" not in told.err
    assert "Traceback" not in told.err


def test_a_person_may_stop_it(run: Command, tmp_path: Path) -> None:
    told = run("verify", tmp_path, program=Broken(KeyboardInterrupt()))
    assert (told.code, len(told.err.splitlines())) == (130, 1)
