"""The window is killed while somebody types, and while a file is being copied."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from clinicir.texts import screens_steps
from tests.ui.screen import screen, start
from tests.ui.victim import SENTENCE

LOST_SECONDS = 2.0
FILE_MIB = 192


def kill_while_typing(environment: Mapping[str, str], folder: Path, letters: int) -> list[float]:
    """Instants at which each letter was on screen; killed after `letters` of them."""
    typed: list[float] = []
    with start(environment, "tests.ui.victim", "type", str(folder)) as victim:
        assert victim.stdout is not None
        for line in victim.stdout:
            if line.startswith("typed"):
                typed.append(float(line.split()[2]))
            if len(typed) == letters:
                break
        victim.kill()
    assert len(typed) == letters
    return typed


def looked_at(environment: Mapping[str, str], folder: Path) -> dict[str, object]:
    """What a person finds afterwards."""
    with start(environment, "tests.ui.victim", "look", str(folder)) as again:
        said, _ = again.communicate(timeout=120)
    found = [line for line in said.splitlines() if line.startswith("{")]
    assert found, said
    told: dict[str, object] = json.loads(found[-1])
    return told


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_while_typing_one_is_back_at_the_same_field(seed: int, tmp_path: Path) -> None:
    letters = random.Random(seed).randint(60, 120)
    with screen() as environment:
        typed = kill_while_typing(environment, tmp_path, letters)
        found = looked_at(environment, tmp_path)
    assert (found["page"], found["intact"]) == ("steps", True)
    assert str(found["focus"]).startswith(screens_steps.NOTE)
    texts = found["texts"]
    assert isinstance(texts, list)
    kept = max((len(str(text)) for text in texts), default=0)
    whole = (SENTENCE * 10)[:letters]
    assert any(str(text) and whole.startswith(str(text)) for text in texts)
    killed_at = typed[-1]
    first_lost = typed[kept] if kept < letters else killed_at
    assert killed_at - first_lost <= LOST_SECONDS


def test_killed_while_a_file_is_copied_nothing_is_half_kept(tmp_path: Path) -> None:
    file = tmp_path / "journal-du-serveur.log"
    with file.open("wb") as out:
        for _ in range(FILE_MIB):
            out.write(random.Random(7).randbytes(1 << 20))
    with screen() as environment:
        with start(environment, "tests.ui.victim", "intake", str(tmp_path), str(file)) as victim:
            assert victim.stdout is not None
            said = []
            for line in victim.stdout:
                said.append(line)
                if line.startswith("begun"):
                    break
            victim.kill()
        assert said[-1].startswith("begun"), said
        found = looked_at(environment, tmp_path)
    assert found["intact"] is True
    assert found["evidence"] in (0, 1)
    assert found["page"] == "evidence"
    assert not list((tmp_path / "coffre" / "tmp").glob("*"))
