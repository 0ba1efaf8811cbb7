"""SHA-256 beside other work: hashing frees the interpreter, so a second core can do it."""

from __future__ import annotations

import hashlib
from queue import SimpleQueue
from threading import Thread


class DigestLane:
    """Hashes buffers in the order they are fed, in a thread; also the pool of those buffers.

    A buffer is borrowed, filled, used, then fed: after that the lane owns it. Use as a context
    manager, so that the thread always ends.
    """

    def __init__(self, buffer_bytes: int, buffers: int = 6) -> None:
        self._hash = hashlib.sha256()
        self._free: SimpleQueue[memoryview] = SimpleQueue()
        self._work: SimpleQueue[tuple[memoryview, int, int] | None] = SimpleQueue()
        for _ in range(buffers):
            self._free.put(memoryview(bytearray(buffer_bytes)))
        self._thread = Thread(target=self._run, name="sha256", daemon=True)
        self._thread.start()

    def borrow(self) -> memoryview:
        """A free buffer; waits for one."""
        return self._free.get()

    def feed(self, buffer: memoryview, start: int, stop: int) -> None:
        """Hash `buffer[start:stop]`, then give the buffer back to the pool."""
        self._work.put((buffer, start, stop))

    def hexdigest(self) -> str:
        """Digest of all that was fed; nothing may be fed afterwards."""
        self._stop()
        return self._hash.hexdigest()

    def _run(self) -> None:
        while (task := self._work.get()) is not None:
            buffer, start, stop = task
            self._hash.update(buffer[start:stop])
            self._free.put(buffer)

    def _stop(self) -> None:
        self._work.put(None)
        self._thread.join()

    def __enter__(self) -> DigestLane:
        return self

    def __exit__(self, *raised: object) -> None:
        self._stop()
