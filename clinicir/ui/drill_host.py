"""What the pages of an exercise ask of whoever leads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from clinicir.domain.drill import DrillReport
from clinicir.domain.playbook import Drill
from clinicir.services.ports import Printed


@dataclass(frozen=True)
class DrillOffer:
    """An exercise that can be played, and as whom."""

    drill: Drill
    practice: str
    """The fictional one."""


class DrillHost(Protocol):
    """`ui.drill_mode`; what returns a value runs on the writer thread."""

    @property
    def running(self) -> str:
        """Title of the exercise that can be taken up again, empty without one."""
        ...

    def offers(self) -> tuple[DrillOffer, ...]:
        """Read from the bundled stories."""
        ...

    def start(self, drill: str) -> None:
        """Leave the real vault for that of a new exercise."""
        ...

    def resume(self) -> None:
        """Go on with the exercise begun before."""
        ...

    def certificate(self, report: DrillReport) -> Printed:
        """The paper that tells of it."""
        ...

    def leave(self) -> None:
        """Back to the real vault, without a question."""
        ...

    def note(self, report: DrillReport, otherwise: Callable[[BaseException], None]) -> None:
        """Write in the real vault that the exercise was done, then leave."""
        ...
