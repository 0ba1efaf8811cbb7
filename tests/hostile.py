"""Texts that want to be more than text (security design T14): made here, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_MARKUP = (
    "<b>gras", "</p></body>", "<img src=\"{f}\">", "<img src='{f}'/>", "<a href=\"{f}\">clic</a>",
    "<a href=\"https://exemple.invalid\">clic</a>", "<font color=\"red\" size=\"40\">x</font>",
    "<para><img src=\"{f}\" width=\"1\"/></para>", "<table background=\"{f}\"><tr><td>x",
    "<style>*{{background:url({f})}}</style>", "<link rel=stylesheet href=\"{f}\">",
    "<object data=\"{f}\">", "<iframe src=\"{f}\">", "<script>alert(1)</script>",
    "<svg onload=alert(1)>", "<!DOCTYPE html><html>", "<qt><img src=\"{f}\"></qt>",
    "![x]({f})", "[x]({f})", "# Titre", "* liste", "`code`", "| a | b |", "<!-- -->", "]]>",
    "<![CDATA[x]]>", "&lt;b&gt;", "&#60;img&#62;", "&amp;amp;", "& < > \" '", "<br/>", "<seq/>",
    "<unichar code=\"0\"/>", "<onDraw name=\"x\"/>", "<index item=\"x\"/>", "<sup>x</sup>",
    "{{{{7*7}}}}", "${{7*7}}", "%s%n%x", "{{0.__class__}}", "#{{7*7}}", "<% x %>",
    "[[[[[[[[", "((((((((", "/JavaScript (app.alert(1))", ") Tj ET endstream endobj",
    "<</Type/Action/S/URI/URI(http://exemple.invalid)>>", "%PDF-1.7", "' OR 1=1 --",
)  # fmt: skip
_PLACES = (
    "{f}", "file:{s}{s}{f}", "\\\\10.0.0.1\\partage\\x.png", "//10.0.0.1/partage/x.png",
    "file:{s}{s}10.0.0.1/x.png", "qrc:/x.png", "data:image/png;base64,iVBORw0KGgo=",
    "http://exemple.invalid/x.png", "https://exemple.invalid/?a=b&c=d", "smb:{s}{s}10.0.0.1/x",
    "mailto:a@exemple.invalid?bcc=b@exemple.invalid%0d%0aX: y", "javascript:alert(1)",
    "..\\..\\windows\\win.ini", "../../../../etc/passwd", "CON", "nul.txt", "a:b", "a.txt::$DATA",
    "C:\\Windows\\System32\\calc.exe", "$(calc)", "`calc`", "; rm -rf ~", "| calc", "& calc.exe &",
)  # fmt: skip
_FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", "  =1+1", "\u00a0=1+1",
    "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A1", "=HYPERLINK(\"http://exemple.invalid\")",
    "\u3000=1", "\u2003@A1", "=1+1\n=2+2", "\";=1+1;\"", "a;b;c", "\"\"", "'=1+1",
)  # fmt: skip
_NAMES = (
    "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df", "\u0645\u062d\u0645\u062f",
    "Nguy\u1ec5n V\u0103n \u0110\u1eb7ng",
    "\u0141uk\u0105sz \u017b\xf3\u0142\u0107",
    "\u738b\u5c0f\u660e", "\u00d8\u00de\u00df\u00e6\u0153",
    "O\u2019Connor-L\u00e9vy",
    "e\u0301le\u0300ve", "A\u030a", "\ufb01n", "\u1e9e", "\u0130stanbul",
    "a" + "\u0301" * 50, "\u0e01\u0e33",
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1eb\U0001f1f7", "\u2764\ufe0f",
    "\U00020000", "\u0915\u094d\u0937", "\ufdfd", "\u1160\u3164", "\u2800", "\u00a0", " ", "",
)  # fmt: skip
_LINES = (
    "a\r\nBcc: b@exemple.invalid", "a\nX-A: b", "a\rb", "a\u2028b", "a\u2029b", "a\x85b", "a\x0bb",
    "a\x0cb", "a\n\n\nb", "\n", "BEGIN:VALARM\r\nACTION:EMAIL", "2027-01-01 error.code forged",
)  # fmt: skip
_CONTROLS = [chr(point) for point in (*range(0x20), *range(0x7F, 0xA0))]
_HIDING = [
    chr(point)
    for point in (
        0xAD, 0x34F, 0x61C, 0x115F, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
        *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, 0xE000, 0xE0001,
        0xE0041, 0x10FFFF, 0x1D173,
    )
]  # fmt: skip
_SURROGATES = ("\ud800", "\udfff", "\ud83d", "\ude00\ud83d", "a\udcffb")
_LONG = (20_000, 5_000, 501)


def hostile_strings(canary: Path) -> list[str]:
    """More than 500 texts; those that name a file name `canary`, which nothing may open."""
    found = [form.format(f=canary, s="/") for form in (*_MARKUP, *_PLACES)]
    found += [*_FORMULAS, *_NAMES, *_LINES, *_SURROGATES]
    found += [f"rapport{sign}gpj.exe" for sign in (*_CONTROLS, *_HIDING)]
    found += [f"{sign}=1+1" for sign in _HIDING[:20]]
    found += [f"{sign}<b>" for sign in _CONTROLS[:20]]
    for size in _LONG:
        units = ("a", "mot ", "<b>", "\u202e", "\U0001f600")
        found += [unit * (size // len(unit)) for unit in units]
    found += _mixed(canary, 220)
    return list(dict.fromkeys(found))


def _mixed(canary: Path, count: int) -> Iterator[str]:
    """Pieces of all of the above, one after the other."""
    chance = random.Random(20_261_122)
    forms = [form.format(f=canary, s="/") for form in (*_MARKUP, *_PLACES)]
    pieces = [*forms, *_FORMULAS, *_NAMES, *_LINES, *_CONTROLS, *_HIDING, *_SURROGATES]
    for _ in range(count):
        yield "".join(chance.choices(pieces, k=chance.randint(2, 6)))
