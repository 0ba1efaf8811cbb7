"""What the answers of the triage say, and only that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain
from clinicir.domain.obligation import Level
from clinicir.services.session import Session
from clinicir.services.triage import (
    FATES,
    INFORMATION,
    RANGES,
    Answers,
    Headcount,
    Structure,
    begin,
    duties_of,
    practice_of,
    said,
    stored_practice,
)
from tests.fakes import BY, INCIDENT, START, FakeCaseStore, FakeClock, knowledge, new_session

WORDS = {size: f"environ {size}" for size in RANGES}
PRESETS: dict[str, Plain] = {}


def bare_session() -> Session:
    """A vault without a practice sheet, as on the first evening."""
    clock = FakeClock()
    return Session(FakeCaseStore(clock), knowledge(), clock)


def test_nothing_answered_says_nothing() -> None:
    nothing = said(Answers(), {}, WORDS)
    assert (nothing.facts, nothing.instants, nothing.cnil) == ({}, {}, {})


def test_not_knowing_never_erases_a_presumption() -> None:
    answers = Answers(continues="unknown", information=frozenset({"unknown"}))
    told = said(answers, {"intruder_active": "yes"}, WORDS)
    assert told.facts == {}
    assert told.cnil == {"dates.en_cours": "unknown", "data.categories": ["inconnu"]}
    assert said(answers, {}, WORDS).facts == {"intruder_active": "unknown"}


def test_each_kind_of_information_is_said_where_it_counts() -> None:
    everything = frozenset(INFORMATION) - {"none"}
    answers = Answers(information=everything, fates=frozenset({"copied", "changed"}))
    told = said(answers, {}, WORDS)
    assert told.facts == {
        "personal_data": "yes", "health_conf": "yes", "nir_exposed": "yes", "free_notes": "yes",
        "health_integ": "yes",
    }  # fmt: skip
    assert told.cnil == {
        "data.categories": [
            "etat_civil", "coordonnees", "nir", "financieres", "identification_acces",
        ],
        "data.sensibles": ["sante"],
        "pers.categories": ["patients", "employes"],
        "viol.nature": ["confidentialite", "integrite"],
    }  # fmt: skip


def test_lost_files_are_not_said_to_have_been_seen() -> None:
    answers = Answers(information=frozenset({"health", "nir"}), fates=frozenset({"lost"}))
    told = said(answers, {}, WORDS)
    assert told.facts == {"personal_data": "yes"}
    assert told.cnil["viol.nature"] == ["disponibilite"]


def test_a_publication_is_said_before_it_is_verified() -> None:
    told = said(Answers(fates=frozenset({"published"})), {}, WORDS)
    assert told.facts == {"data_published": "unknown"}


def test_no_personal_data_is_an_answer() -> None:
    told = said(Answers(information=frozenset({"none"})), {}, WORDS)
    assert told.facts == {"personal_data": "no"}
    assert told.cnil == {}


@pytest.mark.parametrize(
    ("persons", "expected"),
    [
        (Headcount("unknown"), {"pers.nombre": "unknown"}),
        (Headcount("11-100"), {"pers.nombre_detail": "environ 11-100"}),
        (Headcount("11-100", 40), {"pers.nombre": 40, "pers.nombre_detail": "environ 11-100"}),
    ],
)
def test_an_order_of_magnitude_is_never_made_a_number(
    persons: Headcount, expected: dict[str, Plain]
) -> None:
    assert said(Answers(persons=persons), {}, WORDS).cnil == expected


def test_duties_are_told_before_anything_is_written() -> None:
    session = new_session()
    answers = Answers("amelipro", START - timedelta(hours=1), information=frozenset({"health"}))
    told = said(answers, PRESETS, WORDS)
    before = session.store.position
    duties = duties_of(session, session.practice(), "amelipro", told)
    assert session.store.position == before
    cnil = next(duty for duty in duties if duty.rule.id == "CNIL-01")
    assert cnil.level is Level.OBLIGATOIRE
    assert cnil.due_at == START + timedelta(hours=71)


def test_the_case_owes_what_the_recap_told() -> None:
    session = new_session()
    answers = Answers(
        "messagerie", START, "yes", "no", frozenset({"health", "staff"}), Headcount("1"),
        frozenset({"seen"}),
    )  # fmt: skip
    chosen = session.knowledge.scenario("messagerie")
    told = said(answers, chosen.presets, WORDS)
    practice = session.practice()
    foreseen = duties_of(session, practice, "messagerie", told)
    begin(session, INCIDENT, practice, "messagerie", told, BY, "Ordinateur douteux")
    from_case = obligations(session.case(INCIDENT))
    assert foreseen == from_case
    case = session.case(INCIDENT)
    assert case.incident.answers["viol.nature"] == ["confidentialite"]
    assert case.incident.facts["intruder_active"].value == "yes"
    kinds = [entry.kind for entry in session.store.journal(INCIDENT)]
    assert kinds == ["incident.open", "fact.set", "note.add"]


def test_the_first_evening_needs_no_practice_sheet() -> None:
    session = bare_session()
    answers = Answers("amelipro", "unknown", structure=Structure("unknown", "67"))
    practice = practice_of(session, answers, "Cabinet à compléter", BY)
    assert (practice.type, practice.department) == ("CAB_GROUPE", "67")
    begin(session, INCIDENT, practice, "amelipro", said(answers, {}, WORDS), BY)
    assert stored_practice(session) == practice
    assert session.case(INCIDENT).practice.name == "Cabinet à compléter"


def test_a_sheet_already_there_is_kept() -> None:
    session = new_session()
    answers = Answers("amelipro", structure=Structure("CAB_SOLO", "67"))
    assert practice_of(session, answers, "X", BY) == session.practice()


@pytest.mark.parametrize("department", ["", "5", "00", "2C", "abc"])
def test_a_department_that_does_not_exist_is_refused(department: str) -> None:
    answers = Answers("amelipro", structure=Structure("CAB_SOLO", department))
    with pytest.raises(UserError):
        practice_of(bare_session(), answers, "X", BY)


def test_a_refused_answer_leaves_no_half_case() -> None:
    session = new_session()
    bad = said(Answers(persons=Headcount("1", -4)), {}, WORDS)
    before = session.store.position
    with pytest.raises(UserError):
        begin(session, INCIDENT, session.practice(), "amelipro", bad, BY)
    assert session.store.position == before


@given(
    st.frozensets(st.sampled_from([*INFORMATION, "unknown"])),
    st.frozensets(st.sampled_from([*FATES, "unknown"])),
    st.sampled_from(["yes", "no", "unknown", None]),
    st.sampled_from([str(name) for name in knowledge().playbooks.scenarios]),
)
def test_any_answers_make_a_case_that_opens(
    information: frozenset[str], fates: frozenset[str], goes_on: str | None, scenario: str
) -> None:
    session = new_session()
    answers = Answers(scenario, START, goes_on, None, information, None, fates)
    told = said(answers, session.knowledge.scenario(scenario).presets, WORDS)
    assert "T_BREACH" in told.instants
    begin(session, INCIDENT, session.practice(), scenario, told, BY)
    assert session.case(INCIDENT).incident.scenario == scenario
