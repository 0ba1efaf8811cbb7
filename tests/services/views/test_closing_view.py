"""What is still open at the end of an incident, and what was said of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.ids import StepId
from clinicir.domain.incident import IncidentState
from clinicir.services import steps
from clinicir.services.incidents import close, reopen
from clinicir.services.notifications import file_notification, record_submission
from clinicir.services.session import Session
from clinicir.services.views.closing import (
    REVIEW_AFTER_DAYS,
    OpenItem,
    OpenKind,
    closing_view,
    unexplained,
)
from tests.fakes import BY, INCIDENT, START, clock_of, new_case, store_of

KNOWN = {"T_BREACH": "2027-01-12T17:10:00+01:00"}
WHY = "Le prestataire répondra lundi."


def found(session: Session, key: str) -> OpenItem | None:
    items = closing_view(session, INCIDENT).items
    return next((item for item in items if item.key == key), None)


def test_every_open_thing_leads_where_it_can_be_settled() -> None:
    session = new_case(instants=KNOWN)
    first = session.case(INCIDENT).scenario.first[0]
    steps.block(session, INCIDENT, first, "Personne ne répond", "amelipro", START, BY)
    view = closing_view(session, INCIDENT)
    assert not view.closed
    assert {item.kind for item in view.items} == set(OpenKind)
    notice = found(session, "CNIL-01")
    assert notice is not None
    assert (notice.page, notice.item, notice.overdue) == ("documents", "cnil", False)
    assert notice.due_at is not None
    [blocked] = view.of(OpenKind.BLOCKED)
    assert (blocked.page, blocked.item, blocked.reason) == ("steps", first, "Personne ne répond")
    [journal] = view.of(OpenKind.PAPER)
    assert (journal.key, journal.item) == ("paper:journal", "journal")
    assert found(session, "REX-04") is None
    keys = [item.key for item in view.items]
    assert len(keys) == len(set(keys))


def test_what_is_done_is_no_longer_listed() -> None:
    session = new_case(instants=KNOWN)
    before = closing_view(session, INCIDENT)
    step = before.of(OpenKind.STEP)[0].key
    steps.skip(session, INCIDENT, step, "Sans rapport avec ce cas.", BY)
    file_notification(session, INCIDENT, "initiale", "EX-1", "", BY)
    record_submission(session, INCIDENT, "CNIL-03", "registre", "R-001", "", BY)
    after = closing_view(session, INCIDENT)
    gone = {item.key for item in before.items} - {item.key for item in after.items}
    assert gone == {step, "CNIL-01", "CNIL-03"}
    assert after.notified
    assert found(session, "paper:registre") is not None


def test_the_next_look_is_the_complement_else_a_month_away() -> None:
    session = new_case(instants=KNOWN)
    today = START.date()
    proposed = closing_view(session, INCIDENT).review_on
    assert proposed == today + timedelta(days=REVIEW_AFTER_DAYS)
    file_notification(session, INCIDENT, "initiale", "EX-1", "", BY)
    assert closing_view(session, INCIDENT).review_on == today + timedelta(days=3)


def test_each_open_thing_asks_for_its_reason() -> None:
    session = new_case(instants=KNOWN)
    view = closing_view(session, INCIDENT)
    reasons = {item.key: WHY for item in view.items}
    assert unexplained(view, reasons) == ()
    reasons["CNIL-01"] = "   "
    assert [item.key for item in unexplained(view, reasons)] == ["CNIL-01"]


def test_an_end_is_read_again_and_can_be_undone() -> None:
    session = new_case(instants=KNOWN)
    left = {item.key: WHY for item in closing_view(session, INCIDENT).items}
    lessons = ("Ce qui a aidé : la liste.",)
    close(session, INCIDENT, lessons, left, BY, date(2027, 2, 12))
    view = closing_view(session, INCIDENT)
    assert (view.closed, view.items, view.lessons) == (True, (), lessons)
    assert (view.ended_at, view.review_on) == (START, date(2027, 2, 12))
    titles = {each.key: (each.title, each.paper) for each in view.left}
    assert titles["CNIL-01"] == (session.knowledge.rule("CNIL-01").title, "")
    assert titles["paper:journal"] == ("", "journal")
    clock_of(session).advance(days=2)
    reopen(session, INCIDENT, "La CNIL a posé une question.", BY)
    assert session.case(INCIDENT).incident.state is IncidentState.OPEN
    again = closing_view(session, INCIDENT)
    assert (again.closed, again.lessons, again.ended_at) == (False, lessons, START)
    entry = store_of(session).entries[-1]
    assert (entry.kind, entry.detail) == (
        "incident.reopen", {"reason": "La CNIL a posé une question."}
    )  # fmt: skip
    steps.skip(session, INCIDENT, StepId("REX-01"), "Fait avant la fin.", BY)


def test_what_cannot_be_undone_or_left_is_refused() -> None:
    session = new_case(instants=KNOWN)
    before = store_of(session).position
    refusals: tuple[tuple[str, Callable[[], object]], ...] = (
        ("incident.not_closed", lambda: reopen(session, INCIDENT, WHY, BY)),
        ("obligation.unknown", lambda: close(session, INCIDENT, (), {"paper:rumeur": WHY}, BY)),
        ("reason.missing", lambda: close(session, INCIDENT, (), {"paper:journal": "non"}, BY)),
    )
    for code, act in refusals:
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == code
    assert store_of(session).position == before
    close(session, INCIDENT, (), {}, BY)
    with pytest.raises(UserError) as refused:
        reopen(session, INCIDENT, "ok", BY)
    assert refused.value.code == "reason.missing"
