"""Sentences of papers and letters: every `wording/*.toml` of the `resources` folder, merged."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

from clinicir.content.toml_reader import read_raw
from clinicir.content.typography import french
from clinicir.domain.errors import UserError
from clinicir.domain.wording import Wording

FOLDER = "wording"

_PLACEHOLDER = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")

Leaf = str | tuple[str, ...]


def load_wording(root: Path) -> Wording:
    """Sentences and lists by dotted key: the tables inside the files, not the file names.

    UserError `content.*` naming file and key: anything but text, the same key in two files, a
    placeholder that is not a plain `{name}`.
    """
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for path in sorted((root / FOLDER).glob("*.toml")):
        for key, leaf in _leaves(read_raw(path), "", path.name):
            if key in texts or key in lists:
                raise UserError("content.bad_value", file=path.name, key=key, problem="twice")
            if isinstance(leaf, str):
                texts[key] = leaf
            else:
                lists[key] = leaf
    return Wording(texts, lists)


def _leaves(node: dict[str, object], under: str, file: str) -> Iterator[tuple[str, Leaf]]:
    for name, value in node.items():
        key = f"{under}.{name}" if under else name
        if isinstance(value, dict):
            yield from _leaves(value, key, file)
        elif isinstance(value, str):
            yield key, _checked(value, file, key)
        elif isinstance(value, list) and all(isinstance(line, str) for line in value):
            yield key, tuple(_checked(line, file, key) for line in value)
        else:
            raise UserError(
                "content.bad_type", file=file, key=key, problem="text or list of texts expected"
            )


def _checked(text: str, file: str, key: str) -> str:
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError as error:
        raise UserError("content.bad_value", file=file, key=key, problem=str(error)) from error
    for _literal, name, spec, conversion in fields:
        if name is not None and (spec or conversion or not _PLACEHOLDER.fullmatch(name)):
            raise UserError(
                "content.bad_value", file=file, key=key, problem=f"placeholder {{{name}}}"
            )
    return french(text)
