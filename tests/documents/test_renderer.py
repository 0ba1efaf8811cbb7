"""A paper on paper: complete, stamped, readable, and the same each time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from clinicir.documents.model import (
    Block,
    Column,
    Document,
    FieldRow,
    Heading,
    Lines,
    Notice,
    Option,
    OptionList,
    Paragraph,
    Section,
    Table,
    Timeline,
    TimelineEvent,
)
from clinicir.documents.pdf.blocks import in_groups
from clinicir.documents.pdf.renderer import render
from clinicir.texts import printing
from tests.documents.pdf_reading import (
    body_text,
    fonts_of,
    lost_values,
    page_texts,
    squeezed,
    syntax_faults,
)
from tests.documents.samples import FONTS, HEAD, STAMP, everything, letter, paper

HOSTILE = (
    '<img src="/etc/passwd"/> <a href="http://192.0.2.1/x">ici</a> <b>gras <para> </para> &#0; '
    "&nbsp; &amp; <font color=red> <onDraw name=x/> <!-- > ]]> %s {0} \\n \x00\x07\ufeff\u202e"
)
NAMES = "Łukasik, Şahin, Nguyễn Đặng, עברית, العربية, 王, Ωραία, Ђорђе, 👩‍⚕️"


_RUN = "".join(f"{number:x}" for number in range(6_000))[:20_000]


def _pictures(pdf: bytes) -> list[Image.Image]:
    return [page.render(scale=2).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize(
    "document", [everything(), everything(drill=True), letter()], ids=["paper", "drill", "letter"]
)
def test_a_paper_shows_every_value_and_is_a_sound_pdf(document: Document) -> None:
    pdf = render(document, STAMP, FONTS)
    text = "".join(page_texts(pdf))
    assert lost_values(document, pdf) == []
    assert syntax_faults(pdf) == []
    assert not set("\u202f\x00\ufffd") & set(text)
    with pikepdf.open(BytesIO(pdf)) as file:
        assert str(file.Root.Lang) == "fr-FR"
        assert str(file.docinfo["/Title"]) == document.title
        assert not str(file.docinfo.get("/Author", ""))
        assert document.title.encode() in bytes(file.Root.Metadata.read_bytes())
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)


def test_every_font_is_embedded_and_none_is_of_the_reader() -> None:
    found = 0
    for font in fonts_of(render(everything(), STAMP, FONTS)):
        found += 1
        assert "/FontFile2" in font.FontDescriptor, font.BaseFont
        assert "Helvetica" not in str(font.BaseFont)
    assert found >= 5


def test_the_same_input_gives_the_same_bytes() -> None:
    first = render(everything(), STAMP, FONTS)
    render(letter(), STAMP, FONTS)
    assert render(everything(), STAMP, FONTS) == first


def test_each_page_has_its_number_and_where_the_trail_stood() -> None:
    pages = page_texts(render(everything(), STAMP, FONTS))
    assert len(pages) == 4
    for number, page in enumerate(pages, 1):
        assert f"page {number} / {len(pages)}" in page
        assert "Journal n° 123" in page
        assert in_groups(HEAD) in page
        assert "Cabinet médical des Tilleuls · Dossier 2026-001" in page


def test_a_preview_says_that_it_is_not_in_the_journal() -> None:
    (page,) = page_texts(render(paper(Paragraph("texte")), None, FONTS))
    assert printing.NOT_STAMPED in page
    assert "Journal n°" not in page


def test_a_drill_says_so_on_every_page_and_a_case_on_none() -> None:
    for page in page_texts(render(everything(drill=True), STAMP, FONTS)):
        assert "EXERCICE" in page
        assert "aucune valeur" in page
    assert "EXERCICE" not in "".join(page_texts(render(everything(), STAMP, FONTS)))


def test_the_outline_names_the_sections_in_order() -> None:
    pdf = BytesIO(render(everything(), STAMP, FONTS))
    with pikepdf.open(pdf) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
        inside = [item.title for item in outline.root[1].children]
    assert titles == [section.title for section in everything().sections]
    assert inside == ["Liste des pièces", "Chronologie"]


def test_chosen_and_unchosen_differ_in_grey() -> None:
    def page(*chosen: bool) -> Image.Image:
        options = tuple(Option("Même mot", chosen=one) for one in chosen)
        return _pictures(render(paper(OptionList("Question", options)), STAMP, FONTS))[0]

    apart = ImageChops.difference(page(True, False, False), page(False, False, False))
    # black against white over the whole box, not a shade of the same outline
    assert sum(apart.histogram()[200:]) > 100


def test_a_change_shows_old_and_new_and_a_gap_a_line_to_write_on() -> None:
    pdf = render(
        paper(
            FieldRow("Nombre", "1 500", changed_from="environ 900"),
            FieldRow("TVA", None),
            FieldRow("Effectif", "  "),
            Table((Column("Pièce"), Column("Date")), (("Capture", None),)),
        ),
        STAMP,
        FONTS,
    )
    text = body_text(pdf)
    assert text.index("environ 900") < text.index("1 500")
    assert text.count(printing.TO_COMPLETE) == 3
    assert printing.CHANGED in text


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("mot long " * 2_222),
        FieldRow("Descriptif", _RUN, changed_from=_RUN[::-1], note=_RUN),
        FieldRow("Descriptif", "ligne\n" * 3_333),
        FieldRow("Étiquette " * 50, "valeur"),
        OptionList("Question", tuple(Option(f"choix {i} " * 40, chosen=True) for i in range(90))),
        Notice("danger", "mot long " * 2_222, "titre " * 50),
        Lines(("mot long " * 2_222, "court")),
        Timeline((TimelineEvent("20/03/2026", "mot " * 5_000, _RUN[:5_000]),)),
        Table((Column("N°", 0.1), Column("Texte")), (("1", "mot " * 5_000), ("2", "court"))),
    ],
    ids=lambda block: type(block).__name__,
)
def test_twenty_thousand_characters_flow_over_pages_in_the_normal_layout(block: Block) -> None:
    document = paper(Heading("Titre"), block, Paragraph("après"))
    pdf = render(document, STAMP, FONTS)
    assert lost_values(document, pdf) == []
    # the plain layout that stands in for a failed one has no outline
    with pikepdf.open(BytesIO(pdf)) as file:
        assert "/Outlines" in file.Root


def test_a_layout_that_fails_still_gives_the_paper() -> None:
    tall = Table((Column("Titre " * 4_000), Column("b")), (("a", "b"),))
    gap = FieldRow("Sans réponse", None)
    choice = OptionList("Choix", (Option("Oui", chosen=True), Option("Non", chosen=False)))
    document = replace(paper(tall, gap, choice, drill=True))
    pdf = render(document, STAMP, FONTS)
    assert lost_values(document, pdf) == []
    pages = page_texts(pdf)
    assert all("EXERCICE" in page and in_groups(HEAD) in page for page in pages)
    text = squeezed("".join(pages))
    assert "[x]Oui" in text
    assert "[]Non" in text
    assert squeezed(f"Sans réponse : {printing.TO_COMPLETE}") in text


def test_hostile_markup_is_printed_as_it_was_typed() -> None:
    document = everything()
    section = Section(HOSTILE, (FieldRow(HOSTILE, HOSTILE), Paragraph(HOSTILE), Heading(HOSTILE)))
    document = replace(
        document, title=HOSTILE, subtitle=HOSTILE, practice=HOSTILE, case_number=HOSTILE,
        sections=(section,),
    )  # fmt: skip
    pdf = render(document, STAMP, FONTS)
    text = squeezed("".join(page_texts(pdf)))
    assert squeezed('<img src="/etc/passwd"/> <a href="http://192.0.2.1/x">ici</a>') in text
    assert text.count("[U+0000U+0007U+FEFFU+202E]") >= 3
    assert "\x00" not in text
    with pikepdf.open(BytesIO(pdf)) as file:
        assert not any("/Annots" in page for page in file.pages)
        assert all("/Image" not in str(page.get("/Resources", "")) for page in file.pages)


def test_rare_names_are_written_or_named_by_their_code_points() -> None:
    pdf = render(paper(FieldRow("Nom", NAMES)), STAMP, FONTS)
    text = squeezed(body_text(pdf))
    for name in ("Łukasik", "Şahin", "Nguyễn", "Đặng", "Ωραία", "Ђорђе"):
        assert name in text
    assert "[U+05E2U+05D1U+05E8U+05D9U+05EA]" in text
    assert "[U+738B]" in text
    assert "\ufffd" not in text


def test_an_empty_paper_has_one_page() -> None:
    document = replace(paper(), sections=(), practice="", case_number="", title="")
    assert len(page_texts(render(document, STAMP, FONTS))) == 1
    assert len(page_texts(render(replace(document, layout="letter"), STAMP, FONTS))) == 1


def test_a_table_of_500_rows_repeats_its_header_and_loses_no_row() -> None:
    columns = (Column("Numéro"), Column("Adresse"))
    rows = tuple((f"ligne-{i}", f"198.51.100.{i % 256}") for i in range(500))
    pages = page_texts(render(paper(Table(columns, rows)), STAMP, FONTS))
    assert len(pages) > 8
    assert all("Numéro" in page and "Adresse" in page for page in pages)
    whole = "\n".join(pages)
    assert all(f"ligne-{i}" in whole for i in range(500))


def test_no_heading_stays_alone_at_the_end_of_a_page() -> None:
    for filling in range(28, 44):
        blocks = [Paragraph(f"ligne {i}") for i in range(filling)]
        notice = Notice("info", "texte du cadre " * 20)
        pages = page_texts(render(paper(*blocks, Heading("TITRE"), notice), STAMP, FONTS))
        home = next(page for page in pages if "TITRE" in page)
        assert "texte du cadre" in home


def test_the_address_of_a_letter_falls_in_the_window() -> None:
    mm = 72 / 25.4
    for drill in (False, True):
        document = replace(letter(), drill=drill)
        page = pypdfium2.PdfDocument(render(document, STAMP, FONTS))[0].get_textpage()
        high = 297 - 55
        window = page.get_text_bounded(110 * mm, (high - 33) * mm, 195 * mm, high * mm)
        assert window.split("\r\n")[0] == "Madame Şahin Łukasik"
        assert window.split("\r\n")[-1] == "35200 Rennes"


def test_the_text_of_a_paper_reads_in_order() -> None:
    text = " ".join(body_text(render(everything(), STAMP, FONTS)).split())
    expected = (
        "Document de préparation à la notification CNIL Notification complémentaire n° 2 "
        "Établi le 21 mars 2026 à 19 h 40 (UTC+01:00) 2 réponses manquent : leur place est "
        "marquée « À compléter ». R7. À propos de la violation Numéro SIREN 732 829 320 "
        "Source : avis de situation INSEE Numéro de TVA intracommunautaire À compléter "
        "Nombre approximatif de personnes modifié Avant : environ 900 1 500"
    )
    assert text.startswith(expected)


@settings(max_examples=25)
@given(st.text(max_size=400), st.text(max_size=60), st.booleans())
def test_any_text_comes_out(value: str, label: str, drill: bool) -> None:
    document = paper(
        FieldRow(label, value, changed_from=label), Notice("warning", value, label),
        Table((Column(label), Column("b")), ((value, label),)), drill=drill,
    )  # fmt: skip
    pdf = render(document, STAMP, FONTS)
    assert lost_values(document, pdf) == []
    assert syntax_faults(pdf) == []
