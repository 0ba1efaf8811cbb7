"""Writes docs/third-party.md from the installed packages.

`.venv/bin/python requirements/notices.py`, after `compile.py`, in an environment made by `run.py`.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INTRODUCTION = """\
# Third-party software and fonts

Written by `requirements/notices.py` from the metadata of the locked packages. The full licence
texts travel inside each package (`*.dist-info`).

| package | licence | source |
|---|---|---|
"""
FONTS = """
## Word lists bundled in `resources/wordlist`

| list | licence |
|---|---|
| French words (BIP-39, from `mnemonic`) | MIT, `resources/licences/MIT-wordlist-french.txt` |
| Common passwords (from `zxcvbn`) | MIT, `resources/licences/MIT-common-passwords.txt` |

## Fonts bundled in `resources/fonts`

| font | licence |
|---|---|
| Inter (static TrueType) | SIL Open Font License 1.1, `resources/licences/OFL-Inter.txt` |
| Noto Sans | SIL Open Font License 1.1, `resources/licences/OFL-NotoSans.txt` |
| JetBrains Mono | SIL Open Font License 1.1, `resources/licences/OFL-JetBrainsMono.txt` |
"""
# Packages of the other systems, or whose metadata only say "see the file".
STATED = {
    "pypdfium2": "BSD-3-Clause OR Apache-2.0 (PDFium: BSD-3-Clause)",
    "pyside6-essentials": "LGPL-3.0-only",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
}
PLACES = {
    "pywin32-ctypes": "https://github.com/enthought/pywin32-ctypes",
    "reportlab": "https://www.reportlab.com",
}


def locked() -> list[str]:
    """Names of every runtime package, whatever the system."""
    names: set[str] = set()
    for system in ("linux", "windows", "macos"):
        text = (ROOT / "requirements" / f"{system}.lock").read_text(encoding="utf-8")
        names |= set(re.findall(r"(?m)^([a-z0-9._-]+)==", text))
    return sorted(names)


def licence_of(name: str, about: metadata.PackageMetadata) -> str:
    """SPDX expression, else what the classifiers say."""
    if name in STATED:
        return STATED[name]
    stated = about.get("License-Expression") or about.get("License") or ""
    classes = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or [] if "License ::" in c]
    return stated if 0 < len(stated) < 60 else " OR ".join(classes)


def source_of(name: str, about: metadata.PackageMetadata) -> str:
    """Where its source is published."""
    links = dict(entry.split(", ", 1) for entry in about.get_all("Project-URL") or [])
    wanted = [v for k, v in links.items() if k.lower() in {"source", "repository", "source code"}]
    found = [*wanted, about.get("Home-page") or "", *links.values()]
    first = next((link for link in found if link.startswith("http")), "none stated")
    return PLACES.get(name, first)


def line_of(name: str) -> str:
    """One row of the table."""
    if name == "pywin32-ctypes":
        return f"| {name} (Windows) | {STATED[name]} | {PLACES[name]} |\n"
    about = metadata.metadata(name)
    licence = licence_of(name, about)
    if not licence:
        raise SystemExit(f"{name}: state its licence in STATED")
    return f"| {name} | {licence} | {source_of(name, about)} |\n"


if __name__ == "__main__":
    text = INTRODUCTION + "".join(line_of(name) for name in locked()) + FONTS
    (ROOT / "docs" / "third-party.md").write_text(text, encoding="utf-8", newline="\n")
