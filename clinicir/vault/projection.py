"""The present state of all records, folded from the trail; nothing of it is ever on disk (2.5).

One TinyDB table per kind of record and incident: an update rewrites its table, so that its cost
follows the size of one incident, not that of the vault.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from clinicir.domain.changes import Operation
from clinicir.domain.ids import Plain, PlainMap

Tables = dict[str, dict[str, dict[str, Plain]]]
"""Table name, key of the record, record."""


def table_name(incident: str | None, kind: str) -> str:
    """Name of the table of one kind of one incident, None being the practice."""
    return f"{incident or '-'}/{kind}"


class _Memory(Storage):
    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self._tables = tables

    def read(self) -> dict[str, dict[str, Any]] | None:
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._tables = data


class _RecordTable(Table):
    # Records are named by texts; TinyDB counts documents with integers unless told otherwise.
    document_id_class = str  # type: ignore[assignment]


class _Database(TinyDB):
    table_class = _RecordTable


class Projection:
    """Current records of the vault; the only module that changes them."""

    def __init__(self, tables: Tables | None = None) -> None:
        """`tables`: what a fold has gathered; they belong to the projection from now on."""
        self._tables = tables if tables is not None else {}
        self._database = _Database(self._tables, storage=_Memory)

    def apply(self, incident: str | None, operations: Iterable[Operation]) -> None:
        """Play the operations of one entry, in order; removing what is absent does nothing."""
        for operation in operations:
            table = self._database.table(table_name(incident, operation.kind))
            present = table.contains(doc_id=operation.key)  # type: ignore[arg-type]
            if operation.value is None:
                if present:
                    table.remove(doc_ids=[operation.key])  # type: ignore[list-item]
            elif present:
                _replace(table, operation.key, operation.value)
            else:
                table.insert(Document(operation.value, operation.key))  # type: ignore[arg-type]

    def forget(self, incident: str) -> None:
        """Drop every record of an incident."""
        start = table_name(incident, "")
        for name in [name for name in self._tables if name.startswith(start)]:
            self._database.drop_table(name)

    def records(self, incident: str | None, kind: str) -> dict[str, PlainMap]:
        """Records of one kind by key, in the order of their first writing."""
        table = self._database.table(table_name(incident, kind))
        return {str(document.doc_id): dict(document) for document in table}

    def tables(self) -> Tables:
        """Every table that holds a record, as plain values; for comparing two projections."""
        return {
            name: {key: dict(record) for key, record in table.items()}
            for name, table in self._tables.items()
            if table
        }


def _replace(table: Table, key: str, value: dict[str, Plain]) -> None:
    def put(document: Any) -> None:
        document.clear()
        document.update(value)

    table.update(put, doc_ids=[key])  # type: ignore[list-item]
