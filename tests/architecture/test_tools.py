"""The two tools that read the whole code must have nothing to say."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.source import ROOT


def said(*command: str) -> str:
    """Output of a tool, empty when all is well."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    return "" if done.returncode == 0 else done.stdout[-4000:] + done.stderr[-2000:]


def test_ruff_is_content() -> None:
    assert said("ruff", "check", ".") == ""


def test_mypy_strict_is_content() -> None:
    assert said("mypy", "--strict") == ""
