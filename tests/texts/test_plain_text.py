"""What hides is shown, what is plain stays as it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.texts.csv_table import csv_bytes
from clinicir.texts.plain_text import as_tooltip, on_one_line, visible


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Éva à 9 h 40 « oui » : 12 %…", "Éva à 9 h 40 « oui » : 12 %…"),
        ("rapport\u202etxt.exe", "rapport[U+202E]txt.exe"),
        ("a\u200b\u200db", "a[U+200B U+200D]b"),
        ("a\x00\x1b[31mb", "a[U+0000 U+001B][31mb"),
        ("e\u0301", "é"),
        ("a\r\nb\u2028c\x0bd", "a\nb\nc\nd"),
        ("pa\u00adtient", "patient"),
        ("\ud83d seul", "[U+D83D] seul"),
        ("דוד 😀", "דוד 😀"),
        ("\u200b" * 8, "[" + " ".join(["U+200B"] * 6) + "][U+200B U+200B]"),
    ],
)
def test_what_hides_is_named(given_text: str, shown: str) -> None:
    assert visible(given_text) == shown


@given(st.text(st.characters()))
def test_nothing_that_hides_is_left_and_a_second_pass_changes_nothing(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    hidden = {c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"}}
    assert hidden <= {"\n", "\t"}
    assert "\n" not in on_one_line(text)


def test_a_tool_tip_is_escaped_markup() -> None:
    assert as_tooltip("<b>a</b>\n&") == "<qt>&lt;b&gt;a&lt;/b&gt;<br>&amp;</qt>"
    assert as_tooltip("") == ""


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "\u3000=1", " \u00a0\u2003-1", "\n=1",
     "\x0b=1", "\x85=1"],
)
def test_no_cell_is_computed(cell: str) -> None:
    text = csv_bytes([[cell]]).decode("utf-8-sig")
    assert text.startswith("\"'")


@given(st.text(st.characters(), max_size=50))
def test_any_text_makes_a_table(text: str) -> None:
    assert csv_bytes([[text]]).endswith(b'"\r\n')
