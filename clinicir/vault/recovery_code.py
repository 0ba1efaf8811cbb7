"""The recovery code: 130 random bits on paper, typed back by a stressed person (2.2).

Crockford base32 (no I, L, O, U): 26 symbols of data and 2 of check, in 7 groups of 4. The check is
the top 10 bits of SHA-256("clinicir/recovery/1" || the 26 symbols).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator

from clinicir.domain.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_SYMBOLS = 26
GROUPS = 7
GROUP_SYMBOLS = 4
_DOMAIN = b"clinicir/recovery/1"
_FOLDED = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED = str.maketrans(dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212. \t\r\n\u00a0\u202f"))
_MISREAD = (
    "8B",
    "5S",
    "2Z",
    "0D",
    "0Q",
    "6G",
    "17",
    "1J",
    "VY",
    "UV",
    "MN",
    "CG",
    "EF",
    "3E",
    "PR",
)
"""Signs that are taken for one another on paper."""


def generate(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code, written in groups; `draw(32)` gives the value of each symbol."""
    data = "".join(ALPHABET[draw(32)] for _ in range(DATA_SYMBOLS))
    return written(data + check_symbols(data))


def check_symbols(data: str) -> str:
    """The two symbols that follow 26 symbols of data."""
    digest = hashlib.sha256(_DOMAIN + data.encode("ascii")).digest()
    top = int.from_bytes(digest[:2], "big") >> 6
    return ALPHABET[top >> 5] + ALPHABET[top & 31]


def written(symbols: str) -> str:
    """28 symbols in 7 groups of 4 joined by hyphens, as printed on the sheet."""
    size = GROUP_SYMBOLS
    return "-".join(symbols[start : start + size] for start in range(0, len(symbols), size))


def folded(text: str) -> str:
    """Symbols of what was typed: any case, any hyphen or space, O for 0, I and L for 1."""
    return text.translate(_IGNORED).upper().translate(_FOLDED)


def parse(text: str) -> str:
    """The 28 symbols of a typed code.

    UserError `key.wrong_recovery_code` with `groups`, the numbers (1 to 7) of the groups to look at
    again: those with an impossible sign or missing ones, else those where one usual misreading or
    one swap of neighbours explains the check; empty when nothing points anywhere.
    """
    symbols = folded(text)
    strange = [i for i, sign in enumerate(symbols) if sign not in ALPHABET]
    if strange:
        raise _wrong(i // GROUP_SYMBOLS + 1 for i in strange)
    if len(symbols) != GROUPS * GROUP_SYMBOLS:
        raise _wrong(_groups_of_wrong_length(text))
    if not is_consistent(symbols):
        raise _wrong(_groups_of_likely_slip(symbols))
    return symbols


def is_consistent(symbols: str) -> bool:
    """True when the two last symbols are the check of the 26 first."""
    return check_symbols(symbols[:DATA_SYMBOLS]) == symbols[DATA_SYMBOLS:]


def _wrong(groups: Iterator[int] | set[int]) -> UserError:
    listed = sorted({min(number, GROUPS) for number in groups})
    return UserError("key.wrong_recovery_code", groups=tuple(listed))


def _groups_of_wrong_length(text: str) -> set[int]:
    parts = [folded(part) for part in text.replace(" ", "-").split("-")]
    sizes = [len(part) for part in parts if part]
    if len(sizes) == GROUPS:
        return {i + 1 for i, size in enumerate(sizes) if size != GROUP_SYMBOLS}
    return set(range(len(sizes) + 1, GROUPS + 1)) if set(sizes) == {GROUP_SYMBOLS} else set()


def _groups_of_likely_slip(symbols: str) -> set[int]:
    fixes = (i for i, fixed in _slips(symbols) if is_consistent(fixed))
    return {i // GROUP_SYMBOLS + 1 for i in fixes}


def _slips(symbols: str) -> Iterator[tuple[int, str]]:
    for i, sign in enumerate(symbols):
        for pair in _MISREAD:
            for other in pair.replace(sign, "") if sign in pair else "":
                if other in ALPHABET:
                    yield i, symbols[:i] + other + symbols[i + 1 :]
        if i + 1 < len(symbols) and sign != symbols[i + 1]:
            yield i, symbols[:i] + symbols[i + 1] + sign + symbols[i + 2 :]
