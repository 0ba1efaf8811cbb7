"""Whole triages walked without a window."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.services.triage import FATES, INFORMATION, RANGES, Headcount, Structure
from clinicir.ui.triage_walk import QUESTIONS, RECAP, SCENARIO, URGENT, Answer, TriageWalk
from tests.fakes import START, knowledge

SCENARIOS = knowledge().playbooks.scenarios
UNKNOWN: dict[str, Answer] = {
    "learned": "unknown",
    "continues": "unknown",
    "computer": "unknown",
    "information": frozenset({"unknown"}),
    "persons": Headcount("unknown"),
    "fates": frozenset({"unknown"}),
    "structure": Structure("unknown", "54"),
}


def walk(practice_known: bool = False) -> TriageWalk:
    return TriageWalk(SCENARIOS, practice_known=practice_known)


def walked(scenario: str, practice_known: bool = False, **given_: Answer) -> list[str]:
    """Screens seen from the first to the recap."""
    triage, seen = walk(practice_known), []
    while triage.screen != RECAP:
        seen.append(triage.screen)
        if triage.screen == SCENARIO:
            triage.answer(scenario)
        elif triage.screen == URGENT:
            triage.go_on()
        else:
            triage.answer({**UNKNOWN, **given_}[triage.screen])
    return seen


@pytest.mark.parametrize("scenario", [s.id for s in walk().scenarios])
def test_every_situation_reaches_the_recap_knowing_nothing(scenario: str) -> None:
    seen = walked(scenario)
    assert seen[0] == SCENARIO
    asked = [screen for screen in seen if screen in QUESTIONS]
    assert asked == [question for question in QUESTIONS if question in asked]
    assert len(asked) <= 7
    assert URGENT not in seen


def test_the_overlay_is_no_situation_and_not_knowing_comes_last() -> None:
    shown = [scenario.id for scenario in walk().scenarios]
    assert "groupe" not in shown
    assert shown[-1] == "inconnu"
    assert len(shown) == len(SCENARIOS) - 1


def test_a_known_practice_is_not_asked_again() -> None:
    assert "structure" in walked("amelipro")
    assert "structure" not in walked("amelipro", practice_known=True)


@pytest.mark.parametrize("scenario", ["mauvais_destinataire", "panne", "perte_vol"])
def test_nobody_asks_whether_a_loss_goes_on(scenario: str) -> None:
    seen = walked(scenario)
    assert "continues" not in seen
    assert "computer" not in seen


@pytest.mark.parametrize("answers", [{"continues": "yes"}, {"computer": "no"}])
def test_gestures_that_cannot_wait_come_before_the_rest(answers: dict[str, Answer]) -> None:
    seen = walked("messagerie", False, **answers)
    assert seen.index(URGENT) == seen.index("computer") + 1
    assert seen.index(URGENT) < seen.index("information")


def test_no_person_touched_means_no_number_of_persons() -> None:
    seen = walked("panne", information=frozenset({"none"}))
    assert "persons" not in seen
    assert "fates" not in seen


def test_back_goes_through_the_same_screens_and_keeps_the_answers() -> None:
    triage = walk()
    triage.answer("amelipro")
    triage.answer(START)
    triage.answer("yes")
    assert triage.screen == "computer"
    seen = []
    while triage.back():
        seen.append(triage.screen)
    assert seen == ["continues", "learned", SCENARIO]
    assert (triage.answers.scenario, triage.answers.learned) == ("amelipro", START)
    assert not triage.back()


def test_a_change_from_the_recap_returns_to_it() -> None:
    triage = finished("amelipro")
    triage.change("persons")
    assert (triage.screen, triage.number) == ("persons", 5)
    triage.answer(Headcount("11-100", 40))
    assert triage.screen == RECAP
    assert triage.answers.persons == Headcount("11-100", 40)
    triage.change("fates")
    assert triage.back()
    assert triage.screen == RECAP


def test_another_situation_from_the_recap_asks_what_it_needs() -> None:
    triage = finished("panne")
    triage.change(SCENARIO)
    triage.answer("amelipro")
    seen = []
    while triage.screen != RECAP:
        seen.append(triage.screen)
        triage.answer(UNKNOWN[triage.screen])
    assert seen[:3] == ["learned", "continues", "computer"]


def test_what_is_no_longer_asked_is_not_kept() -> None:
    triage = finished("amelipro")
    assert triage.answers.continues == "unknown"
    triage.change(SCENARIO)
    triage.answer("panne")
    assert triage.answers.continues is None


def test_a_screen_that_was_not_asked_cannot_be_changed() -> None:
    triage = finished("panne")
    with pytest.raises(ValueError, match="continues"):
        triage.change("continues")


def finished(scenario: str) -> TriageWalk:
    triage = walk()
    triage.answer(scenario)
    while triage.screen != RECAP:
        triage.answer(UNKNOWN[triage.screen])
    return triage


def moments() -> st.SearchStrategy[datetime | str]:
    return st.sampled_from([START, "unknown"])


def answers_of(screen: str) -> st.SearchStrategy[Answer]:
    words = st.sampled_from(["yes", "no", "unknown"])
    sets = {"information": INFORMATION, "fates": FATES}
    if screen == SCENARIO:
        return st.sampled_from([str(s.id) for s in walk().scenarios])
    if screen == "learned":
        return moments()
    if screen in sets:
        return st.frozensets(st.sampled_from(sets[screen]), min_size=1)
    if screen == "persons":
        return st.sampled_from(RANGES).map(Headcount)
    return words if screen != "structure" else st.just(Structure("CAB_SOLO", "54"))


@given(data=st.data(), known=st.booleans())
def test_any_walk_stays_on_its_screens_and_ends(data: st.DataObject, known: bool) -> None:
    triage = walk(known)
    for _ in range(30):
        assert triage.screen in triage.screens
        assert triage.number <= 7
        moves = ["back", "answer"] if triage.screen != RECAP else ["back", "change"]
        move = data.draw(st.sampled_from(moves))
        if move == "back":
            triage.back()
        elif move == "change":
            triage.change(data.draw(st.sampled_from(triage.screens)))
        elif triage.screen == URGENT:
            triage.go_on()
        else:
            triage.answer(data.draw(answers_of(triage.screen)))
    for _ in range(30):
        if triage.screen == RECAP:
            break
        if triage.screen == URGENT:
            triage.go_on()
        else:
            triage.answer(data.draw(answers_of(triage.screen)))
    assert triage.screen == RECAP
