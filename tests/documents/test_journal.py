"""The readable trail: nothing skipped, corrections and hand-overs visible, honest about itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clinicir.documents.journal import build_journal
from clinicir.documents.journal_lines import EntryText
from clinicir.documents.model import Fingerprint, KeyFacts, Notice, Table, Timeline, values
from clinicir.domain.audit import KINDS, Problem
from clinicir.domain.changes import Operation
from clinicir.domain.ids import Plain
from clinicir.services.evidence import Described, hand_over, take_in
from clinicir.services.incidents import Said, add_note, correct, set_facts
from clinicir.services.notifications import Choice, decide, record_submission
from clinicir.services.session import Session
from clinicir.services.trackers import track
from clinicir.texts import labels
from tests import fakes
from tests.documents.goldens import check_golden
from tests.documents.reading import plain

AWARE = {"T_ATTACK": "2027-01-12T17:05:00+01:00", "T_BREACH": "2027-01-12T17:05:00+01:00"}


def told(session: Session) -> str:
    return plain("\n".join(values(build_journal(fakes.case_file(session)))))


def full_case(folder: Path) -> Session:
    session = fakes.new_case(facts={"malicious": "yes"}, instants=AWARE)
    clock = fakes.clock_of(session)
    clock.advance(minutes=5)
    proof = folder / "journal.csv"
    proof.write_bytes(b"heure;adresse\n")
    said = Described("connexions", "Connexions du compte", "Portail")
    take_in(session, fakes.INCIDENT, proof, said, fakes.BY)
    hand_over(session, fakes.INCIDENT, "connexions", "Gendarmerie", "Enquête", fakes.BY)
    add_note(session, fakes.INCIDENT, "Appel de la CPAM.", fakes.START, fakes.BY)
    clock.advance(minutes=5)
    at = {"T_BREACH": fakes.START.replace(hour=9, minute=0)}
    correct(session, fakes.INCIDENT, Said({"malicious": "no"}, at), "Erreur de saisie.", fakes.BY)
    return session


def test_golden(tmp_path: Path) -> None:
    check_golden("journal", build_journal(fakes.case_file(full_case(tmp_path))))


def test_every_entry_of_the_case_is_there(tmp_path: Path) -> None:
    session = full_case(tmp_path)
    file = fakes.case_file(session)
    timeline = build_journal(file).sections[-1].blocks[-1]
    assert isinstance(timeline, Timeline)
    assert len(timeline.events) == len(file.entries)
    for entry, event in zip(file.entries, timeline.events, strict=True):
        assert event.text.startswith(f"N° {entry.n}")
        assert entry.by in event.text


def test_corrections_show_old_value_new_value_and_reason(tmp_path: Path) -> None:
    document = build_journal(fakes.case_file(full_case(tmp_path)))
    section = next(each for each in document.sections if each.title == "Corrections")
    table = section.blocks[0]
    assert isinstance(table, Table)
    rows = {plain(str(row[1])): [plain(str(cell)) for cell in row[2:5]] for row in table.rows}
    assert rows["Acte malveillant"] == ["Oui", "Non", "Erreur de saisie."]
    breach = rows["Prise de connaissance de la violation"]
    assert breach[:2] == ["12/01/2027 17:05:00 (UTC+01:00)", "12/01/2027 09:00:00 (UTC+01:00)"]


def test_custody_and_notes(tmp_path: Path) -> None:
    session = full_case(tmp_path)
    said = told(session)
    assert "Preuve remise : P-001" in said
    assert "À : Gendarmerie" in said
    assert "But : Enquête" in said
    assert "Appel de la CPAM." in said
    digest = session.case(fakes.INCIDENT).incident.evidence[0].sha256
    assert said.count(digest) >= 2


def test_replaced_answers_keep_their_former_value() -> None:
    session = fakes.new_case(instants=AWARE)
    for count in (2400, 2412):
        set_facts(session, fakes.INCIDENT, Said(cnil={"pers.nombre": count}), fakes.BY)
    said = told(session)
    assert "Ancienne valeur (Nombre approximatif de personnes concernées) : 2 400" in said


def test_proofs_of_acts_and_reasons_of_decisions_are_told() -> None:
    session = fakes.new_case(instants=AWARE)
    reason = "Rien n’est sorti du cabinet, les traces le montrent."
    decide(session, fakes.INCIDENT, Choice("severity", "maximal", reason), fakes.BY)
    record_submission(session, fakes.INCIDENT, "CPAM-01", "téléphone", "REF-7", "", fakes.BY)
    line: dict[str, Plain] = {
        "name": "accueil",
        "system": "Messagerie",
        "state": "reset",
        "done_at": "2027-01-12T16:00:00+01:00",
        "mfa": "yes",
    }
    track(session, fakes.INCIDENT, [line], [], fakes.BY)
    said = told(session)
    assert "Gravité : Maximal" in said
    assert reason in said
    assert "téléphone, référence REF-7" in said
    assert "accueil, Messagerie : Réinitialisé, 12/01/2027 16:00:00 (UTC+01:00)" in said
    assert "double vérification : Oui" in said


def test_what_it_proves_and_what_it_does_not(tmp_path: Path) -> None:
    said = told(full_case(tmp_path))
    assert "Il ne remplace ni un constat de commissaire de justice ni une expertise." in said
    assert "n’ont pas changé depuis la date des ancrages" in said
    for boast in ("infalsifiable", "preuve certifiée", "horodatage légal"):
        assert boast not in said.lower()


def test_verification_result_is_printed_whatever_it_is(tmp_path: Path) -> None:
    file = fakes.case_file(full_case(tmp_path))
    section = build_journal(file).sections[1]
    box, mark = section.blocks[0], section.blocks[-1]
    assert isinstance(box, KeyFacts)
    assert isinstance(mark, Fingerprint)
    assert box.facts[0].value == "Intact"
    assert mark.digest == file.position.head
    broken = replace(
        file.verification, intact=False, problems=(Problem("entry.changed", 3, ""),), remarks=(4,)
    )
    section = build_journal(replace(file, verification=broken)).sections[1]
    notices = [block for block in section.blocks if isinstance(block, Notice)]
    assert plain(notices[0].text) == "Écriture 3, journal : entry.changed"
    assert "4" in notices[1].text


def test_unknown_kinds_and_records_are_shown_raw_never_skipped() -> None:
    session = fakes.new_case(instants=AWARE)
    file = fakes.case_file(session)
    odd = replace(
        file.entries[0],
        kind="later.kind",
        operations=(Operation("novelty", "n-1", {"colour": "blue"}), Operation("fact", "x", None)),
        detail={"mood": "calm"},
    )
    text = EntryText(file.case)
    assert text.kind(odd) == "later.kind"
    assert plain(text.detail(odd)) == "n-1 : colour : blue\nx : retiré\nmood : calm"
    sealed = replace(odd, sealed=True)
    assert text.detail(sealed) == labels.SEALED
    document = build_journal(replace(file, entries=(odd, sealed)))
    assert "later.kind" in plain("\n".join(values(document)))


def test_every_kind_of_entry_has_a_french_name() -> None:
    assert set(labels.ENTRY_KINDS) - {"evidence.view"} == KINDS
