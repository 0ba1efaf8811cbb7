"""The door through which every text goes to the page."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from clinicir.documents.pdf.fonts import CODE, load_faces
from clinicir.documents.pdf.text import paragraphs_of, pdf_text, printed
from tests.documents.pdf_reading import face
from tests.documents.samples import FONTS


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("19\u202fh\u202f40", "19\u00a0h\u00a040"),
        ("Quoi ? « Non » : si !", "Quoi\u00a0? «\u00a0Non\u00a0»\u00a0: si\u00a0!"),
        ("a\tb\u2003c", "a b c"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("e\u0301te\u0301", "été"),
        ("céré\u00admonie", "cérémonie"),
        ("nul\x00ici", "nul[U+0000]ici"),
        ("abc\u202edcba\u2066", "abc[U+202E]dcba[U+2066]"),
        ("a\u200bb\ufeff", "a[U+200B]b[U+FEFF]"),
        ("דוד", "[U+05D3 U+05D5 U+05D3]"),
        ("王小明 Wang", "[U+738B U+5C0F U+660E] Wang"),
        ("\ud800", "[U+D800]"),
        ("א" * 7, "[" + " ".join(["U+05D0"] * 6) + "] [U+05D0]"),
        ("Łukasik Şahin Đặng", "Łukasik Şahin Đặng"),
    ],
)
def test_what_is_shown(typed: str, shown: str) -> None:
    assert printed(typed, face()) == shown


def test_markup_is_escaped_and_line_feeds_are_kept() -> None:
    assert pdf_text("<b>&amp;\nx", face()) == "&lt;b&gt;&amp;amp;<br/>x"


def test_a_character_that_inter_lacks_is_set_in_noto() -> None:
    assert pdf_text("aꞌb", face()) == 'a<font name="NotoSans">ꞌ</font>b'
    assert '<font name="NotoSans">' in pdf_text("ế ڕ ĸ ꞌ", load_faces(FONTS)[CODE])


def test_paragraphs_are_cut_at_empty_lines_only() -> None:
    assert paragraphs_of("a\nb\n \n\nc\r\n\r\nd\n") == ["a\nb", "c", "d"]
    assert paragraphs_of("\n\n") == [""]


@given(st.text())
def test_whatever_is_typed_is_drawable_and_inert(text: str) -> None:
    shown = printed(text, face())
    assert printed(shown, face()) == shown
    for character in shown:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    set_text = Paragraph(pdf_text(text, face()), ParagraphStyle("x", fontName="Inter"))
    kept = "".join(getattr(frag, "text", "") for frag in set_text.frags)
    assert "".join(kept.split()) == "".join(shown.split())
