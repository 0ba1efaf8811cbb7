"""What goes into a dossier or a backup, and the entry that tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.changes import Operation
from clinicir.domain.disclosure import DPO, POLICE, Choice, Selection
from clinicir.domain.errors import StorageError
from clinicir.services import evidence, exporting
from clinicir.services.bundle_ports import BundleCopy, DossierParts, Tell, Watch
from clinicir.services.session import Session
from clinicir.texts.dossier_readme import dossier_readme
from tests.fakes import BY, INCIDENT, new_case

COPY = BundleCopy("cd" * 32, 1234, 9, 2)
TARGET = Path("dossier.zip")


@dataclass
class Copies:
    """Bundles that remember the parts; `fails` before anything is told."""

    fails: bool = False
    parts: list[DossierParts] = field(default_factory=list)

    def propose(self) -> str:
        return "mots"

    def backup(self, target: Path, tell: Tell, watch: Watch) -> BundleCopy:
        return self._told(tell)

    def dossier(
        self, target: Path, parts: DossierParts, passphrase: str | None, tell: Tell, watch: Watch
    ) -> BundleCopy:
        self.parts.append(parts)
        return self._told(tell)

    def _told(self, tell: Tell) -> BundleCopy:
        if self.fails:
            raise StorageError("disk.full")
        tell(COPY)
        return COPY


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Two exhibits, the second withdrawn, and answers that list patients."""
    made = new_case(instants={"T_BREACH": "2027-01-12T17:10:00+01:00"})
    for number in (1, 2):
        file = tmp_path / f"{number}.txt"
        file.write_text(f"piece {number}")
        described = evidence.Described(f"piece-{number}", f"Piece {number}")
        evidence.take_in(made, INCIDENT, file, described, BY)
    evidence.withdraw(made, INCIDENT, "P-002", "hors sujet", BY)
    record = Operation("step", "X-01", {
        "state": "done", "recorded_at": "2027-01-12T18:00:00+01:00", "by": BY,
        "answers": {"exposed_patients": [{"name": "Patient"}]},
    })  # fmt: skip
    made.store.commit(EntryDraft("step.complete", INCIDENT, BY, (record,)))
    return made


def kinds(session: Session, chosen: Selection) -> list[str]:
    wanted = set(chosen.entries)
    return [entry.kind for entry in session.store.journal(None) if entry.n in wanted]


def test_the_police_gets_every_entry_and_the_exhibits_that_count(session: Session) -> None:
    chosen = exporting.select(session, INCIDENT, Choice(POLICE), BY)
    assert [piece.number for piece in chosen.evidence] == ["P-001"]
    assert len(chosen.entries) == session.store.journal_size(INCIDENT)
    assert chosen.withheld == 0


def test_the_dpo_gets_no_list_of_patients(session: Session) -> None:
    chosen = exporting.select(session, INCIDENT, Choice(DPO), BY)
    assert chosen.withheld == 1
    assert "step.complete" not in kinds(session, chosen)
    session.store.commit(EntryDraft("list.import", INCIDENT, BY, detail={"rows": 3}))
    assert exporting.select(session, INCIDENT, Choice(DPO), BY).withheld == 2


def test_a_chosen_exhibit_brings_the_entry_it_is_checked_against(session: Session) -> None:
    chosen = exporting.select(session, INCIDENT, Choice(POLICE, journal=False), BY)
    assert kinds(session, chosen) == ["evidence.add"]
    none = Choice(POLICE, journal=False, without=frozenset({"P-001"}))
    assert exporting.select(session, INCIDENT, none, BY).entries == ()


def test_a_dossier_is_told_in_the_incident(session: Session) -> None:
    copies = Copies()
    exporting.dossier(session, copies, INCIDENT, Choice(POLICE), TARGET, None, dossier_readme, BY,
                      Watch())  # fmt: skip
    [told] = [e for e in session.store.journal(INCIDENT) if e.kind == "backup.made"]
    assert told.detail["sha256"] == COPY.sha256
    assert told.detail["label"] == "dossier.zip"
    assert told.detail["sealed"] is False
    assert told.detail["pieces"] == "P-001"


def test_the_text_says_how_to_check_and_what_it_does_not_prove(session: Session) -> None:
    copies = Copies()
    exporting.dossier(session, copies, INCIDENT, Choice(DPO), TARGET, "mots", dossier_readme, BY,
                      Watch())  # fmt: skip
    text = copies.parts[0].readme.replace("\u00a0", " ")
    for said in (
        "sha256sum -c SHA256SUMS", "verify_trail.py", "P-001", "Les listes de patients ne sont pas",
        "Ce qu’elle ne prouve pas", "constat de commissaire de justice", "EXERCICE",
        session.store.records(INCIDENT, "incident")["incident"]["number"],
    ):  # fmt: skip
        assert str(said) in text
    for never in ("infalsifiable", "certifiée", "horodatage légal"):
        assert never not in text


def test_a_backup_is_told_for_the_practice(session: Session) -> None:
    exporting.backup(session, Copies(), Path("cle.cirbak"), BY, Watch())
    [told] = [entry for entry in session.store.journal(None) if entry.kind == "backup.made"]
    assert told.incident is None
    assert told.detail["missing"] == 2


def test_a_copy_that_fails_is_not_told(session: Session) -> None:
    before = session.store.position
    with pytest.raises(StorageError):
        exporting.backup(session, Copies(fails=True), TARGET, BY, Watch())
    assert session.store.position == before
