"""Who may import whom, and where each third-party package lives."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.architecture.source import (
    PACKAGE,
    functions_in,
    imports_in,
    modules,
    name_of,
    room_of,
    tree_of,
)

EVERY_ROOM = {
    "domain", "services", "content", "documents", "intake", "preview", "vault", "texts", "ui",
}  # fmt: skip
ALLOWED: dict[str, set[str]] = {
    "domain": set(),
    "texts": {"domain"},
    "services": {"domain"},
    "documents": {"domain", "texts"},
    "content": {"domain"},
    "intake": {"domain"},
    "preview": {"domain.shown"},
    "vault": {"domain", "services.ports", "services.bundle_ports", "services.anchor_ports"},
    "ui": {"services", "domain", "texts"},
    "cli": {"services", "domain", "texts", "launch"},
    "launch": set(),
    "app": EVERY_ROOM
    | {"cli", "launch", "door", "drill_room", "paths", "system_clock", "self_check"}
    | {"replay", "transfer", "erasing", "anchoring"},
    "replay": {"domain", "services", "texts", "vault", "paths"},
    "anchoring": {"domain", "services", "texts", "vault"},
    "erasing": {"domain", "services", "texts", "vault"},
    "transfer": {"domain", "services", "texts", "vault", "paths"},
    "door": {"vault", "documents", "services.ports", "services.bundle_ports", "domain"},
    "drill_room": {"door", "vault", "documents", "content", "services.ports", "domain"},
    "self_check": EVERY_ROOM - {"ui"} | {"paths", "system_clock"},
    "paths": set(),
    "system_clock": {"domain"},
    "__main__": {"app", "cli"},
    "__init__": set(),
}
"""`services.ports` means that module of the room and no other."""

HOMES: dict[str, tuple[str, ...]] = {
    "PySide6": ("ui/",),
    "babel": ("texts/encoders.py",),
    "PIL": ("preview/decoders.py",),
    "charset_normalizer": ("intake/", "preview/decoders.py"),
    "cryptography": ("vault/",),
    "filelock": ("vault/lock.py",),
    "holidays": ("content/calendar.py",),
    "icalendar": ("documents/",),
    "keyring": ("vault/keystore.py",),
    "msgspec": ("content/", "vault/"),
    "openpyxl": ("intake/",),
    "phonenumbers": ("content/", "intake/"),
    "pikepdf": ("documents/",),
    "platformdirs": ("paths.py",),
    "puremagic": ("intake/", "preview/decoders.py"),
    "pypdfium2": ("ui/",),
    "reportlab": ("documents/pdf/",),
    "shiboken6": ("ui/",),
    "stdnum": ("content/", "intake/"),
    "tinydb": ("vault/projection.py",),
}

NETWORK = {
    "asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.request", "webbrowser", "xmlrpc",
}  # fmt: skip
"""Nothing leaves the computer: there is no network code at all."""

IMPURE = {
    "io", "os", "pathlib", "random", "secrets", "shutil", "subprocess", "sys", "tempfile",
    "threading", "time", "uuid",
}  # fmt: skip
IMPURE_CALLS = {"open", "input", "print", "eval", "exec"}
CLOCK_CALLS = {"now", "today", "utcnow"}

PYTHON_FILES = modules()


def allows(room: str, target: str) -> bool:
    """True when `room` may import `clinicir.<target>`."""
    other = target.split(".")[0]
    exact = any(target == name or target.startswith(f"{name}.") for name in ALLOWED[room])
    return other == room or exact


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    ours = [n.removeprefix("clinicir.") for n in imports_in(tree_of(path)) if "clinicir." in n]
    assert [n for n in ours if n[:2] != "__" and not allows(room_of(path), n)] == []


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_each_third_party_package_stays_at_home(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports_in(tree_of(path))}
    foreign = tops - sys.stdlib_module_names - {"clinicir", "__future__"}
    assert foreign - HOMES.keys() == set()
    assert [top for top in sorted(foreign) if not name_of(path).startswith(HOMES[top])] == []


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_there_is_no_network_code(path: Path) -> None:
    names = {n for n in imports_in(tree_of(path)) for n in (n, n.split(".")[0])}
    assert names & NETWORK == set()
    assert not any(n.startswith("urllib.request") for n in names)


@pytest.mark.parametrize("path", modules(PACKAGE / "domain"), ids=name_of)
def test_the_domain_is_pure(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports_in(tree_of(path))}
    assert tops & IMPURE == set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in IMPURE_CALLS, node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            reads_clock = node.func.attr in CLOCK_CALLS and owner in {"datetime", "date"}
            assert not reads_clock, node.lineno


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_imports_stand_at_the_top(path: Path) -> None:
    assert not any(name.endswith(".*") for name in imports_in(tree_of(path)))
    if room_of(path) == "app":
        return  # its factories import late what the first window does not need
    late = {name for f in functions_in(path) for name in imports_in(f)}
    # The first page must be on screen before what it only names in its types is read.
    types_apart = () if room_of(path) == "ui" else ("TYPE_CHECKING",)
    hidden = {n for n in (*types_apart, "__import__", "import_module")
              for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name | ast.Attribute)
              and n in (getattr(node, "id", ""), getattr(node, "attr", ""))}  # fmt: skip
    assert late | hidden == set()


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name_of)
def test_annotations_are_never_evaluated(path: Path) -> None:
    body = tree_of(path).body
    only_docstring = all(isinstance(n, ast.Expr | ast.Assign | ast.AnnAssign) for n in body)
    assert only_docstring or "__future__.annotations" in set(imports_in(tree_of(path)))


def test_the_rules_can_fail() -> None:
    assert not allows("domain", "texts.errors")
    assert not allows("services", "vault.trail")
    assert not allows("vault", "services.steps")
    assert not allows("ui", "app")
    assert allows("vault", "services.ports.CaseStore")
    assert list(imports_in(ast.parse("def f():\n    from a.b import c"))) == ["a.b.c"]


def test_every_room_has_a_rule() -> None:
    assert {room_of(path) for path in PYTHON_FILES} <= ALLOWED.keys()
