"""Taking evidence in, handing it over; accounts and addresses to follow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.ids import Plain
from clinicir.services import evidence, incidents, trackers
from clinicir.services.evidence import Described
from clinicir.services.session import Session
from tests.fakes import BY, INCIDENT, PRACTICE, START, new_case, store_of


def refused(code: str, session: Session, act: Callable[[], object]) -> None:
    before = store_of(session).position
    with pytest.raises((UserError, StorageError)) as caught:
        act()
    assert caught.value.code == code
    assert store_of(session).position == before


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.txt"
    path.write_bytes(b"photo de l'ecran")
    return path


def test_an_exhibit_has_a_number_a_digest_and_a_collector(photo: Path) -> None:
    session = new_case()
    seen: list[tuple[int, int]] = []
    described = Described("photo", "Photo de l'écran", "Téléphone", "PRV-01")
    evidence.take_in(session, INCIDENT, photo, described, BY, lambda n, of: seen.append((n, of)))
    (piece,) = session.case(INCIDENT).incident.evidence
    assert (piece.number, piece.name, piece.size_bytes) == ("P-001", "photo.txt", 16)
    assert piece.sha256 == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert (piece.collected_by, piece.collected_at, piece.step) == (BY, START, "PRV-01")
    assert seen[-1] == (16, 16)
    assert session.store.read_object(piece.object_id, INCIDENT) == photo.read_bytes()


def test_exhibits_are_numbered_and_labels_are_unique(photo: Path) -> None:
    session = new_case()
    for label in ("a", "b", "c"):
        evidence.take_in(session, INCIDENT, photo, Described(label, "Photo"), BY)
    numbers = [piece.number for piece in session.case(INCIDENT).incident.evidence]
    assert numbers == ["P-001", "P-002", "P-003"]
    again = Described("b", "Encore")
    refused("evidence.label_taken", session,
            lambda: evidence.take_in(session, INCIDENT, photo, again, BY))  # fmt: skip


def test_intakes_that_are_refused(photo: Path) -> None:
    session = new_case()
    absent = photo.with_name("absent.txt")
    refused("evidence.file_missing", session,
            lambda: evidence.take_in(session, INCIDENT, absent, Described("a", "A"), BY))
    lost = Described("a", "A", "", "XYZ-01")
    refused("step.unknown", session,
            lambda: evidence.take_in(session, INCIDENT, photo, lost, BY))  # fmt: skip


@pytest.mark.parametrize("fails", ["disk.full", "disk.readonly"])
def test_no_entry_names_bytes_that_are_not_there(photo: Path, fails: str) -> None:
    session = new_case()
    store_of(session).fails_with = fails
    refused(fails, session,
            lambda: evidence.take_in(session, INCIDENT, photo, Described("a", "A"), BY))
    assert session.case(INCIDENT).incident.evidence == ()
    evidence.take_in(session, INCIDENT, photo, Described("a", "A"), BY)
    assert session.case(INCIDENT).incident.evidence[0].number == "P-001"


def test_a_copy_handed_over_is_a_line_of_the_journal(photo: Path) -> None:
    session = new_case()
    evidence.take_in(session, INCIDENT, photo, Described("photo", "Photo"), BY)
    evidence.hand_over(session, INCIDENT, "photo", "Enquêtrice", "Copie pour la plainte", BY)
    entry = store_of(session).entries[-1]
    assert "Enquêtrice" in entry.detail.values()
    assert "Copie pour la plainte" in entry.detail.values()
    for code, label, to, purpose in (
        ("evidence.unknown", "autre", "Enquêtrice", "Copie"),
        ("reason.missing", "photo", "  ", "Copie"),
        ("reason.missing", "photo", "Enquêtrice", ""),
    ):
        refused(code, session,
                partial(evidence.hand_over, session, INCIDENT, label, to, purpose, BY))


def test_nothing_enters_a_closed_incident(photo: Path) -> None:
    session = new_case()
    evidence.take_in(session, INCIDENT, photo, Described("photo", "Photo"), BY)
    incidents.close(session, INCIDENT, (), {}, BY)
    for act in (
        lambda: evidence.take_in(session, INCIDENT, photo, Described("b", "B"), BY),
        lambda: evidence.hand_over(session, INCIDENT, "photo", "Enquêtrice", "Copie", BY),
        lambda: trackers.track(session, INCIDENT, [{"name": "a", "system": "b"}], [], BY),
    ):
        refused("incident.closed", session, act)


# --- trackers ------------------------------------------------------------------------------------


def test_a_line_is_found_again_by_what_and_where() -> None:
    session = new_case()
    account: dict[str, Plain] = {"name": "c.morel", "system": "amelipro", "owner": "Claire Morel"}
    trackers.track(session, INCIDENT, [account], [], BY)
    trackers.track(session, INCIDENT, [{"name": "C.Morel", "system": "AMELIPRO", "state": "reset"},
                                       {"name": "c.morel", "system": "Messagerie"}], [], BY)
    first, second = session.case(INCIDENT).incident.accounts
    assert (first.owner, first.state.value, second.state.value) == (
        "Claire Morel", "reset", "to_reset",
    )  # fmt: skip
    # Only the lines that moved are written.
    assert len(store_of(session).entries[-1].operations) == 2
    assert session.case(INCIDENT).incident.accounts[0].key != second.key


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("192.168.1.1", "address.not_public"), ("10.0.0.0/8", "address.not_public"),
        ("fe80::1", "address.not_public"), ("127.0.0.1", "address.not_public"),
        ("192.0.2.10", "address.own"), ("192.0.2.0/24", "address.own"),
        ("somewhere", "address.bad_form"), ("203.0.113.999", "address.bad_form"),
    ],
)  # fmt: skip
def test_addresses_that_are_refused(address: str, code: str) -> None:
    session = new_case(practice={**PRACTICE, "public_addresses": ["192.0.2.10"]})
    line: dict[str, Plain] = {"address": address, "where": "Box"}
    refused(code, session, lambda: trackers.track(session, INCIDENT, [], [line], BY))


@pytest.mark.parametrize("address", ["203.0.113.47", "198.51.100.0/24", "2001:db8:1::5"])
def test_public_addresses_are_followed(address: str) -> None:
    session = new_case()
    trackers.track(session, INCIDENT, [], [{"address": address, "where": "Box"}], BY)
    (line,) = session.case(INCIDENT).incident.addresses
    assert (line.address, line.state.value) == (address, "to_block")


@pytest.mark.parametrize(
    ("accounts", "addresses", "code"),
    [
        ([{"name": "a", "system": "b", "state": "burnt"}], [], "tracker.bad_state"),
        ([], [{"address": "203.0.113.4", "where": "b", "state": "burnt"}], "tracker.bad_state"),
        ([{"name": "a"}], [], "story.missing_key"),
        ([{"name": "a", "system": "b", "colour": "red"}], [], "story.unknown_key"),
        ([], [{"address": "203.0.113.4", "where": 3}], "story.bad_type"),
    ],
)
def test_lines_that_are_refused(
    accounts: list[dict[str, Plain]], addresses: list[dict[str, Plain]], code: str
) -> None:
    session = new_case()
    refused(code, session, lambda: trackers.track(session, INCIDENT, accounts, addresses, BY))


def corrected(session: Session, line: dict[str, Plain] | None, reason: str = "Faute") -> None:
    """The address 203.0.113.7 of amelipro becomes `line`."""
    key = "203.0.113.7\tamelipro"
    trackers.correct(session, INCIDENT, "addresses", key, line, reason, BY)


def two_addresses() -> Session:
    """A case with two lines."""
    session = new_case()
    lines: list[dict[str, Plain]] = [
        {"address": "203.0.113.7", "where": "amelipro"}, {"address": "203.0.113.9", "where": "box"}
    ]  # fmt: skip
    trackers.track(session, INCIDENT, [], lines, BY)
    return session


def test_a_corrected_line_takes_the_place_of_the_former_one() -> None:
    session = two_addresses()
    corrected(session, {"address": "203.0.113.8", "where": "amelipro", "proof": "P-001"})
    kept = session.store.records(INCIDENT, "address")
    assert set(kept) == {"203.0.113.8\tamelipro", "203.0.113.9\tbox"}
    assert kept["203.0.113.8\tamelipro"]["proof"] == "P-001"
    detail = store_of(session).entries[-1].detail
    assert detail == {"line": "203.0.113.7, amelipro", "reason": "Faute"}


def test_a_line_goes_only_with_a_reason() -> None:
    session = two_addresses()
    with pytest.raises(UserError, match=r"reason\.missing"):
        corrected(session, None, " ")
    corrected(session, None)
    assert set(session.store.records(INCIDENT, "address")) == {"203.0.113.9\tbox"}


def test_a_correction_never_swallows_another_line_nor_one_that_is_gone() -> None:
    session = two_addresses()
    with pytest.raises(UserError, match=r"tracker\.same_line"):
        corrected(session, {"address": "203.0.113.9", "where": "box"})
    with pytest.raises(UserError, match=r"address\.not_public"):
        corrected(session, {"address": "10.0.0.1", "where": "box"})
    corrected(session, None)
    with pytest.raises(UserError, match=r"tracker\.unknown_line"):
        corrected(session, None)
