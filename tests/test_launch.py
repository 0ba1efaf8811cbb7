"""The window is asked for in few ways; the rest belongs to the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

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
