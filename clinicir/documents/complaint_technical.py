"""Parts 5 and 6 of a complaint: systems hit, addresses, accounts and other traces."""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.documents.captured import captured, plain_lines
from clinicir.documents.model import (
    Block,
    Column,
    FieldRow,
    Heading,
    Lines,
    Paragraph,
    Table,
    WritingLines,
)
from clinicir.documents.sheet import Sheet
from clinicir.documents.tracker_tables import accounts_table, addresses_table

_DEVICES = ("lost_devices", "isolated_devices", "damaged_devices", "checked_devices")
_TRACES = (
    "sender", "listing_address", "listing_at", "listing_pseudonym", "listing_price",
    "listing_count", "listing_columns", "payment_address", "amount_demanded", "file_suffix",
    "imei", "location", "visitor", "remote_tools", "suspect_exports",
)  # fmt: skip
"""Captured fields that an investigator can use; none holds anything about a patient."""


def systems(sheet: Sheet) -> Iterator[Block]:
    """Each system named by the trackers, the devices captured, and room for their numbers."""
    names = _system_names(sheet)
    columns = tuple(
        Column(sheet.say(f"system.{key}"), width)
        for key, width in (("name", 1.6), ("accounts", 2.2), ("details", 2.4))
    )
    rows = tuple((name, ", ".join(_accounts_of(sheet, name)), None) for name in names)
    if rows:
        yield Table(columns, rows)
        sheet.known("system_details", None)
    for spec, value in captured(sheet.case, *_DEVICES, "host"):
        yield FieldRow(spec.label, "\n".join(plain_lines(spec, value)))
    if not rows:
        yield sheet.row("systems", None)
    yield Paragraph(sheet.say("system_note"), "small")


def _system_names(sheet: Sheet) -> tuple[str, ...]:
    incident = sheet.case.incident
    systems_hit = [each.system for each in incident.accounts]
    places = [each.where for each in incident.addresses]
    return tuple(dict.fromkeys([*systems_hit, *places]))


def _accounts_of(sheet: Sheet, system: str) -> list[str]:
    return [each.name for each in sheet.case.incident.accounts if each.system == system]


def technical(sheet: Sheet) -> Iterator[Block]:
    """The two trackers, then whatever else was noted."""
    yield Heading(sheet.say("addresses"), 3)
    yield addresses_table(sheet.case)
    yield Lines(sheet.lines("address_notes"))
    yield WritingLines(sheet.say("connections"), 3)
    yield Heading(sheet.say("accounts"), 3)
    yield accounts_table(sheet.case)
    traces = tuple(captured(sheet.case, *_TRACES))
    if traces:
        yield Heading(sheet.say("other_traces"), 3)
    for spec, value in traces:
        yield FieldRow(spec.label, "\n".join(plain_lines(spec, value)))
    yield Paragraph(sheet.say("trace_note"), "small")
