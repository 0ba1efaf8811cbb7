"""The forms against what is published: labels of the lists, order, levels, conditions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinicir.content.forms import load_form
from clinicir.domain.errors import UserError
from clinicir.domain.form import AnswerType, Needed
from tests.content.lookups import ABSENT, CHECKLISTS

CNIL = load_form(CHECKLISTS, "cnil")
SANTE = load_form(CHECKLISTS, "cert_sante")

# Values published by the CNIL or shown by two witnesses of its form, with the slugs of stories.
PUBLISHED: dict[str, dict[str, str]] = {
    "viol.nature": {
        "confidentialite": "Perte de la confidentialité",
        "integrite": "Perte de l'intégrité",
        "disponibilite": "Perte de la disponibilité",
    },
    "viol.origine": {
        "equipement_perdu_vole": "Equipement perdu ou volé",
        "papier_perdu_vole":
            "Papier perdu, volé ou laissé accessible dans un endroit non sécurisé",
        "courrier_perdu_ouvert":
            "Courrier perdu ou ouvert avant d'être retourné à l'envoyeur",
        "piratage":
            "Piratage, logiciel malveillant (par exemple rançongiciel) et/ou hameçonnage",
        "rebut_papier":
            "Mise au rebut de documents papier contenant des données personnelles "
            "sans destruction physique",
        "rebut_appareil":
            "Mise au rebut d'appareils numériques contenant des données personnelles "
            "sans effacement sécurisé",
        "publication_involontaire": "Publication non volontaire d'informations",
        "mauvaise_personne_portail":
            "Données de la mauvaise personne affichées sur le portail du client",
        "mauvais_destinataire": "Données personnelles envoyées à un mauvais destinataire",
        "divulgation_verbale": "Informations personnelles divulguées de façon verbale",
        "autre": "Autre",
    },
    "viol.cause": {
        "interne_malveillant": "Acte interne malveillant",
        "interne_accidentel": "Acte interne accidentel",
        "externe_malveillant": "Acte externe malveillant",
        "externe_accidentel": "Acte externe accidentel",
        "autre": "Autre",
        "inconnu": "Inconnu",
    },
    "data.categories": {
        "etat_civil": "Etat civil (ex : nom, sexe, date de naissance, âge...)",
        "nir": "NIR (Numéro de sécurité sociale)",
        "coordonnees":
            "Coordonnées (adresse postale ou électronique, numéros de téléphone fixe "
            "ou portable...)",
        "identification_acces":
            "Données d'identification ou d'accès (identifiant, mot de passe, numéro client...)",
        "financieres":
            "Données relatives à des informations financières (revenus, numéro de carte de "
            "crédit, coordonnées bancaires), économiques",
        "documents_officiels": "Documents officiels (Passeports, pièces d'identité, etc.)",
        "localisation": "Données de localisation",
        "infractions":
            "Données relatives à des infractions, condamnations, mesures de sûreté",
        "inconnu": "Les données concernées ne sont pas connues pour le moment",
        "autres": "La violation concerne d'autres données",
    },
    "data.sensibles": {
        "origine_raciale_ethnique": "Origine raciale ou ethnique",
        "opinions_politiques": "Opinions politiques",
        "opinions_philosophiques_religieuses": "Opinions philosophiques ou religieuses",
        "appartenance_syndicale": "Appartenance syndicale",
        "orientation_sexuelle": "Orientation sexuelle",
        "sante": "Données de santé",
        "biometriques": "Données biométriques",
        "genetiques": "Données génétiques",
    },
    "pers.categories": {
        "employes": "Employés",
        "utilisateurs": "Utilisateurs",
        "adherents": "Adhérents",
        "etudiants_eleves": "Étudiants / élèves",
        "militaires": "Personnel militaire",
        "clients": "Clients (actuels ou potentiels)",
        "patients": "Patients",
        "mineurs": "Mineurs",
        "vulnerables": "Personnes vulnérables",
        "indetermine": "Pas déterminé pour le moment",
        "autres": "Autres",
    },
    "cons.confidentialite": {
        "diffusion":
            "Les données ont été diffusées plus que nécessaire et ont échappé à la maîtrise "
            "des personnes concernées",
        "correlation":
            "Les données peuvent être corrélées avec d'autres informations relatives aux "
            "personnes",
        "exploitation":
            "Les données peuvent être exploitées à d'autres fins que celles prévues et/ou de "
            "manière non loyale",
        "autre": "Autre",
    },
    "cons.integrite": {
        "modifiees_invalides":
            "Les données ont été modifiées et utilisées même si elles ne sont plus valides",
        "modifiees_valides":
            "Les données ont été modifiées en d'autres données valides, utilisables à "
            "d'autres fins",
        "autre": "Autre",
    },
    "cons.disponibilite": {
        "dysfonctionnement": "Dysfonctionnement et difficultés à fournir un service critique",
        "perte_service": "Perte de la capacité à fournir un service critique",
        "autre": "Autre",
    },
    "impact.natures": {
        "perte_controle": "Perte de contrôle sur leurs données personnelles",
        "limitation_droits": "Limitation de leurs droits",
        "discrimination": "Discrimination",
        "vol_identite": "Vol d'identité",
        "fraude": "Fraude",
        "levee_pseudonymisation": "Levée non autorisée de la pseudonymisation",
        "pertes_financieres": "Pertes financières",
        "reputation": "Atteinte à la réputation",
        "secret_professionnel":
            "Perte de la confidentialité de données protégées par un secret professionnel",
        "autre": "Autre",
    },
    "impact.gravite": {
        "negligeable": "Négligeable",
        "limite": "Limité",
        "important": "Important",
        "maximal": "Maximal",
    },
    "info.etat": {
        "oui": "Oui, les personnes ont été informées",
        "seront": "Non, mais elles le seront",
        "ne_seront_pas": "Non ils ne le seront pas",
        "indetermine": "Non déterminé pour le moment",
    },
}

# Lists whose slugs are fixed but whose wording is ours.
SLUGS = {
    "notif.type": ["initiale", "complementaire", "complete"],
    "info.moyen": [
        "courrier", "courriel", "sms", "telephone", "communication_publique", "autre",
    ],
    "info.justification": [
        "pas_risque_eleve", "donnees_incomprehensibles", "mesures_ulterieures",
        "efforts_disproportionnes",
    ],
    "tiers": ["sous_traitant", "conjoint", "autre"],
}

TITLES = [
    "Type de notification",
    "Identification de l'organisme",
    "Coordonnées du responsable légal",
    "Personne à contacter",
    "Autres organismes impliqués",
    "Nature de la violation",
    "À propos de la violation",
    "Données concernées",
    "Personnes concernées",
    "Mesures de sécurité préalables à la violation",
    "Conséquences potentielles",
    "Préjudices potentiels pour les personnes",
    "Mesures techniques et organisationnelles appliquées au traitement suite à la violation",
    "Communication aux personnes concernées",
    "Notifications transfrontalières et autres notifications",
]

# What even an initial notification needs (cnil.md 1.3).
INITIAL = """
notif.type notif.numero_initial org.siren org.denomination org.secteur org.effectif org.adresse
org.cp org.ville org.pays legal.civilite legal.nom legal.prenom legal.courriel contact.civilite
contact.nom contact.prenom contact.fonction contact.courriel contact.telephone tiers.oui
dates.determinee dates.en_cours dates.connaissance dates.circonstances dates.motifs_retard
viol.nature viol.origine viol.cause viol.description data.categories data.sensibles data.autres
pers.categories pers.autres impact.natures impact.gravite mesures.apres info.etat
""".split()

COMPLETE = """
contact.dpo tiers dates.debut dates.fin dates.notif_sous_traitant data.nb_enregistrements
pers.nombre mesures.avant cons.confidentialite cons.integrite cons.disponibilite impact.texte
impact.justification info.date info.date_prevue info.moyen info.nombre info.contenu
info.justification autres.transfrontalier autres.autorite_dp autres.autres
""".split()


def plain(text: str) -> str:
    return text.replace("\u2019", "'")


@pytest.mark.parametrize("slug", PUBLISHED)
def test_a_list_is_the_published_one(slug: str) -> None:
    choices = CNIL.fields[slug].choices
    assert {c.id: plain(c.label) for c in choices} == PUBLISHED[slug]
    assert [c.id for c in choices] == list(PUBLISHED[slug])


@pytest.mark.parametrize("slug", SLUGS)
def test_slugs_that_stories_use(slug: str) -> None:
    assert [c.id for c in CNIL.fields[slug].choices] == SLUGS[slug]


def test_sectors_are_the_twenty_one_sections() -> None:
    labels = [plain(c.label) for c in CNIL.fields["org.secteur"].choices]
    assert len(labels) == 21
    for seen in (
        "Santé humaine et action sociale", "Administration publique",
        "Activités financières et d'assurance",
        "Activités spécialisées, scientifiques et techniques",
    ):
        assert seen in labels


def test_rubrics_in_the_order_of_the_form() -> None:
    assert [r.id for r in CNIL.rubrics] == [f"R{n}" for n in range(1, 17)]
    assert [plain(r.title) for r in CNIL.rubrics[:15]] == TITLES
    assert [r.id for r in CNIL.rubrics if not r.verified] == ["R16"]


def test_the_paper_never_pretends_to_be_the_form() -> None:
    assert CNIL.title == "Document de préparation à la notification CNIL"


def test_levels() -> None:
    by_level = {
        level: [f.id for f in CNIL.fields.values() if f.needed is level] for level in Needed
    }
    assert set(by_level[Needed.INITIAL]) == set(INITIAL)
    assert set(by_level[Needed.COMPLETE]) == set(COMPLETE)


def test_derived_fields() -> None:
    derived = {f.id for f in CNIL.fields.values() if f.derived}
    groups = ("notif.", "org.", "legal.", "contact.")
    assert derived == {
        f for f in CNIL.fields if f.startswith(groups) or f == "dates.connaissance"
    }


def test_companions_print_after_their_number() -> None:
    for slug, companion in (
        ("org.effectif", "org.effectif_detail"), ("data.nb_enregistrements", "data.nb_detail"),
        ("pers.nombre", "pers.nombre_detail"),
    ):
        assert CNIL.fields[slug].companion == companion
        assert CNIL.fields[slug].type is AnswerType.NUMBER
        assert CNIL.fields[companion].type is AnswerType.TEXT


def test_unproved_wordings_are_marked() -> None:
    fields = CNIL.fields
    assert fields["cons.integrite"].unverified_choices == {
        "modifiees_invalides", "modifiees_valides", "autre",
    }
    assert fields["viol.origine"].unverified_choices == {"autre"}
    assert not fields["viol.nature"].unverified_choices
    assert {f.proof for f in fields.values()} == {"V2", "V", "unverified"}
    assert fields["notif.numero_initial"].proof == "unverified"


@pytest.mark.parametrize("form", [CNIL, SANTE])
def test_conditions_name_fields_or_known_words(form: object) -> None:
    assert isinstance(form, type(CNIL))
    known = set(form.fields) | set(ABSENT) | {"late"}
    for field in form.fields.values():
        if field.when is not None:
            assert field.when.names <= known, field.id
            assert not field.when.rules


def test_the_sheet_of_the_cert_sante() -> None:
    assert [(r.id, r.title) for r in SANTE.rubrics] == [
        ("A", "Identification de la structure"),
        ("B", "Identification du déclarant"),
        ("C", "Description de l'incident"),
        ("D", "Impact"),
        ("E", "Causes, si elles sont identifiées"),
        ("F", "Suivi"),
    ]
    required = {f.id for f in SANTE.fields.values() if f.proof == "E"}
    assert required == {
        "structure.nom", "declarant.nom", "declarant.prenom", "declarant.fonction",
        "incident.constat", "incident.description", "incident.perimetre", "incident.systemes",
        "incident.donnees", "incident.etat", "impact.donnees", "impact.personnes",
        "impact.systemes", "impact.structure", "cause.origine",
    }
    assert {f.proof for f in SANTE.fields.values()} == {"E", "D", "unverified"}
    assert all(f.derived for f in SANTE.fields.values())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('list = "nature"', 'list = "natures"', "content.unknown_reference"),
        ('type = "multi", list = "nature"', 'type = "multi"', "content.bad_value"),
        ('companion = "data.nb_detail"', 'companion = "data.nb"', "content.unknown_reference"),
        ('id = "viol.cause"', 'id = "viol.nature"', "content.bad_value"),
        ('when = "late = yes"', 'when = "late == yes"', "content.bad_value"),
        ('needed = "I"', 'needed = "X"', "content.bad_value"),
        ('{ id = "nir",', '{ id = "etat_civil",', "content.bad_value"),
        ("checked_on = 2026-11-21", 'checked_on = 3', "content.bad_type"),
        ("[lists]", "[lists]\nspare = []", "content.unknown_key"),
        ('proof = "V2"', 'prof = "V2"', "content.unknown_key"),
    ],
)
def test_a_broken_form_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    (tmp_path / "forms").mkdir()
    path = tmp_path / "forms" / "cnil.toml"
    shutil.copy(CHECKLISTS / "forms" / "cnil.toml", path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_form(tmp_path, "cnil")
    assert (caught.value.code, caught.value.values["file"]) == (code, "cnil.toml")
