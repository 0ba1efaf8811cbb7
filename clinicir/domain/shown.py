"""What can be shown of a content that came from elsewhere, once it was decoded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TextShown:
    """The beginning of a content, as text or, without an encoding, in hexadecimal."""

    text: str
    encoding: str
    guess: str
    """Suffix that its first bytes suggest, possibly empty."""


@dataclass(frozen=True)
class PictureShown:
    """Bare points, which no decoder has to read: 3 bytes each, red, green, blue, row by row."""

    width: int
    height: int
    points: bytes


@dataclass(frozen=True)
class MailShown:
    """Names and values of the headers, then a line `joined` for each file that came with it."""

    lines: tuple[tuple[str, str], ...]
    body: str


Shown = TextShown | PictureShown | MailShown
