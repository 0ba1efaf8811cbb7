"""Telephone numbers that ring nowhere: ranges kept for works of fiction (ARCEP)."""

from __future__ import annotations

_FOR_FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")
_FRANCE = "+33"


def is_fictional(number: str) -> bool:
    """True for a number of the ranges kept for fiction, however it is written."""
    kept = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    if kept.startswith(_FRANCE):
        kept = f"0{kept.removeprefix(_FRANCE)}"
    return len(kept) == 10 and kept.startswith(_FOR_FICTION)
