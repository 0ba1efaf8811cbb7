"""Sentences of the papers that leave: short, without banned words, each one used."""

from __future__ import annotations

import ast
import re

import pytest

from clinicir.domain.wording import placeholders
from tests import fakes
from tests.documents.recorder import ROOT

ROOTS = (
    "plainte", "assureur", "prestataire", "point", "lettre", "fiche", "identite", "pieces",
    "chronologie", "prejudice",
)  # fmt: skip
LONGEST = 18
BANNED = (
    "exfiltration", "credentials", "ransomware", "phishing", "logs", "crypté", "backup", "token",
    "mailing", "template", "Erreur !",
)  # fmt: skip
FROM_DATA = ("fiche.", "point.level.")
"""Keys named by other data (parts of a sheet) or by an enumeration of the domain."""


def sentences() -> list[tuple[str, str]]:
    wording = fakes.knowledge().wording
    found = [(key, text) for key, text in wording.texts.items()]
    found += [(key, line) for key, lines in wording.lists.items() for line in lines]
    return [
        (key, text)
        for key, text in found
        if key.split(".")[0] in ROOTS and ".about." not in key and ".lint." not in key
    ]


def literals() -> set[str]:
    """Texts of the builders; what an f-string holds around its names counts too."""
    found: set[str] = set()
    for path in (ROOT / "clinicir" / "documents").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, *re.split(r"[\s.]+", node.value)}
            elif isinstance(node, ast.keyword) and node.arg:
                found.add(node.arg)
    return found


def test_every_key_is_used() -> None:
    known = literals()
    unused = []
    for key in {key for key, _ in sentences() if not key.startswith(FROM_DATA)}:
        tails = [key.split(".", cut)[-1] for cut in range(1, key.count(".") + 1)]
        if not known.intersection([key, *tails]):
            unused.append(key)
    assert unused == []


@pytest.mark.parametrize("root", ROOTS)
def test_sentences_are_short(root: str) -> None:
    long = [
        (key, part)
        for key, text in sentences()
        if key.startswith(f"{root}.")
        for part in re.split(r"[.!?;:](?=\s|$)|\n", text)
        if len(re.findall(r"\w+(?:[’'-]\w+)*", part)) > LONGEST
    ]
    assert long == []


def test_no_banned_word_and_no_straight_apostrophe() -> None:
    for key, text in sentences():
        assert not [word for word in BANNED if word.casefold() in text.casefold().split()], key
        assert "'" not in text, key
        assert "!" not in text, key


def test_placeholders_are_plain_names() -> None:
    for key, text in sentences():
        assert all(name.isidentifier() for name in placeholders(text)), key


def test_every_file_says_whether_a_lawyer_has_read_it() -> None:
    texts = fakes.knowledge().wording.texts
    for root in ("plainte", "assureur", "prestataire", "point", "lettre", "fiche"):
        for name in ("title", "reviewed_by", "checked_on", "source"):
            assert texts[f"{root}.about.{name}"]
