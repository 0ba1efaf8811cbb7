"""Stories played for real, each once for the whole run: vault, papers, `summary.json`."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clinicir import paths
from clinicir.app import Application

FOLDER = paths.checklists() / "stories"
STORIES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
PROGRAM = Application()
"""Its knowledge is read once."""

_KEPT = tempfile.TemporaryDirectory(prefix="clinicir-stories-")


@dataclass(frozen=True)
class Played:
    """What one replay left behind."""

    name: str
    out: Path
    summary: Any
    lines: tuple[str, ...]
    """What the command printed: `n head` after each event."""

    @property
    def vault(self) -> Path:
        return self.out / "coffre"

    @property
    def passphrase(self) -> str:
        """As written for the reader in LISEZMOI.txt."""
        text = (self.out / "LISEZMOI.txt").read_text(encoding="utf-8")
        found = re.search(r"phrase de passe : (\S+)", text)
        assert found is not None
        return found[1]

    def duty(self, rule: str) -> Any:
        """The row of a rule, None when it is not listed."""
        return next((row for row in self.summary["obligations"] if row["id"] == rule), None)

    def step(self, step: str) -> Any:
        """The row of a step, None when it is not on the list."""
        return next((row for row in self.summary["steps"] if row["id"] == step), None)


@cache
def play(name: str) -> Played:
    """Play `checklists/stories/NAME.toml` through the program of the command line."""
    # A new folder each time, so that a story that fails says why again and not that it exists.
    out = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_KEPT.name)) / "out"
    lines: list[str] = []
    PROGRAM.replay(FOLDER / f"{name}.toml", out, None, None, lines.append)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return Played(name, out, summary, tuple(lines))
