"""What the program did, for whoever helps: ids and codes only, five files of one megabyte."""

from __future__ import annotations

import builtins
import contextlib
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from types import MappingProxyType

from clinicir.domain.errors import CODES, ClinicirError

FILE = "technique.log"
_BYTES = 1_000_000
_OLDER_FILES = 4
_SHOWN_BYTES = 64_000
_FRAMES = 8

_WORD = re.compile(r"[a-z_]{1,30}\Z")
_VERSION = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}(?:(?:a|b|rc|\.dev|\.post)\d{1,3})?\Z")
_LINE_OF_CODE = re.compile(r"[a-z_]{1,40}\.py:\d{1,5}\Z")
_FAULTS = frozenset(
    name for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
) | {"BugError", "OtherFault"}  # fmt: skip

Allowed = re.Pattern[str] | frozenset[str]

EVENTS: Mapping[str, Allowed | None] = MappingProxyType(
    {
        "app.start": _VERSION,
        "app.end": None,
        "vault.open": None,
        "vault.lock": None,
        "page.show": _WORD,
        "error.code": CODES,
        "error.kind": _FAULTS,
        "error.at": _LINE_OF_CODE,
    }
)
"""What may be written, and the one value that may follow; nothing else ever reaches the file."""


class OnlyCodes(logging.Filter):
    """Lets through the events of `EVENTS`, each with a value of its own kind."""

    def __init__(self, pages: frozenset[str]) -> None:
        """`pages`: names that `page.show` may carry."""
        super().__init__()
        self._pages = pages

    def filter(self, record: logging.LogRecord) -> bool:
        """A trace, or a value that is not known, could hold what a person typed."""
        if record.exc_info or record.stack_info or not isinstance(record.msg, str):
            return False
        if record.msg not in EVENTS:
            return False
        allowed = EVENTS[record.msg]
        value = record.__dict__.get("value", "")
        if record.args or not isinstance(value, str):
            return False
        if allowed is None:
            return not value
        if record.msg == "page.show":
            allowed = self._pages
        return bool(allowed.match(value)) if isinstance(allowed, re.Pattern) else value in allowed


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """`2026-11-22T02:10:05Z page.show steps`."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{at} {record.msg} {record.__dict__.get('value', '')}".rstrip()


class _QuietFile(RotatingFileHandler):
    def emit(self, record: logging.LogRecord) -> None:
        """Nothing stays open between two lines: the folder can be moved or thrown away."""
        super().emit(record)
        if self.stream is not None:
            self.stream.close()
            self.stream = None

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not disturb: the log is a help, never a duty."""


class TechnicalLog:
    """Written by the GUI thread, a short line at a time; never raises."""

    def __init__(self, folder: Path, pages: frozenset[str]) -> None:
        """The folder is made when it can be; otherwise nothing is kept."""
        self.path = folder / FILE
        self._logger = logging.Logger("clinicir", logging.INFO)
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            handler = _QuietFile(
                self.path, maxBytes=_BYTES, backupCount=_OLDER_FILES, encoding="ascii", delay=True
            )
            handler.addFilter(OnlyCodes(pages))
            handler.setFormatter(_Lines())
            self._logger.addHandler(handler)

    def note(self, event: str, value: str = "") -> None:
        """One of `EVENTS`; anything else is dropped without a word."""
        self._logger.info(event, extra={"value": value})

    def note_error(self, error: BaseException) -> None:
        """Its code or its kind, and where in our code; never its message."""
        if isinstance(error, ClinicirError):
            self.note("error.code", error.code)
            return
        kind = type(error).__name__
        self.note("error.kind", kind if kind in _FAULTS else "OtherFault")
        for frame in traceback.extract_tb(error.__traceback__)[-_FRAMES:]:
            self.note("error.at", f"{PurePath(frame.filename).name}:{frame.lineno}")

    def read(self) -> str:
        """The last lines, as they would be handed over; empty when there are none."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return ""
        shown = content[-_SHOWN_BYTES:]
        if len(content) > len(shown):
            shown = shown.partition(b"\n")[2]
        return shown.decode("ascii", "replace")
