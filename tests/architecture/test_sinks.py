"""Texts reach a sink through the one module that makes them plain for it (security design 4.3)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, modules, name_of, tree_of

ONE_HOME = {
    "QLabel": "ui/widgets/text.py",
    "QTextBrowser": "ui/widgets/guide.py",
    "setToolTip": "ui/widgets/tooltip.py",
    "setMarkdown": "ui/widgets/guide.py",
}
"""Called, or taken as a parent class, in that module and in no other."""

NOWHERE = {
    # guess whether a text is markup
    "QMessageBox", "QInputDialog", "QErrorMessage", "QToolTip", "QTextEdit", "QTextDocument",
    "setHtml", "insertHtml", "appendHtml", "setStatusTip", "setWhatsThis", "setDetailedText",
    # decode or open what came from elsewhere
    "QImageReader", "QMovie", "QSvgRenderer", "QSvgWidget", "QWebEngineView", "QPdfDocument",
    "fromData", "loadFromData", "openUrl", "QDesktopServices", "startfile", "system", "popen",
    "eval", "exec_module",
}  # fmt: skip
ALLOWED_ONCE = {("ui/icons.py", "QSvgRenderer")}
"""Icons of ours, from the bundled folder."""


def used_in(tree: ast.AST) -> set[str]:
    """Names that are called, or that a class is made from."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found.add(last_name(node.func))
            if any(word.arg == "shell" for word in node.keywords):
                found.add("shell=")
        elif isinstance(node, ast.ClassDef):
            found.update(last_name(parent) for parent in node.bases)
    return found


def last_name(node: ast.expr) -> str:
    """`c` of `a.b.c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_each_sink_has_one_home(path: Path) -> None:
    name, used = name_of(path), used_in(tree_of(path))
    assert [sink for sink, home in ONE_HOME.items() if sink in used and name != home] == []
    assert [sink for sink in sorted(used & NOWHERE) if (name, sink) not in ALLOWED_ONCE] == []
    assert "shell=" not in used


@pytest.mark.parametrize("home", sorted(set(ONE_HOME.values())))
def test_the_homes_are_there(home: str) -> None:
    sinks = {sink for sink, place in ONE_HOME.items() if place == home}
    assert sinks <= used_in(tree_of(PACKAGE / home))


def test_the_rule_can_fail() -> None:
    source = "class A(QtWidgets.QLabel): ...\nb.setHtml(x)\nrun(x, shell=True)"
    assert used_in(ast.parse(source)) >= {"QLabel", "setHtml", "shell="}
