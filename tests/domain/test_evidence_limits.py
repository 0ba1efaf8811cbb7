"""How many exhibits, how large together, and the names that files bring."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.evidence import (
    BYTES_LIMIT,
    PICTURE_BYTES_LIMIT,
    PICTURE_POINTS_LIMIT,
    PIECES_LIMIT,
    Evidence,
    check_picture,
    check_room,
    is_half_full,
    written_name,
)
from clinicir.domain.ids import ObjectId
from tests.fakes import START

PIECE = Evidence("P-001", "a", "a", "", "a", 1, "0" * 64, ObjectId("0" * 32), "Nadia", START, None)


def pieces(count: int, size_bytes: int = 1) -> list[Evidence]:
    return [replace(PIECE, size_bytes=size_bytes)] * count


def test_the_last_exhibit_comes_in_and_not_one_more() -> None:
    check_room(pieces(PIECES_LIMIT - 1), 1)
    with pytest.raises(UserError) as refused:
        check_room(pieces(PIECES_LIMIT), 0)
    assert refused.value.code == "evidence.too_many"


def test_the_last_byte_comes_in_and_not_one_more() -> None:
    check_room(pieces(10, BYTES_LIMIT // 10 - 1), 10)
    with pytest.raises(UserError) as refused:
        check_room(pieces(10, BYTES_LIMIT // 10), 1)
    assert refused.value.code == "evidence.incident_full"


def test_half_is_said() -> None:
    assert not is_half_full(pieces(PIECES_LIMIT // 2 - 1))
    assert is_half_full(pieces(PIECES_LIMIT // 2))
    assert not is_half_full(pieces(1, BYTES_LIMIT // 2 - 1))
    assert is_half_full(pieces(1, BYTES_LIMIT // 2))


def test_a_pasted_picture_has_its_own_limits() -> None:
    check_picture(PICTURE_BYTES_LIMIT, PICTURE_POINTS_LIMIT)
    for size, points in ((PICTURE_BYTES_LIMIT + 1, 1), (1, PICTURE_POINTS_LIMIT + 1)):
        with pytest.raises(UserError) as refused:
            check_picture(size, points)
        assert refused.value.code == "picture.too_large"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("alerte é.eml", "alerte é.eml"),
        ("a\nb\x1b.txt", "a\\nb\\x1b.txt"),
        ("a\udcff.txt", "a\\udcff.txt"),
        ("a" * 200, "a" * 200),
        ("a" * 255, "a" * 197 + "..."),
    ],
)
def test_a_name_that_no_line_can_hold_is_written_with_escapes(name: str, written: str) -> None:
    assert written_name(name) == written
