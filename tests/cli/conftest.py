"""A way to run commands, and a vault that they made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinicir import cli
from tests.cli.told import PASSPHRASE, Command, Told, descriptor_of, new_story
from tests.stories.replayed import PROGRAM


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


@pytest.fixture(scope="session")
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
