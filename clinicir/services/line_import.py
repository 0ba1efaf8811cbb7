"""Rows of a file that may become lines of accounts or addresses, and why the others may not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from clinicir.domain.clock import to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.line_table import LineTable, RefusedRow, RowFault, TableRow, folded
from clinicir.domain.tracker import Account, AccountState, Address, AddressState

_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"accounts": ("name", "system", "owner"), "addresses": ("address", "where")}
)
"""Order of the cells when nothing says what they are; the first two make the key of a line."""
_STATES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "accounts": {
            "reset": AccountState.RESET, "reinitialise": AccountState.RESET,
            "change": AccountState.RESET, "fait": AccountState.RESET, "done": AccountState.RESET,
            "desactive": AccountState.DISABLED, "disabled": AccountState.DISABLED,
            "a reinitialiser": AccountState.TO_RESET, "a faire": AccountState.TO_RESET,
            "to reset": AccountState.TO_RESET, "todo": AccountState.TO_RESET,
        },
        "addresses": {
            "blocked": AddressState.BLOCKED, "bloque": AddressState.BLOCKED,
            "bloquee": AddressState.BLOCKED, "fait": AddressState.BLOCKED,
            "done": AddressState.BLOCKED, "blocage demande": AddressState.REQUESTED,
            "demande": AddressState.REQUESTED, "requested": AddressState.REQUESTED,
            "a bloquer": AddressState.TO_BLOCK, "a faire": AddressState.TO_BLOCK,
            "to block": AddressState.TO_BLOCK, "todo": AddressState.TO_BLOCK,
        },
    }
)  # fmt: skip
_OPEN = frozenset({AccountState.TO_RESET.value, AddressState.TO_BLOCK.value})
_FAULTS: Mapping[str, RowFault] = MappingProxyType(
    {
        "address.bad_form": RowFault.BAD_FORM,
        "address.not_public": RowFault.NOT_PUBLIC,
        "address.own": RowFault.OWN,
        "text.too_long": RowFault.LONG,
    }
)
_MOMENT = re.compile(
    r"(?:(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})-(\d\d)-(\d\d))"
    r"[T ,]*(?:a |\u00e0 )?(\d{1,2}) ?[:hH] ?(\d\d)(?::\d\d(?:\.\d+)?)?"
)


@dataclass(frozen=True)
class Around:
    """What the case says of the list."""

    name: str
    """`accounts` or `addresses`."""
    zone: tzinfo
    known: Set[str] = frozenset()
    """Keys of the lines already there."""
    own: tuple[str, ...] = ()
    """Public addresses of the practice."""


@dataclass(frozen=True)
class ImportView:
    """What would be added, and what would not."""

    place: str
    """Given by the person for the rows that do not say where."""
    lines: tuple[dict[str, Plain], ...]
    refused: tuple[RefusedRow, ...]
    lacks_place: bool
    """Some rows do not say where."""
    undated: int
    """Lines added without their date, because it cannot be read to the minute."""


@dataclass
class _Sorting:
    around: Around
    place: str
    keys: set[str] = field(default_factory=set)
    lacks_place: bool = False
    undated: int = 0


def import_view(
    table: LineTable, around: Around, place: str = ""
) -> ImportView:
    """`place` completes the rows that have none; UserError `lines.no_column`."""
    columns = _columns(table, around.name)
    sorting = _Sorting(around, place)
    lines: list[dict[str, Plain]] = []
    refused = list(table.refused)
    for row in table.rows:
        found = _line(row, columns, sorting)
        if isinstance(found, RowFault):
            text = " ; ".join(filter(None, row.cells[:6]))[:80]
            refused.append(RefusedRow(row.number, text, found))
        else:
            lines.append(found)
    refused.sort(key=lambda one: one.number)
    return ImportView(
        place, tuple(lines), tuple(refused), sorting.lacks_place, sorting.undated
    )


def _columns(table: LineTable, name: str) -> tuple[str, ...]:
    if not table.columns:
        return _COLUMNS[name]
    first, second = _COLUMNS[name][:2]
    columns = table.columns
    if second not in columns and name == "addresses":
        columns = tuple(second if key == "system" else key for key in columns)
    if first not in columns:
        raise UserError("lines.no_column")
    return columns


def _line(
    row: TableRow, columns: tuple[str, ...], sorting: _Sorting
) -> dict[str, Plain] | RowFault:
    cells = {key: cell for key, cell in zip(columns, row.cells, strict=False) if key and cell}
    name = sorting.around.name
    first, second = _COLUMNS[name][:2]
    if first not in cells:
        return RowFault.NO_NAME
    if second not in cells:
        sorting.lacks_place = True
        cells[second] = sorting.place
    line: dict[str, Plain] = {key: cells[key] for key in _COLUMNS[name] if cells.get(key)}
    state = _STATES[name].get(folded(cells["state"])) if "state" in cells else ""
    if state is None:
        return RowFault.STATE
    key = _key(line, sorting.around) if cells[second] else _address_fault(line, sorting.around)
    if isinstance(key, RowFault):
        return key
    if key in sorting.around.known or key in sorting.keys:
        return RowFault.ALREADY if key in sorting.around.known else RowFault.TWICE
    if state and state not in _OPEN:
        done_at = _instant(cells.get("done_at", ""), sorting.around.zone)
        sorting.undated += "done_at" in cells and done_at is None
        done = {"state": str(state), "by": cells.get("by"), "done_at": done_at}
        line |= {k: v for k, v in done.items() if v}
        checked = _key(line, sorting.around)
        if isinstance(checked, RowFault):
            return checked
    sorting.keys.add(key)
    return line


def _address_fault(line: dict[str, Plain], around: Around) -> RowFault:
    """A row without a place is refused for its address first, if that is wrong too."""
    second = _COLUMNS[around.name][1]
    found = _key({**line, second: "-"}, around)
    return found if isinstance(found, RowFault) else RowFault.NO_PLACE


def _key(line: dict[str, Plain], around: Around) -> str | RowFault:
    try:
        if around.name == "accounts":
            return Account.from_plain(line).key
        return Address.from_plain(line, own=around.own).key
    except UserError as error:
        return _FAULTS.get(error.code, RowFault.TEXT)


def _instant(text: str, zone: tzinfo) -> str | None:
    """A day with its hour, on the clock of the practice."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    day, month, year, iso_year, iso_month, iso_day, hour, minute = found.groups()
    parts = (year or iso_year, month or iso_month, day or iso_day, hour, minute)
    try:
        at = datetime(*(int(part) for part in parts), tzinfo=zone)  # type: ignore[misc,arg-type]
        return to_wire(at.astimezone(UTC).astimezone(zone))
    except (ValueError, OverflowError):
        return None
