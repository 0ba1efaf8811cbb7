"""The list of exhibits, and what may be opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicir.domain.errors import UserError
from clinicir.services.evidence import Described, take_in, take_in_picture
from clinicir.services.views.evidence import (
    LARGEST_SHOWN,
    Nature,
    evidence_view,
    free_label,
    grouped,
    nature_of,
)
from tests.fakes import BY, INCIDENT, new_case, store_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_rows_come_in_the_order_of_arrival(tmp_path: Path) -> None:
    session = new_case()
    file = tmp_path / "alerte.txt"
    file.write_bytes(b"bonjour")
    take_in(session, INCIDENT, file, Described("alerte.txt", "Message", "Caisse", "ALR-01"), BY)
    take_in_picture(session, INCIDENT, PNG, "capture.png", Described("capture.png", ""), BY)
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
    take_in_picture(session, INCIDENT, PNG, "capture.png", described, BY)
    before = store_of(session).position
    with pytest.raises(UserError, match=r"evidence\.label_taken"):
        take_in_picture(session, INCIDENT, PNG, "capture.png", described, BY)
    assert store_of(session).position == before
    labels = evidence_view(session, INCIDENT).labels
    assert free_label("capture.png", labels) == "capture.png (2)"
    assert free_label("autre.png", labels) == "autre.png"


@pytest.mark.parametrize(
    ("name", "content", "nature"),
    [
        ("a.png", PNG, Nature.PICTURE),
        ("A.JPG", b"\xff\xd8\xff\xe0", Nature.PICTURE),
        ("a.pdf", b"%PDF-1.7", Nature.PDF),
        ("a.eml", b"From: x", Nature.TEXT),
        ("a.exe", b"MZ", Nature.OTHER),
        ("a.html", b"<script>", Nature.OTHER),
        ("program.png", b"MZ\x90\x00", Nature.OTHER),
        ("program.txt", b"MZ\x90\x00", Nature.OTHER),
        ("paper.txt", b"%PDF-1.7", Nature.OTHER),
        ("paper.png", b"%PDF-1.7", Nature.OTHER),
    ],
)
def test_name_and_content_must_agree(name: str, content: bytes, nature: Nature) -> None:
    assert nature_of(name, content) is nature


def test_a_fingerprint_is_read_by_four() -> None:
    assert grouped("4f2a91c0ab") == "4F2A 91C0 AB"
    assert LARGEST_SHOWN < 2**30
