"""The worked example, field for field: initial notification, then complementary."""

from __future__ import annotations

import pytest

from clinicir.documents.cnil import build_cnil
from clinicir.documents.model import Document, FieldRow, OptionList, Table
from clinicir.services.session import Session
from tests import fakes
from tests.documents.reading import plain, printed_answers
from tests.documents.recorder import STORIES, RecordingPrinter

PIRACY = "Piratage, logiciel malveillant (par exemple rançongiciel) et/ou hameçonnage"

INITIAL = {
    "notif.type": "Notification initiale",
    "notif.numero_initial": "Sans objet",
    "org.siren": "123456782",
    "org.denomination": "SELARL Cabinet médical du Tilleul",
    "org.tva": "",
    "org.secteur": "Santé humaine et action sociale",
    "org.effectif": "4 (2 médecins, 1 secrétaire, 1 assistante médicale)",
    "org.adresse": "12 rue du Tilleul",
    "org.cp": "54000",
    "org.ville": "Nancy",
    "org.pays": "France",
    "legal.civilite": "Madame",
    "legal.nom": "Morel",
    "legal.prenom": "Claire",
    "legal.courriel": "claire.morel@secours-tilleul.example",
    "contact.civilite": "Madame",
    "contact.nom": "Morel",
    "contact.prenom": "Claire",
    "contact.fonction": "médecin gérante",
    "contact.courriel": "claire.morel@secours-tilleul.example",
    "contact.telephone": "03 53 01 12 34",
    "contact.dpo": "Non",
    "contact.dpo_numero": "Sans objet",
    "tiers.oui": "Oui",
    "tiers": (
        "1. CNAM / CPAM de Meurthe-et-Moselle (autre organisme), responsable de traitement "
        "distinct (téléservice amelipro), prévenu le 12/01/2027 17:05\n"
        "2. Courriel Exemple SAS (sous-traitant), hébergeur de la messagerie, "
        "prévenu le 12/01/2027 19:10\n"
        "3. Info-Lorraine Exemple (sous-traitant), prestataire informatique"
    ),
    "dates.determinee": "Oui",
    "dates.debut": "06/01/2027 08:12",
    "dates.fin": "12/01/2027 18:55",
    "dates.en_cours": "Non",
    "dates.connaissance": "12/01/2027 17:05",
    "dates.motifs_retard": "Sans objet",
    "dates.notif_sous_traitant": "Sans objet",
    "viol.nature": "Perte de la confidentialité",
    "viol.origine": PIRACY,
    "viol.origine_autre": "Sans objet",
    "viol.cause": "Acte externe malveillant",
    "data.autres": "droits ouverts, médecin traitant, échéances de droits",
    "data.sensibles": "Données de santé",
    "data.nb_enregistrements": "2 746 (environ 2 400 consultations de droits et 346 messages)",
    "pers.categories": "Employés ; Patients ; Mineurs ; Personnes vulnérables",
    "pers.autres": "Sans objet",
    "pers.nombre": "2 400 (environ, dont 214 pour la messagerie)",
    "cons.integrite": "Sans objet",
    "cons.disponibilite": "Sans objet",
    "cons.autre": "Sans objet",
    "impact.natures": (
        "Perte de contrôle sur leurs données personnelles ; Vol d’identité ; Fraude ; "
        "Atteinte à la réputation ; Perte de la confidentialité de données protégées par un "
        "secret professionnel"
    ),
    "impact.gravite": "Important",
    "info.etat": "Non, mais elles le seront",
    "info.date": "Sans objet",
    "info.date_prevue": "18/01/2027",
    "info.moyen": "Courrier ; Communication publique",
    "info.nombre": "Sans objet",
    "info.justification": "Sans objet",
    "autres.transfrontalier": "Non",
    "autres.autorite_dp": "Non",
    "autres.autres": (
        "1. Assurance Maladie, 12/01/2027 17:05\n2. Agence régionale de santé (ARS), 13/01/2027\n"
        "3. CERT Santé, 13/01/2027\n4. Assureur, 13/01/2027\n"
        "5. Police ou gendarmerie (plainte), 14/01/2027"
    ),
    "pieces.prevues": "",
}
"""Every field but the long texts, which must come out letter for letter."""

LONG_TEXTS = (
    "dates.commentaire", "dates.circonstances", "viol.description", "mesures.avant",
    "impact.texte", "impact.justification", "mesures.apres", "info.contenu",
)  # fmt: skip

