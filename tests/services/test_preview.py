"""A look at an exhibit: its beginning only, and one entry for the first look of a start."""

from __future__ import annotations

import pytest

from clinicir.domain.errors import StorageError
from clinicir.domain.shown import Shown, TextShown
from clinicir.services.evidence import Described, take_in_pasted
from clinicir.services.preview import Previews
from clinicir.services.session import Session
from tests.fakes import BY, INCIDENT, new_case, store_of


class Reader:
    """A viewer that takes ten bytes and shows them."""

    def wanted(self, name: str, start: bytes) -> int:
        return 10

    def look(self, name: str, content: bytes) -> Shown | None:
        return TextShown(content.decode("ascii"), "ascii", "")


def with_exhibit(content: bytes) -> Session:
    session = new_case()
    take_in_pasted(session, INCIDENT, content, "a.txt", Described("a", "a"), BY)
    return session


@pytest.mark.parametrize(("content", "whole"), [(b"0123456789", True), (b"0123456789a", False)])
def test_only_the_beginning_is_read(content: bytes, whole: bool) -> None:
    preview = Previews(Reader()).open(with_exhibit(content), INCIDENT, "P-001", BY)
    assert preview.shown == TextShown("0123456789", "ascii", "")
    assert preview.whole is whole


def test_each_start_writes_its_first_look() -> None:
    session = with_exhibit(b"a")
    for count in (1, 2):
        previews = Previews(Reader())
        for _ in range(3):
            previews.open(session, INCIDENT, "P-001", BY)
        looks = [entry for entry in store_of(session).entries if entry.detail.get("view")]
        assert len(looks) == count


def test_what_cannot_be_recorded_can_still_be_seen() -> None:
    session = with_exhibit(b"a")
    store_of(session).fails_with = "vault.read_only"
    assert Previews(Reader()).open(session, INCIDENT, "P-001", BY).shown is not None


def test_a_look_that_fails_to_be_written_is_not_given() -> None:
    session, previews = with_exhibit(b"a"), Previews(Reader())
    store_of(session).fails_with = "disk.full"
    with pytest.raises(StorageError, match=r"disk\.full"):
        previews.open(session, INCIDENT, "P-001", BY)
    previews.open(session, INCIDENT, "P-001", BY)
    assert store_of(session).entries[-1].detail.get("view") is True
