"""The home page, read from a vault in memory."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import IncidentId
from clinicir.domain.route import missing_fields, route
from clinicir.services import steps
from clinicir.services.incidents import Said, close, open_incident
from clinicir.services.readiness import Freshness, due_on, freshness, proofs, prove, withdraw
from clinicir.services.views.home import home_view
from clinicir.services.views.readiness import OUT_OF, readiness_view
from tests.fakes import BY, INCIDENT, START, clock_of, new_case, new_session, store_of

OTHER = IncidentId("00000000000000b2")


def test_an_empty_vault_has_nothing_to_resume() -> None:
    view = home_view(new_session())
    assert (view.running, view.finished, view.register_count) == ((), (), 0)
    assert view.readiness.score == 0
    assert view.drill
    assert view.practice.startswith("SELARL")


def test_a_new_case_resumes_at_its_first_urgent_step() -> None:
    session = new_case(instants={"T_BREACH": "2027-01-12T17:10:00+01:00"})
    [card] = home_view(session).running
    case = session.case(INCIDENT)
    assert card.resume == case.scenario.first[0]
    assert card.steps_done == 0
    assert card.steps_total > 20
    assert card.title == case.scenario.title
    assert card.limit is not None
    assert card.limit.left.seconds == 72 * 3600


def test_the_step_begun_last_comes_first_and_done_ones_are_counted() -> None:
    session = new_case()
    case = session.case(INCIDENT)
    listed = {item.step.id: item.step for item in route(case)}
    first = case.scenario.first[0]
    begun = next(i for i, step in listed.items() if missing_fields(case, step, None) and i != first)
    done = next(i for i, s in listed.items() if not missing_fields(case, s, None) and i != first)
    before = home_view(session).running[0]
    steps.complete(session, INCIDENT, begun, steps.Done(), BY)
    assert home_view(session).running[0].resume == begun
    steps.complete(session, INCIDENT, done, steps.Done(), BY)
    steps.skip(session, INCIDENT, begun, "Nous n'avons pas ce service", BY)
    after = home_view(session).running[0]
    assert (after.steps_done, after.steps_total) == (1, before.steps_total - 1)
    assert after.resume == first


def test_a_blocked_step_is_the_last_thing_to_resume() -> None:
    session = new_case()
    first, second = session.case(INCIDENT).scenario.first[:2]
    retry = START + timedelta(hours=1)
    steps.block(session, INCIDENT, first, "Personne ne répond", "amelipro", retry, BY)
    assert home_view(session).running[0].resume == second


def test_the_most_urgent_case_is_shown_first() -> None:
    session = new_case(instants={"T_BREACH": "2027-01-12T17:10:00+01:00"})
    earlier = START - timedelta(hours=40)
    open_incident(session, OTHER, "perte_vol", Said({}, {"T_BREACH": earlier}), BY)
    assert [card.id for card in home_view(session).running] == [OTHER, INCIDENT]


def test_an_ended_case_moves_to_the_finished_ones() -> None:
    session = new_case()
    close(session, INCIDENT, (), {}, BY)
    view = home_view(session)
    assert view.running == ()
    assert [card.id for card in view.finished] == [INCIDENT]
    assert view.register_count == 1


def test_a_proof_counts_until_its_day_then_grows_old() -> None:
    session = new_session()
    item = next(i for i in session.knowledge.playbooks.readiness if i.every_months == 1)
    today = session.clock.now().date()
    prove(session, item.id, today, "  Photo du disque  ", BY)
    proof = proofs(session)[item.id]
    assert (proof.on, proof.note, proof.by) == (today, "Photo du disque", BY)
    last = due_on(item, proof)
    assert freshness(item, proof, last) is Freshness.FRESH
    assert freshness(item, proof, last + timedelta(days=1)) is Freshness.STALE
    assert freshness(item, None, today) is Freshness.NEVER
    clock_of(session).advance(days=40)
    shown = {each.item.id: each for each in readiness_view(session).items}[item.id]
    assert shown.freshness is Freshness.STALE
    assert shown.proof == proof
    assert store_of(session).entries[-1].kind == "readiness.set"


def test_the_score_follows_the_weights_and_ten_means_all() -> None:
    session = new_session()
    items = session.knowledge.playbooks.readiness
    today = session.clock.now().date()
    scores = []
    for item in items:
        prove(session, item.id, today, "", BY)
        scores.append(readiness_view(session).score)
    assert scores == sorted(scores)
    assert scores[-2] < OUT_OF
    assert scores[-1] == OUT_OF
    view = readiness_view(session)
    assert view.fresh == len(items) == 24
    assert view.next_up(5) == ()
    withdraw(session, items[0].id, BY)
    [missing] = readiness_view(session).next_up(5)
    assert missing.item.id == items[0].id


def test_themes_keep_every_item_once() -> None:
    view = readiness_view(new_session())
    shown = [each for _, group in view.themes for each in group]
    assert sorted(e.item.id for e in shown) == sorted(e.item.id for e in view.items)
    weights = [each.item.weight for each in view.next_up(24)]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("item", "day", "note", "code"),
    [
        ("RD-99", date(2027, 1, 1), "", "step.unknown"),
        ("RD-01", date(2027, 1, 13), "", "instant.in_future"),
        ("RD-01", date(2027, 1, 1), "x" * 2001, "text.too_long"),
    ],
)
def test_a_proof_that_cannot_be_is_refused(item: str, day: date, note: str, code: str) -> None:
    session = new_session()
    with pytest.raises(UserError) as refused:
        prove(session, item, day, note, BY)
    assert refused.value.code == code
    assert proofs(session) == {}
