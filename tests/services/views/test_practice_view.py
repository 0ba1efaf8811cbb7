"""The practice sheet, typed and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinicir.domain.ids import Plain
from clinicir.services.session import Session
from clinicir.services.views.practice import GROUPS, Sheet, keep_sheet, sheet_view
from tests.fakes import BY, PRACTICE, FakeCaseStore, FakeClock, knowledge, new_session

SMALL: dict[str, Plain] = {
    "name": "Cabinet des Tilleuls", "type": "CAB_SOLO", "department": "67",
    "contact.last_name": "Morel",
}  # fmt: skip


def bare() -> Session:
    clock = FakeClock()
    return Session(FakeCaseStore(clock), knowledge(), clock)


def edited(sheet: Sheet, **answers: Plain) -> Sheet:
    dotted = {key.replace("__", "."): value for key, value in answers.items()}
    return replace(sheet, answers={**sheet.answers, **dotted})


def test_reading_and_keeping_change_nothing() -> None:
    session = new_session()
    before = session.store.position
    sheet = sheet_view(session)
    assert sheet.answers["address.city"] == "Nancy"
    kept = keep_sheet(session, sheet, BY)
    assert (kept.saved, kept.problems) == (False, {})
    assert session.store.position == before


def test_a_typed_answer_is_kept_and_an_emptied_one_removed() -> None:
    session = new_session()
    sheet = edited(sheet_view(session), rpps="10001234567", headcount=None)
    assert keep_sheet(session, sheet, BY).saved
    practice = session.practice()
    assert (practice.rpps, practice.headcount) == ("10001234567", None)
    assert practice.name == PRACTICE["name"]


def test_a_wrong_answer_keeps_its_former_value_and_the_rest_is_saved() -> None:
    session = new_session()
    sheet = edited(sheet_view(session), department="99", rpps="1", headcount=2_000_000)
    kept = keep_sheet(session, sheet, BY)
    assert kept.saved
    assert kept.problems == {"department": "story.bad_value", "headcount": "story.bad_value"}
    practice = session.practice()
    assert (practice.department, practice.rpps, practice.headcount) == ("54", "1", 4)


@pytest.mark.parametrize("missing", sorted(SMALL))
def test_a_first_sheet_says_what_it_needs(missing: str) -> None:
    session = bare()
    sheet = Sheet({key: value for key, value in SMALL.items() if key != missing})
    kept = keep_sheet(session, sheet, BY)
    assert kept.problems == {missing: "story.missing_key"}
    assert not kept.saved
    assert sheet_view(session) == Sheet()
    assert keep_sheet(session, Sheet(SMALL), BY).saved
    assert session.practice().name == "Cabinet des Tilleuls"


def test_lists_are_kept_without_their_empty_rows() -> None:
    session = new_session()
    sheet = replace(
        sheet_view(session),
        contacts=({"role": "insurer", "name": "Assur", "phone": ""}, {"role": "bank", "name": ""}),
        establishments=(
            {"name": "Site A", "type": "CDS", "department": "2C"},
            {"name": "Site B", "type": "ESMS", "siret": "1"},
            {"name": "", "type": "CDS"},
        ),
    )
    kept = keep_sheet(session, sheet, BY)
    assert kept.problems == {"establishments[0].department": "story.bad_value"}
    practice = session.practice()
    assert [each.role for each in practice.contacts] == ["insurer"]
    assert [each.name for each in practice.establishments] == ["Site A", "Site B"]
    assert practice.is_group


def test_a_row_without_its_name_waits() -> None:
    session = new_session()
    rows = ({"name": "", "type": "CDS", "siret": "12345678200010"},)
    kept = keep_sheet(session, replace(sheet_view(session), establishments=rows), BY)
    assert kept.problems == {"establishments[0].name": "story.missing_key"}
    assert not kept.saved


def test_a_choice_not_made_takes_the_usual_one() -> None:
    session = new_session()
    sheet = replace(
        sheet_view(session),
        contacts=({"role": "", "name": "Inconnu"},),
        establishments=({"name": "Site A", "type": ""},),
    )
    assert keep_sheet(session, sheet, BY).problems == {}
    practice = session.practice()
    assert practice.contacts[0].role == "other"
    assert practice.establishments[0].type == "CAB_GROUPE"


def test_gauges_count_what_is_answered() -> None:
    sheet = sheet_view(new_session())
    assert sheet.filled("place") == (4, 4)
    assert sheet.filled("insurance") == (0, 3)
    assert sheet.filled("contacts") == (1, 3)
    assert all(sheet.filled(group)[1] == len(keys) for group, keys in GROUPS.items())
