"""The list of exhibits, and what may be opened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from clinicir.domain.errors import StorageError, UserError
from clinicir.services.evidence import (
    Described,
    describe,
    export,
    hand_over,
    put_back,
    take_in,
    take_in_pasted,
    withdraw,
)
from clinicir.services.views.evidence import (
    Custody,
    Nature,
    custody_view,
    evidence_view,
    free_label,
    grouped,
    nature_of_name,
)
from tests.fakes import BY, INCIDENT, START, new_case, store_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_rows_come_in_the_order_of_arrival(tmp_path: Path) -> None:
    session = new_case()
    file = tmp_path / "alerte.txt"
    file.write_bytes(b"bonjour")
    take_in(session, INCIDENT, file, Described("alerte.txt", "Message", "Caisse", "ALR-01"), BY)
    take_in_pasted(session, INCIDENT, PNG, "capture.png", Described("capture.png", ""), BY)
    first, second = evidence_view(session, INCIDENT).rows
    assert (first.number, first.title, first.source, first.size_bytes) == (
        "P-001", "Message", "Caisse", 7,
    )  # fmt: skip
    assert first.step == session.knowledge.step("ALR-01").title
    assert first.fingerprint.replace(" ", "").lower() == first.sha256
    assert (second.number, second.title, second.nature) == (
        "P-002", "capture.png", Nature.PICTURE,
    )  # fmt: skip
    assert session.store.read_object(second.object_id, INCIDENT) == PNG


def test_a_pasted_picture_never_takes_a_name_twice() -> None:
    session = new_case()
    described = Described("capture.png", "Capture")
    take_in_pasted(session, INCIDENT, PNG, "capture.png", described, BY)
    before = store_of(session).position
    with pytest.raises(UserError, match=r"evidence\.label_taken"):
        take_in_pasted(session, INCIDENT, PNG, "capture.png", described, BY)
    assert store_of(session).position == before
    labels = evidence_view(session, INCIDENT).labels
    assert free_label("capture.png", labels) == "capture.png (2)"
    assert free_label("autre.png", labels) == "autre.png"


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("a.png", Nature.PICTURE),
        ("A.JPG", Nature.PICTURE),
        ("a.pdf", Nature.PDF),
        ("a.eml", Nature.TEXT),
        ("a.exe", Nature.OTHER),
        ("a.html", Nature.OTHER),
    ],
)
def test_the_list_goes_by_the_name_alone(name: str, nature: Nature) -> None:
    assert nature_of_name(name) is nature


def test_a_fingerprint_is_read_by_four() -> None:
    assert grouped("4f2a91c0ab") == "4F2A 91C0 AB"


def test_the_whole_life_of_an_exhibit_is_read_from_the_trail(tmp_path: Path) -> None:
    session = new_case()
    take_in_pasted(session, INCIDENT, PNG, "c.png", Described("c", "Mesage", "Poste 2"), BY)
    seen = START - timedelta(hours=1)
    describe(session, INCIDENT, "P-001", "Message", "Poste 2", seen, BY)
    with pytest.raises(UserError, match=r"evidence\.same"):
        describe(session, INCIDENT, "P-001", "Message", "Poste 2", seen, BY)
    withdraw(session, INCIDENT, "P-001", "autre incident", BY)
    put_back(session, INCIDENT, "P-001", BY)
    hand_over(session, INCIDENT, "P-001", "Gendarmerie", "Plainte", BY)
    export(session, INCIDENT, "P-001", tmp_path / "copie.png", BY)
    view = custody_view(session, INCIDENT, "P-001")
    assert [(line.act, dict(line.said)) for line in view.lines] == [
        (Custody.TAKEN, {}),
        (Custody.DESCRIBED, {"title": "Mesage", "seen_at": ""}),
        (Custody.WITHDRAWN, {"withdrawn": "autre incident"}),
        (Custody.PUT_BACK, {}),
        (Custody.HANDED, {"to": "Gendarmerie", "purpose": "Plainte"}),
        (Custody.EXPORTED, {"file": "copie.png"}),
    ]
    [row] = evidence_view(session, INCIDENT).rows
    assert (row.title, row.seen_at, row.withdrawn) == ("Message", seen, "")


def test_no_clear_copy_stays_when_its_entry_cannot_be_written(tmp_path: Path) -> None:
    session = new_case()
    take_in_pasted(session, INCIDENT, PNG, "c.png", Described("c", ""), BY)
    store, target = store_of(session), tmp_path / "copie.png"
    target.write_bytes(b"former")
    copy_out = store.copy_out

    def then_full(*given: object) -> object:
        copied = copy_out(*given)  # type: ignore[arg-type]
        store.fails_with = "disk.full"
        return copied

    vars(store)["copy_out"] = then_full
    with pytest.raises(StorageError, match=r"disk\.full"):
        export(session, INCIDENT, "P-001", target, BY)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"former"]


def test_a_step_that_somebody_comes_from_is_named() -> None:
    session = new_case()
    link = evidence_view(session, INCIDENT, "ALR-01").step
    assert link is not None
    assert link.title == session.knowledge.step("ALR-01").title
    assert evidence_view(session, INCIDENT, "P-001").step is None
