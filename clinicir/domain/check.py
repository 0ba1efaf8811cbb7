"""Result of one self-check of the program."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """`name` is a stable id (`crypto`); `detail` is a short figure or word, never personal."""

    name: str
    good: bool
    detail: str
