"""Producing a paper: nothing before it is built, two entries after, the bytes between them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from clinicir.domain.audit import TrailPosition
from clinicir.domain.case import CaseFile
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.reminder import Alarm
from clinicir.services import incidents
from clinicir.services.documents import Production, produce, reopen
from clinicir.services.ports import Paper, Printed, Request
from clinicir.services.session import Session
from clinicir.services.summary import summary
from tests.fakes import BY, INCIDENT, new_case, store_of


@dataclass(frozen=True)
class PlainPaper:
    """A paper that says one line."""

    kind: str
    variant: str = ""
    file_stem: str = "papier"
    missing: tuple[str, ...] = ("org.tva",)
    asked: int = 1


@dataclass(frozen=True)
class PlainPrint:
    """Its print."""

    content: bytes
    pages: int = 1


@dataclass
class FakePrinter:
    """Prints the position it is given, so that a test sees which one that was."""

    papers: Sequence[PlainPaper] = (PlainPaper("plainte"),)
    seen: list[CaseFile] = field(default_factory=list)

    def build(self, file: CaseFile, request: Request) -> tuple[Paper, ...]:
        if request.kind == "poeme":
            raise UserError("document.unknown", document=request.kind)
        self.seen.append(file)
        return tuple(self.papers)

    def attachments(self, file: CaseFile, request: Request) -> tuple[tuple[str, bytes], ...]:
        return (("registre.csv", b"a;b\n"),) if request.kind == "registre" else ()

    def digest(self, paper: Paper) -> str:
        return hashlib.sha256(paper.kind.encode()).hexdigest()

    def render(self, paper: Paper, prepared: TrailPosition) -> Printed:
        return PlainPrint(f"{paper.kind} {prepared.n} {prepared.head}".encode())

    def calendar(self, alarms: Sequence[Alarm], now: datetime, *, drill: bool) -> bytes:
        raise AssertionError("no calendar was asked for")


def made(session: Session, printer: FakePrinter, kind: str) -> Production:
    return produce(session, printer, store_of(session).verify, INCIDENT, Request(kind), BY)


def test_the_paper_carries_the_entry_that_prepared_it() -> None:
    session = new_case()
    before = session.store.position.n
    (paper,) = made(session, FakePrinter(), "plainte").papers
    prepared, issued = store_of(session).entries[-2:]
    assert (prepared.kind, issued.kind) == ("doc.prepare", "doc.issued")
    assert paper.content.decode() == f"plainte {before + 1} {prepared.head}"
    assert (paper.entry, issued.detail["printed"]) == (before + 1, before + 1)
    assert prepared.detail["input"] == hashlib.sha256(b"plainte").hexdigest()
    digest = hashlib.sha256(paper.content).hexdigest()
    assert (paper.sha256, issued.detail["sha256"]) == (digest, digest)
    assert (paper.number, paper.name, paper.missing) == (
        "D-001", "EXERCICE-D-001-papier.pdf", ("org.tva",),
    )  # fmt: skip


def test_only_the_papers_of_an_exercise_say_so_by_their_name() -> None:
    (paper,) = made(new_case(drill=False), FakePrinter(), "plainte").papers
    assert paper.name == "D-001-papier.pdf"


def test_papers_of_one_request_are_numbered_one_after_the_other() -> None:
    session = new_case()
    printer = FakePrinter((PlainPaper("cnil", "initiale"), PlainPaper("cnil", "initiale")))
    numbers = [paper.number for paper in made(session, printer, "cnil").papers]
    assert numbers == ["D-001", "D-002"]
    issued = session.case(INCIDENT).incident.issued
    assert [(paper.number, paper.version) for paper in issued] == [
        ("D-001", "initiale"), ("D-002", "initiale"),
    ]  # fmt: skip


def test_a_paper_is_built_from_the_whole_file() -> None:
    session = new_case()
    printer = FakePrinter()
    made(session, printer, "plainte")
    (file,) = printer.seen
    assert [entry.kind for entry in file.entries] == ["incident.open"]
    assert (file.position.n, file.verification.intact) == (2, True)


def test_what_cannot_be_built_writes_nothing() -> None:
    session = new_case()
    before = session.store.position
    with pytest.raises(UserError) as caught:
        made(session, FakePrinter(), "poeme")
    assert (caught.value.code, session.store.position) == ("document.unknown", before)


def test_a_full_disk_issues_nothing() -> None:
    session = new_case()
    store_of(session).fails_with = "disk.full"
    with pytest.raises(StorageError) as caught:
        made(session, FakePrinter(), "plainte")
    assert caught.value.code == "disk.full"
    assert session.case(INCIDENT).incident.issued == ()


def test_a_closed_incident_still_gives_its_papers() -> None:
    session = new_case()
    incidents.close(session, INCIDENT, (), {}, BY)
    production = made(session, FakePrinter((PlainPaper("registre"),)), "registre")
    assert production.attachments == (("registre.csv", b"a;b\n"),)
    # The register is the proof that the case was documented (GDPR art. 33(5)).
    case = summary(session, INCIDENT, "Essai", [], [])
    duties = case["obligations"]
    assert isinstance(duties, list)
    assert next(row["state"] for row in duties if row["id"] == "CNIL-03") == "done"


def test_an_issued_paper_is_read_again_as_it_was() -> None:
    session = new_case()
    (paper,) = made(session, FakePrinter(), "plainte").papers
    again = reopen(session, INCIDENT, paper.number)
    assert (again.content, again.name, again.kind) == (paper.content, paper.name, "plainte")


def test_a_paper_that_is_not_the_one_printed_is_refused() -> None:
    session = new_case()
    (paper,) = made(session, FakePrinter(), "plainte").papers
    objects = store_of(session).objects
    [place] = objects
    objects[place] = b"another"
    with pytest.raises(StorageError, match=r"vault\.object_damaged"):
        reopen(session, INCIDENT, paper.number)


def test_a_paper_that_was_never_issued_cannot_be_opened() -> None:
    with pytest.raises(UserError, match=r"document\.gone"):
        reopen(new_case(), INCIDENT, "D-001")