CHANGED = {
    "tiers", "dates.motifs_retard", "viol.description", "data.nb_enregistrements", "pers.nombre",
    "mesures.apres", "info.etat", "info.date", "info.date_prevue", "info.moyen", "info.nombre",
}  # fmt: skip


@pytest.fixture(scope="module")
def played() -> tuple[Session, RecordingPrinter]:
    printer = RecordingPrinter()
    session, _ = fakes.play(STORIES / "exemple-cnil.toml", printer)
    return session, printer


@pytest.fixture(scope="module")
def session(played: tuple[Session, RecordingPrinter]) -> Session:
    return played[0]


@pytest.fixture(scope="module")
def initial(session: Session) -> Document:
    """Printed again after it was filed: its answers are those of that day."""
    return build_cnil(fakes.case_file(session), "initiale")[0]


@pytest.fixture(scope="module")
def complementary(played: tuple[Session, RecordingPrinter]) -> Document:
    """As it stood just before it was filed."""
    return played[1].document("cnil", "complementaire")


def test_initial_field_for_field(session: Session, initial: Document) -> None:
    form = session.knowledge.cnil_form
    shown = printed_answers(initial, form)
    shown_on_time = shown.pop("dates.motifs_retard")
    assert plain(shown_on_time) == (
        "Sans objet : notification déposée 17 h 15 après la prise de connaissance."
    )
    filed = session.case(fakes.INCIDENT).incident.filings[0].answers
    expected = {slug: text for slug, text in INITIAL.items() if slug != "dates.motifs_retard"}
    expected |= {slug: plain(str(filed[slug])) for slug in LONG_TEXTS}
    lists = {"data.categories", "cons.confidentialite"}
    assert {slug: text for slug, text in shown.items() if slug not in lists} == expected
    assert len(shown["data.categories"].split(" ; ")) == 5
    assert len(shown["cons.confidentialite"].split(" ; ")) == 3


def test_initial_misses_only_what_the_example_leaves_out(initial: Document) -> None:
    assert initial.missing == ("org.tva", "pieces.prevues")
    assert (initial.variant, initial.file_stem) == ("initiale", "cnil-initiale-2027-001")


def test_complementary_shows_what_changed_and_nothing_else(
    session: Session, complementary: Document
) -> None:
    form = session.knowledge.cnil_form
    table = next(
        block
        for section in complementary.sections
        for block in section.blocks
        if isinstance(block, Table)
    )
    assert {row[0] for row in table.rows} == {form.fields[slug].label for slug in CHANGED}
    by_label = {row[0]: (plain(row[1] or ""), plain(row[2] or "")) for row in table.rows}
    assert by_label[form.fields["info.date_prevue"].label] == ("18/01/2027", "Sans objet")
    assert by_label[form.fields["info.nombre"].label] == ("Sans objet", "1 180")
    assert by_label[form.fields["dates.motifs_retard"].label][0] == "non renseigné"


def test_complementary_is_prefilled_and_marks_each_change(
    session: Session, complementary: Document
) -> None:
    form = session.knowledge.cnil_form
    shown = printed_answers(complementary, form)
    assert shown["notif.type"] == "Notification complémentaire"
    assert shown["notif.numero_initial"] == "EXEMPLE-2027-000123"
    assert shown["pers.nombre"].startswith("2 412 (dont 1 180 patients du cabinet")
    assert shown["info.etat"] == "Oui, les personnes ont été informées"
    for slug in INITIAL.keys() - CHANGED - {"notif.type", "notif.numero_initial"}:
        assert shown[slug] == INITIAL[slug]
    rows = [block for section in complementary.sections for block in section.blocks]
    marked = {row.label for row in rows if isinstance(row, FieldRow) and row.changed_from}
    # An answer that had none is marked too, with an empty former value.
    marked |= {row.label for row in rows if isinstance(row, FieldRow) and row.changed_from == ""}
    marked |= {
        row.label
        for row in rows
        if isinstance(row, OptionList)
        and any(option.was_chosen not in (None, option.chosen) for option in row.options)
    }
    single = {form.fields[slug].label for slug in CHANGED} - {form.fields["info.moyen"].label}
    assert marked == single


def test_the_filed_versions_keep_their_own_answers(session: Session) -> None:
    first, second = session.case(fakes.INCIDENT).incident.filings
    assert (first.answers["pers.nombre"], second.answers["pers.nombre"]) == (2400, 2412)
    assert (first.reference, second.reference) == (
        "EXEMPLE-2027-000123",
        "EXEMPLE-2027-000123-C1",
    )
