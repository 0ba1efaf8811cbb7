"""The register of the whole practice, made from the home page."""

from __future__ import annotations

import hashlib

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.services.incidents import Said, close, open_incident
from clinicir.services.register import KIND, produce_register
from clinicir.services.session import Session
from clinicir.services.views.closing import closing_view
from tests.documents.recorder import RecordingPrinter
from tests.fakes import BY, INCIDENT, new_case, new_session, store_of

OTHER = IncidentId("00000000000000b2")
ENDED = IncidentId("00000000000000c3")


def three() -> Session:
    session = new_case()
    for incident in (OTHER, ENDED):
        open_incident(session, incident, "perte_vol", Said(), BY)
    close(session, ENDED, (), {}, BY)
    return session


def test_the_register_belongs_to_the_practice_and_to_no_incident() -> None:
    session, printer = three(), RecordingPrinter()
    objects = dict(store_of(session).objects)
    made = produce_register(session, printer, store_of(session).verify, BY)
    [paper] = made.papers
    assert paper.content.startswith(b"%PDF")
    assert (paper.number, paper.kind) == ("R-001", KIND)
    document = printer.document(KIND)
    assert document.case_number == ""
    assert sum(section.new_page for section in document.sections) == 3
    [(name, table)] = made.attachments
    assert name == "registre.csv"
    assert table.count(b"\r\n") == 4
    kept = store_of(session).records(None, "document")["R-001"]
    assert kept["sha256"] == hashlib.sha256(paper.content).hexdigest()
    assert store_of(session).objects == objects
    entries = {e.kind: e for e in store_of(session).entries if e.incident is None}
    assert entries["doc.prepare"].n == paper.entry
    assert session.case(INCIDENT).incident.issued == ()


def test_open_incidents_have_their_line_from_now_on() -> None:
    session, printer = three(), RecordingPrinter()

    def owes(incident: IncidentId) -> bool:
        return any(item.key == "CNIL-03" for item in closing_view(session, incident).items)

    assert owes(INCIDENT)
    assert owes(OTHER)
    produce_register(session, printer, store_of(session).verify, BY)
    assert not owes(INCIDENT)
    assert not owes(OTHER)
    assert session.case(ENDED).incident.submissions == ()
    before = store_of(session).position.n
    again = produce_register(session, printer, store_of(session).verify, BY)
    assert again.papers[0].number == "R-002"
    assert store_of(session).position.n == before + 2


def test_without_incident_there_is_no_register() -> None:
    session = new_session()
    before = store_of(session).position
    with pytest.raises(UserError) as refused:
        produce_register(session, RecordingPrinter(), store_of(session).verify, BY)
    assert refused.value.code == "incident.unknown"
    assert store_of(session).position == before
