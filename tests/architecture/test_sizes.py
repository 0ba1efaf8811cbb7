"""Small modules, small functions, names that say something."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from tests.architecture.source import PACKAGE, ROOT, functions_in, modules, name_of

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_MEDIAN = 160
FORBIDDEN_NAMES = {
    "base", "common", "data", "helper", "helpers", "manager", "misc", "util", "utils",
}  # fmt: skip

OURS = [*modules(), ROOT / "run.py", *modules(ROOT / "benchmarks")]
TESTS = modules(ROOT / "tests")


def relative(path: Path) -> str:
    """Name shown by pytest."""
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> int:
    """Lines of a file, blank ones included."""
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", OURS + TESTS, ids=relative)
def test_no_module_is_long(path: Path) -> None:
    assert lines_of(path) <= LONGEST_MODULE


@pytest.mark.parametrize("path", OURS, ids=relative)
def test_no_function_is_long(path: Path) -> None:
    found = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions_in(path)}
    assert {name: size for name, size in found.items() if size > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_names_say_something(path: Path) -> None:
    words = {word for part in path.relative_to(PACKAGE).with_suffix("").parts
             for word in part.split("_")}  # fmt: skip
    assert words & FORBIDDEN_NAMES == set()


def test_modules_stay_readable_in_one_sitting() -> None:
    sizes = [lines_of(path) for path in modules() if path.name != "__init__.py"]
    assert median(sizes) <= LONGEST_MEDIAN
