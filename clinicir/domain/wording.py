"""Approved sentences of papers and letters, reviewed by a lawyer, with checked placeholders."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wording:
    """Sentences by dotted key (`plainte.intro`), with `{name}` placeholders."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, key: str, **values: str) -> str:
        """The sentence with its placeholders filled; KeyError when key or value is missing."""
        return fill(self.texts[key], values)

    def lines(self, key: str, **values: str) -> tuple[str, ...]:
        """A list of sentences, filled."""
        return tuple(fill(line, values) for line in self.lists[key])


def placeholders(template: str) -> frozenset[str]:
    """Names used in a template."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Replace `{name}` only: no attribute, index or format is honoured."""
    parts: list[str] = []
    for literal, name, _spec, _conversion in string.Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            parts.append(values[name])
    return "".join(parts)
