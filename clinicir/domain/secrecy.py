"""What must never stand in a paper: a patient's social-security number (NIR).

Standard library only, so that the builders of papers can ask; the full check of a number that a
person types is in `clinicir.intake.identifiers`.
"""

from __future__ import annotations

import re
import unicodedata

# Groups of digits (2A and 2B of Corsica included) parted by one or two spaces, dots or dashes,
# and not glued to a longer word, such as a fingerprint in hexadecimal.
_RUN = re.compile(r"(?<![0-9A-F])[0-9][0-9AB]*(?:[ .\-]{1,2}[0-9AB]+)*(?![0-9A-F])")
_GROUP = re.compile(r"[0-9AB]+")

_SHAPE = re.compile(
    r"[1-478]"  # sex; 3, 4, 7, 8 for numbers given for a time
    r"[0-9]{2}"  # year of birth
    r"(?:0[1-9]|1[0-2]|[2-9][0-9])"  # month, or more than 20 when it is not known
    r"(?:[0-9]{2}|2[AB])"  # department
    r"[0-9]{6}"  # town and rank
    r"(?P<key>[0-9]{2})?\Z"
)
_STRICT_MONTH = re.compile(r"[12][0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[1-9][0-9]|2[AB])")
_WRITTEN = (1, 2, 2, 2, 3, 3)
"""Lengths of the groups in which a NIR is written without its key."""

_WHOLE, _WITHOUT_KEY, _KEY = 15, 13, 97


def find_nir(text: str) -> bool:
    """True when the text seems to hold a NIR.

    Fifteen signs: the key must be right (97 less the first thirteen modulo 97, `2A` read as 19 and
    `2B` as 18). Thirteen signs: no key to check, so the month must be a month and the signs must
    stand in one piece or in the groups of a card. Spaces, dots and dashes inside are tolerated.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return any(_holds(_GROUP.findall(run.group())) for run in _RUN.finditer(plain))


def key_is_right(nir: str) -> bool:
    """Key of a NIR of fifteen signs without separators."""
    number = nir[:_WITHOUT_KEY].replace("2A", "19").replace("2B", "18")
    if not (number + nir[_WITHOUT_KEY:]).isdigit():
        return False
    return int(nir[_WITHOUT_KEY:]) == _KEY - int(number) % _KEY


def _holds(groups: list[str]) -> bool:
    for first in range(len(groups)):
        joined = ""
        for last in range(first, len(groups)):
            joined += groups[last]
            if len(joined) > _WHOLE:
                break
            if _is_nir(joined, groups[first : last + 1]):
                return True
    return False


def _is_nir(joined: str, groups: list[str]) -> bool:
    if not _SHAPE.match(joined):
        return False
    if len(joined) == _WHOLE:
        return key_is_right(joined)
    as_written = len(groups) == 1 or tuple(map(len, groups)) == _WRITTEN
    return as_written and _STRICT_MONTH.match(joined) is not None
