"""An exercise from its first message to the proof that it was done."""

from __future__ import annotations

import pytest

from clinicir import paths
from clinicir.content.stories import load_story
from clinicir.domain.errors import BugError
from clinicir.domain.practice import Practice
from clinicir.services import drill, first_start, readiness, steps
from clinicir.services.incidents import Said, open_incident
from clinicir.services.session import Session
from clinicir.services.views.drill import drill_report, drill_view
from tests.fakes import (
    BY,
    INCIDENT,
    START,
    FakeCaseStore,
    FakeClock,
    clock_of,
    knowledge,
    new_session,
    store_of,
)

REAL = "Cabinet réel"


def begun(name: str = "exercice-amelipro") -> Session:
    clock = FakeClock(START, START)
    session = Session(FakeCaseStore(clock, True), knowledge(), clock)
    story = load_story(paths.checklists() / "stories" / f"{drill.OFFERED[name]}.toml")
    drill.begin_drill(session, name, Practice.from_plain(story.practice), REAL, BY)
    return session


def declared(name: str = "exercice-amelipro", scenario: str = "amelipro") -> Session:
    session = begun(name)
    clock_of(session).advance(minutes=3)
    open_incident(session, INCIDENT, scenario, Said({}, {"T_BREACH": START}), BY)
    return session


@pytest.mark.parametrize("name", drill.OFFERED)
def test_each_exercise_has_a_story_of_its_scenario_and_fictional_people(name: str) -> None:
    story = load_story(paths.checklists() / "stories" / f"{drill.OFFERED[name]}.toml")
    opening = next(event for event in story.events if event.act == "open_incident")
    assert opening.given["scenario"] in knowledge().playbooks.drills[name].scenarios
    assert story.drill


def test_the_vault_begins_with_the_practice_and_one_message() -> None:
    session = begun()
    view = drill_view(session)
    assert session.practice().name == view.practice == "Pharmacie du Tilleul"
    assert [message.id for message in view.messages] == ["X-21"]
    assert (view.coming, view.incident, view.resume) == (9, None, None)
    assert first_start.sheet_is_checked(session)


def test_messages_come_at_their_minute_the_latest_first() -> None:
    session = begun()
    clock_of(session).advance(minutes=8, seconds=59)
    assert [message.number for message in drill_view(session).messages] == [2, 1]
    clock_of(session).advance(seconds=1)
    view = drill_view(session)
    assert [message.id for message in view.messages] == ["X-23", "X-22", "X-21"]
    assert view.next_at is not None
    assert (view.next_at - START).total_seconds() == 14 * 60


def test_a_message_can_be_called_before_its_minute_and_none_comes_twice() -> None:
    session = begun()
    for arrived in range(1, 4):
        drill.call_next(session, arrived, BY)
    assert len(drill_view(session).messages) == 4
    clock_of(session).advance(minutes=14)
    assert len(drill_view(session).messages) == 4
    clock_of(session).advance(hours=2)
    view = drill_view(session)
    assert (len(view.messages), view.coming, view.next_at) == (10, 0, None)
    assert view.messages[0].direction


def test_where_the_incident_stands_is_told() -> None:
    session = declared()
    view = drill_view(session)
    assert view.incident == INCIDENT
    assert view.resume == session.case(INCIDENT).scenario.first[0]


def test_the_report_times_each_step_from_the_one_before() -> None:
    session = declared()
    clock_of(session).advance(minutes=2)
    steps.complete(session, INCIDENT, "AP-01", steps.Done(), BY)
    clock_of(session).advance(minutes=7)
    steps.complete(session, INCIDENT, "CON-02", steps.Done(), BY)
    report = drill_report(session)
    done = {str(each.step): each for each in report.done}
    assert report.declared
    assert list(done) == ["AP-01", "CON-02"]
    assert done["CON-02"].spent.total_seconds() == 7 * 60
    assert done["CON-02"].after.total_seconds() == 12 * 60
    assert done["AP-01"].after.total_seconds() == 5 * 60


def test_what_a_message_called_for_is_missed_until_it_is_done_or_set_aside() -> None:
    session = declared()
    missed = {str(each.step): each for each in drill_report(session).missed_steps}
    assert missed["PRV-01"].expected.startswith("Les deux heures")
    assert missed["AP-01"].title == "Refusez toute demande e-CPS imprévue"
    assert "CON-08" not in missed
    drill.call_next(session, 4, BY)
    assert "CON-08" in {each.step for each in drill_report(session).missed_steps}
    steps.skip(session, INCIDENT, "AP-01", "Aucune carte e-CPS au cabinet.", BY)
    assert "AP-01" not in {each.step for each in drill_report(session).missed_steps}


def test_duties_left_open_are_told_the_most_pressing_first() -> None:
    session = declared()
    clock_of(session).advance(hours=80)
    left = drill_report(session).missed_duties
    assert left[0].overdue
    assert "CNIL-01" in {duty.rule for duty in left if duty.overdue}
    assert all(duty.due_at is not None or duty.at_once for duty in left)


def test_without_a_declaration_everything_is_missed() -> None:
    report = drill_report(begun())
    assert (report.declared, report.done, report.missed_duties) == (False, (), ())
    assert {each.step for each in report.missed_steps} >= {"ALR-01", "AP-01", "PRV-01"}


def test_the_first_end_stays_until_the_exercise_goes_on() -> None:
    session = declared()
    drill.end_drill(session, BY)
    ended = clock_of(session).now()
    clock_of(session).advance(minutes=30)
    drill.end_drill(session, BY)
    assert drill_report(session).ended_at == ended
    drill.resume_drill(session, BY)
    assert drill_report(session).ended_at == clock_of(session).now()


def test_the_proof_goes_to_the_real_vault_and_nowhere_else() -> None:
    session, real = declared(), new_session(drill=False)
    report = drill_report(session)
    before = store_of(session).position
    drill.note_drill(real, report, "Joué à trois.", BY)
    proof = readiness.proofs(real)[drill.PROOF]
    item = next(i for i in knowledge().playbooks.readiness if i.id == drill.PROOF)
    assert readiness.freshness(item, proof, START.date()) is readiness.Freshness.FRESH
    assert (proof.on, proof.note) == (START.date(), "Joué à trois.")
    assert store_of(session).position == before
    with pytest.raises(BugError):
        drill.note_drill(session, report, "", BY)


def test_a_vault_that_is_no_exercise_is_not_read_as_one() -> None:
    with pytest.raises(BugError):
        drill_view(new_session())
