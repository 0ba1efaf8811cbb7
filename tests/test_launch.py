"""The window is asked for in few ways; the rest belongs to the command line."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from clinicir import cli
from clinicir.launch import WindowAsked, window_asked


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], WindowAsked()),
        (["app"], WindowAsked()),
        (["app", "--exercice"], WindowAsked(exercise=True)),
        (["app", "--vault", "E:/coffre"], WindowAsked(Path("E:/coffre"))),
        (["app", "--exercice", "--vault", "x"], WindowAsked(Path("x"), exercise=True)),
    ],
)
def test_the_window_is_asked_for(words: list[str], asked: WindowAsked) -> None:
    assert window_asked(words) == asked


@pytest.mark.parametrize(
    "words",
    [["demo"], ["--help"], ["app", "--help"], ["app", "--vault"], ["app", "--vault", "--exercice"],
     ["app", "x"], ["verify", "app"]],
)  # fmt: skip
def test_the_command_line_answers_the_rest(words: list[str]) -> None:
    assert window_asked(words) is None


class Terminal(io.StringIO):
    """Somebody sits in front of it."""

    def isatty(self) -> bool:
        return True


class DemoOnly:
    """Plays nothing; remembers what window was opened."""

    def __init__(self) -> None:
        self.shown: list[Path | None] = []

    def demo(self, out: Path | None, write: Callable[[str], None]) -> Path:
        write("joué")
        return Path("dossier/coffre")

    def app(self, vault: Path | None, *, exercise: bool) -> int:
        self.shown.append(vault)
        return 0


@pytest.mark.parametrize(("terminal", "shown"), [(True, [Path("dossier/coffre")]), (False, [])])
def test_the_demonstration_ends_in_the_window_when_somebody_is_there(
    terminal: bool, shown: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr("sys.stdin", Terminal() if terminal else io.StringIO())
    program = DemoOnly()
    assert cli.run(["demo"], cast("Any", program)) == cli.DONE
    assert program.shown == shown
