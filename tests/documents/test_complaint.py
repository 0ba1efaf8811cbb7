"""The complaint: its thirteen parts, its clock, its anchor, and no patient."""

from __future__ import annotations

from pathlib import Path

from clinicir.documents.complaint import build_complaint
from clinicir.documents.insurer import build_insurer
from clinicir.documents.model import Document, FieldRow, Fingerprint, Notice, Paragraph, Table
from clinicir.documents.situation import build_situation
from clinicir.domain.case import CaseFile
from clinicir.services.evidence import Described, hand_over, take_in
from clinicir.services.notifications import record_submission
from tests import fakes
from tests.documents import played
from tests.documents.goldens import check_golden
from tests.documents.reading import plain

ATTACK = {"T_ATTACK": "2027-01-12T17:00:00+01:00"}


def section(document: Document, number: int) -> tuple[object, ...]:
    return next(s.blocks for s in document.sections if s.title.startswith(f"{number}. "))


def test_golden() -> None:
    check_golden("plainte", build_complaint(played.amelipro()))
    check_golden("assureur", build_insurer(played.vendor()))
    check_golden("point", build_situation(played.vendor()))


def test_thirteen_parts_in_order() -> None:
    titles = [s.title for s in build_complaint(played.bare()).sections if s.title[:1].isdigit()]
    assert [int(title.split(".")[0]) for title in titles] == list(range(1, 14))


def test_the_hour_of_knowledge_stands_alone_with_its_offset() -> None:
    row = section(build_complaint(played.amelipro()), 4)[0]
    assert isinstance(row, FieldRow)
    assert plain(row.value or "") == "12/01/2027 16:40:00 (UTC+01:00)"


def test_the_chronology_is_in_order_and_stops_now() -> None:
    table = next(b for b in section(build_complaint(played.amelipro()), 4) if isinstance(b, Table))
    days = [
        (when[6:10], when[3:5], when[:2], when[10:])
        for when in (str(row[0]) for row in table.rows)
    ]
    assert days == sorted(days)
    early = played.played("amelipro", "2027-01-12T18:46:00+01:00")
    lines = next(b for b in section(build_complaint(early), 4) if isinstance(b, Table)).rows
    assert not any("198.51.100.23" in str(row[1]) for row in lines)


def test_the_head_of_the_trail_is_ready_for_the_record() -> None:
    file = played.amelipro()
    blocks = section(build_complaint(file), 12)
    quote = next(b.text for b in blocks if isinstance(b, Paragraph) and b.style == "quote")
    assert file.position.head in quote
    assert f"n° {file.position.n}" in plain(quote)
    assert next(b.digest for b in blocks if isinstance(b, Fingerprint)) == file.position.head


def test_exhibits_bear_their_digest() -> None:
    file = played.amelipro()
    table = next(b for b in section(build_complaint(file), 11) if isinstance(b, Table))
    assert [row[-1] for row in table.rows] == [each.sha256 for each in file.case.incident.evidence]
    alone = build_complaint(file, "bordereau")
    assert [s.title for s in alone.sections] == ["Pièces", "Ancrage du journal", "Signature"]


def test_what_was_handed_over_is_listed(tmp_path: Path) -> None:
    session = fakes.new_case()
    piece = tmp_path / "journal.csv"
    piece.write_text("a;b", encoding="utf-8")
    take_in(session, fakes.INCIDENT, piece, Described("journal", "Journal"), fakes.BY)
    assert len(_tables(fakes.case_file(session))) == 1
    hand_over(session, fakes.INCIDENT, "journal", "Brigade de Nancy", "enquête", fakes.BY)
    _, handed = _tables(fakes.case_file(session))
    assert [(row[0], row[1], row[3]) for row in handed.rows] == [
        ("P-001", "Brigade de Nancy", "enquête")
    ]


def _tables(file: CaseFile) -> list[Table]:
    return [b for b in section(build_complaint(file), 11) if isinstance(b, Table)]


def test_the_warning_of_72_hours_needs_an_insurance() -> None:
    def warned(insured: str) -> bool:
        practice = {**fakes.PRACTICE, "insurance_cyber": insured}
        session = fakes.new_case(practice=practice, facts={"stad_attack": "yes"}, instants=ATTACK)
        head = build_complaint(fakes.case_file(session)).sections[0].blocks
        return any(isinstance(block, Notice) for block in head)

    assert warned("yes")
    assert warned("unknown")
    assert not warned("no")


def test_categories_and_counts_only() -> None:
    rows = [b for b in section(build_complaint(played.amelipro()), 8) if isinstance(b, FieldRow)]
    assert "environ 2 400" in [plain(row.value or "") for row in rows]


def test_the_insurer_learns_of_the_complaint() -> None:
    session = fakes.new_case(facts={"stad_attack": "yes"}, instants=ATTACK)
    fakes.clock_of(session).advance(hours=1)

    def said() -> str:
        return plain("\n".join(
            block.value or "" for s in build_insurer(fakes.case_file(session)).sections
            for block in s.blocks if isinstance(block, FieldRow)
        ))  # fmt: skip

    assert "Elle sera déposée avant le vendredi 15 janvier 2027 à 17 h" in said()
    record_submission(session, fakes.INCIDENT, "PLAINTE-01", "sur place", "PV 1", "", fakes.BY)
    assert "Déposée le mardi 12 janvier 2027 à 18 h 10" in said()
