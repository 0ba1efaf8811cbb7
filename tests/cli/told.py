"""Commands run in this process or in one of their own, and what they said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
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


def pdf(vault: Path, out: Path, document: str = "journal", incident: str = "2027-001",
        *more: str) -> list[object]:  # fmt: skip
    return ["pdf", "--vault", vault, "--incident", incident, "--document", document, "--out", out,
            *more]  # fmt: skip
