"""French typography, put in when data are read: the files keep plain quotes and spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

NO_BREAK = "\N{NO-BREAK SPACE}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

_BEFORE = re.compile(r" (?=[;:!?\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}])")
_AFTER = re.compile(r"(?<=\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}) ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")

_SLOT = re.compile(r"(?:\b(?P<small>[Dd]e|[\u00c0\u00e0]) )?\{(?P<name>service|editeur)\}")
_CONTRACTED = {
    ("de", "le "): "du ",
    ("de", "les "): "des ",
    ("\u00e0", "le "): "au ",
    ("\u00e0", "les "): "aux ",
}
_VOWELS = "aeiouy\u00e2\u00e0\u00e9\u00e8\u00ea\u00ee\u00f4"


def french(text: str) -> str:
    """The text with curly apostrophes and the no-break spaces that French wants.

    A space already there before `;`, `:`, `!`, `?`, a closing guillemet, or after an opening one,
    becomes U+00A0; so does the space of a thousands group. Nothing is added where none was typed.
    """
    curly = text.replace("'", APOSTROPHE)
    spaced = _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, curly))
    return _THOUSANDS.sub(NO_BREAK, spaced)


def official(text: str) -> str:
    """An official label: every character as published, apostrophes apart."""
    return text.replace("'", APOSTROPHE)


def french_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """`french` of each line."""
    return tuple(french(line) for line in lines)


def fill_words(text: str, words: Mapping[str, str]) -> str:
    """Replace `{service}` and `{editeur}`, contracting `de le` into `du` and `de a` into `d'a`.

    Other placeholders are left for the moment when they are known; a name without a word too.
    """

    def replaced(slot: re.Match[str]) -> str:
        word = words.get(slot["name"])
        return slot.group() if word is None else _joined(slot["small"], word)

    return _SLOT.sub(replaced, text)


def slots(texts: Iterable[str]) -> frozenset[str]:
    """Which of `service` and `editeur` the texts ask for."""
    return frozenset(slot["name"] for text in texts for slot in _SLOT.finditer(text))


def _joined(small: str | None, word: str) -> str:
    if small is None:
        return word
    for (preposition, article), contracted in _CONTRACTED.items():
        if small.lower() == preposition and word.startswith(article):
            lead = contracted.capitalize() if small[0].isupper() else contracted
            return lead + word.removeprefix(article)
    if small.lower() == "de" and word[:1].lower() in _VOWELS:
        return f"{small[0]}'{word}"
    return f"{small} {word}"
