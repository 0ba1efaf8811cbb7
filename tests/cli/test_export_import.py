"""A backup and a dossier from the command line, there and back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

WORDS = "huit mots tires au sort pour cet essai ici"
STORY = ROOT / "checklists" / "stories" / "amelipro.toml"


def clinicir(*arguments: object, secret: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command; the secret goes through a descriptor."""
    read, write = os.pipe()
    os.write(write, secret.encode() + b"\n")
    os.close(write)
    fd = ["--passphrase-fd", str(read)] if secret else []
    command = [sys.executable, "-m", "clinicir", *map(str, arguments), *fd]
    try:
        return subprocess.run(command, cwd=ROOT, pass_fds=(read,), capture_output=True, text=True)
    finally:
        os.close(read)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drill vault with its papers."""
    out = tmp_path_factory.mktemp("played")
    done = clinicir("replay", STORY, "--out", out, secret=WORDS)
    assert done.returncode == 0, done.stderr
    return out


def code_of(played: Path) -> str:
    text = (played / "LISEZMOI.txt").read_text(encoding="utf-8")
    return text.rsplit(":", 1)[1].strip()


def test_a_backup_goes_and_comes_back(played: Path, tmp_path: Path) -> None:
    file, vault = tmp_path / "cle.cirbak", tmp_path / "coffre"
    done = clinicir("export", "--vault", played / "coffre", "--profile", "backup", "--out", file,
                    secret=WORDS)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Copie vérifiée" in done.stdout
    assert clinicir("verify", file).returncode == 0
    assert clinicir("verify", file, secret=code_of(played)).returncode == 0
    assert clinicir("import", file, "--into", vault, secret=code_of(played)).returncode == 0
    assert clinicir("verify", vault).returncode == 0
    again = clinicir("import", file, "--into", vault, secret=code_of(played))
    assert again.returncode == 0
    assert "avant-" in again.stdout
    assert len(list(tmp_path.glob("coffre.avant-*"))) == 1
    wrong = clinicir("import", file, "--into", vault, secret="1111-1111")
    assert wrong.returncode == 5


def test_a_sealed_dossier_opens_with_the_words_that_were_said(played: Path, tmp_path: Path) -> None:
    file, folder = tmp_path / "d.cirdossier", tmp_path / "dossier"
    done = clinicir("export", "--vault", played / "coffre", "--incident", "2027-001", "--profile",
                    "dpo", "--out", file, secret=WORDS)  # fmt: skip
    assert done.returncode == 0, done.stderr
    line = next(one for one in done.stdout.splitlines() if one.startswith("Phrase"))
    words = line.split(":", 1)[1].strip()
    assert clinicir("import", file, "--into", folder, secret="d'autres mots").returncode == 5
    assert not folder.exists()
    assert clinicir("import", file, "--into", folder, secret=words).returncode == 0
    assert clinicir("verify", folder).returncode == 0
    assert (folder / "LISEZMOI.txt").is_file()


@pytest.mark.parametrize(
    "arguments",
    [("--profile", "backup", "--incident", "2027-001"), ("--profile", "police")],
)
def test_a_backup_has_no_incident_and_a_dossier_has_one(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = clinicir("export", *arguments, "--out", tmp_path / "x", secret=WORDS)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_bundle_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.cirbak").write_bytes(b"rien de tel")
    done = clinicir("import", tmp_path / "x.cirbak", "--into", tmp_path / "v", secret="0")
    assert (done.returncode, done.stdout) == (3, "")
    assert "sauvegarde" in done.stderr
    missing = clinicir("import", tmp_path / "y.cirbak", "--into", tmp_path / "v", secret="0")
    assert missing.returncode == 3
