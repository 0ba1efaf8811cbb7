"""The register: every item of the law, on paper and in a spreadsheet that computes nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.documents.model import Table
from clinicir.documents.register import (
    build_register,
    build_whole_register,
    register_csv,
)
from clinicir.documents.register_rows import RegisterLine
from clinicir.domain.case import CaseFile
from clinicir.domain.ids import IncidentId, Plain
from clinicir.services.incidents import Said, close, correct, open_incident, reopen, set_facts
from clinicir.services.notifications import Choice, decide, file_notification
from clinicir.services.session import Session
from clinicir.services.steps import skip
from clinicir.texts.csv_table import neutralised
from tests import fakes
from tests.documents.goldens import check_golden
from tests.documents.reading import plain

AWARE = {"T_ATTACK": "2027-01-12T17:05:00+01:00", "T_BREACH": "2027-01-12T17:05:00+01:00"}


def small_case() -> Session:
    session = fakes.new_case(instants=AWARE)
    fakes.clock_of(session).advance(hours=1)
    cnil: dict[str, Plain] = {
        "viol.description": "=HYPERLINK(1)",
        "pers.nombre": 12,
        "info.etat": "seront",
        "info.date_prevue": "2027-01-18",
    }
    set_facts(session, fakes.INCIDENT, Said(cnil=cnil), fakes.BY)
    return session


def row(session: Session, item: str) -> str | None:
    rows = {each.id: each.text for each in RegisterLine(fakes.case_file(session)).rows()}
    text = rows[item]
    return None if text is None else plain(text)


def whole() -> CaseFile:
    """Three incidents of one practice, asked for from the last one."""
    session = small_case()
    for n, scenario in ((2, "perte_vol"), (3, "mauvais_destinataire")):
        fakes.clock_of(session).advance(days=3)
        known = {"T_BREACH": fakes.clock_of(session).at - timedelta(hours=2)}
        open_incident(session, IncidentId(f"{n:016x}"), scenario, Said(instants=known), fakes.BY)
    lost = IncidentId(f"{2:016x}")
    file_notification(session, lost, "initiale", "EX-2", "", fakes.BY)
    close(session, lost, ("Chiffrer les clés USB.",), {}, fakes.BY)
    files = [
        CaseFile(
            session.case(incident), tuple(session.store.journal(incident)),
            session.store.position, fakes.store_of(session).verify(),
        )
        for incident in reversed(session.store.incidents())
    ]  # fmt: skip
    return replace(files[0], others=tuple(files[1:]))


def test_golden_of_all_the_incidents() -> None:
    check_golden("registre-complet", build_whole_register(whole()))


def test_the_whole_register_lists_every_incident_in_order() -> None:
    paper = build_whole_register(whole())
    titles = [plain(section.title) for section in paper.sections if section.new_page]
    numbers = ["Dossier 2027-001", "Dossier 2027-002", "Dossier 2027-003"]
    assert [title.split(" : ")[0] for title in titles] == numbers
    assert any(gap.startswith("2027-003.") for gap in paper.missing)
    [table] = [block for block in paper.sections[0].blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["2027-001", "2027-002", "2027-003"]
    assert str(table.rows[1][4]).startswith("Notification initiale, ")
    text = register_csv(whole()).decode("utf-8-sig")
    _, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert [line[0] for line in lines] == ["2027-001", "2027-002", "2027-003"]


def test_golden() -> None:
    check_golden("registre", build_register(fakes.case_file(small_case())))


def test_every_item_of_the_law_has_a_row() -> None:
    rows = RegisterLine(fakes.case_file(small_case())).rows()
    items = {each.id for each in rows}
    facts = {"period", "awareness", "source", "viol.nature", "viol.origine", "viol.cause"}
    effects = {"data.categories", "data.nb_enregistrements", "pers.categories", "pers.nombre"}
    remedies = {"mesures.avant", "measures_after", "cnil", "delay", "persons", "others"}
    assert facts | effects | remedies | {"decisions", "closing", "lessons", "gravity"} <= items
    assert len({each.label for each in rows}) == len(rows)


def test_silence_is_explained_corrections_are_dated_and_the_end_is_kept() -> None:
    session = small_case()
    reason = "Les données étaient illisibles."
    decide(session, fakes.INCIDENT, Choice("cnil", "do_not_notify", reason), fakes.BY)
    said = Said(instants={"T_BREACH": fakes.START.replace(hour=9)})
    correct(session, fakes.INCIDENT, said, "Le message était arrivé le matin.", fakes.BY)
    step = session.case(fakes.INCIDENT).scenario.steps[0].id
    skip(session, fakes.INCIDENT, step, "Sans rapport avec ce cas.", fakes.BY)
    assert row(session, "cnil") == "Pas de notification déposée à ce jour"
    assert f"Ne pas notifier, par {fakes.BY}" in str(row(session, "decisions"))
    assert reason in str(row(session, "decisions"))
    corrected = str(row(session, "corrections"))
    assert "12/01/2027 17:05:00 (UTC+01:00) devient 12/01/2027 09:10:00" in corrected
    assert "Sans rapport avec ce cas." in str(row(session, "not_concerned"))
    assert row(session, "closing") is None
    left = {"PLAINTE-01": "Demain", "paper:journal": "Imprimé lundi."}
    day = date(2027, 2, 12)
    close(session, fakes.INCIDENT, ("Former l’équipe.",), left, fakes.BY, day)
    assert row(session, "lessons") == "Former l’équipe."
    told = str(row(session, "closing"))
    assert f"PLAINTE-01 {session.knowledge.rule('PLAINTE-01').title} : Demain" in told
    assert "Journal de l’incident : Imprimé lundi." in told
    assert "À relire le 12/02/2027" in told
    reopen(session, fakes.INCIDENT, "Une question de la CNIL.", fakes.BY)
    assert row(session, "closing") is None
    assert row(session, "lessons") == "Former l’équipe."


def test_late_without_reasons_is_a_gap() -> None:
    session = small_case()
    assert row(session, "delay") == "Sans objet"
    fakes.clock_of(session).advance(hours=100)
    file_notification(session, fakes.INCIDENT, "initiale", "EX-1", "", fakes.BY)
    assert row(session, "delay") is None
    assert "delay" in build_register(fakes.case_file(session)).missing
    assert "Notification initiale, 16/01/2027 22:10:00" in str(row(session, "cnil"))


def test_answers_that_no_longer_apply_are_left_out() -> None:
    session = small_case()
    assert "18/01/2027" in str(row(session, "persons"))
    set_facts(session, fakes.INCIDENT, Said(cnil={"info.etat": "indetermine"}), fakes.BY)
    assert "18/01/2027" not in str(row(session, "persons"))


def test_csv_opens_in_a_french_spreadsheet() -> None:
    content = register_csv(fakes.case_file(small_case()))
    assert content.startswith(b"\xef\xbb\xbf\"")
    text = content.decode("utf-8-sig")
    assert text.endswith('"\r\n')
    header, line = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    cells = dict(zip(header, line, strict=True))
    assert cells["Numéro interne"] == "2027-001"
    assert cells["Description"] == "'=HYPERLINK(1)"
    assert cells["Leçons"] == "À compléter"
    assert '";"' in text
    assert text.count('"') % 2 == 0


@pytest.mark.parametrize(
    "cell", ["=1+1", "+33 3 53", "-2", "@x", "\tx", "\rx", "  =1", "\u00a0=1", "\uff1d1", "\n=1"]
)
def test_formulas_are_disarmed(cell: str) -> None:
    assert neutralised(cell) == f"'{cell}"


@given(st.text(max_size=40))
def test_a_cell_is_kept_whole_and_never_starts_a_formula(cell: str) -> None:
    safe = neutralised(cell)
    assert safe.removeprefix("'") == cell.removeprefix("'")
    assert not safe.strip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))
