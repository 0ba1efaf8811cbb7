"""Let the disk work while a long file is still being written, so that the last sync is short."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from clinicir.vault.fsio import WriteHandle

STRIDE_BYTES = 64 << 20


class EarlySync:
    """Syncs a handle in a thread each time `stride_bytes` more were written, never two at once.

    It promises nothing: the caller still syncs at the end. A sync that failed is raised by the next
    call, since the pages it lost may not come back. Use as a context manager.
    """

    def __init__(self, handle: WriteHandle, stride_bytes: int = STRIDE_BYTES) -> None:
        self._handle = handle
        self._stride_bytes = stride_bytes
        self._waiting_bytes = 0
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sync")
        self._running: Future[None] | None = None

    def write(self, data: memoryview) -> None:
        """Write, and perhaps start a sync; StorageError of this write or of an earlier sync."""
        self._handle.write(data)
        self._waiting_bytes += len(data)
        if self._waiting_bytes < self._stride_bytes:
            return
        if self._running is None or self._running.done():
            self.settle()
            self._running = self._pool.submit(self._handle.sync)
            self._waiting_bytes = 0

    def settle(self) -> None:
        """Wait for the running sync and raise what it raised."""
        if self._running is not None:
            self._running.result()
            self._running = None

    def __enter__(self) -> EarlySync:
        return self

    def __exit__(self, *raised: object) -> None:
        self._pool.shutdown(wait=True)
