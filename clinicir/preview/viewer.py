"""The parent side: starts the worker, feeds it, believes nothing that comes back unchecked."""

from __future__ import annotations

import contextlib
import os
import re
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from clinicir.domain.shown import MailShown, PictureShown, Shown, TextShown
from clinicir.preview.frame import JunkError, Reply, unpack
from clinicir.preview.limits import (
    HEAD_BYTES,
    HIDDEN_ARGUMENT,
    MAIL_BYTES,
    MAX_SIDE,
    PICTURE_BYTES,
    REPLY_BYTES,
    SECONDS,
)
from clinicir.preview.windows_job import Job

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from clinicir.preview.worker import main; sys.exit(main(sys.argv[2]))"
)
_GUESS = re.compile(r"[a-z0-9]{0,8}\Z")
_ENCODING = re.compile(r"[a-z0-9_-]{0,20}\Z")
_MAX_TEXT_BYTES = 512 << 10
_MAIL_NAMES = frozenset(
    "From Reply-To Return-Path To Cc Subject Date Message-ID Authentication-Results "
    "X-Originating-IP Received joined body".split()
)

Command = Callable[[str], Sequence[str]]


def worker_command(kind: str) -> list[str]:
    """An interpreter of its own: no variable of the environment, no folder of the user."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN_ARGUMENT, kind]
    return [sys.executable, "-I", "-B", "-c", _START, str(_ROOT), kind]


class WorkerViewer:
    """Implements `services.ports.Viewer`; one process for each look, and none in between."""

    def __init__(self, command: Command = worker_command, seconds: float = SECONDS) -> None:
        """`command` gives the arguments of the worker for a kind of content."""
        self._command, self._seconds = command, seconds

    def wanted(self, name: str, start: bytes) -> int:
        """See `Viewer`."""
        most = {"picture": PICTURE_BYTES, "mail": MAIL_BYTES, "text": HEAD_BYTES}
        return most[_kind_of(name, start)]

    def look(self, name: str, content: bytes) -> Shown | None:
        """See `Viewer`."""
        kind = _kind_of(name, content)
        if len(content) > PICTURE_BYTES:
            return None
        try:
            return _shown(kind, *unpack(self._ask(kind, content)))
        except (JunkError, OSError, ValueError):
            return None

    def _ask(self, kind: str, content: bytes) -> bytes:
        """What the worker wrote, empty when it failed, was too slow or wrote too much."""
        idle = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        process = subprocess.Popen(
            list(self._command(kind)), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=_environment(), cwd=_ROOT, creationflags=idle | hidden,
        )  # fmt: skip
        timer = threading.Timer(self._seconds, process.kill)
        feeder = threading.Thread(target=_feed, args=(process, content), daemon=True)
        try:
            with Job(int(getattr(process, "_handle", 0))):
                timer.start()
                feeder.start()
                answer = process.stdout.read(REPLY_BYTES + 1) if process.stdout else b""
                # a worker that says too much would wait for ever for somebody to listen
                if len(answer) > REPLY_BYTES:
                    process.kill()
                code = process.wait()
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            if feeder.ident is not None:
                feeder.join()
            if process.stdout:
                process.stdout.close()
        return answer if code == 0 and len(answer) <= REPLY_BYTES else b""


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    with contextlib.suppress(OSError):
        if process.stdin:
            with process.stdin as pipe:
                pipe.write(content)


def _environment() -> dict[str, str]:
    """Empty, but for the one variable without which Windows starts no program."""
    kept = ("SYSTEMROOT",) if sys.platform == "win32" else ()
    return {name: os.environ[name] for name in kept if name in os.environ}


def _kind_of(name: str, content: bytes) -> str:
    if content.startswith(_PICTURES):
        return "picture"
    return "mail" if name.lower().endswith(".eml") else "text"


def _shown(kind: str, reply: Reply, parts: list[bytes]) -> Shown:
    """The answer, once it is of the kind asked for and within its bounds; JunkError, ValueError."""
    allowed = {"picture": {Reply.PICTURE}, "mail": {Reply.MAIL}, "text": {Reply.TEXT, Reply.BYTES}}
    if reply not in allowed[kind]:
        raise JunkError("another kind")
    if reply is Reply.PICTURE:
        return _picture(parts)
    return _mail(parts) if reply is Reply.MAIL else _text(parts)


def _text(parts: list[bytes]) -> TextShown:
    if len(parts) != 3 or len(parts[2]) > _MAX_TEXT_BYTES:
        raise JunkError("text")
    guess, encoding, text = (part.decode("utf-8") for part in parts)
    if not _GUESS.match(guess) or not _ENCODING.match(encoding):
        raise JunkError("words")
    return TextShown(text, encoding, guess)


def _picture(parts: list[bytes]) -> PictureShown:
    if len(parts) != 3 or len(parts[0]) != 4 or len(parts[1]) != 4:
        raise JunkError("picture")
    (width,), (height,) = struct.unpack(">I", parts[0]), struct.unpack(">I", parts[1])
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise JunkError("size")
    if len(parts[2]) != 3 * width * height:
        raise JunkError("points")
    return PictureShown(width, height, parts[2])


def _mail(parts: list[bytes]) -> MailShown:
    texts = [part.decode("utf-8") for part in parts]
    names, values = texts[::2], texts[1::2]
    if len(names) != len(values) or not set(names) <= _MAIL_NAMES or names[-1:] != ["body"]:
        raise JunkError("mail")
    if sum(map(len, texts)) > _MAX_TEXT_BYTES:
        raise JunkError("long")
    return MailShown(tuple(zip(names[:-1], values[:-1], strict=True)), values[-1])
