"""One writer: use cases run one at a time off the GUI thread, results come back on it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class Jobs(QObject):
    """Outlives every page; `shutdown` is called before the application object dies.

    Reading and writing the vault both go through the same single thread, because a vault is not
    made for several.
    """

    busy = Signal(bool)
    """True when a first job waits, False when none is left."""
    failed = Signal(object)
    """The exception of a job that had no handler of its own."""
    _done = Signal(object, object, object)

    def __init__(self) -> None:
        """Start nothing: the thread is made by the first job."""
        super().__init__()
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._waiting = 0
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """A job is under way: closing the window asks first."""
        return self._waiting > 0

    def run(
        self,
        use_case: Callable[[], T],
        then: Callable[[T], None] | None = None,
        otherwise: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Queue a use case; `then` gets its result and `otherwise` its error, on the GUI thread."""
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)
        future = self._writer.submit(use_case)
        future.add_done_callback(lambda done: self._done.emit(done, then, otherwise))

    @Slot(object, object, object)
    def _deliver(
        self,
        future: Future[T],
        then: Callable[[T], None] | None,
        otherwise: Callable[[BaseException], None] | None,
    ) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.busy.emit(False)
        error = future.exception()
        if error is None:
            if then is not None:
                then(future.result())
        elif otherwise is not None:
            otherwise(error)
        else:
            self.failed.emit(error)

    def shutdown(self) -> None:
        """Finish what waits, then stop the thread."""
        self._writer.shutdown(wait=True)
