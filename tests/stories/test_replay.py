"""Every bundled story plays to its end, and what it leaves behind agrees with itself."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
from datetime import datetime
from typing import Any

import pypdfium2
import pytest

from tests.stories.replayed import FOLDER, PROGRAM, STORIES, play

SCENARIOS = {path.stem for path in (FOLDER.parent / "scenarios").glob("*.toml")} - {"groupe"}
AUTHORITIES = {
    "cnil", "persons", "cert_sante", "ars", "police", "insurer", "cpam", "ans", "order", "anssi",
    "csirt", "processor", "controller", "internal",
}  # fmt: skip
LEVELS = {"OBLIGATOIRE", "CONDITION", "FORTEMENT_RECOMMANDE", "RECOMMANDE"}
KEYS = {
    "format", "title", "drill", "incident", "obligations", "inconsistencies", "banners", "steps",
    "evidence", "documents", "attachments", "trail",
}  # fmt: skip
PAPERS = {
    ("cnil", "initiale"), ("cnil", "complementaire"), ("cert_sante", ""), ("plainte", ""),
    ("plainte", "bordereau"), ("assureur", ""), ("prestataire", "demande_informations"),
    ("prestataire", "mise_en_demeure"), ("prestataire", "conservation_traces"),
    ("prestataire", "blocage_adresses"), ("point", ""), ("registre", ""), ("journal", ""),
    ("lettre", ""), ("fiche", "script_accueil"), ("fiche", "affiche_salle_attente"),
    ("fiche", "feuille_conseils_patients"), ("fiche", "consigne_equipe"),
    ("fiche", "message_alerte_contacts"), ("fiche", "demande_suppression"),
    ("fiche", "continuite_soins"), ("fiche", "compte_rendu_retex"), ("fiche", "cinq_gestes"),
}  # fmt: skip


def story(name: str) -> Any:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def acts(name: str) -> list[str]:
    return [event["do"] for event in story(name)["event"]]


def test_every_scenario_has_its_story() -> None:
    told = {event["scenario"] for name in STORIES for event in story(name)["event"]
            if event["do"] == "open_incident"}  # fmt: skip
    assert told == SCENARIOS


def test_every_act_is_played_somewhere() -> None:
    played = {act for name in STORIES for act in acts(name)}
    assert played == {
        "open_incident", "set_facts", "correct", "set_scenario", "complete_step", "block_step",
        "skip_step", "reopen_step", "decide", "assess", "add_evidence", "hand_over_evidence",
        "note", "track", "file_notification", "record_submission", "produce", "close",
        "expect_error",
    }  # fmt: skip


def test_every_paper_is_produced_somewhere() -> None:
    made = {(paper["kind"], paper["version"]) for name in STORIES
            for paper in play(name).summary["documents"]}  # fmt: skip
    assert made >= PAPERS


@pytest.mark.parametrize("name", STORIES)
def test_the_summary_has_the_shape_of_its_format(name: str) -> None:
    played = play(name)
    summary = played.summary
    assert summary.keys() == KEYS
    assert (summary["format"], summary["drill"]) == (1, True)
    assert summary["title"] == story(name)["title"]
    for row in summary["obligations"]:
        assert row.keys() == {
            "id", "level", "authority", "clock", "due_at", "state", "because", "presumed", "for",
        }  # fmt: skip
        assert row["authority"] in AUTHORITIES
        assert row["level"] in LEVELS
        assert row["state"] in {"open", "overdue", "done", "done_late"}
        assert row["for"]
        if row["due_at"]:
            assert datetime.fromisoformat(row["due_at"]).tzinfo is not None
    ids = [row["id"] for row in summary["obligations"]]
    assert len(ids) == len(set(ids))
    assert summary["incident"]["number"] == f"{story(name)['event'][0]['at'][:4]}-001"


@pytest.mark.parametrize("name", STORIES)
def test_every_paper_exists_with_its_digest_and_pages(name: str) -> None:
    played = play(name)
    assert len(played.summary["documents"]) >= acts(name).count("produce")
    for paper in played.summary["documents"]:
        content = (played.out / paper["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == paper["sha256"]
        document = pypdfium2.PdfDocument(content)
        try:
            assert len(document) == paper["pages"] > 0
        finally:
            document.close()
    for attachment in played.summary["attachments"]:
        assert (played.out / attachment).stat().st_size > 0
    on_disk = {path.name for path in played.out.iterdir()}
    assert on_disk == {
        "coffre", "summary.json", "LISEZMOI.txt", "verify_trail.py", *played.summary["attachments"],
        *(paper["path"] for paper in played.summary["documents"]),
    }  # fmt: skip


def test_the_vault_is_verified_as_its_reader_is_told() -> None:
    """The command of LISEZMOI.txt, typed in that folder."""
    folder = play("amelipro").out
    told = (folder / "LISEZMOI.txt").read_text(encoding="utf-8")
    assert "python3 -I verify_trail.py coffre" in told
    command = [sys.executable, "-I", "verify_trail.py", "coffre"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.decode().splitlines()[-1]) == (0, "RÉSULTAT : INTACT")


@pytest.mark.parametrize("name", STORIES)
def test_evidence_is_the_very_file(name: str) -> None:
    given = [event for event in story(name)["event"] if event["do"] == "add_evidence"]
    kept = play(name).summary["evidence"]
    assert [piece["number"] for piece in kept] == [f"P-{n:03d}" for n in range(1, len(kept) + 1)]
    assert [piece["label"] for piece in kept] == [event["label"] for event in given]
    for event, piece in zip(given, kept, strict=True):
        content = (FOLDER / event["file"]).read_bytes()
        assert piece["sha256"] == hashlib.sha256(content).hexdigest()
        assert piece["bytes"] == len(content)


@pytest.mark.parametrize("name", STORIES)
def test_the_vault_is_intact_without_and_with_its_passphrase(name: str) -> None:
    played = play(name)
    trail = played.summary["trail"]
    objects = len(played.summary["evidence"]) + len(played.summary["documents"])
    for passphrase, level in ((None, "chain"), (played.passphrase, "bodies")):
        result = PROGRAM.verify(played.vault, passphrase)
        assert (result.intact, result.level, result.problems) == (True, level, ())
        assert (result.entries, result.head) == (trail["entries"], trail["head"])
        assert result.objects == objects


@pytest.mark.parametrize("name", STORIES)
def test_each_event_is_acknowledged_with_its_position(name: str) -> None:
    played = play(name)
    printed = [line.split(" ") for line in played.lines]
    assert len(printed) == len(acts(name))
    numbers = [int(n) for n, _ in printed]
    assert numbers == sorted(numbers)
    for before, after, act in zip(printed, printed[1:], acts(name)[1:], strict=False):
        # A refusal that was expected writes nothing at all.
        assert (before == after) is (act == "expect_error")
    trail = played.summary["trail"]
    assert printed[-1] == [str(trail["entries"]), trail["head"]]
