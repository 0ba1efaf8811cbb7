"""From the real vault to that of an exercise, and back without a question.

The real vault stays open behind: what an exercise writes goes to its own vault, through its own
door, so that neither the contacts kept in clear nor the way in of the real one can be touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer

from clinicir.domain.clock import Clock
from clinicir.domain.drill import DrillReport
from clinicir.domain.errors import BugError
from clinicir.domain.knowledge import Knowledge
from clinicir.services.drill import OFFERED, begin_drill, note_drill
from clinicir.services.ports import DrillRoom, OpenVault, Printed, VaultDoor
from clinicir.services.session import Session
from clinicir.services.views.drill import drill_view
from clinicir.texts import screens_drill as say
from clinicir.ui.desk import Desk, Place
from clinicir.ui.drill_host import DrillOffer
from clinicir.ui.jobs import Jobs
from clinicir.ui.main_window import MainWindow
from clinicir.ui.pages.drill import DrillPage
from clinicir.ui.pages.drill_end import DrillEndPage
from clinicir.ui.pages.drill_messages import DrillMessagesPage
from clinicir.ui.registry import PageFactory

_TICK_MS = 20_000


@dataclass(frozen=True)
class _Real:
    """What to come back to."""

    opened: OpenVault
    who: str


class DrillMode(QObject):
    """Implements `ui.drill_host.DrillHost` for the pages, and tells the shell which door to use."""

    def __init__(
        self,
        room: DrillRoom | None,
        knowledge: Knowledge,
        clock: Clock,
        jobs: Jobs,
        window: MainWindow,
        enter: Callable[[OpenVault, str], None],
    ) -> None:
        """`enter` shows the pages of a vault to somebody; without a `room` nothing is offered."""
        super().__init__()
        self._rooms, self._knowledge, self._clock = room, knowledge, clock
        self._jobs, self._window, self._enter = jobs, window, enter
        self._real: _Real | None = None
        self._title, self._arrived = "", 0
        self.active = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        window.emptied.connect(self._timer.stop)
        window.drill_messages.clicked.connect(lambda: window.go(Place(DrillMessagesPage.name)))
        window.drill_end.clicked.connect(lambda: window.go(Place(DrillEndPage.name)))

    # --- for the shell -------------------------------------------------------------------------

    @property
    def _room(self) -> DrillRoom:
        if self._rooms is None:
            raise BugError("no exercise was offered")
        return self._rooms

    @property
    def door(self) -> VaultDoor:
        """Of the exercise being played."""
        return self._room.door

    def follow(self, desk: Desk, opened: OpenVault) -> None:
        """A vault was opened: the real one is kept to come back to."""
        self._timer.stop()
        if self.active:
            self._arrived = 0
            self._desk = desk
            self._timer.start()
            self.tick()
        else:
            self._real = _Real(replace(opened, rolled_back=False, recovery_code=""), desk.who)

    def pages(self, desk: Desk) -> Mapping[str, PageFactory]:
        """Those of the exercise, or the choice of one; a vault replayed from a story has none."""
        if self.active:
            return {
                DrillMessagesPage.name: DrillMessagesPage,
                DrillEndPage.name: lambda made: DrillEndPage(made, self),
            }
        if self._rooms is None or desk.session.store.drill:
            return {}
        return {DrillPage.name: lambda made: DrillPage(made, self)}

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menus offer besides going to a page."""
        return {"leave_drill": self.leave} if self.active else {}

    def forget(self) -> None:
        """Locked: the exercise waits, and the real vault has to be opened again."""
        self._timer.stop()
        self.active, self._real = False, None

    def close(self) -> None:
        """On the writer thread: free the vault of the exercise."""
        if self._rooms is not None:
            self._rooms.close()

    def tick(self) -> None:
        """Say that a message has come."""
        if self.active:
            session = self._desk.session
            self._jobs.run(lambda: len(drill_view(session).messages), self._count)

    def _count(self, arrived: int) -> None:
        if self.active:
            self._window.drill_messages.set_text(say.messages(arrived))
            if 0 < self._arrived < arrived:
                self._window.say(say.NEW_MESSAGE)
            self._arrived = arrived

    # --- for the pages -------------------------------------------------------------------------

    @property
    def running(self) -> str:
        """See `DrillHost`."""
        return self._title

    def offers(self) -> tuple[DrillOffer, ...]:
        """See `DrillHost`."""
        drills = self._knowledge.playbooks.drills
        return tuple(
            DrillOffer(drills[drill], self._room.practice(story).name)
            for drill, story in OFFERED.items()
        )

    def start(self, drill: str) -> None:
        """See `DrillHost`."""
        real = self._real
        if real is None:
            return

        def begin() -> OpenVault:
            trained = self._session(real.opened).practice().name
            fictional = self._room.practice(OFFERED[drill])
            opened = self._room.start()
            begin_drill(self._session(opened), drill, fictional, trained, real.who)
            return opened

        self._title = self._knowledge.playbooks.drills[drill].title
        self._jobs.run(begin, self._play)

    def resume(self) -> None:
        """See `DrillHost`."""
        self._jobs.run(self._room.resume, self._play)

    def _play(self, opened: OpenVault) -> None:
        if self._real is None:
            return
        self._window.close_desk()
        self.active = True
        self._enter(replace(opened, recovery_code=""), self._real.who)

    def certificate(self, report: DrillReport) -> Printed:
        """See `DrillHost`."""
        return self._room.certificate(report)

    def leave(self) -> None:
        """See `DrillHost`."""
        real = self._real
        if real is None or not self.active:
            return
        self._window.close_desk()
        self.active = False
        self._jobs.run(self._room.close)
        self._enter(real.opened, real.who)
        self._window.say(say.LEFT)

    def note(self, report: DrillReport, otherwise: Callable[[BaseException], None]) -> None:
        """See `DrillHost`."""
        real = self._real
        if real is None:
            return
        told = say.proof(report.title, report.lasted, len(report.done), len(report.missed_steps))

        def noted(_: None) -> None:
            self._title = ""
            self.leave()
            self._window.say(say.NOTED)

        self._jobs.run(
            lambda: note_drill(self._session(real.opened), report, told, real.who),
            noted,
            otherwise,
        )

    def _session(self, opened: OpenVault) -> Session:
        return Session(opened.store, self._knowledge, self._clock)
