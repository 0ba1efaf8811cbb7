"""French stays in its rooms, and every error has a sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from clinicir.domain.errors import CODES
from clinicir.texts.errors import EXPLANATIONS
from tests.architecture.source import PACKAGE, modules, name_of, room_of, tree_of

ERRORS = {"ClinicirError", "UserError", "StorageError"}


def raised_codes(path: Path) -> set[str]:
    """Literal first arguments of our errors in one file."""
    return {
        str(node.args[0].value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ERRORS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def literals(path: Path) -> set[str]:
    """Every text constant of one file."""
    return {node.value for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip


@pytest.mark.parametrize("path", [p for p in modules() if room_of(p) != "texts"], ids=name_of)
def test_code_outside_texts_is_ascii(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if not line.isascii()] == []


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert EXPLANATIONS.keys() == CODES


def test_the_sentences_of_two_modules_never_hide_each_other() -> None:
    parts = modules(PACKAGE / "texts")
    defined = [code for path in parts if path.name.startswith("errors_")
               for code in literals(path) & CODES]  # fmt: skip
    assert sorted(defined) == sorted(CODES)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_code_that_is_raised_is_listed(path: Path) -> None:
    assert raised_codes(path) - CODES == set()


def test_every_listed_code_is_raised_somewhere() -> None:
    used = {text for path in modules() if room_of(path) != "texts" and path.name != "errors.py"
            for text in literals(path)}  # fmt: skip
    assert CODES - used == set()
