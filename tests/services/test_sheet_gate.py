"""A step that resets the computer waits for the recovery sheet."""

from __future__ import annotations

import pytest

from clinicir.domain.errors import UserError
from clinicir.domain.playbook import Step
from clinicir.services import first_start
from clinicir.services.session import Session
from clinicir.services.sheet_gate import go_without_sheet, stops_before
from tests.fakes import BY, INCIDENT, knowledge, new_case, store_of


def resetting() -> Step:
    return next(step for step in knowledge().playbooks.library.values() if step.os_reset)


def stops(session: Session, step: Step | None = None, *, account_only: bool = True) -> bool:
    return stops_before(session, INCIDENT, step or resetting(), lambda: account_only)


def test_only_a_reset_of_a_vault_that_its_account_alone_opens_is_stopped() -> None:
    session = new_case()
    harmless = next(s for s in knowledge().playbooks.library.values() if not s.os_reset)
    assert stops(session)
    assert not stops(session, account_only=False)
    assert not stops(session, harmless)


def test_the_sheet_put_away_opens_the_gate_until_another_code_is_drawn() -> None:
    session = new_case()
    first_start.confirm_sheet(session, BY)
    assert not stops(session)
    first_start.forget_sheet(session, BY)
    assert stops(session)


def test_going_without_is_written_with_its_reason_for_that_step_alone() -> None:
    session, step = new_case(), resetting()
    with pytest.raises(UserError, match=r"reason\.missing"):
        go_without_sheet(session, INCIDENT, step, " ok ", BY)
    assert stops(session)
    go_without_sheet(session, INCIDENT, step, "imprimante en panne", BY)
    assert not stops(session)
    entry = store_of(session).entries[-1]
    assert (entry.kind, entry.incident, entry.by) == ("key.sheet_waived", INCIDENT, BY)
    assert entry.detail == {"step": step.id, "reason": "imprimante en panne"}
    other = [s for s in knowledge().playbooks.library.values() if s.os_reset and s != step]
    assert all(stops(session, each) for each in other)
