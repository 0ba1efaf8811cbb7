"""One table of papers; what is stamped on each can be checked by hand."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import datetime

import pikepdf
import pypdfium2
import pytest

from clinicir.documents.model import values
from clinicir.documents.printer import BUILDERS, checkpoint_text
from clinicir.domain.audit import TrailPosition
from clinicir.domain.errors import UserError
from clinicir.services.documents import Production
from clinicir.services.incidents import Said, set_facts
from clinicir.services.ports import Printer, Request
from clinicir.services.session import Session
from clinicir.texts import labels
from tests import fakes
from tests.documents.reading import lost_values, pdf_text, squeezed
from tests.documents.recorder import STORIES, VAULT_ID, RecordingPrinter, paper_printer

AWARE = {"T_ATTACK": "2027-01-12T17:05:00+01:00", "T_BREACH": "2027-01-12T17:05:00+01:00"}
HEAD = "ab" * 32


@dataclass(frozen=True)
class Played:
    """A story with all its papers."""

    session: Session
    printer: RecordingPrinter
    productions: list[Production]


@pytest.fixture(scope="module")
def played() -> Played:
    printer = RecordingPrinter()
    session, productions = fakes.play(STORIES / "exemple-cnil.toml", printer)
    return Played(session, printer, productions)


def test_the_port_is_met() -> None:
    port: Printer = paper_printer()
    assert port.attachments(fakes.case_file(fakes.new_case()), Request("cnil")) == ()


def test_checkpoint_text_is_exact() -> None:
    at = datetime.fromisoformat("2027-01-12T17:05:09+01:00")
    assert checkpoint_text(VAULT_ID, TrailPosition(41, HEAD), at) == (
        f"clinicir trail checkpoint v1\nvault {VAULT_ID}\nsize 41\nhead {HEAD}\n"
        "time 2027-01-12T16:05:09Z\n"
    )


@pytest.mark.parametrize("kind", ["", "facture", "lettres"])
def test_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(UserError) as refusal:
        paper_printer().build(fakes.case_file(fakes.new_case()), Request(kind))
    assert refusal.value.code == "document.unknown"


@pytest.mark.parametrize("kind", sorted(BUILDERS))
def test_unknown_variant_is_refused(kind: str) -> None:
    with pytest.raises(UserError) as refusal:
        paper_printer().build(fakes.case_file(fakes.new_case()), Request(kind, variant="bleu"))
    assert refusal.value.code == "document.unknown_variant"


@pytest.mark.parametrize("kind", sorted(BUILDERS))
def test_every_kind_prints_for_an_almost_empty_case(kind: str) -> None:
    file = fakes.case_file(fakes.new_case(drill=False))
    printer = paper_printer()
    for document in printer.build(file, Request(kind)):
        printed = printer.render(document, TrailPosition(3, HEAD))
        assert printed.pages == len(pypdfium2.PdfDocument(printed.content))
        assert lost_values(document, printed.content) == []
        assert document.file_stem.isascii()
        assert document.kind in labels.PAPERS


def test_a_social_security_number_typed_in_a_field_stops_the_paper() -> None:
    session = fakes.new_case(instants=AWARE)
    typed = Said(cnil={"viol.description": "Le patient 1 85 05 78 006 084 91 a appelé."})
    set_facts(session, fakes.INCIDENT, typed, fakes.BY)
    for kind in ("cnil", "registre", "journal", "cert_sante"):
        with pytest.raises(UserError) as refusal:
            paper_printer().build(fakes.case_file(session), Request(kind))
        assert refusal.value.code == "document.patient_data"


def test_digest_covers_all_that_is_said() -> None:
    file = fakes.case_file(fakes.new_case(instants=AWARE))
    printer = paper_printer()
    (document,) = printer.build(file, Request("registre"))
    digest = printer.digest(document)
    assert len(digest) == 64
    assert printer.digest(replace(document)) == digest
    assert printer.digest(replace(document, subtitle="autre")) != digest
    shorter = replace(document, sections=document.sections[:-1])
    assert printer.digest(shorter) != digest


def test_same_entry_same_bytes(played: Played) -> None:
    document, _ = played.printer.printed[0]
    printer = paper_printer()
    once = printer.render(document, TrailPosition(3, HEAD)).content
    assert once == printer.render(document, TrailPosition(3, HEAD)).content


def test_round_trip_of_every_paper_of_the_story(played: Played) -> None:
    kinds = {document.kind for document, _ in played.printer.printed}
    assert kinds == {"cnil", "cert_sante", "registre", "journal"}
    for document, content in played.printer.printed:
        assert lost_values(document, content) == []
        text = pdf_text(content)
        assert "\u202f" not in text
        assert "\x00" not in text
        with pypdfium2.PdfDocument(content) as pdf:
            pages = [page.get_textpage().get_text_bounded() for page in pdf]
        assert all("EXERCICE" in page for page in pages)


def test_every_paper_is_sound_french_and_titled(played: Played) -> None:
    for document, content in played.printer.printed:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert str(pdf.Root.Lang) == "fr-FR"
            assert str(pdf.docinfo["/Title"]) == document.title


def test_footer_carries_the_entry_that_prepared_the_paper(played: Played) -> None:
    prepared = [e for e in fakes.store_of(played.session).entries if e.kind == "doc.prepare"]
    assert len(prepared) == len(played.printer.printed)
    for entry, (document, content) in zip(prepared, played.printer.printed, strict=True):
        text = squeezed(pdf_text(content))
        assert f"Journaln°{entry.n}" in text
        assert entry.head in text
        assert entry.detail["input"] == played.printer.digest(document)


def test_what_the_story_keeps(played: Played) -> None:
    papers = [paper for each in played.productions for paper in each.papers]
    assert [paper.name for paper in papers] == [
        "EXERCICE-D-001-cnil-initiale-2027-001.pdf",
        "EXERCICE-D-002-cert-sante-2027-001.pdf",
        "EXERCICE-D-003-cnil-complementaire-2027-001.pdf",
        "EXERCICE-D-004-registre-2027-001.pdf",
        "EXERCICE-D-005-journal-2027-001.pdf",
    ]
    assert all(hashlib.sha256(paper.content).hexdigest() == paper.sha256 for paper in papers)
    names = [name for each in played.productions for name, _ in each.attachments]
    assert names == ["registre.csv"]


def test_values_of_a_drill_and_of_a_real_case_differ_by_the_mark_only() -> None:
    (real,) = paper_printer().build(
        fakes.case_file(fakes.new_case(instants=AWARE, drill=False)), Request("cnil")
    )
    (drill,) = paper_printer().build(
        fakes.case_file(fakes.new_case(instants=AWARE, drill=True)), Request("cnil")
    )
    assert values(real) == values(drill)
    assert (real.drill, drill.drill) == (False, True)
