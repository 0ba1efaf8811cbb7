"""How much is looked at, and how much the worker may use (security design 4.1, 4.5)."""

from __future__ import annotations

HEAD_BYTES = 64 << 10
"""Of a file shown as text or in hexadecimal."""
MAIL_BYTES = 1 << 20
MAX_MAIL_PARTS = 500
MAX_MAIL_DEPTH = 20
PICTURE_BYTES = 64 << 20
MAX_PIXELS = 50_000_000
MAX_SIDE = 4_000
"""Points of a picture that is shown; a larger one is reduced."""
MEMORY_BYTES = 256 << 20
"""Address space of the worker."""
SECONDS = 10
"""Of processor, and of wall clock."""
REPLY_BYTES = 3 * MAX_SIDE * MAX_SIDE + 4_096
"""Largest answer that is read at all."""
HIDDEN_ARGUMENT = "--preview-worker"
"""A frozen program has no interpreter beside it: it starts itself again as a worker with this."""
