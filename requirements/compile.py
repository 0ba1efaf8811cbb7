"""Writes the lock files: `python3 requirements/compile.py`, with `uv` on the PATH (pip install uv).

One resolution per system, for the oldest Python that we support; the resolutions for the newer
ones must be contained in it, so that one file serves all. Every hash of every wheel of a release
is kept, whatever the processor. Nothing of this machine (index, path, header) reaches the files.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SYSTEMS = {
    "linux": "x86_64-manylinux_2_34",  # the glibc that the wheel of Qt asks for
    "windows": "windows",
    "macos": "macos",
}
MACOS = "14.0"  # pikepdf after 10.13 needs macOS 15 (on Intel processors 10.13 does too)
OLDEST, NEWER = "3.11", ("3.12", "3.13")
HEADER = "# Written by requirements/compile.py for {system}; not edited by hand.\n"
PIN = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+( ; .+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def resolve(system: str, python: str, *groups: str, start: Path | None = None) -> str:
    """Pins and hashes for one system and one Python; `start` holds versions to prefer."""
    command = [
        "uv", "pip", "compile", str(HERE.parent / "pyproject.toml"), "--quiet",
        "--python-platform", SYSTEMS[system], "--python-version", python, "--generate-hashes",
        "--only-binary", ":all:", "--no-header", "--no-annotate", "--no-emit-index-url",
        "--no-emit-find-links",
    ]  # fmt: skip
    for group in groups:
        command += ["--group", group]
    if start is not None:
        command += ["--constraint", str(start)]
    done = subprocess.run(
        command,
        cwd=HERE.parent,
        env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in done.stdout.splitlines():
        if not PIN.fullmatch(line) and not HASH.fullmatch(line):
            raise SystemExit(f"unexpected line in the resolution: {line!r}")
    return done.stdout


def pins(text: str) -> set[str]:
    """`name==version` of a resolution."""
    return {line.split(" ")[0] for line in text.splitlines() if "==" in line}


def write(system: str, target: Path, *groups: str) -> None:
    """One lock file, refused when a newer Python would need something else."""
    text = resolve(system, OLDEST, *groups)
    target.write_text(HEADER.format(system=system) + text, encoding="utf-8", newline="\n")
    for python in NEWER:
        missing = pins(resolve(system, python, *groups, start=target)) - pins(text)
        if missing:
            raise SystemExit(f"{target.name}: Python {python} needs also {sorted(missing)}")
    sys.stdout.write(f"{target.name}: {len(pins(text))} packages\n")


if __name__ == "__main__":
    for name in SYSTEMS:
        write(name, HERE / f"{name}.lock")
        write(name, HERE / f"dev-{name}.lock", "dev")
