"""A program of the tests run in a window of its own: a real screen where there is Xvfb."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from clinicir import paths

ROOT = paths.checklists().parent


@contextmanager
def screen() -> Iterator[Mapping[str, str]]:
    """The environment of a program that is to be seen; off screen where there is no Xvfb."""
    program = shutil.which("Xvfb")
    if program is None:
        yield {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    options = ["-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    command = [program, *options]
    with subprocess.Popen(
        command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
        finally:
            server.terminate()


def start(environment: Mapping[str, str], module: str, *words: str) -> subprocess.Popen[str]:
    """`python -m module words`, its lines to be read."""
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
