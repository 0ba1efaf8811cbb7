"""What a page test stands on: use cases that run at once, and a window that remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from clinicir.preview.viewer import WorkerViewer
from clinicir.services.ports import Printer
from clinicir.services.preview import Previews
from clinicir.services.session import Session
from clinicir.ui.desk import Desk, Place
from clinicir.ui.jobs import Jobs
from tests.fakes import BY, store_of

T = TypeVar("T")


class DirectJobs(Jobs):
    """Runs each use case on the spot, so that a test reads the screen on the next line."""

    def run(
        self,
        use_case: Callable[[], T],
        then: Callable[[T], None] | None = None,
        otherwise: Callable[[BaseException], None] | None = None,
    ) -> None:
        """The same promises as `Jobs.run`, without its thread."""
        self.busy.emit(True)
        try:
            result = use_case()
        except Exception as error:
            self.busy.emit(False)
            if otherwise is not None:
                otherwise(error)
            else:
                self.failed.emit(error)
            return
        self.busy.emit(False)
        if then is not None:
            then(result)


@dataclass
class FakeWindow:
    """Remembers what a page asked of the window."""

    places: list[Place] = field(default_factory=list)
    backs: int = 0
    said: list[str] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    def go(self, place: Place) -> None:
        """Kept in `places`."""
        self.places.append(place)

    def back(self) -> None:
        """Counted in `backs`."""
        self.backs += 1

    def say(self, sentence: str) -> None:
        """Kept in `said`."""
        self.said.append(sentence)

    def explain(self, error: BaseException) -> None:
        """Kept in `errors`."""
        self.errors.append(error)


def new_desk(session: Session, printer: Printer) -> Desk:
    """A desk over a vault in memory; `desk.window` is a `FakeWindow`."""
    window = FakeWindow()
    jobs = DirectJobs()
    jobs.failed.connect(window.explain)
    previews = Previews(WorkerViewer())
    return Desk(
        session, jobs, window, printer, store_of(session).verify, who=BY, previews=previews
    )


def window_of(desk: Desk) -> FakeWindow:
    """The fake behind a desk."""
    assert isinstance(desk.window, FakeWindow)
    return desk.window

