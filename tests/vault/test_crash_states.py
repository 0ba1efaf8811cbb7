"""T1 and T2 in short: every crash leaves a vault that opens with all that it acknowledged."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from clinicir.vault import key_files, keys, trail
from tests.vault.crash import Story, defect_of, rotating_story, second_defect, short_story
from tests.vault.simfs import Image, SimDisk


def _digest(image: Image) -> int:
    return hash(frozenset(image.items()))


def _explore(story: Story, cuts: int, *, dir_sync: bool, sample: int) -> tuple[int, int]:
    """Distinct crash states of a story, and crashes during recovery; fails at the first defect."""
    seen: set[tuple[int, int]] = set()
    recovered = 0
    for moment, image in story.disk.crash_images(cuts, since=story.acks[0][0]):
        acknowledged = max(n for when, n in story.acks if when <= moment)
        key = (_digest(image), acknowledged)
        if key in seen:
            continue
        seen.add(key)
        disk = SimDisk(image, dir_sync=dir_sync)
        defect = defect_of(story, acknowledged, image, disk)
        assert defect is None, (moment, defect)
        if disk.ops and len(seen) % sample == 0:
            recovered += _crash_recovery(story, acknowledged, disk, seen, dir_sync=dir_sync)
    return len(seen), recovered


def _crash_recovery(
    story: Story, acknowledged: int, disk: SimDisk, seen: set[tuple[int, int]], *, dir_sync: bool
) -> int:
    count = 0
    for _, image in disk.crash_images(cuts=2):
        key = (_digest(image), acknowledged)
        if key in seen:
            continue
        seen.add(key)
        count += 1
        again = SimDisk(image, dir_sync=dir_sync)
        defect = defect_of(story, acknowledged, image, again)
        assert defect is None, defect
        if count % 10 == 0:
            assert second_defect(again) is None
    return count


@pytest.fixture(autouse=True)
def _remember_pure_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of openings derive and parse the same keys: once is enough."""
    monkeypatch.setattr(keys, "derive", functools.cache(keys.derive))
    monkeypatch.setattr(key_files, "parse", functools.cache(key_files.parse))


@pytest.mark.parametrize(
    ("tell", "dir_sync", "cuts", "sample", "at_least"),
    [
        # the last column adds up to the 20,000 distinct states that each run owes
        (short_story, True, 100, 60, 7_500),
        (short_story, False, 60, 120, 6_500),
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
    states, recoveries = _explore(story, cuts, dir_sync=dir_sync, sample=sample)
    assert states >= at_least
    assert recoveries >= 100


@pytest.mark.campaign
@pytest.mark.parametrize("dir_sync", [True, False])
def test_a_release_explores_a_million_states(dir_sync: bool) -> None:
    total = 0
    while total < 500_000:
        story = short_story(SimDisk(dir_sync=dir_sync))
        total += _explore(story, 700, dir_sync=dir_sync, sample=15)[0]
