"""What is shown is the fold of the entries, whatever their order and number."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from clinicir.domain.audit import EntryDraft
from clinicir.domain.changes import Operation
from clinicir.domain.ids import IncidentId, Plain
from clinicir.vault.projection import Projection, Tables, table_name
from tests.vault.crash import BY, Story, open_on
from tests.vault.simfs import SimDisk

KINDS = ("fact", "step", "track")
INCIDENTS = tuple(IncidentId(f"{number:016x}") for number in (10, 11, 12))
SCOPES: tuple[IncidentId | None, ...] = (None, *INCIDENTS)

_PLAIN: st.SearchStrategy[Plain] = (
    st.none() | st.integers(-5, 5) | st.text(max_size=3) | st.just([True, None])
)
_VALUES = st.dictionaries(st.sampled_from(["value", "at", "list"]), _PLAIN, max_size=3)
_OPERATIONS = st.builds(
    Operation,
    st.sampled_from(KINDS),
    st.sampled_from(["a", "b", "1", "01", "\u00e9"]),
    st.none() | _VALUES,
)
_ENTRIES = st.lists(
    st.tuples(st.sampled_from(SCOPES), st.lists(_OPERATIONS, max_size=4)), max_size=12
)
_Entries = list[tuple[IncidentId | None, list[Operation]]]


def _fold(entries: _Entries) -> Tables:
    tables: Tables = {}
    for incident, operations in entries:
        for operation in operations:
            table = tables.setdefault(table_name(incident, operation.kind), {})
            if operation.value is None:
                table.pop(operation.key, None)
            else:
                table[operation.key] = dict(operation.value)
    return {name: table for name, table in tables.items() if table}


@given(_ENTRIES)
def test_applying_is_folding(entries: _Entries) -> None:
    projection = Projection()
    for incident, operations in entries:
        projection.apply(incident, operations)
    assert projection.tables() == _fold(entries)
    for incident in SCOPES:
        for kind in KINDS:
            expected = _fold(entries).get(table_name(incident, kind), {})
            assert projection.records(incident, kind) == expected
            assert list(projection.records(incident, kind)) == list(expected)


@settings(max_examples=25, deadline=None)
@given(_ENTRIES)
def test_an_opening_shows_what_was_shown(entries: _Entries) -> None:
    story = Story.begin(SimDisk())
    for opened in INCIDENTS:
        story.vault.commit(EntryDraft("incident.open", opened, BY))
    for incident, operations in entries:
        story.vault.commit(EntryDraft("fact.set", incident, BY, tuple(operations)))
    vault = open_on(story.disk)
    for incident in SCOPES:
        for kind in KINDS:
            expected = _fold(entries).get(table_name(incident, kind), {})
            assert vault.records(incident, kind) == expected
            assert story.vault.records(incident, kind) == expected


def test_a_record_handed_out_is_a_copy() -> None:
    projection = Projection()
    projection.apply(None, [Operation("fact", "a", {"value": "yes"})])
    projection.records(None, "fact")["a"]["value"] = "no"  # type: ignore[index]
    assert projection.records(None, "fact") == {"a": {"value": "yes"}}
