"""Public holidays: eleven national days by the library, local ones by our data."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from clinicir.content.calendar import (
    NATIONAL,
    LocalDays,
    easter_sunday,
    holiday_calendar,
    national_days,
    read_local_days,
)
from clinicir.domain.deadline import due_at
from clinicir.domain.errors import UserError
from clinicir.domain.obligation import DeadlineRule, Unit

CHECKLISTS = Path(__file__).parents[2] / "checklists"


@pytest.fixture(scope="module")
def local_days() -> LocalDays:
    return read_local_days(CHECKLISTS)


@pytest.mark.parametrize(
    ("year", "good_friday", "easter_monday", "ascension", "whit_monday"),
    [
        (2026, (4, 3), (4, 6), (5, 14), (5, 25)),
        (2027, (3, 26), (3, 29), (5, 6), (5, 17)),
        (2028, (4, 14), (4, 17), (5, 25), (6, 5)),
        (2029, (3, 30), (4, 2), (5, 10), (5, 21)),
        (2030, (4, 19), (4, 22), (5, 30), (6, 10)),
    ],
)
def test_days_that_follow_easter(
    local_days: LocalDays,
    year: int,
    good_friday: tuple[int, int],
    easter_monday: tuple[int, int],
    ascension: tuple[int, int],
    whit_monday: tuple[int, int],
) -> None:
    movable = {date(year, *each) for each in (easter_monday, ascension, whit_monday)}
    assert movable < national_days(year)
    metz = holiday_calendar("alsace_moselle", "Europe/Paris", local_days)
    nancy = holiday_calendar(NATIONAL, "Europe/Paris", local_days)
    friday = date(year, *good_friday)
    assert metz.is_holiday(friday)
    assert not nancy.is_holiday(friday)


@pytest.mark.parametrize("year", range(2025, 2036))
def test_eleven_national_days_every_year(year: int) -> None:
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    days = national_days(year)
    # Ascension may fall on 1 or 8 May: two feasts, one day.
    assert len(days) in (10, 11)
    assert fixed <= {(day.month, day.day) for day in days}


@pytest.mark.parametrize("year", range(1990, 2100))
def test_our_easter_is_that_of_the_library(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    monday = date.fromordinal(easter.toordinal() + 1)
    assert monday in national_days(year)


@pytest.mark.parametrize(
    ("regime", "zone", "day"),
    [
        ("alsace_moselle", "Europe/Paris", (12, 26)),
        ("971", "America/Guadeloupe", (5, 27)),
        ("972", "America/Martinique", (5, 22)),
        ("973", "America/Cayenne", (6, 10)),
        ("974", "Indian/Reunion", (12, 20)),
        ("976", "Indian/Mayotte", (4, 27)),
        ("977", "America/St_Barthelemy", (10, 9)),
        ("978", "America/Marigot", (5, 27)),
    ],
)
def test_local_days_are_off_there_and_only_there(
    local_days: LocalDays, regime: str, zone: str, day: tuple[int, int]
) -> None:
    there = holiday_calendar(regime, zone, local_days)
    elsewhere = holiday_calendar(NATIONAL, "Europe/Paris", local_days)
    assert str(there.zone) == zone
    assert there.is_holiday(date(2027, *day))
    assert not elsewhere.is_holiday(date(2027, *day))
    assert there.is_holiday(date(2027, 7, 14))
    assert elsewhere.is_holiday(date(2027, 7, 14))


def test_every_local_day_says_where_it_comes_from(local_days: LocalDays) -> None:
    days = [day for regime in local_days.values() for day in regime]
    assert len(days) == 9
    assert all(day.source.startswith("Code du travail") for day in days)
    assert all(day.checked_on <= date(2027, 12, 31) for day in days)


def test_the_insurer_waits_one_day_more_in_strasbourg(local_days: LocalDays) -> None:
    rule = DeadlineRule(origins=("T_ATTACK",), unit=Unit.WORKING_DAYS, amount=5)
    origin = datetime.fromisoformat("2027-03-25T18:00:00+01:00")
    found = {
        regime: due_at(rule, origin, holiday_calendar(regime, "Europe/Paris", local_days))
        for regime in (NATIONAL, "alsace_moselle")
    }
    # Friday 26 (Good Friday), Easter Monday 29 off everywhere
    assert found[NATIONAL] == datetime.fromisoformat("2027-04-02T23:59:59+02:00")
    assert found["alsace_moselle"] == datetime.fromisoformat("2027-04-05T23:59:59+02:00")


@pytest.mark.parametrize(
    ("regime", "zone"), [("975", "America/Miquelon"), (NATIONAL, "Europe/Nancy"), (NATIONAL, "/x")]
)
def test_an_unknown_regime_or_zone_is_refused(
    local_days: LocalDays, regime: str, zone: str
) -> None:
    with pytest.raises(UserError) as caught:
        holiday_calendar(regime, zone, local_days)
    assert caught.value.code == "content.unknown_reference"


_HEAD = '[[day]]\nregime = "971"\nlabel = "x"\nsource = "y"\nchecked_on = 2026-11-21\n'


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("month = 5\nday = 27\ncolour = 1\n", "content.unknown_key"),
        ("month = 2\nday = 29\n", "content.bad_value"),
        ("month = 5\n", "content.bad_value"),
        ("", "content.bad_value"),
        ("month = 5\nday = 27\neaster = -2\n", "content.bad_value"),
        ("month = 5\neaster = -2\n", "content.bad_value"),
        ("month = '5'\nday = 27\n", "content.bad_type"),
        ("month = \n", "content.bad_toml"),
    ],
)
def test_wrong_data_are_refused(tmp_path: Path, lines: str, code: str) -> None:
    (tmp_path / "calendar.toml").write_text(_HEAD + lines, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_local_days(tmp_path)
    assert caught.value.code == code
    assert caught.value.values["file"] == "calendar.toml"


def test_the_table_of_france_is_not_loaded_at_import() -> None:
    program = (
        "import sys, clinicir.content.calendar;print('holidays.countries.france' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        cwd=CHECKLISTS.parent,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
