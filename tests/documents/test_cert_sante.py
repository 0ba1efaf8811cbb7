"""The CERT Sante sheet: read in the case, nothing presumed, every establishment by name."""

from __future__ import annotations

from clinicir.documents.cert_sante import build_cert_sante
from clinicir.documents.model import Document, FieldRow, Notice, OptionList, Table
from clinicir.domain.ids import Plain
from clinicir.services.incidents import Said, set_facts
from clinicir.services.session import Session
from clinicir.services.trackers import track
from tests import fakes
from tests.documents.goldens import check_golden
from tests.documents.reading import plain

AWARE = {"T_ATTACK": "2027-01-12T17:05:00+01:00", "T_BREACH": "2027-01-12T17:05:00+01:00"}
GROUP: dict[str, Plain] = {
    **fakes.PRACTICE,
    "name": "Groupe du Tilleul",
    "type": "ES_PRIVE",
    "establishments": [
        {"name": "Clinique du Tilleul", "type": "ES_PRIVE", "finess": "540000001"},
        {"name": "EHPAD des Acacias", "type": "ESMS", "department": "69"},
    ],
}


def small_case() -> Session:
    session = fakes.new_case(
        facts={"account_amelipro": "yes", "care_safety": "none", "system_hit": "yes"},
        instants=AWARE,
    )
    fakes.clock_of(session).advance(hours=1)
    return session


def rows_of(document: Document) -> dict[str, FieldRow | OptionList]:
    return {
        plain(row.label): row
        for section in document.sections
        for row in section.blocks
        if isinstance(row, FieldRow | OptionList)
    }


def ticked(document: Document, label: str) -> list[str]:
    row = rows_of(document)[label]
    assert isinstance(row, OptionList)
    return [o.label.removesuffix(" (à vérifier)") for o in row.options if o.chosen]


def channels(document: Document) -> str:
    return plain(
        "\n".join(
            block.text
            for block in document.sections[0].blocks
            if isinstance(block, Notice) and block.title
        )
    )


def test_golden() -> None:
    session = small_case()
    track(
        session,
        fakes.INCIDENT,
        [{"name": "accueil", "system": "Messagerie", "state": "to_reset"}],
        [{"address": "203.0.113.47", "where": "amelipro", "state": "requested"}],
        fakes.BY,
    )
    check_golden("cert-sante", build_cert_sante(fakes.case_file(session)))


def test_facts_fill_the_sheet_and_presumptions_do_not() -> None:
    session = fakes.new_case(instants=AWARE, facts={"care_safety": "potential"})
    presumed = session.case(fakes.INCIDENT).incident.facts["malicious"]
    document = build_cert_sante(fakes.case_file(session))
    danger = "Sur les personnes : mise en danger du patient"
    assert ticked(document, danger) == ["Potentielle"]
    if presumed.presumed:
        assert ticked(document, "Origine") == []
        assert "cause.origine" in document.missing
    set_facts(session, fakes.INCIDENT, Said({"malicious": "unknown"}), fakes.BY)
    assert ticked(build_cert_sante(fakes.case_file(session)), "Origine") == ["Ne sait pas"]


def test_answers_of_the_cnil_are_not_asked_twice() -> None:
    session = small_case()
    cnil: dict[str, Plain] = {
        "viol.nature": ["confidentialite", "disponibilite"],
        "data.categories": ["nir", "etat_civil"],
        "data.sensibles": ["sante"],
        "viol.description": "Un compte a servi la nuit.",
    }
    set_facts(session, fakes.INCIDENT, Said(cnil=cnil), fakes.BY)
    document = build_cert_sante(fakes.case_file(session))
    assert ticked(document, "Données concernées") == [
        "Données de santé",
        "Identité et coordonnées",
        "Numéro de Sécurité sociale (NIR)",
    ]
    assert ticked(document, "Sur les données") == [
        "Perte ou indisponibilité",
        "Divulgation ou accès non autorisé",
    ]
    description = rows_of(document)["Description des faits, sans donnée de patient"]
    assert isinstance(description, FieldRow)
    assert description.value == "Un compte a servi la nuit."


def test_an_old_number_says_its_age_and_one_never_read_is_not_printed() -> None:
    session = small_case()
    said = channels(build_cert_sante(fakes.case_file(session)))
    assert "signalement.social-sante.gouv.fr" in said
    desk = session.knowledge.directory.contacts["cert_sante"]
    assert not desk.phone_is_sure(session.clock.now().date())
    assert f"{desk.phone} (numéro à confirmer, relevé le" in said
    assert "ARS Grand Est, numéro à confirmer" in said


def test_group_is_one_paper_with_a_section_for_each_establishment() -> None:
    session = fakes.new_case(
        practice=GROUP, facts={"system_hit": "yes", "health_conf": "yes"}, instants=AWARE
    )
    document = build_cert_sante(fakes.case_file(session))
    titles = [plain(section.title) for section in document.sections]
    assert "Identification de la structure : Clinique du Tilleul" in titles
    assert "Identification de la structure : EHPAD des Acacias" in titles
    assert titles.count("Identification du déclarant") == 1
    said = channels(document)
    assert "agence régionale de santé (54) : ARS Grand Est" in said
    assert "agence régionale de santé (69) : " in said
    assert "structure.finess" in document.missing  # the second establishment gave none


def test_the_duty_and_the_internal_target_are_said() -> None:
    document = build_cert_sante(fakes.case_file(small_case()))
    table = next(block for block in document.sections[0].blocks if isinstance(block, Table))
    said = plain("\n".join(str(cell) for row in table.rows for cell in row))
    assert "SANTE-02" in said
    assert "(objectif interne)" in said
    assert "présumé, tant que vous ne savez pas" in said


def test_a_system_typed_with_a_straight_apostrophe_is_ticked() -> None:
    session = small_case()
    account: dict[str, Plain] = {
        "name": "comptoir2", "system": "Logiciel d'officine", "state": "to_reset",
    }  # fmt: skip
    track(session, fakes.INCIDENT, [account], [], fakes.BY)
    paper = build_cert_sante(fakes.case_file(session))
    assert "Logiciel d’officine" in ticked(paper, "Systèmes d’information concernés")
