"""T14, short form: one hostile text in twelve through every sink; the campaign takes them all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinicir import paths
from tests.hostile import hostile_strings
from tests.preview.samples import picture
from tests.ui.hostile_sinks import Sinks, Watch

WANTED = 500
SHORT = hostile_strings(Path("canari.png"))[::12]


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that nothing may open."""
    file = tmp_path_factory.mktemp("canari") / "canari.png"
    file.write_bytes(picture())
    return file


@pytest.fixture(scope="module")
def watch(canary: Path) -> Watch:
    """Of that picture."""
    return Watch(canary)


def test_there_are_enough_of_them() -> None:
    assert len(hostile_strings(Path("canari.png"))) >= WANTED


@pytest.mark.parametrize("at", range(len(SHORT)))
def test_a_hostile_text_is_shown_and_does_nothing(
    qtbot: QtBot, tmp_path: Path, canary: Path, watch: Watch, at: int
) -> None:
    text = hostile_strings(canary)[at * 12]
    sinks = Sinks(tmp_path)
    ours = (tmp_path, paths.resources(), Path(sys.prefix), Path(sys.base_prefix))
    with watch.nothing_opened(ours):
        sinks.check_all(text)
        sinks.check_paper(text, read_back=0 < len(text) < 200)


def test_the_watch_sees_what_is_opened(canary: Path, watch: Watch) -> None:
    with pytest.raises(AssertionError), watch.nothing_opened():
        canary.read_bytes()
