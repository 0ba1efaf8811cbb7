"""Steps of the clock are seen, ordinary drift is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.vault.time_watch import TimeWatch, utc_of, utc_text

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("elapsed_ms", "wall_ms", "seen"),
    [
        (60_000, 60_000, False),
        (60_000, 62_012, False),
        (60_000, 62_013, True),
        (60_000, 57_987, True),
        (0, -2_001, True),
        (86_400_000, 86_400_000 + 2_000 + 17_280, False),
        (86_400_000, 86_400_000 + 2_001 + 17_280, True),
        (120_000, 0, True),
    ],
)
def test_a_step_is_more_than_two_seconds_and_drift(
    elapsed_ms: int, wall_ms: int, seen: bool
) -> None:
    watch = TimeWatch(None)
    watch.remember(START, 5_000)
    draft = watch.notice(START + timedelta(milliseconds=wall_ms), 5_000 + elapsed_ms)
    assert (draft is not None) is seen
    if draft is not None:
        assert draft.kind == "clock.step"
        assert draft.detail["delta_ms"] == wall_ms - elapsed_ms
        assert draft.detail["from"] == utc_text(START)


def test_a_change_of_zone_or_of_season_is_no_step() -> None:
    watch = TimeWatch(None)
    watch.remember(START, 0)
    summer = (START + timedelta(hours=1)).astimezone(timezone(timedelta(hours=2)))
    assert watch.notice(summer, 3_600_000) is None


@pytest.mark.parametrize(("back_ms", "seen"), [(120_000, False), (120_001, True), (-5, False)])
def test_between_starts_only_a_clock_behind_is_told(back_ms: int, seen: bool) -> None:
    watch = TimeWatch(START)
    draft = watch.notice(START - timedelta(milliseconds=back_ms), 7)
    assert (draft is not None) is seen
    if draft is not None:
        assert draft.kind == "clock.backwards"
        assert draft.detail["delta_ms"] == -back_ms


def test_a_notice_not_yet_written_is_given_again() -> None:
    watch = TimeWatch(START)
    early = START - timedelta(days=1)
    assert watch.notice(early, 0) == watch.notice(early, 0)
    watch.remember(early, 0)
    assert watch.notice(early, 0) is None


@given(st.integers(0, 10**17))
def test_the_text_of_an_instant_comes_back_to_the_millisecond(microseconds: int) -> None:
    instant = datetime(1, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    text = utc_text(instant)
    assert len(text) == 24
    assert utc_of(text) == instant.replace(microsecond=instant.microsecond // 1000 * 1000)
