"""Any text as it is shown: plain, normalised, with what hides made visible (security design 4.3).

The widgets of the window, the terminal and the tables for spreadsheets all show texts through
`visible`. The papers have their own form of it, which also knows what a font can draw.
"""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import groupby

_PLAIN = re.compile("[ -~\n\t\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u202f\u2030-\u205e\u20ac]*")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SOFT_HYPHEN = "\u00ad"
_POINTS_PER_MARK = 6


def visible(text: str) -> str:
    """NFC, one kind of line end; a sign that hides or turns the reading is named: `[U+202E]`."""
    text = _LINE_ENDS.sub("\n", text)
    if _PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "")
    pieces: list[str] = []
    for hides, run in groupby(text, _hides):
        signs = "".join(run)
        pieces.append(_named(signs) if hides else signs)
    return "".join(pieces)


def on_one_line(text: str) -> str:
    """The same for a title or the line of a list: its line ends and tabs become spaces."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def as_tooltip(text: str) -> str:
    """The words of a tool tip, for Qt, which would otherwise guess whether they are markup."""
    inside = html.escape(visible(text)).replace("\n", "<br>")
    return f"<qt>{inside}</qt>" if inside else ""


def _hides(sign: str) -> bool:
    return sign not in "\n\t" and unicodedata.category(sign) in _HIDDEN


def _named(signs: str) -> str:
    points = [f"U+{ord(sign):04X}" for sign in signs]
    groups = (points[at : at + _POINTS_PER_MARK] for at in range(0, len(points), _POINTS_PER_MARK))
    return "".join("[" + " ".join(group) + "]" for group in groups)
