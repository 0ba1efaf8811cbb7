"""Self-check of an installed program: content, encryption, fonts, keyring, folder, clock."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from clinicir import paths
from clinicir.documents.model import Document, Paragraph, Section
from clinicir.documents.pdf.renderer import render
from clinicir.domain.check import CheckResult
from clinicir.domain.errors import ClinicirError
from clinicir.domain.knowledge import Knowledge
from clinicir.system_clock import SystemClock
from clinicir.vault import recovery_code
from clinicir.vault.keys import derive
from clinicir.vault.keystore import system_backend

_EARLIEST = datetime(2026, 11, 1, tzinfo=UTC)
"""No right clock is before the first release."""

_DERIVED_SHA256 = "10f60445a093296f8c2288002e686e897df407d619c3f28612660357e17423e2"
"""SHA-256 of `derive(32 zero bytes, "clinicir/1/wrap")`, computed once by another library."""


def check_all(knowledge: Knowledge) -> tuple[CheckResult, ...]:
    """Run every check; one that fails never stops the others."""
    checks: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
        ("content", lambda: _content(knowledge)),
        ("crypto", _crypto),
        ("fonts", _fonts),
        ("keyring", _keyring),
        ("folder", _folder),
        ("clock", _clock),
    )
    return tuple(_result(name, check) for name, check in checks)


def _result(name: str, check: Callable[[], tuple[bool, str]]) -> CheckResult:
    try:
        good, detail = check()
    except (ClinicirError, OSError, ValueError) as problem:
        good, detail = False, type(problem).__name__
    return CheckResult(name, good, detail)


def _content(knowledge: Knowledge) -> tuple[bool, str]:
    playbooks = knowledge.playbooks
    counts = (len(playbooks.scenarios), len(playbooks.library), len(knowledge.rules))
    return all(counts), "/".join(str(count) for count in counts)


def _crypto() -> tuple[bool, str]:
    """Published vectors of this format, recomputed (docs/file-format.md)."""
    right = [
        recovery_code.parse("0000-0000-0000-0000-0000-0000-00Z7") != "",
        hashlib.sha256(derive(bytes(32), b"clinicir/1/wrap")).hexdigest() == _DERIVED_SHA256,
        hashlib.sha256(b"abc").hexdigest().startswith("ba7816bf8f01cfea"),
    ]
    return all(right), f"{sum(right)}/{len(right)}"


def _fonts() -> tuple[bool, str]:
    page = Document(
        kind="essai",
        title="clinicir",
        sections=(Section("clinicir", (Paragraph("\u00e9 \u0153 \u20ac \u0141 \u015e"),)),),
        practice="clinicir",
        case_number="0000-000",
        drill=True,
        at=_EARLIEST,
        file_stem="essai",
    )
    content = render(page, None, paths.fonts())
    return content.startswith(b"%PDF-"), f"{len(content)}"


def _keyring() -> tuple[bool, str]:
    """No keyring is no fault: the passphrase is asked then."""
    try:
        return True, type(system_backend()).__module__
    except ClinicirError as problem:
        return True, problem.code


def _folder() -> tuple[bool, str]:
    """A file can be made and removed where the vaults live, or where they would be."""
    root = paths.user_root()
    existing = next(folder for folder in (root, *root.parents) if folder.is_dir())
    with tempfile.TemporaryDirectory(dir=existing) as made:
        (Path(made) / "essai").write_bytes(b"clinicir")
    return True, sys.platform


def _clock() -> tuple[bool, str]:
    clock = SystemClock(ZoneInfo("Europe/Paris"))
    before, now, after = clock.monotonic_ms(), clock.now(), clock.monotonic_ms()
    return now >= _EARLIEST and after >= before, f"{now:%Y-%m-%d %H:%M %z}"
