"""Deciding, scoring, filing, keeping the proof of what was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.gravity import assessment_of, gravity_of, gravity_warnings
from clinicir.domain.ids import Plain
from clinicir.domain.notification import Version, changes_since
from clinicir.domain.obligation import ObligationState
from clinicir.services import evidence, incidents, notifications
from clinicir.services.evidence import Described
from clinicir.services.incidents import Said
from clinicir.services.notifications import Choice
from clinicir.services.session import Session
from tests.fakes import BY, INCIDENT, START, clock_of, new_case, store_of

GRAVE = {"health_conf": "yes", "malicious": "yes", "nir_exposed": "yes", "personal_data": "yes"}
KNOWN = {"T_ATTACK": START.isoformat(), "T_BREACH": START.isoformat()}
LONG = (
    "Le disque était chiffré, le code jamais noté, la sauvegarde relue la veille ; la preuve est "
    "gardée au dossier, et le prestataire la confirme par écrit."
)


def refused(code: str, session: Session, act: Callable[[], object]) -> None:
    before = store_of(session).position
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.code == code
    assert store_of(session).position == before


def decide(session: Session, subject: str, choice: str, reason: str = "", *,
           confirmed: bool = False) -> None:  # fmt: skip
    notifications.decide(session, INCIDENT, Choice(subject, choice, reason, confirmed), BY)


def file(session: Session, version: str, receipt: str = "") -> None:
    notifications.file_notification(session, INCIDENT, version, "EXEMPLE-1", receipt, BY)


def state(session: Session, rule: str) -> ObligationState | None:
    found = obligations(session.case(INCIDENT))
    return next((duty.state for duty in found if duty.rule.id == rule), None)


# --- decisions -----------------------------------------------------------------------------------


def test_a_silence_on_a_grave_leak_needs_a_confirmation_and_a_hundred_characters() -> None:
    assert len(LONG) >= 100
    session = new_case(facts=GRAVE)
    missing = "notification.reason_for_not_notifying_missing"
    for reason, confirmed in (("", False), ("", True), ("x" * 99, True), (LONG, False)):
        silence = partial(decide, session, "cnil", "do_not_notify", reason, confirmed=confirmed)
        refused(missing, session, silence)
    decide(session, "cnil", "do_not_notify", LONG, confirmed=True)
    assert state(session, "CNIL-01") is None


def test_padding_is_not_a_reason() -> None:
    session = new_case(facts=GRAVE)
    refused("notification.reason_for_not_notifying_missing", session,
            lambda: decide(session, "cnil", "do_not_notify", "a" + " " * 200, confirmed=True))


def test_a_silence_on_a_small_matter_needs_a_reason_only() -> None:
    session = new_case("mauvais_destinataire", facts={"malicious": "no", "health_conf": "no",
                                                      "nir_exposed": "no"})  # fmt: skip
    refused("notification.reason_for_not_notifying_missing", session,
            lambda: decide(session, "cnil", "do_not_notify"))  # fmt: skip
    decide(session, "cnil", "do_not_notify", "Un seul confrère, tenu au secret.")
    assert session.case(INCIDENT).incident.decisions["cnil"].choice == "do_not_notify"


def test_a_decision_may_be_taken_again() -> None:
    session = new_case(facts=GRAVE)
    decide(session, "cnil", "do_not_notify", LONG, confirmed=True)
    decide(session, "cnil", "notify", "Fait nouveau.")
    assert state(session, "CNIL-01") is ObligationState.OPEN
    kinds = [entry.kind for entry in store_of(session).entries]
    assert kinds.count("decision.made") == 2


@pytest.mark.parametrize(
    ("subject", "choice"),
    [("cnil", "perhaps"), ("persons", "peut-etre"), ("severity", "enorme"), ("weather", "fine"),
     ("", "")],
)  # fmt: skip
def test_choices_that_are_none(subject: str, choice: str) -> None:
    session = new_case()
    refused("decision.bad_choice", session, lambda: decide(session, subject, choice, LONG))


def test_not_telling_the_persons_is_argued() -> None:
    session = new_case(facts=GRAVE)
    refused("reason.missing", session, lambda: decide(session, "persons", "ne_seront_pas"))
    decide(session, "persons", "ne_seront_pas", "Données illisibles.")
    assert state(session, "CNIL-02") is None
    assert "persons_not_told" in gravity_warnings(session.case(INCIDENT))


def test_leaving_the_proposed_gravity_is_argued() -> None:
    session = new_case(facts=GRAVE)
    proposed = assessment_of(session.case(INCIDENT)).gravity
    decide(session, "severity", proposed.value)
    refused("reason.missing", session, lambda: decide(session, "severity", "negligeable"))
    decide(session, "severity", "negligeable", "Données d'essai, aucune personne réelle.")
    assert gravity_of(session.case(INCIDENT)).value == "negligeable"


# --- the score -----------------------------------------------------------------------------------


def test_chosen_terms_replace_the_proposed_ones() -> None:
    session = new_case(facts=GRAVE)
    notifications.assess(session, INCIDENT, 4, "limite", ["conf_known", "malicious"], "Relu.", BY)
    assert assessment_of(session.case(INCIDENT)).score.se == 400 * 50 // 100 + 25 + 50


@pytest.mark.parametrize(
    ("dpc", "ei", "cb"),
    [
        (0, "limite", []), (5, "limite", []), (True, "limite", []), (None, "limite", []),
        (2, "enorme", []), (2, None, []), (2, "limite", "malicious"), (2, "limite", ["luck"]),
        (2, "limite", ["conf_known", "conf_unknown"]), (2, "limite", None),
    ],
)  # fmt: skip
def test_terms_that_are_none(dpc: Plain, ei: Plain, cb: Plain) -> None:
    session = new_case()
    refused("assessment.bad_term", session,
            lambda: notifications.assess(session, INCIDENT, dpc, ei, cb, "", BY))  # fmt: skip


@pytest.mark.parametrize(
    ("dpc", "ei", "cb", "se"),
    [("4", "1", ["0.5", "0.5"], 500), ("3", "0.75", ["malicious", "0.25"], 300), ("1", "0.25", [],
                                                                                 25)],
)  # fmt: skip
def test_figures_as_a_story_gives_them(dpc: Plain, ei: Plain, cb: Plain, se: int) -> None:
    # The trail holds no decimals: a story hands them over as text (story.md, `assess`).
    session = new_case()
    notifications.assess(session, INCIDENT, dpc, ei, cb, "Relu à deux.", BY)
    assert assessment_of(session.case(INCIDENT)).score.se == se


# --- versions ------------------------------------------------------------------------------------


def test_the_first_version_calls_for_the_next() -> None:
    session = new_case(facts=GRAVE, instants=KNOWN)
    refused("notification.bad_version", session, lambda: file(session, "complementaire"))
    refused("notification.bad_version", session, lambda: file(session, "brouillon"))
    file(session, "initiale")
    assert (state(session, "CNIL-01"), state(session, "CNIL-04")) == (
        ObligationState.DONE, ObligationState.OPEN,
    )  # fmt: skip
    refused("notification.bad_version", session, lambda: file(session, "initiale"))
    refused("notification.bad_version", session, lambda: file(session, "complete"))
    clock_of(session).advance(hours=72)
    assert state(session, "CNIL-04") is ObligationState.OPEN
    clock_of(session).advance(seconds=1)
    assert state(session, "CNIL-04") is ObligationState.OVERDUE
    file(session, "complementaire")
    assert state(session, "CNIL-04") is ObligationState.DONE_LATE
    file(session, "complementaire")


def test_a_complete_version_calls_for_nothing_more() -> None:
    session = new_case(facts=GRAVE, instants=KNOWN)
    file(session, "complete")
    assert (state(session, "CNIL-01"), state(session, "CNIL-04")) == (ObligationState.DONE, None)


def test_a_late_filing_is_recorded_late_even_without_reasons() -> None:
    session = new_case(facts=GRAVE, instants=KNOWN)
    clock_of(session).advance(hours=72, seconds=1)
    file(session, "initiale")
    assert state(session, "CNIL-01") is ObligationState.DONE_LATE


def test_a_filed_version_is_frozen_and_the_next_shows_what_moved() -> None:
    session = new_case(facts=GRAVE, instants=KNOWN)
    said = Said(cnil={"pers.nombre": 2400, "info.etat": "seront"})
    incidents.set_facts(session, INCIDENT, said, BY)
    file(session, "initiale")
    clock_of(session).advance(hours=1)
    said = Said(cnil={"pers.nombre": 2412, "viol.nature": ["confidentialite"]})
    incidents.set_facts(session, INCIDENT, said, BY)
    case = session.case(INCIDENT)
    filed = case.incident.filings[0]
    assert filed.answers["pers.nombre"] == 2400
    now = answers_of(case, version=Version.COMPLEMENTARY)
    moved = {c.slug: (c.before, c.after) for c in changes_since(filed, now)}
    assert moved["pers.nombre"] == (2400, 2412)
    assert moved["viol.nature"] == (None, ["confidentialite"])
    assert "info.etat" not in moved
    assert moved["notif.type"] == ("initiale", "complementaire")


def test_a_receipt_is_an_exhibit_of_the_incident(tmp_path: Path) -> None:
    session = new_case(facts=GRAVE, instants=KNOWN)
    refused("evidence.unknown", session, lambda: file(session, "initiale", "accuse"))
    proof = tmp_path / "accuse.txt"
    proof.write_text("accusé")
    evidence.take_in(session, INCIDENT, proof, Described("accuse", "Accusé"), BY)
    file(session, "initiale", "accuse")
    filing = session.case(INCIDENT).incident.filings[0]
    assert (filing.receipt, filing.number, filing.reference) == ("P-001", "N-001", "EXEMPLE-1")


# --- submissions ---------------------------------------------------------------------------------


def submit(session: Session, rule: str, receipt: str = "") -> None:
    notifications.record_submission(session, INCIDENT, rule, "téléphone", "EX-1", receipt, BY)


def test_one_complaint_discharges_the_others() -> None:
    facts = {**GRAVE, "stad_attack": "yes", "extortion": "yes", "device_stolen": "yes"}
    session = new_case(facts=facts, instants=KNOWN)
    submit(session, "PLAINTE-05")
    for rule in ("PLAINTE-01", "PLAINTE-04", "PLAINTE-05"):
        assert state(session, rule) is ObligationState.DONE


def test_the_first_submission_counts() -> None:
    session = new_case(facts={"stad_attack": "yes"}, instants=KNOWN)
    clock_of(session).advance(hours=71)
    submit(session, "PLAINTE-01")
    clock_of(session).advance(hours=10)
    submit(session, "PLAINTE-01")
    assert state(session, "PLAINTE-01") is ObligationState.DONE
    numbers = [submission.number for submission in session.case(INCIDENT).incident.submissions]
    assert numbers == ["S-001", "S-002"]


def test_submissions_that_are_refused() -> None:
    session = new_case()
    refused("obligation.unknown", session, lambda: submit(session, "PLAINTE-99"))
    refused("evidence.unknown", session, lambda: submit(session, "CPAM-01", "rien"))


def test_nothing_is_decided_or_filed_in_a_closed_incident() -> None:
    session = new_case(facts=GRAVE, instants=KNOWN)
    clock_of(session).at = START + timedelta(hours=1)
    incidents.close(session, INCIDENT, (), {}, BY)
    for act in (
        lambda: decide(session, "cnil", "notify"),
        lambda: notifications.assess(session, INCIDENT, 4, "limite", [], "", BY),
        lambda: file(session, "initiale"),
        lambda: submit(session, "CPAM-01"),
    ):
        refused("incident.closed", session, act)
