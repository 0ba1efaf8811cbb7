"""Text as every search compares it: whoever is in a hurry types no accent."""

from __future__ import annotations

import unicodedata
from functools import cache

_OTHER = {
    "\u0153": "oe", "\u0152": "oe", "\u00e6": "ae", "\u00c6": "ae", "\u2019": "'", "\u202f": " ",
    "\u00a0": " ",
}  # fmt: skip


def fold(text: str) -> str:
    """Small letters without accents; ligatures in two letters."""
    return "".join(map(fold_sign, text))


@cache
def fold_sign(sign: str) -> str:
    """The same of one sign, which may become two."""
    if sign in _OTHER:
        return _OTHER[sign]
    parts = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
