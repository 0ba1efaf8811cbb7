"""Papers that leave the practice: printed whole, without patient data, whatever was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clinicir.content.toml_reader import read_raw
from clinicir.documents.model import Document, values
from clinicir.documents.printer import BUILDERS
from clinicir.documents.sheets import VARIANTS
from clinicir.domain.case import CaseFile
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.services.ports import Request
from tests import fakes
from tests.documents import played
from tests.documents.pdf_reading import lost_values, page_texts, syntax_faults
from tests.documents.recorder import ROOT, paper_printer

LETTERS_TO_PROVIDER = (
    "demande_informations", "mise_en_demeure", "conservation_traces", "blocage_adresses",
)  # fmt: skip
PAPERS = [
    ("plainte", ""), ("plainte", "bordereau"), ("assureur", ""), ("point", ""), ("lettre", ""),
    *(("prestataire", variant) for variant in LETTERS_TO_PROVIDER),
    *(("fiche", variant) for variant in VARIANTS),
]  # fmt: skip
CASES = {"amelipro": played.amelipro, "vendor": played.vendor, "bare": played.bare}
NIR = "2 95 10 99 126 111 93"


def build(file: CaseFile, kind: str, variant: str) -> Document:
    (document,) = paper_printer().build(file, Request(kind, variant=variant))
    return document


def printed(file: CaseFile, document: Document) -> bytes:
    return paper_printer().render(document, file.position).content


@pytest.mark.parametrize(("kind", "variant"), PAPERS)
@pytest.mark.parametrize("case", CASES)
def test_the_pdf_shows_every_value(case: str, kind: str, variant: str) -> None:
    file = CASES[case]()
    document = build(file, kind, variant)
    content = printed(file, document)
    assert lost_values(document, content) == []
    assert syntax_faults(content) == []
    assert all("EXERCICE" in text for text in page_texts(content))
    assert (document.kind, document.drill) == (kind, True)
    assert document.file_stem.isascii()


@pytest.mark.parametrize(
    ("kind", "variant"), [paper for paper in PAPERS if paper[0] != "fiche"]
)
def test_long_texts_and_hostile_names_print(kind: str, variant: str) -> None:
    file = played.heavy()
    document = build(file, kind, variant)
    content = printed(file, document)
    assert lost_values(document, content) == []
    text = "".join(page_texts(content))
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "\u202f" not in text


@pytest.mark.parametrize("case", [played.amelipro, played.vendor, played.bare, played.heavy])
def test_the_point_fits_one_page(case: Callable[[], CaseFile]) -> None:
    file = case()
    assert len(page_texts(printed(file, build(file, "point", "")))) == 1


@pytest.mark.parametrize("kind", ["plainte", "assureur"])
def test_a_social_security_number_stops_the_paper(kind: str) -> None:
    session = fakes.new_case()
    cnil: dict[str, Plain] = {"viol.description": f"Le dossier {NIR} a été ouvert."}
    set_facts(session, fakes.INCIDENT, Said(cnil=cnil), fakes.BY)
    with pytest.raises(UserError) as caught:
        build(fakes.case_file(session), kind, "")
    assert caught.value.code == "document.patient_data"
    assert NIR not in str(caught.value)


@pytest.mark.parametrize("kind", ["plainte", "assureur", "prestataire", "point", "lettre", "fiche"])
def test_an_unknown_variant_is_refused(kind: str) -> None:
    with pytest.raises(UserError) as caught:
        build(played.bare(), kind, "autre")
    assert caught.value.code == "document.unknown_variant"


def test_a_case_just_opened_says_what_is_missing() -> None:
    file = played.bare()
    assert "plainte.attack_known" in build(file, "plainte", "").missing
    assert "plainte.siret" in build(file, "plainte", "").missing
    assert "assureur.contract" in build(file, "assureur", "").missing
    assert "prestataire.recipient" in build(file, "prestataire", "").missing
    assert "lettre.categories_missing" in build(file, "lettre", "").missing


def test_a_real_case_never_says_exercise() -> None:
    file = fakes.case_file(fakes.new_case(drill=False))
    content = printed(file, build(file, "plainte", ""))
    assert "EXERCICE" not in "".join(page_texts(content))


def test_every_paper_that_a_step_names_can_be_built() -> None:
    outputs = read_raw(ROOT / "checklists" / "outputs.toml")
    asked = [
        (str(table["kind"]), str(table["variant"]))
        for table in outputs.values()
        if isinstance(table, dict) and table["kind"] != "export"
    ]
    assert asked
    for kind, variant in asked:
        for document in BUILDERS[kind](played.vendor(), variant):
            assert values(document)
