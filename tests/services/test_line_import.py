"""Rows of a file become lines of a tracker, or are refused with a reason."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.line_table import RowFault
from clinicir.intake.line_files import read_lines
from clinicir.services.line_import import Around, import_view

PARIS = ZoneInfo("Europe/Paris")
ADDRESSES = Around(
    "addresses", PARIS, frozenset({"203.0.113.1\tbox"}), ("198.51.100.0/24",)
)
ACCOUNTS = Around("accounts", PARIS)


def test_each_bad_address_is_named_with_its_line_and_its_reason() -> None:
    rows = (
        "Adresse IP;Où la bloquer\n203.0.113.7;box\n10.0.0.1;box\n198.51.100.9;box\n"
        "203.0.113.1;Box\nvoisin;box\n203.0.113.7;box\n;box\n"
    )
    view = import_view(read_lines(rows.encode()), ADDRESSES)
    assert view.lines == ({"address": "203.0.113.7", "where": "box"},)
    assert [(row.number, row.fault) for row in view.refused] == [
        (3, RowFault.NOT_PUBLIC), (4, RowFault.OWN), (5, RowFault.ALREADY),
        (6, RowFault.BAD_FORM), (7, RowFault.TWICE), (8, RowFault.NO_NAME),
    ]  # fmt: skip


def test_a_place_is_asked_once_for_the_rows_that_have_none() -> None:
    table = read_lines(b"203.0.113.7\n203.0.113.9;box\n10.0.0.1\n")
    view = import_view(table, ADDRESSES)
    assert view.lacks_place
    assert [row.fault for row in view.refused] == [RowFault.NO_PLACE, RowFault.NOT_PUBLIC]
    given = import_view(table, ADDRESSES, "amelipro")
    assert [line["where"] for line in given.lines] == ["amelipro", "box"]


def test_state_date_and_author_are_taken_when_the_thing_is_done() -> None:
    rows = (
        "login;site;état;quand;fait par\na;x;Réinitialisé;12/01/2027 09:40;Paul\n"
        "b;x;fait;12/01/2027;Paul\nc;x;à faire;12/01/2027 09:40;Paul\nd;x;peut-être;;\n"
    )
    view = import_view(read_lines(rows.encode()), ACCOUNTS)
    first, second, third = view.lines
    assert first["done_at"] == "2027-01-12T09:40:00+01:00"
    assert (first["state"], first["by"]) == ("reset", "Paul")
    assert "done_at" not in second
    assert third == {"name": "c", "system": "x"}
    assert view.undated == 1
    assert [row.fault for row in view.refused] == [RowFault.STATE]


@pytest.mark.parametrize("date", ["2027-01-12T09:40", "2027-01-12 09:40:30", "12.01.2027 9h40"])
def test_a_moment_is_read_as_it_is_usually_written(date: str) -> None:
    view = import_view(read_lines(f"login;site;etat;date\na;x;fait;{date}\n".encode()), ACCOUNTS)
    assert str(view.lines[0]["done_at"]).startswith("2027-01-12T09:40:00")


def test_a_day_that_does_not_exist_is_no_date() -> None:
    table = read_lines(b"login;site;etat;date\na;x;fait;31/02/2027 09:40\n")
    assert import_view(table, ACCOUNTS).undated == 1


def test_a_file_about_something_else_is_refused_whole() -> None:
    with pytest.raises(UserError) as caught:
        import_view(read_lines(b"login;site\na;x\n"), ADDRESSES)
    assert caught.value.code == "lines.no_column"


def test_the_software_says_where_an_address_is_to_be_blocked() -> None:
    view = import_view(read_lines(b"ip;logiciel\n203.0.113.7;amelipro\n"), ADDRESSES)
    assert view.lines == ({"address": "203.0.113.7", "where": "amelipro"},)
