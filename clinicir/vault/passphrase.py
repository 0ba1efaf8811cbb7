"""What passphrases are accepted, and proposals of good ones.

Three ways to reach 80 bits, those of the CNIL (deliberation 2022-100 of 21 July 2022): 12 signs of
4 classes, 14 signs of 3 classes, or 7 words. No periodic renewal. Common ones are refused.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinicir.domain.errors import UserError

MAX_SIGNS = 500
PROPOSED_WORDS = 8
_WORDS = 7
_DISTINCT_WORDS = 6
_WORD_LETTERS = 25
_DISTINCT_SIGNS = 6
_OWN_SIGNS = 8
_SEPARATORS = re.compile(r"[\s\-_.,;:!?'\u2019\u2026]+")
_YEAR_OR_RUN = re.compile(
    r"19\d\d|20\d\d|(\d)\1{2,}|(?:0?1234?5?6?7?8?9?0?)|(?:0?9?8?7?6?5?4?321)|(?:456|789|987|654)\d*"
)
_LOOKALIKES = str.maketrans("013457@$!|", "oieastasii")


@dataclass(frozen=True)
class CommonPasswords:
    """What everybody tries first."""

    fingerprints: frozenset[str]
    """First 12 hex of SHA-256 of each common password, in lower case."""
    parts: tuple[str, ...]
    """Words that add nothing to a passphrase, lower case without accents, longest first."""


def load_common(fingerprints: Path, parts: Path) -> CommonPasswords:
    """Read `resources/wordlist/common_passwords.txt` and `common_parts.txt`."""
    listed = parts.read_text("utf-8").split()
    return CommonPasswords(
        frozenset(fingerprints.read_text("ascii").split()),
        tuple(sorted(listed, key=lambda part: (-len(part), part))),
    )


def load_words(path: Path) -> tuple[str, ...]:
    """Words to propose; those with an accent are left out, since a keyboard may lack it."""
    return tuple(word for word in path.read_text("utf-8").split() if word.isascii())


def propose(words: Sequence[str], draw: Callable[[int], int] = secrets.randbelow) -> str:
    """Eight words joined by hyphens: 85 bits with the list of the program."""
    return "-".join(words[draw(len(words))] for _ in range(PROPOSED_WORDS))


def normalised(text: str) -> bytes:
    """Bytes that keys are derived from: NFKC, so that two keyboards give the same, in UTF-8."""
    return unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass")


def require_strong(text: str, common: CommonPasswords) -> None:
    """UserError `passphrase.too_weak` with the `reason` given by `weakness`."""
    reason = weakness(text, common)
    if reason is not None:
        raise UserError("passphrase.too_weak", reason=reason)


def weakness(text: str, common: CommonPasswords) -> str | None:
    """Why a passphrase is refused: `control`, `long`, `short`, `classes`, `repeats`, `common`."""
    text = unicodedata.normalize("NFKC", text)
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        return "control"
    if len(text) > MAX_SIGNS:
        return "long"
    if len(set(text)) < _DISTINCT_SIGNS:
        return "repeats" if len(text) >= 12 else "short"
    if _has_enough_words(text):
        return None
    if len(text) < 12:
        return "short"
    if _classes(text) < (3 if len(text) >= 14 else 4):
        return "classes"
    return "common" if _is_common(text, common) else None


def _classes(text: str) -> int:
    tests: tuple[Callable[[str], bool], ...] = (
        str.isupper,
        str.islower,
        str.isdigit,
        lambda sign: not sign.isalnum(),
    )
    return sum(any(test(sign) for sign in text) for test in tests)


def _has_enough_words(text: str) -> bool:
    words = [word.casefold() for word in _SEPARATORS.split(text) if len(word) >= 2]
    words = [word for word in words if any(sign.isalpha() for sign in word)]
    return (
        len(words) >= _WORDS
        and len(set(words)) >= _DISTINCT_WORDS
        and sum(map(len, words)) >= _WORD_LETTERS
    )


def _is_common(text: str, common: CommonPasswords) -> bool:
    plain = _unaccented(text.casefold())
    trimmed = plain.strip("0123456789!?.,;:*-_+/@#$%&()= ")
    forms = {plain, trimmed, plain.translate(_LOOKALIKES), trimmed.translate(_LOOKALIKES)}
    if any(fingerprint(form) in common.fingerprints for form in forms):
        return True
    rest = _YEAR_OR_RUN.sub("", plain)
    for part in common.parts:
        rest = rest.replace(part, "")
    rest = rest.translate(_LOOKALIKES)
    for part in common.parts:
        rest = rest.replace(part, "")
    return len(rest) < _OWN_SIGNS


def fingerprint(password: str) -> str:
    """How a common password is listed."""
    return hashlib.sha256(password.encode("utf-8")).hexdigest()[:12]


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
