"""An end, a second look and the register of the practice, in a vault on the disk."""

from __future__ import annotations

from clinicir.domain.incident import IncidentState
from clinicir.domain.practice import Practice
from clinicir.door import Door
from clinicir.services import practice as practices
from clinicir.services.incidents import Said, close, open_incident, reopen
from clinicir.services.register import produce_register
from clinicir.services.session import Session
from clinicir.services.views.closing import closing_view
from clinicir.services.views.search import material
from clinicir.ui.models.search_index import build
from tests.fakes import BY, INCIDENT, PRACTICE, FakeClock, knowledge
from tests.test_door import NOW, PHRASE, door, keyring

__all__ = ["door", "keyring"]


def test_the_trail_holds_the_end_and_the_register(door: Door) -> None:
    clock = FakeClock(NOW, NOW)
    opened = door.create(PHRASE)
    session = Session(opened.store, knowledge(), clock)
    practices.save(session, Practice.from_plain(dict(PRACTICE)), BY)
    open_incident(session, INCIDENT, "amelipro", Said(), BY)
    made = produce_register(session, opened.printer, opened.verifier, BY)
    assert made.papers[0].content.startswith(b"%PDF")
    left = {item.key: "Fait ailleurs." for item in closing_view(session, INCIDENT).items}
    close(session, INCIDENT, ("Ce qui a aidé : la liste.",), left, BY)
    reopen(session, INCIDENT, "Une question de la CNIL.", BY)
    door.close()
    again = door.open_with_passphrase(PHRASE)
    read = Session(again.store, knowledge(), clock)
    kinds = [entry.kind for entry in read.store.journal()]
    assert kinds.count("doc.issued") == 1
    assert kinds.index("incident.close") < kinds.index("incident.reopen")
    assert read.case(INCIDENT).incident.state is IncidentState.OPEN
    assert closing_view(read, INCIDENT).lessons == ("Ce qui a aidé : la liste.",)
    assert set(read.store.records(None, "document")) == {"R-001"}
    assert build(material(read)).find("reouverture question")[0].group == "journal"
