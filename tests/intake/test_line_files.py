"""Lists as spreadsheets, providers and logs write them, and files that are no list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinicir.domain.errors import UserError
from clinicir.domain.line_table import MAX_BYTES, MAX_ROWS, RowFault, folded
from clinicir.intake.line_files import read_lines

ACCOUNTS = "Compte;Logiciel ou site;Titulaire;Remarque\nsecrétariat;Doctolib;Élodie;à revoir\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found_out(encoding: str, separator: str) -> None:
    table = read_lines(ACCOUNTS.replace(";", separator).encode(encoding))
    assert table.columns == ("name", "system", "owner", "")
    assert table.aside == ("Remarque",)
    [row] = table.rows
    assert (row.number, row.cells[:3]) == (2, ("secrétariat", "Doctolib", "Élodie"))


def test_without_headings_every_row_is_a_row() -> None:
    table = read_lines(b"203.0.113.7;box\r\n203.0.113.9;amelipro\r\n")
    assert table.columns == ()
    assert [row.number for row in table.rows] == [1, 2]


def test_english_headings_are_read_too() -> None:
    table = read_lines(b"IP address,where,status,done by\n203.0.113.7,box,blocked,Paul\n")
    assert table.columns == ("address", "where", "state", "by")


def test_lines_are_counted_as_the_person_sees_them() -> None:
    table = read_lines(b'sep=;\nlogin;site\n"un";"deux\nlignes"\n\n;;\ntrois;x\n')
    assert [(row.number, row.cells) for row in table.rows] == [
        (3, ("un", "deux lignes")), (7, ("trois", "x")),
    ]  # fmt: skip
    assert [(row.number, row.fault) for row in table.refused] == [(6, RowFault.EMPTY)]


def test_a_lone_quotation_mark_does_not_swallow_the_rest() -> None:
    table = read_lines(b'login;site\n"un;x\ndeux;y\n')
    assert [row.cells[0] for row in table.rows] == ['"un', "deux"]


@pytest.mark.parametrize("number", ["1 85 05 78 006 084 36", "185057800608436", "2850578006084"])
def test_a_row_that_holds_a_social_security_number_goes_no_further(number: str) -> None:
    table = read_lines(f"login;site\nmartin;{number}\n".encode())
    assert table.rows == ()
    [refused] = table.refused
    assert refused.fault is RowFault.NIR
    assert refused.text == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Nom;Date de naissance\nMartin;1985\n", "lines.patients"),
        (b"", "lines.empty"),
        (b"\n\n", "lines.empty"),
        (b"PK\x03\x04\x00\x00", "lines.unreadable"),
        (b"\x81\x8d", "lines.unreadable"),
        (b"\xff\xfea", "lines.unreadable"),
        (b"a" * (MAX_BYTES + 1), "lines.too_large"),
        (b"a;b\n" * (MAX_ROWS + 1), "lines.too_many"),
        (b"a" * 200_000, "lines.unreadable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_in_one_sentence(content: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_lines(content)
    assert caught.value.code == code


def test_as_many_rows_as_are_allowed_are_read() -> None:
    assert len(read_lines(b"a;b\n" * MAX_ROWS).rows) == MAX_ROWS


def test_a_cell_without_end_is_refused_alone() -> None:
    table = read_lines(b"login;site\n" + b"a" * 3000 + b";x\nb;y\n")
    assert [row.fault for row in table.refused] == [RowFault.LONG]
    assert len(table.rows) == 1


def test_headings_are_compared_without_accents_nor_signs() -> None:
    assert folded("  O\u00f9 la BLOQUER\u00a0? ") == "ou la bloquer"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text("a1;,\t|\"'\n\r ", max_size=400)))
def test_any_bytes_give_a_table_or_a_sentence(content: bytes | str) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    try:
        table = read_lines(raw)
    except UserError:
        return
    assert all(any(row.cells) for row in table.rows)
