"""Accounts and addresses as tables: complaint, CERT Sante sheet, request to a provider."""

from __future__ import annotations

from clinicir.documents.model import Column, Table
from clinicir.domain.case import Case
from clinicir.texts import labels
from clinicir.texts.encoders import short_instant
from clinicir.texts.labels import said


def accounts_table(case: Case) -> Table:
    """Each account with its system, holder, state and date."""
    say = case.knowledge.wording.text
    zone = case.calendar.zone
    columns = tuple(
        Column(say(f"suivi.{key}"), width)
        for key, width in (
            ("account", 1.6), ("system", 1.1), ("owner", 1.1), ("state", 1.1), ("done_at", 1.4),
            ("mfa", 0.9), ("proof", 0.6),
        )
    )  # fmt: skip
    rows = tuple(
        (
            line.name,
            line.system,
            line.owner or "",
            labels.ACCOUNT_STATES[line.state],
            short_instant(line.done_at, zone) if line.done_at else "",
            said(labels.FACT_VALUES, line.mfa) if line.mfa else "",
            line.proof or "",
        )
        for line in case.incident.accounts
    )
    return Table(columns, rows, say("suivi.no_account"))


def addresses_table(case: Case) -> Table:
    """Each address with the place where it is to be blocked, state, date and who did it."""
    say = case.knowledge.wording.text
    zone = case.calendar.zone
    columns = (
        Column(say("suivi.address"), 1.4, code=True),
        *(
            Column(say(f"suivi.{key}"), width)
            for key, width in (
                ("where", 1.3), ("state", 1.1), ("done_at", 1.4), ("by", 1.3), ("proof", 0.6),
            )
        ),
    )  # fmt: skip
    rows = tuple(
        (
            line.address,
            line.where,
            labels.ADDRESS_STATES[line.state],
            short_instant(line.done_at, zone) if line.done_at else "",
            line.by or "",
            line.proof or "",
        )
        for line in case.incident.addresses
    )
    return Table(columns, rows, say("suivi.no_address"))
