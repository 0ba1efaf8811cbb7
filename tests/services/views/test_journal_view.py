"""Lines, families and both times of the journal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinicir.domain.errors import UserError
from clinicir.services.evidence import Described, take_in_pasted
from clinicir.services.incidents import Said, add_note, correct, correct_note, set_facts
from clinicir.services.views.journal import (
    Item,
    KnownFact,
    Mark,
    journal_lines,
    journal_view,
)
from tests.fakes import BY, INCIDENT, START, clock_of, new_case


def test_a_note_keeps_when_it_happened_and_when_it_was_written() -> None:
    session = new_case()
    clock_of(session).advance(minutes=40)
    add_note(session, INCIDENT, "Appel de la caisse", START, BY)
    line = journal_lines(session, INCIDENT)[-1]
    assert (line.happened_at, line.noted_at) == (START, START + timedelta(minutes=40))
    assert line.noted_later
    assert line.mark is Mark.FACT
    assert line.items == (Item("", "Appel de la caisse"),)


def test_the_picture_spans_the_72_hours_of_the_cnil() -> None:
    session = new_case(instants={"T_BREACH": "2027-01-12T16:00:00+01:00"})
    view = journal_view(session, INCIDENT)
    assert view.origin_at is not None
    assert view.due_at is not None
    assert view.due_at - view.origin_at == timedelta(hours=72)
    assert [known.name for known in view.instants] == ["T_BREACH"]


def test_without_awareness_there_is_no_axis() -> None:
    view = journal_view(new_case(), INCIDENT)
    assert (view.origin_at, view.due_at, view.instants) == (None, None, ())


def test_a_correction_is_one_more_line_with_its_reason() -> None:
    session = new_case(instants={"T_BREACH": "2027-01-12T16:00:00+01:00"})
    before = journal_lines(session, INCIDENT)
    moved = START - timedelta(hours=3)
    correct(session, INCIDENT, Said(instants={"T_BREACH": moved}), "mail de 14 h 10", BY)
    after = journal_lines(session, INCIDENT)
    assert after[:-1] == before
    assert journal_view(session, INCIDENT).instants[0].at == moved
    assert Item("reason", "mail de 14 h 10") in after[-1].items


def test_a_note_is_corrected_by_a_line_that_refers_to_it() -> None:
    session = new_case()
    add_note(session, INCIDENT, "Appel à 15 h", START, BY)
    first = journal_lines(session, INCIDENT)[-1]
    with pytest.raises(UserError, match=r"reason\.missing"):
        correct_note(session, INCIDENT, first.n, "Appel à 16 h", START, "", BY)
    correct_note(session, INCIDENT, first.n, "Appel à 16 h", START, "relevé du téléphone", BY)
    old, new = journal_lines(session, INCIDENT)[-2:]
    assert (old, old.text) == (first, "Appel à 15 h")
    assert (new.text, new.corrects) == ("Appel à 16 h", first.n)
    assert Item("corrects", str(first.n)) in new.items


def test_only_the_lines_asked_for_are_read() -> None:
    session = new_case()
    for n in range(5):
        add_note(session, INCIDENT, f"Note {n}", START, BY)
    view = journal_view(session, INCIDENT)
    assert view.size == 6
    assert [line.text for line in journal_lines(session, INCIDENT, 2, 4)] == ["Note 1", "Note 2"]
    assert journal_lines(session, INCIDENT, 6, 6) == ()


def test_facts_can_be_corrected_and_name_their_choices() -> None:
    session = new_case(facts={"malicious": "yes"})
    known = {fact.name: fact for fact in journal_view(session, INCIDENT).facts}
    label = session.knowledge.facts["malicious"].label
    assert known["malicious"] == KnownFact("malicious", label, "yes", ("yes", "no", "unknown"))


def test_answers_and_exhibits_are_said_in_words() -> None:
    session = new_case()
    set_facts(session, INCIDENT, Said(cnil={"viol.nature": ["confidentialite"]}), BY)
    take_in_pasted(session, INCIDENT, b"x", "a.png", Described("a", "Le message"), BY)
    answer, exhibit = journal_lines(session, INCIDENT)[-2:]
    assert answer.items[0] == Item("Nature de la violation", "Perte de la confidentialité", "value")
    assert (exhibit.mark, exhibit.pieces, exhibit.items) == (
        Mark.PROOF, ("P-001",), (Item("", "Le message"),),
    )  # fmt: skip
