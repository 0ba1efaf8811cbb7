"""Where bundled data and user data live: source tree, installed wheel, frozen program.

Only `app` and the two fronts ask here; the rooms are given their folders as arguments.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = "_bundled"


def bundled_root(package: Path = _PACKAGE, frozen: str | None = None) -> Path:
    """Folder that holds `checklists/` and `resources/`.

    A frozen program unpacks them beside its modules, a wheel carries them in `_bundled`, and in a
    source tree they stand beside the package. `frozen` is for tests; the interpreter says it.
    """
    unpacked = frozen if frozen is not None else getattr(sys, "_MEIPASS", None)
    if unpacked is not None:
        return Path(unpacked)
    installed = package / _BUNDLED
    return installed if installed.is_dir() else package.parent


def checklists() -> Path:
    """Steps, scenarios, rules, forms, stories (TOML)."""
    return bundled_root() / "checklists"


def resources() -> Path:
    """Fonts, wordings, word list, the independent verifier, licences."""
    return bundled_root() / "resources"


def fonts() -> Path:
    """Inter and Noto Sans, static TrueType."""
    return resources() / "fonts"


def verifier() -> Path:
    """The program that verifies a journal alone, copied beside every vault that leaves."""
    return resources() / "verify" / "verify_trail.py"


def user_root() -> Path:
    """Folder of this program for this account; local to the computer, never in a roaming profile.

    Windows `%LOCALAPPDATA%\\clinicir`, macOS `~/Library/Application Support/clinicir`, Linux
    `$XDG_DATA_HOME/clinicir`. Not created here.
    """
    return platformdirs.user_data_path("clinicir", appauthor=False, roaming=False)


def vaults_root() -> Path:
    """One folder per vault, named by the vault's identifier."""
    return user_root() / "vaults"


def exercises_root() -> Path:
    """Drill vaults, kept apart from the real ones."""
    return user_root() / "exercices"
