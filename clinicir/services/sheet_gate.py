"""No step may lock the practice out: the recovery sheet comes before a new computer password.

A system that resets the password of an account forgets the keys which that account kept. A vault
that opens by the account alone is then lost, unless its recovery sheet was printed and put away.
"""

from __future__ import annotations

from collections.abc import Callable

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.ids import IncidentId
from clinicir.domain.incident import check_reason
from clinicir.domain.playbook import Step
from clinicir.services.first_start import sheet_is_checked
from clinicir.services.session import Session

_WAIVER = "sheet_waiver"


def stops_before(
    session: Session, incident: IncidentId, step: Step, account_only: Callable[[], bool]
) -> bool:
    """True when the sheet must be put away before `step` is done, or its absence accepted.

    `account_only` is that of the desk: it asks the key files, so only when the rest is not enough.
    """
    return (
        step.os_reset
        and not sheet_is_checked(session)
        and step.id not in session.store.records(incident, _WAIVER)
        and account_only()
    )


def go_without_sheet(
    session: Session, incident: IncidentId, step: Step, reason: str, by: str
) -> Changes:
    """Possible, never silent: the reason is in the trail. UserError `reason.missing`."""
    session.open_case(incident)
    check_reason(reason)
    record = Operation(_WAIVER, step.id, {"by": by, "reason": reason})
    changes = Changes("key.sheet_waived", (record,), {"step": step.id, "reason": reason})
    return session.commit(incident, changes, by)
