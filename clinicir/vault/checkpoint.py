"""The checkpoint of a trail: five lines that fix all that was written up to one entry (3.3).

What leaves the practice with it (paper, e-mail, time stamp) contradicts any later rewriting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from clinicir.domain.audit import TrailPosition

FOLDER = "anchors"
NAME = re.compile(r"checkpoint-([0-9]{6}|[1-9][0-9]{6,8})\.txt")
MAX_BYTES = 299
"""Longer than any checkpoint."""
_FORM = re.compile(
    rb"clinicir trail checkpoint v1\nvault ([0-9a-f]{32})\nsize (0|[1-9][0-9]{0,15})\n"
    rb"head ([0-9a-f]{64})\ntime ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
)


@dataclass(frozen=True)
class Checkpoint:
    """What the five lines say."""

    vault_id: str
    position: TrailPosition
    at: str
    """UTC, `YYYY-MM-DDThh:mm:ssZ`."""


def parse(text: bytes) -> Checkpoint | None:
    """None unless every byte is as it must be."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    position = TrailPosition(int(match[2]), match[3].decode())
    return Checkpoint(match[1].decode(), position, match[4].decode())


def text_of(vault_id: str, position: TrailPosition, at: datetime) -> bytes:
    """The five lines, the same as those of the QR code of papers; `at` in any zone."""
    time = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f"clinicir trail checkpoint v1\nvault {vault_id}\nsize {position.n}\n"
        f"head {position.head}\ntime {time}\n"
    ).encode("ascii")


def name_of(n: int) -> str:
    """Path inside the vault of the checkpoint of entry `n`."""
    return f"{FOLDER}/checkpoint-{n:06d}.txt"
