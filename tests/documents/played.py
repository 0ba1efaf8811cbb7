"""Cases for the papers that leave: bundled stories stopped where wanted, and a full one."""

from __future__ import annotations

from datetime import datetime

from clinicir.content.stories import load_story
from clinicir.domain.case import CaseFile
from clinicir.domain.ids import Plain
from clinicir.domain.practice import Practice
from clinicir.services import practice as practices
from clinicir.services.incidents import Said, add_note, set_facts
from clinicir.services.session import Session
from clinicir.services.story_player import Player, StoryClock
from clinicir.services.trackers import track
from tests import fakes
from tests.documents.recorder import STORIES, RecordingPrinter

HOSTILE = "<b>&amp;</b> {name} %s \u202eabc \u05d0\u05d1 \u0141ukasik \u015eahin"
"""Markup, placeholders, a mark that turns the reading, rare letters."""


def played(story: str, until: str) -> CaseFile:
    """A bundled story, its papers aside, up to an instant included."""
    path = STORIES / f"{story}.toml"
    told = load_story(path)
    last = datetime.fromisoformat(until)
    clock = StoryClock(told.events[0].at, told.events[0].at)
    fake = fakes.FakeClock(clock.at, clock.at)
    store = fakes.FakeCaseStore(fake)
    session = Session(store, fakes.knowledge(), fake)
    practices.save(session, Practice.from_plain(told.practice), told.events[0].by)
    player = Player(
        session, clock, RecordingPrinter(), store.verify, path.parent, fakes.INCIDENT,
        lambda _event: None, lambda _papers: None,
    )  # fmt: skip
    for event in told.events:
        if event.at > last:
            break
        fake.at = clock.at = event.at
        if event.act != "produce":
            player._act(event)
    fake.at = last
    return fakes.case_file(session)


def amelipro() -> CaseFile:
    """Two days in: accounts, addresses, one exhibit, the CNIL told."""
    return played("amelipro", "2027-01-14T09:00:00+01:00")


def vendor() -> CaseFile:
    """The morning after the message of the vendor."""
    return played("vendor", "2026-11-21T10:14:00+01:00")


def bare() -> CaseFile:
    """A case just opened: almost everything is missing."""
    practice: dict[str, Plain] = {
        "name": "Cabinet",
        "type": "CAB_SOLO",
        "department": "54",
        "contact": {"last_name": "Morel"},
    }
    return fakes.case_file(fakes.new_case("inconnu", practice=practice))


def heavy() -> CaseFile:
    """Every duty, long texts, hostile names, forty lines in each tracker."""
    practice: dict[str, Plain] = {
        **fakes.PRACTICE,
        "name": f"Groupe {HOSTILE}",
        "type": "ES_PRIVE",
        "establishments": [
            {"name": f"Clinique {n} {HOSTILE}", "type": kind, "department": "54"}
            for n, kind in enumerate(("ES_PRIVE", "ESMS", "LBM", "CAB_GROUPE"))
        ],
    }
    wanted = ("yes", "actual", "death")
    facts: dict[str, Plain] = {}
    for name, spec in fakes.knowledge().facts.items():
        given = next((word for word in wanted if word in spec.values), None)
        if spec.scope.value == "incident" and given is not None:
            facts[name] = given
    names = ("T_ATTACK", "T_BREACH", "T_VENDOR", "T_CRIT", "T_HARM")
    instants = dict.fromkeys(names, "2027-01-12T16:00:00+01:00")
    session = fakes.new_case("amelipro", practice=practice, facts=facts, instants=instants)
    _fill(session)
    fakes.clock_of(session).advance(hours=50)
    return fakes.case_file(session)


def _fill(session: Session) -> None:
    long_text = "Une phrase courte, puis une autre. " * 560
    cnil: dict[str, Plain] = {
        "viol.nature": ["confidentialite", "integrite", "disponibilite"],
        "viol.description": long_text,
        "dates.circonstances": f"Vu par {HOSTILE}",
        "data.categories": ["etat_civil", "nir", "financieres", "identification_acces"],
        "data.sensibles": ["sante"],
        "pers.nombre": 758_912,
        "impact.natures": ["vol_identite", "fraude"],
    }
    set_facts(session, fakes.INCIDENT, Said(cnil=cnil), fakes.BY)
    add_note(session, fakes.INCIDENT, long_text, None, HOSTILE)
    track(
        session,
        fakes.INCIDENT,
        [{"name": f"compte{n}", "system": f"Logiciel {n % 5}"} for n in range(40)],
        [{"address": f"203.0.113.{n}", "where": f"Service {n % 3}"} for n in range(1, 41)],
        fakes.BY,
    )
