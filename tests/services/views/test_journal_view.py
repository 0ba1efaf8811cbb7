"""Lines, families and both times of the journal."""

from __future__ import annotations

from datetime import timedelta

from clinicir.services.evidence import Described, take_in_picture
from clinicir.services.incidents import Said, add_note, correct, set_facts
from clinicir.services.views.journal import Item, Mark, journal_view
from tests.fakes import BY, INCIDENT, START, clock_of, new_case


def test_a_note_keeps_when_it_happened_and_when_it_was_written() -> None:
    session = new_case()
    clock_of(session).advance(minutes=40)
    add_note(session, INCIDENT, "Appel de la caisse", START, BY)
    line = journal_view(session, INCIDENT).lines[-1]
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
    before = journal_view(session, INCIDENT)
    moved = START - timedelta(hours=3)
    correct(session, INCIDENT, Said(instants={"T_BREACH": moved}), "mail de 14 h 10", BY)
    after = journal_view(session, INCIDENT)
    assert after.lines[:-1] == before.lines
    assert after.instants[0].at == moved
    assert Item("reason", "mail de 14 h 10") in after.lines[-1].items


def test_answers_and_exhibits_are_said_in_words() -> None:
    session = new_case()
    set_facts(session, INCIDENT, Said(cnil={"viol.nature": ["confidentialite"]}), BY)
    take_in_picture(session, INCIDENT, b"x", "a.png", Described("a", "Le message"), BY)
    answer, exhibit = journal_view(session, INCIDENT).lines[-2:]
    assert answer.items[0] == Item("Nature de la violation", "Perte de la confidentialité", "value")
    assert (exhibit.mark, exhibit.pieces, exhibit.items) == (
        Mark.PROOF, ("P-001",), (Item("", "Le message"),),
    )  # fmt: skip
