"""The command line given the wrong things: one French sentence, the right exit code, no trace."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from clinicir import cli
from clinicir.app import Application
from clinicir.domain.audit import Verification
from clinicir.services.ports import Request
from clinicir.vault.disk import OsWriteHandle
from clinicir.vault.slots import Passphrase
from clinicir.vault.vault import Vault
from tests.fakes import START, FakeClock
from tests.stories.replayed import PROGRAM

ROOT = Path(__file__).parents[1]
PASSPHRASE = "balise-cerise-montagne-tulipe-gravier-ficelle"
STORY = """format = 1
title = "Essai de la ligne de commande"
drill = true
[practice]
name = "Cabinet d'essai"
type = "CAB_SOLO"
department = "54"
contact = { last_name = "Morel" }
[[event]]
at = "2027-01-12T17:10:00+01:00"
by = "Claire Morel"
do = "open_incident"
scenario = "amelipro"
instants = { T_ATTACK = "2027-01-12T17:05:00+01:00" }
[[event]]
at = "2027-01-12T17:12:00+01:00"
do = "add_evidence"
file = "piece.txt"
label = "piece"
title = "Une pièce"
""" + "".join(
    f'[[event]]\nat = "2027-01-12T17:{minute}:00+01:00"\ndo = "note"\ntext = "Ligne {minute}."\n'
    for minute in range(20, 26)
)


@dataclass(frozen=True)
class Told:
    """What a command said."""

    code: int
    out: str
    err: str

    def sentence(self, code: int) -> str:
        """The one French sentence of a failure that was foreseen."""
        assert self.code == code, (self.code, self.err)
        assert "Traceback" not in self.out + self.err
        (line,) = self.err.splitlines()
        assert line.endswith(".")
        # What happened, what is safe, what to do.
        assert line.count("\u202f; ") >= 2, line
        return line


Command = Callable[..., Told]


def descriptor_of(text: str) -> str:
    """A descriptor from which a passphrase can be read once."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return str(reading)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    def command(*arguments: object, program: cli.Program = PROGRAM,
                passphrase: str | None = None) -> Told:  # fmt: skip
        words = [str(word) for word in arguments]
        if passphrase is not None:
            words += ["--passphrase-fd", descriptor_of(passphrase)]
        capsys.readouterr()
        code = cli.run(words, program)
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return command


def as_program(*arguments: object, pass_fds: Sequence[int] = ()) -> Told:
    """The command in a process of its own, without any terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "clinicir", *map(str, arguments)],
        cwd=ROOT, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL,
        start_new_session=True, pass_fds=pass_fds, timeout=120, check=False,
        env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip
    return Told(done.returncode, done.stdout, done.stderr)


def new_story(folder: Path, text: str = STORY) -> Path:
    (folder / "piece.txt").write_text("une piece", encoding="utf-8")
    path = folder / "essai.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault made by the command itself, under a passphrase that the test knows."""
    folder = tmp_path_factory.mktemp("cli")
    story = new_story(folder)
    words = ["replay", str(story), "--out", str(folder / "out"), "--passphrase-fd",
             descriptor_of(PASSPHRASE)]  # fmt: skip
    assert cli.run(words, PROGRAM) == 0
    assert PASSPHRASE not in (folder / "out" / "LISEZMOI.txt").read_text(encoding="utf-8")
    return folder / "out" / "coffre"


