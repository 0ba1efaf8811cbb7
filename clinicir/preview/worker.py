"""The worker: one content on its input, one answer on its output, then it dies.

It is started by `viewer.py` in an isolated interpreter with an empty environment. It limits itself
before it reads the first byte: address space, processor time, no file written, no other process.
"""

from __future__ import annotations

import os
import sys

from clinicir.preview import decoders
from clinicir.preview.limits import MEMORY_BYTES, SECONDS

if sys.platform != "win32":
    import resource

_SHOW = {
    "text": decoders.show_text,
    "picture": decoders.show_picture,
    "mail": decoders.show_mail,
}
NICENESS = 19


def main(kind: str) -> int:
    """Exit code 0 with an answer, anything else without; never a trace."""
    show = _SHOW.get(kind)
    if show is None:
        return 2
    try:
        limit_itself()
        answer = show(sys.stdin.buffer.read())
    except Exception:  # whatever is in the content, the answer is that it cannot be shown
        return 1
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def limit_itself() -> None:
    """On POSIX; on Windows the parent holds the worker in a job object of the same limits."""
    if sys.platform == "win32":
        return
    os.nice(NICENESS)
    os.umask(0o077)
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))
