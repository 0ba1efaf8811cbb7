"""Pause points: the facts of the case are read back, and who did it is in the trail."""

from __future__ import annotations

import pytest

from clinicir.domain.errors import BugError, UserError
from clinicir.services import gates
from clinicir.services.views.gate import FACTS, gate_view
from tests.fakes import BY, INCIDENT, new_case, store_of


@pytest.mark.parametrize("gate", gates.GATES)
def test_three_to_five_facts_are_read_back_at_each_gate(gate: str) -> None:
    view = gate_view(new_case(), INCIDENT, gate)
    assert 3 <= len(view.facts) <= 5
    assert [fact.key for fact in view.facts] == list(FACTS[gate])
    assert view.readers == ()


def test_what_nobody_has_answered_is_none_and_what_is_known_is_told() -> None:
    empty = {fact.key: fact.value for fact in gate_view(new_case(), INCIDENT, "G3").facts}
    assert empty["known_at"] is None
    assert empty["limit"] is None
    session = new_case(instants={"T_BREACH": "2027-01-12T15:10:00+01:00"})
    known = {fact.key: fact.value for fact in gate_view(session, INCIDENT, "G3").facts}
    assert str(known["known_at"]) == "2027-01-12 15:10:00+01:00"
    assert str(known["limit"]) == "2027-01-15 15:10:00+01:00"


def test_the_names_are_recorded_once_each_in_the_trail() -> None:
    session = new_case()
    gates.confirm(session, INCIDENT, "G2", ["Ana ", "Ana", "Marc"], BY)
    assert gate_view(session, INCIDENT, "G2").readers == ("Ana", "Marc")
    assert gate_view(session, INCIDENT, "G3").readers == ()
    last = store_of(session).entries[-1]
    assert (last.kind, last.detail["gate"]) == ("step.gate", "G2")


def test_nobody_is_refused_and_an_unknown_gate_is_a_bug() -> None:
    session = new_case()
    with pytest.raises(UserError, match="reason"):
        gates.confirm(session, INCIDENT, "G2", [" "], BY)
    with pytest.raises(BugError):
        gates.confirm(session, INCIDENT, "G9", ["Ana"], BY)
