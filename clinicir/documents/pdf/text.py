"""From any text typed or imported to markup that ReportLab cannot be surprised by.

`pdf_text` is the only door: it normalises, makes invisible characters visible, escapes, and
names a font for each run (`security.md` 4.4). Nothing typed by a person is ever read as markup.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from clinicir.documents.pdf.fonts import Face

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# ReportLab breaks lines at U+202F and prints U+0020 for it (feasibility.md 2): U+00A0 is honoured.
_SPACES = str.maketrans(
    {"\t": " ", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u00ad": ""}
    | {chr(point): " " for point in (0x1680, *range(0x2000, 0x2007), *range(0x2008, 0x200B))}
    | {"\u205f": " ", "\u3000": " "}
)
_FRENCH_SPACE = re.compile("(?<=\u00ab) | (?=[?!;:\u00bb])")
"""Ordinary blanks that French typography does not break."""
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_PLAIN = re.compile("[ -~\n\u00a0-\u00ac\u00ae-\u017f\u2019\u00ab\u00bb]*")
_POINTS_PER_MARK = 6


def printed(text: str, face: Face) -> str:
    """What the paper shows for `text`: same words, ordinary spaces, hidden characters named.

    A character that no font can draw, a control character or a mark that reverses the reading
    order is written as its code point: `[U+202E]`, `[U+05D3 U+05D5 U+05D3]`.
    """
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).translate(_SPACES)
    text = _FRENCH_SPACE.sub("\u00a0", text)
    if _PLAIN.fullmatch(text):
        return text
    pieces: list[str] = []
    for drawable, run in groupby(text, lambda character: _is_drawable(character, face)):
        characters = "".join(run)
        pieces.append(characters if drawable else _code_points(characters))
    return "".join(pieces)


def pdf_text(text: str, face: Face) -> str:
    """Markup of one paragraph set in `face`; line feeds become forced line breaks.

    A run without blank is cut by the line's width (`splitLongWords`, 20,000 characters in 25 ms),
    not by blanks of ours: an address or a digest copied from the paper stays what it was.
    """
    plain = printed(text, face)
    if _PLAIN.fullmatch(plain):
        return _escape(plain)
    pieces: list[str] = []
    for font, run in groupby(plain, lambda character: _font_of(character, face)):
        inside = _escape("".join(run))
        pieces.append(inside if font == face.name else f'<font name="{font}">{inside}</font>')
    return "".join(pieces)


def paragraphs_of(text: str) -> list[str]:
    """`text` cut at its empty lines, without empty paragraphs; one empty text if all is empty."""
    unified = _LINE_ENDS.sub("\n", text)
    found = [part.strip("\n") for part in re.split(r"\n[ \t\u00a0]*\n", unified)]
    return [part for part in found if part.strip()] or [""]


@lru_cache(maxsize=4096)
def _is_drawable(character: str, face: Face) -> bool:
    if character == "\n":
        return True
    if unicodedata.category(character) in _HIDDEN_CATEGORIES:
        return False
    return face.font_of(character) is not None


def _font_of(character: str, face: Face) -> str:
    return face.name if character in " \n" else face.font_of(character) or face.name


def _code_points(run: str) -> str:
    marks = [f"U+{ord(character):04X}" for character in run]
    groups = (marks[i : i + _POINTS_PER_MARK] for i in range(0, len(marks), _POINTS_PER_MARK))
    return " ".join("[" + " ".join(group) + "]" for group in groups)


def _escape(plain: str) -> str:
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br/>")
