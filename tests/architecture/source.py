"""What the architecture tests read: the program's own files, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "clinicir"

_NOT_OURS = {".git", ".venv", "__pycache__", "out", "dist", "build"}
_LEFT_BEHIND = ("_cache", ".egg-info", ".hypothesis")
_TEXT = {".py", ".toml", ".md", ".txt", ".lock", ".cfg", ".json", ".csv", ".eml", ".sh", ".svg", ""}


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Every Python file below a folder, in order."""
    return sorted(folder.rglob("*.py"))


def name_of(path: Path) -> str:
    """`vault/trail.py`, whatever the system."""
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    """First folder below the package, or the module's name at its top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    """Syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_in(node: ast.AST) -> Iterator[str]:
    """Full names imported anywhere below a node; `from a import b` gives `a.b`."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield from (f"{child.module}.{alias.name}" for alias in child.names)


def functions_in(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of one file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def text_files() -> list[Path]:
    """Every text file of the project, without what the tools leave behind."""
    found = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        left_behind = any(
            part in _NOT_OURS or part.startswith("clinicir-demo") or part.endswith(_LEFT_BEHIND)
            for part in parts
        )
        if not left_behind and path.suffix in _TEXT and path.is_file():
            found.append(path)
    return sorted(found)
