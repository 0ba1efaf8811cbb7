from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.texts import encoders

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 11, 24, 18, 40, 5, tzinfo=UTC)


def plain(text: str) -> str:
    """Every kind of space as the ordinary one."""
    return " ".join(text.split())


def test_instants_in_full_and_short() -> None:
    assert plain(encoders.long_instant(AT, PARIS)) == "mardi 24 novembre 2026 à 19 h 40"
    assert plain(encoders.short_instant(AT, PARIS)) == "24/11/2026 19:40"
    assert plain(encoders.table_instant(AT, PARIS)) == "24/11/2026 19 h 40"
    assert plain(encoders.exact_instant(AT, PARIS)) == "24/11/2026 19:40:05 (UTC+01:00)"
    assert plain(encoders.exact_instant(AT)) == "24/11/2026 18:40:05 (UTC+00:00)"


def test_days_that_are_easy_to_get_wrong() -> None:
    assert plain(encoders.long_day(date(2027, 1, 1))) == "vendredi 1er janvier 2027"
    assert plain(encoders.long_day(date(2027, 2, 11))) == "jeudi 11 février 2027"
    assert encoders.short_day(date(2027, 2, 1)) == "01/02/2027"


def test_the_hour_that_comes_twice_in_october_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    shown = [encoders.exact_instant(at, PARIS) for at in (first, first + timedelta(hours=1))]
    assert [plain(text)[-11:] for text in shown] == ["(UTC+02:00)", "(UTC+01:00)"]


def test_whole_hours_have_no_minutes() -> None:
    assert plain(encoders.clock_time(datetime(2026, 1, 1, 9, 0, tzinfo=UTC))) == "9 h"
    assert plain(encoders.clock_time(datetime(2026, 1, 1, 0, 5, tzinfo=UTC))) == "0 h 05"


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        encoders.long_instant(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_numbers_are_grouped_by_a_narrow_no_break_space() -> None:
    assert encoders.number(1500) == "1\u202f500"
    assert encoders.number(758912) == "758\u202f912"
    assert encoders.number(2.5, 1) == "2,5"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 octet"), (1, "1 octet"), (2, "2 octets"), (1023, "1 023 octets"), (1024, "1 Kio"),
        (1536, "1,5 Kio"), (1024**2 - 1, "1 Mio"), (2 * 1024**3, "2 Gio"),
        (5000 * 1024**4, "5 000 Tio"),
    ],
)  # fmt: skip
def test_sizes(size: int, text: str) -> None:
    assert plain(encoders.file_size(size)) == text


@given(st.integers(0, 2**50))
def test_a_size_never_breaks_and_never_shows_1024_of_a_unit(size: int) -> None:
    text = encoders.file_size(size)
    assert " " not in text
    assert not text.startswith("1\u202f024,")