@pytest.fixture
def vault(original: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    copy = tmp_path / "coffre"
    shutil.copytree(original, copy)
    return copy


def pdf(vault: Path, out: Path, document: str = "journal", incident: str = "2027-001",
        *more: str) -> list[object]:  # fmt: skip
    return ["pdf", "--vault", vault, "--incident", incident, "--document", document, "--out", out,
            *more]  # fmt: skip


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


# --- vaults --------------------------------------------------------------------------------------


def test_a_folder_that_is_no_vault(run: Command, tmp_path: Path) -> None:
    empty = tmp_path / "vide"
    empty.mkdir()
    for path in (empty, tmp_path / "absent"):
        run("verify", path).sentence(3)
        run(*pdf(path, tmp_path / "out"), passphrase=PASSPHRASE).sentence(3)


def test_a_vault_that_another_program_holds(vault: Path, tmp_path: Path) -> None:
    clock = FakeClock(START + timedelta(days=1))
    reading = int(descriptor_of(PASSPHRASE))
    with Vault.open(vault, Passphrase(PASSPHRASE), clock):
        words = [*pdf(vault, tmp_path / "out"), "--passphrase-fd", reading]
        as_program(*words, pass_fds=(reading,)).sentence(6)
    os.close(reading)


def spoil(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("line", [1, 2, 5])
def test_an_altered_trail(run: Command, vault: Path, tmp_path: Path, line: int) -> None:
    trail = vault / "trail" / "trail-000001.jsonl"
    lines = trail.read_bytes().splitlines(keepends=True)
    spoil(trail, sum(map(len, lines[:line])) + len(lines[line]) // 2)
    for passphrase in (None, PASSPHRASE):
        told = run("verify", vault, passphrase=passphrase)
        assert (told.code, told.err) == (1, "")
        assert "ALTÉRÉ" in told.out
    assert json.loads(run("verify", vault, "--json").out)["intact"] is False
    run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(4)


def test_an_entry_taken_away(run: Command, vault: Path) -> None:
    trail = vault / "trail" / "trail-000001.jsonl"
    lines = trail.read_bytes().splitlines(keepends=True)
    trail.write_bytes(b"".join(lines[:4] + lines[5:]))
    assert run("verify", vault).code == 1


def test_entries_cut_off_the_end(run: Command, vault: Path) -> None:
    trail = vault / "trail" / "trail-000001.jsonl"
    lines = trail.read_bytes().splitlines(keepends=True)
    trail.write_bytes(b"".join(lines[:-2]))
    assert run("verify", vault).code == 1


def test_an_exhibit_that_was_changed(run: Command, vault: Path) -> None:
    (exhibit,) = (vault / "objects").rglob("*.cev")
    spoil(exhibit, exhibit.stat().st_size // 2)
    assert run("verify", vault).code == 1


def test_an_exhibit_that_is_gone(run: Command, vault: Path) -> None:
    (exhibit,) = (vault / "objects").rglob("*.cev")
    exhibit.unlink()
    assert run("verify", vault).code == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 64, b'{"format": 99999}'])
def test_a_header_that_is_lost(
    run: Command, vault: Path, tmp_path: Path, content: bytes
) -> None:
    for copy in (vault / "vault.json", vault / "keys.bak" / "vault.json"):
        copy.write_bytes(content)
    # The chain begins with the header: another one is an alteration, and no key can be tried.
    assert run("verify", vault).code == 1
    run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(4)


def test_keys_that_are_lost(run: Command, vault: Path, tmp_path: Path) -> None:
    shutil.rmtree(vault / "keys")
    shutil.rmtree(vault / "keys.bak")
    run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(4)
    assert run("verify", vault).code == 0


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


def test_there_is_no_window_yet(run: Command) -> None:
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
    assert "RuntimeError test_cli.py:" in told.err
    assert len(told.err.splitlines()) == 1
    assert "Durand" not in told.err
    assert "Traceback" not in told.err


def test_a_person_may_stop_it(run: Command, tmp_path: Path) -> None:
    told = run("verify", tmp_path, program=Broken(KeyboardInterrupt()))
    assert (told.code, len(told.err.splitlines())) == (130, 1)


# --- a full disk ----------------------------------------------------------------------------------


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Bytes that the vault may still write; the write that does not fit is cut short."""
    left = [1 << 60]
    real = OsWriteHandle.write

    def limited(self: OsWriteHandle, data: bytes | memoryview) -> None:
        fits = min(len(data), max(left[0], 0))
        left[0] -= len(data)
        if fits:
            real(self, data[:fits])
        if fits < len(data):
            with self._guarded():
                raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(OsWriteHandle, "write", limited)
    yield left
    left[0] = 1 << 60


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    run: Command, disk: list[int], tmp_path: Path
) -> None:
    story = new_story(tmp_path)
    assert run("replay", story, "--out", tmp_path / "all", passphrase=PASSPHRASE).code == 0
    needed = (1 << 60) - disk[0]
    acknowledged = []
    for tenth in range(1, 10, 2):
        disk[0] = needed * tenth // 10 + 7
        out = tmp_path / f"out-{tenth}"
        told = run("replay", story, "--out", out, passphrase=PASSPHRASE)
        disk[0] = 1 << 60
        told.sentence(7)
        heads = [line.split(" ") for line in told.out.splitlines()]
        acknowledged.append(len(heads))
        if heads:
            _still_there(out / "coffre", int(heads[-1][0]), heads[-1][1])
            assert run("verify", out / "coffre", passphrase=PASSPHRASE).code == 0
    assert acknowledged == sorted(acknowledged)
    assert acknowledged[-1] > 2


def _still_there(vault: Path, n: int, head: str) -> None:
    clock = FakeClock(START + timedelta(days=1))
    with Vault.open(vault, Passphrase(PASSPHRASE), clock) as store:
        assert store.state.read_only is None
        heads = {entry.n: entry.head for entry in store.journal()}
    assert heads[n] == head


def test_a_full_disk_while_a_paper_is_made(
    run: Command, vault: Path, disk: list[int], tmp_path: Path
) -> None:
    before = json.loads(run("verify", vault, "--json").out)["entries"]
    for space in (0, 3000, 20_000):
        disk[0] = space
        run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).sentence(7)
        disk[0] = 1 << 60
    assert run(*pdf(vault, tmp_path / "out"), passphrase=PASSPHRASE).code == 0
    said = json.loads(run("verify", vault, "--json", passphrase=PASSPHRASE).out)
    assert said["intact"] is True
    assert said["entries"] > before
