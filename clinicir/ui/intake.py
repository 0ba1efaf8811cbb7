"""Take files in one by one on the writer thread, tell how far it is, stop when asked."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from clinicir.domain.errors import UserError
from clinicir.domain.evidence import Evidence, written_name
from clinicir.domain.ids import IncidentId
from clinicir.services.evidence import Described, take_in, take_in_pasted
from clinicir.services.views.evidence import free_label
from clinicir.ui.desk import Desk


@dataclass(frozen=True)
class Incoming:
    """Files on the disk, or what the clipboard holds: one picture, one text."""

    files: tuple[Path, ...] = ()
    pasted: bytes = b""
    name: str = ""
    points: int = 0
    """Width times height of the picture; 0 for a text."""
    aside: tuple[str, ...] = ()
    """Names of folders that came with the files."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what comes in."""
        return (self.name,) if self.pasted else tuple(file.name for file in self.files)


@dataclass(frozen=True)
class Said:
    """What the person says of all of them."""

    title: str = ""
    source: str = ""
    step: str | None = None


@dataclass(frozen=True)
class Progress:
    """Where the copy stands; bytes are those of the file under way."""

    name: str
    position: int
    count: int
    done_bytes: int
    size_bytes: int

    @property
    def share(self) -> float:
        """Of everything, from 0 to 1."""
        of_this = self.done_bytes / self.size_bytes if self.size_bytes else 0.0
        return (self.position - 1 + of_this) / self.count


@dataclass
class Taken:
    """What came of it."""

    kept: list[str] = field(default_factory=list)
    """Numbers of the exhibits, complete and in the vault."""
    empty: list[str] = field(default_factory=list)
    """Names of files of no byte, kept as they are."""
    refused: list[UserError] = field(default_factory=list)
    waiting: int = 0
    """Files that were not looked at, because the person or the disk stopped the rest."""
    stopped: bool = False
    fault: BaseException | None = None
    """What stopped the rest: the disk, the vault."""


class Intake(QObject):
    """One batch at a time; between two files the writer does what else waits."""

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Idle."""
        super().__init__()
        self._desk = desk
        self._stop = threading.Event()
        self._incoming, self._said, self._taken = Incoming(), Said(), Taken()
        self._incident: IncidentId | None = None

    @property
    def running(self) -> bool:
        """A batch is under way."""
        return self._incident is not None

    def start(self, incident: IncidentId, incoming: Incoming, said: Said) -> None:
        """Begin with the first file."""
        self._incident, self._incoming, self._said = incident, incoming, said
        self._taken = Taken()
        self._stop.clear()
        self._go_on(0)

    def stop(self) -> None:
        """Give up the file under way and those that wait; those that are complete stay."""
        self._stop.set()

    def _go_on(self, position: int) -> None:
        names, incident = self._incoming.names, self._incident
        if incident is None:
            return
        if position == len(names) or self._stop.is_set():
            self._end(position)
            return

        def taken(piece: Evidence) -> None:
            self._taken.kept.append(piece.number)
            if piece.size_bytes == 0:
                self._taken.empty.append(piece.name)
            self._go_on(position + 1)

        def refused(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self._taken.fault = error
                self._end(position)
            elif error.code == "evidence.cancelled":
                self._end(position)
            else:
                self._taken.refused.append(error)
                self._go_on(position + 1)

        self._desk.jobs.run(lambda: self._take(incident, position), taken, refused)

    def _end(self, position: int) -> None:
        self._taken.waiting = len(self._incoming.names) - position
        self._taken.stopped = self._stop.is_set()
        self._incident = None
        self.ended.emit(self._taken)

    def _take(self, incident: IncidentId, position: int) -> Evidence:
        """Runs on the writer thread."""
        session, incoming, said = self._desk.session, self._incoming, self._said
        name = incoming.names[position]
        known = session.case(incident).incident.evidence
        label = free_label(written_name(name), frozenset(piece.label for piece in known))
        described = Described(label, said.title or written_name(name), said.source, said.step)
        who = self._desk.who
        if incoming.pasted:
            take_in_pasted(
                session, incident, incoming.pasted, name, described, who, incoming.points
            )
        else:
            file = incoming.files[position]
            size = 0
            with suppress(OSError):
                size = file.stat().st_size

            def report(done: int, total: int) -> None:
                if self._stop.is_set():
                    raise UserError("evidence.cancelled", file=name)
                done_bytes = size * done // max(total, 1)
                count = len(incoming.names)
                self.progressed.emit(Progress(name, position + 1, count, done_bytes, size))

            take_in(session, incident, file, described, who, report)
        return session.case(incident).incident.evidence[-1]
