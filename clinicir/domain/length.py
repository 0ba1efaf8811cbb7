"""How long what a person gives may be, and what it may hold (security.md 4.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain

LINE_LIMIT = 500
"""Characters of a text on one line."""
TEXT_LIMIT = 20_000
"""Characters of a text on several lines."""

_ONE_LINE = frozenset(
    {
        "by", "title", "source", "label", "reference", "channel", "blocked_on", "to", "purpose",
        "name", "system", "owner", "where", "receipt",
    }
)  # fmt: skip
"""Names of the values that papers print on one line."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, other line ends, and half characters that no file can hold."""
_LINE_SIGNS = "\n\t"


def check_length(name: str, value: Plain | Mapping[str, Plain]) -> None:
    """Refuse a text, or a value that holds one, that is too long or holds control characters.

    UserError `text.too_long`, `text.control`. Signs that only hide (zero width, reading order) are
    let in: they are part of what was received, and are shown by name.
    """
    if isinstance(value, str):
        _check_text(name, value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            check_length(key, item)
    elif isinstance(value, Sequence):
        for item in value:
            check_length(name, item)


def _check_text(name: str, text: str) -> None:
    one_line = name in _ONE_LINE
    limit = LINE_LIMIT if one_line else TEXT_LIMIT
    if len(text) > limit:
        raise UserError("text.too_long", field=name, limit=limit, length=len(text))
    found = (sign[0] for sign in _CONTROL.finditer(text))
    if any(one_line or sign not in _LINE_SIGNS for sign in found):
        raise UserError("text.control", field=name)


def normalised(value: Plain) -> Plain:
    """The same value with every text in NFC and with one kind of line end."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {key: normalised(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [normalised(item) for item in value]
    return value
