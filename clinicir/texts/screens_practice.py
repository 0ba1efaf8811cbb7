"""Words of the practice sheet."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from clinicir.texts.encoders import long_day, number
from clinicir.texts.typography import spaced

TITLE = "Fiche du cabinet"
HELP = "Tout est facultatif, sauf quatre réponses. Ce qui manque s’imprime « À compléter »."
KEPT = "Fiche enregistrée."
WAITS = "La fiche s’enregistre dès que les réponses nécessaires sont là."
TO_SEE = "Certaines réponses ne sont pas enregistrées : elles sont signalées dans la fiche."
CHOOSE = "À choisir"
ADD_CONTACT = "Ajouter un contact"
ADD_ESTABLISHMENT = "Ajouter un établissement"
REMOVE = "Retirer"
CONTACTS_HELP = "Les premiers à appeler : aide informatique, éditeur du logiciel, assureur."
ESTABLISHMENTS_HELP = (
    "À partir de deux, chaque démarche est vue établissement par établissement."
)
NO_CONTACT = "Pas encore de contact."
NO_PLACE = "Pas encore d’établissement."
SEVERAL_PLACES = "Nous avons plusieurs établissements"
DOUBTS_HELP = "Un numéro qui semble faux est signalé. Il n’est jamais refusé."
STILL_RIGHT = "Toujours exact"
NEVER_CHECKED = "Pas encore relu"
CHECKED = "C’est noté, avec la date du jour."

GROUPS = MappingProxyType(
    {
        "identity": "Identité",
        "place": "Lieu",
        "legal_head": "Responsable légal",
        "contact": "Personne à contacter",
        "dpo": "Délégué à la protection des données (DPO)",
        "insurance": "Assurances",
        "network": "Connexion à internet",
        "contacts": "Numéros utiles",
        "establishments": "Établissements",
    }
)

FIELDS = MappingProxyType(
    {
        "name": "Nom du cabinet",
        "type": "Type de structure",
        "siret": "SIRET",
        "finess": "FINESS",
        "rpps": "RPPS du responsable",
        "headcount": "Nombre de personnes qui travaillent ici",
        "street": "Adresse",
        "postcode": "Code postal",
        "city": "Ville",
        "department": "Département",
        "first_name": "Prénom",
        "last_name": "Nom",
        "function": "Fonction",
        "email": "Courriel",
        "phone": "Téléphone",
        "insurance_cyber": "Avez-vous une assurance cyber ?",
        "insurance_other": "Avez-vous une autre assurance ?",
        "contract_notice_days": "Délai de déclaration du contrat, en jours",
        "public_addresses": "Adresses internet du cabinet, une par ligne",
        "role": "Qui est-ce",
    }
)

ROW_FIELDS = MappingProxyType({"name": "Nom"})

HELPS = MappingProxyType(
    {
        "siret": "14 chiffres. Les espaces sont acceptés.",
        "finess": "9 signes, pour un établissement.",
        "rpps": "11 chiffres, sur la carte CPS.",
        "department": "Son numéro : 54, 2A, 974…",
        "public_addresses": (
            "Votre aide informatique les connaît. Elles ne seront jamais proposées au blocage."
        ),
        "headcount": "Un ordre de grandeur suffit.",
        "insurance_cyber": "Celle qui couvre le piratage ou la fuite de données.",
        "insurance_other": "Responsabilité civile, multirisque, protection juridique.",
    }
)

DOUBTS = MappingProxyType(
    {
        "identifier.bad_key": "contient sans doute une faute de frappe",
        "identifier.bad_length": "n’a pas le bon nombre de chiffres",
        "identifier.bad_form": "contient un signe inattendu",
    }
)

PROBLEMS = MappingProxyType(
    {
        "story.missing_key": "Il manque cette réponse.",
        "text.too_long": "Ce texte est trop long.",
        "address.bad_form": "Une ligne n’est pas une adresse internet. Elle n’est pas gardée.",
        "address.not_public": "Une adresse est interne au cabinet. Elle n’est pas gardée.",
    }
)
REFUSED = "Cette réponse ne convient pas. L’ancienne est gardée."


def doubt(kind: str, code: str) -> str:
    """A number that looks wrong is kept all the same."""
    said = DOUBTS.get(code, DOUBTS["identifier.bad_form"])
    return f"Ce numéro {FIELDS[kind]} {said}. Vous pouvez le garder tel quel."


def problem(code: str) -> str:
    """Why an answer is not kept."""
    return PROBLEMS.get(code, REFUSED)


def filled(count: int, total: int) -> str:
    """`3 sur 6`."""
    return f"{number(count)} sur {number(total)}"


def filled_group(group: str, count: int, total: int) -> str:
    """What a screen reader says of a gauge."""
    return spaced(f"{GROUPS[group]} : {filled(count, total)}")


def removing(name: str) -> str:
    """Accessible name of a button that takes a row away."""
    return spaced(f"{REMOVE} : {name}") if name else REMOVE


def checked_on(day: date, who: str) -> str:
    """`Vérifié le samedi 21 novembre 2026 par Mme Roche`."""
    by = f" par {who}" if who else ""
    return f"Vérifié le {long_day(day)}{by}"


def to_check_since(day: date) -> str:
    """A part that nobody read for a year."""
    return f"À relire depuis le {long_day(day)}"


def still_right(group: str) -> str:
    """Accessible name of the button of a part."""
    return spaced(f"{STILL_RIGHT} : {GROUPS[group]}")
