"""The certificate of an exercise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from clinicir import paths
from clinicir.documents.drill_certificate import build_drill_certificate
from clinicir.documents.model import values
from clinicir.documents.printer import PaperPrinter
from clinicir.domain.audit import TrailPosition
from clinicir.domain.drill import DrillReport, MissedDuty, MissedStep, StepTime
from clinicir.domain.ids import StepId
from tests import fakes
from tests.documents.goldens import check_golden
from tests.documents.reading import pdf_text, squeezed

START = datetime.fromisoformat("2027-03-02T10:00:00+01:00")
REPORT = DrillReport(
    drill="exercice-amelipro",
    title="Exercice : une connexion amelipro à 3 h 05",
    practice="Cabinet des Érables",
    by="Nadia Ferrand",
    started_at=START,
    ended_at=START + timedelta(minutes=52),
    declared=True,
    done=(
        StepTime(StepId("ALR-01"), "Notez l’heure", timedelta(minutes=4), timedelta(minutes=4)),
        StepTime(
            StepId("AP-01"), "Refusez toute demande e-CPS imprévue",
            timedelta(minutes=9), timedelta(minutes=5),
        ),
    ),
    missed_steps=(
        MissedStep(StepId("AP-02"), "Sécurisez la boîte mail", "La boîte avant le portail."),
        MissedStep(StepId("PRV-01"), "Photographiez", ""),
    ),
    missed_duties=(
        MissedDuty("CNIL-01", "Prévenir la CNIL", START - timedelta(hours=1), False, True),
        MissedDuty("PLAINTE-01", "Porter plainte", START + timedelta(hours=72), False, False),
        MissedDuty("SANTE-01", "Prévenir les autorités de santé", None, True, False),
    ),
    debrief=("Qui a noté les heures ?",),
)  # fmt: skip


def test_golden() -> None:
    check_golden("exercice", build_drill_certificate(REPORT, fakes.knowledge().wording))


def test_nothing_done_is_said() -> None:
    empty = replace(REPORT, declared=False, done=(), missed_steps=(), missed_duties=())
    text = "\n".join(values(build_drill_certificate(empty, fakes.knowledge().wording)))
    assert "Aucune étape n’a été notée." in text
    assert "Aucun incident n’a été déclaré" in text
    assert "Aucune échéance n’était ouverte." in text


def test_each_page_says_that_it_was_an_exercise() -> None:
    paper = build_drill_certificate(
        replace(REPORT, missed_steps=REPORT.missed_steps * 20), fakes.knowledge().wording
    )
    printed = PaperPrinter("0" * 32, paths.fonts()).render(paper, TrailPosition(7, "a" * 64))
    assert printed.pages > 1
    assert squeezed(pdf_text(printed.content)).count("EXERCICE") >= printed.pages
    assert paper.drill
