"""T1 and T2 in short: every crash leaves a vault that opens with all that it acknowledged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clinicir.vault import trail
from tests.vault.crash import Story, explore, remember_pure_results, rotating_story, short_story
from tests.vault.simfs import SimDisk


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    remember_pure_results(monkeypatch)


@pytest.mark.parametrize(
    ("tell", "dir_sync", "cuts", "sample", "at_least"),
    [
        # the last column adds up to the 20,000 distinct states that each run owes
        (short_story, True, 100, 60, 8_000),
        (short_story, False, 46, 120, 6_000),
        (rotating_story, True, 64, 60, 3_000),
        (rotating_story, False, 64, 60, 3_000),
    ],
)
def test_no_crash_loses_what_was_acknowledged(
    tell: Callable[[SimDisk], Story],
    dir_sync: bool,
    cuts: int,
    sample: int,
    at_least: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if tell is rotating_story:
        monkeypatch.setattr(trail, "ROTATE_BYTES", 2_000)
    story = tell(SimDisk(dir_sync=dir_sync))
    states, recoveries = explore(story, cuts, dir_sync=dir_sync, sample=sample)
    assert states >= at_least
    assert recoveries >= 100
