from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.texts.durations import duration, remaining

NOW = datetime(2026, 11, 24, 18, 40, tzinfo=UTC)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(hours=52, minutes=20), "52 h 20"),
        (timedelta(hours=72), "72 h"),
        (timedelta(hours=1, minutes=5), "1 h 05"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(seconds=59), "moins d’une minute"),
        (timedelta(hours=72, minutes=1), "3 jours"),
        (timedelta(days=6, hours=23, minutes=59), "6 jours"),
        (timedelta(days=7), "7 jours"),
        (timedelta(days=1200, hours=4), "1 200 jours"),
        (-timedelta(hours=3), "3 h"),
    ],
)
def test_durations(span: timedelta, text: str) -> None:
    assert plain(duration(span)) == text


def test_what_is_left_and_how_late() -> None:
    due = NOW + timedelta(hours=52, minutes=20)
    assert plain(remaining(due, NOW)) == "il reste 52 h 20"
    assert plain(remaining(due, due)) == "il reste moins d’une minute"
    assert plain(remaining(due, due + timedelta(hours=2))) == "dépassé de 2 h"


@given(st.integers(0, 14 * 86_400))
def test_what_is_left_is_never_overstated(seconds: int) -> None:
    text = plain(remaining(NOW + timedelta(seconds=seconds), NOW))
    words = text.removeprefix("il reste ")
    if "minute" in words:
        assert seconds < 60
        return
    if "jours" in words:
        assert 3 * 86_400 < seconds < (int(words.split()[0]) + 1) * 86_400
        assert int(words.split()[0]) * 86_400 <= seconds
        return
    hours, _, minutes = words.partition(" h") if " h" in words else ("0", "", words[:-4])
    shown = int(hours) * 3600 + int(minutes.strip() or 0) * 60
    assert shown <= seconds < shown + 60
