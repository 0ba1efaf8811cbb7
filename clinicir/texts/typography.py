"""French spacing: sentences are written with plain spaces and spaced here, once, on the way out."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
THIN = "\u202f"
"""Narrow no-break space. For the screen: the papers print U+00A0 in its place."""

APOSTROPHE = "\u2019"
ELLIPSIS = "\u2026"

_BEFORE_HIGH_SIGNS = re.compile(r"[ \u00a0\u202f](?=[;!?])")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f](?=:)")
_AFTER_OPENING = re.compile(r"(?<=\u00ab)[ \u00a0\u202f]")
_BEFORE_CLOSING = re.compile(r"[ \u00a0\u202f](?=\u00bb)")

# A hyphen with little on one side is no place to end a line.
_SHORT_END = re.compile(r"(?<=\b\w)-(?=\w)|(?<=\w)-(?=\w{1,3}\b)")
_JOINED = "-\u2060"

# Signs that steer the reading direction or hide, and could make a name lie inside a sentence.
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def spaced(text: str) -> str:
    """No-break spaces where French wants them: U+202F before ; ! ?, U+00A0 before : and in « ».

    Only spaces already written are changed, so `12:30` and addresses stay as they are. Idempotent.
    """
    text = _BEFORE_HIGH_SIGNS.sub(THIN, text)
    text = _BEFORE_COLON.sub(NO_BREAK, text)
    text = _AFTER_OPENING.sub(NO_BREAK, text)
    return _BEFORE_CLOSING.sub(NO_BREAK, text)


def unbroken(text: str) -> str:
    """For drawing only: « e-CPS » and « notez-le » stay on one line."""
    return _SHORT_END.sub(_JOINED, text)


def quoted_value(value: object, longest: int = 80) -> str:
    """A value of unknown origin, fit for the middle of a sentence: one line, visible, not too long.

    Control and direction signs are dropped; more than `longest` characters end with an ellipsis.
    """
    text = _INVISIBLE.sub("", _CONTROL.sub(" ", str(value)))
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def listed(words: list[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def plural(count: int, word: str, many: str | None = None) -> str:
    """Number and noun: 0 and 1 are singular in French."""
    return word if abs(count) < 2 else (many or f"{word}s")
