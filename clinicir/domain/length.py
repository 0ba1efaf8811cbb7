"""How long what a person gives may be (security.md 4.1)."""

from __future__ import annotations

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


def check_length(name: str, value: Plain | Mapping[str, Plain]) -> None:
    """Refuse a text, or a value that holds one, that is too long: UserError `text.too_long`."""
    if isinstance(value, str):
        limit = LINE_LIMIT if name in _ONE_LINE else TEXT_LIMIT
        if len(value) > limit:
            raise UserError("text.too_long", field=name, limit=limit, length=len(value))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            check_length(key, item)
    elif isinstance(value, Sequence):
        for item in value:
            check_length(name, item)
