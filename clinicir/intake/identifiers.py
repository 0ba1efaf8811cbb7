"""Doubts about typed identifiers: always a warning, never a refusal (lists.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.fr import nir, siren, siret

from clinicir.domain.errors import BugError

__all__ = ["KINDS", "Doubt", "check", "compact"]


class Doubt(StrEnum):
    """What looks wrong; the French sentence is in the texts."""

    FORM = "identifier.bad_form"
    """Signs that such a number never has."""
    LENGTH = "identifier.bad_length"
    KEY = "identifier.bad_key"
    """The check digits do not match: most often one digit is mistyped."""


def check(kind: str, text: str) -> Doubt | None:
    """Doubt about an identifier of `KINDS`, None when it looks right.

    Spaces, dots and dashes are ignored, and letters may be in lower case.
    """
    try:
        rule = _RULES[kind]
    except KeyError:
        raise BugError(f"no such identifier: {kind!r}") from None
    return rule(compact(text))


def compact(text: str) -> str:
    """The identifier without separators, in capitals."""
    return re.sub(r"[\s.\-]", "", text).upper()


def _by_library(validate: Callable[[str], str]) -> Callable[[str], Doubt | None]:
    def doubt(text: str) -> Doubt | None:
        try:
            validate(text)
        except InvalidLength:
            return Doubt.LENGTH
        except InvalidChecksum:
            return Doubt.KEY
        except ValidationError:
            return Doubt.FORM
        return None

    return doubt


_FINESS = re.compile(r"[0-9][0-9A-Z][0-9]{7}\Z")
_FINESS_LENGTH = 9
_RPPS_LENGTH = 11
_ADELI_LENGTH = 9
_ADELI = re.compile(r"[0-9][0-9AB][0-9]{7}\Z")


def _finess(text: str) -> Doubt | None:
    """Luhn, the letter of Corsica read as its rank (A 1, B 2)."""
    if len(text) != _FINESS_LENGTH:
        return Doubt.LENGTH
    if not _FINESS.match(text) or (text[1].isalpha() and text[1] not in "AB"):
        return Doubt.FORM
    digits = text.replace("A", "1").replace("B", "2")
    return None if _luhn(digits) else Doubt.KEY


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def _rpps(text: str) -> Doubt | None:
    """Length only: published samples do not obey the key that is said to apply."""
    if not re.fullmatch(r"[0-9]*", text):
        return Doubt.FORM
    return None if len(text) == _RPPS_LENGTH else Doubt.LENGTH


def _adeli(text: str) -> Doubt | None:
    """Form only; the register is being replaced by RPPS."""
    if len(text) != _ADELI_LENGTH:
        return Doubt.LENGTH
    return None if _ADELI.match(text) else Doubt.FORM


_RULES: dict[str, Callable[[str], Doubt | None]] = {
    "siren": _by_library(siren.validate),
    "siret": _by_library(siret.validate),
    "nir": _by_library(nir.validate),
    "finess": _finess,
    "rpps": _rpps,
    "adeli": _adeli,
}

KINDS = frozenset(_RULES)
"""Identifiers that `check` knows."""
