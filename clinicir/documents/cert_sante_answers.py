"""Answers of the CERT Sante sheet, read in the case: one fact is asked once.

A presumed fact is never printed: the box then stays empty, to be ticked by hand.
"""

from __future__ import annotations

from clinicir.domain.case import Case
from clinicir.domain.clock import to_wire
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.conditions import UNKNOWN, Value
from clinicir.domain.ids import Plain
from clinicir.domain.practice import Establishment, PostalAddress
from clinicir.domain.progress import StepState
from clinicir.domain.tracker import Account, Address
from clinicir.texts.encoders import number, short_instant
from clinicir.texts.labels import labelled
from clinicir.texts.typography import APOSTROPHE

_NOT_KNOWN = "ne_sait_pas"

_CATEGORIES = {
    "ES_PRIVE": "etablissement_sante",
    "ES_PUBLIC": "etablissement_sante",
    "RADIOTHERAPIE": "radiotherapie",
    "LBM": "lbm",
    "ESMS": "medico_social",
}
_DANGER = {"none": "aucune", "potential": "potentielle", "actual": "averee", UNKNOWN: _NOT_KNOWN}
_LOSSES = {
    "disponibilite": "indisponibilite",
    "integrite": "integrite",
    "confidentialite": "divulgation",
}
_ORIGINS = {"yes": "malveillante", "no": "non_malveillante", UNKNOWN: _NOT_KNOWN}
_OUTAGES = {
    "power": "electrique",
    "fire": "infrastructure",
    "water": "infrastructure",
    "hardware": "infrastructure",
    "update": "bogue",
    "mistake": "erreur",
    "vendor": "prestataire",
    "other": "autre",
}
_DATA = {
    "identification_acces": "techniques",
    "financieres": "financieres",
    "etat_civil": "identite",
    "coordonnees": "identite",
    "nir": "nir",
    "inconnu": _NOT_KNOWN,
}


def sheet_answers(case: Case) -> dict[str, Plain]:
    """Blocks B to F, common to all the establishments; what is not known has no key."""
    found: dict[str, Plain] = {
        **_reporter(case),
        **_incident(case),
        **_impact(case),
        **_cause(case),
        "suivi.declarations": _reports(case),
    }
    return {slug: value for slug, value in found.items() if value not in (None, "", [])}


def structure_answers(case: Case, establishment: Establishment | None) -> dict[str, Plain]:
    """Block A of one establishment, of the practice itself when None."""
    practice = case.practice
    department = (establishment and establishment.department) or practice.department
    region = case.knowledge.directory.region_of(department)
    kind = establishment.type if establishment else practice.type
    found: dict[str, Plain] = {
        "structure.nom": establishment.name if establishment else practice.name,
        "structure.categorie": _CATEGORIES.get(kind, "autre"),
        "structure.finess": establishment.finess if establishment else practice.finess,
        "structure.siret": establishment.siret if establishment else practice.siret,
        "structure.adresse": _postal(establishment.address if establishment else practice.address),
        "structure.region": region.name if region else None,
        "structure.statut": {"no": "aucun", UNKNOWN: _NOT_KNOWN}.get(practice.ose_or_oiv or ""),
    }
    return {slug: value for slug, value in found.items() if value}


def said_of(case: Case, fact: str) -> Value | None:
    """What somebody answered, `unknown` included; None when nobody did or it is presumed."""
    record = case.incident.facts.get(fact)
    return None if record is None or record.presumed else record.value


def _yes(case: Case, *facts: str) -> bool:
    return any(said_of(case, fact) == "yes" for fact in facts)


def _chosen(case: Case, slug: str) -> frozenset[str]:
    answer = case.incident.answers.get(slug)
    return frozenset(str(item) for item in answer) if isinstance(answer, list) else frozenset()


def _postal(address: PostalAddress | None) -> str | None:
    if address is None:
        return None
    town = " ".join(part for part in (address.postcode, address.city) if part)
    return ", ".join(part for part in (address.street, town) if part) or None


def _reporter(case: Case) -> dict[str, Plain]:
    contact, head = case.practice.contact, case.practice.legal_head
    same = head is not None and (head.last_name, head.first_name) == (
        contact.last_name,
        contact.first_name,
    )
    technicians = [
        ", ".join(part for part in (each.name, each.phone, each.email) if part)
        for each in case.practice.contacts
        if each.role in ("it_provider", "software_vendor", "host")
    ]
    return {
        "declarant.nom": contact.last_name,
        "declarant.prenom": contact.first_name,
        "declarant.fonction": contact.function,
        "declarant.telephone": contact.phone,
        "declarant.courriel": contact.email,
        "declarant.qualite": ("directeur" if same else "delegue") if head else None,
        "declarant.technique": " ; ".join(technicians),
    }


def _incident(case: Case) -> dict[str, Plain]:
    seen = case.instant("T_ATTACK", "T_BREACH", "T_VENDOR")
    answers = case.incident.answers
    return {
        "incident.constat": to_wire(seen) if seen else None,
        "incident.debut": answers.get("dates.debut"),
        "incident.description": answers.get("viol.description"),
        "incident.perimetre": _extent(case),
        "incident.systemes": _systems(case),
        "incident.donnees": _data(case),
        "incident.etat": _handling(case),
        "incident.mesures": answers.get("mesures.apres") or _acts(case),
    }


def _extent(case: Case) -> list[Plain]:
    mailbox = case.incident.scenario == "messagerie" or _yes(case, "account_mssante")
    tests = (
        ("messagerie", mailbox),
        ("plusieurs_sites", len(case.practice.establishments) > 1),
        ("prestataire", _yes(case, "processor_origin")),
    )
    return [word for word, held in tests if held]


def _systems(case: Case) -> list[Plain]:
    """Systems that a fact or a line of the trackers names."""
    tracked = {_comparable(name) for name in _tracked(case)}
    tests = {
        "messagerie": case.incident.scenario == "messagerie",
        "mssante": _yes(case, "account_mssante"),
        "amelipro": _yes(case, "account_amelipro"),
    }
    order = case.knowledge.cert_sante_form.fields["incident.systemes"].choices
    return [
        choice.id
        for choice in order
        if tests.get(choice.id) or _comparable(choice.label) in tracked
    ]


def _comparable(name: str) -> str:
    """Keyboards type a straight apostrophe where the lists print a curly one."""
    return name.casefold().replace(APOSTROPHE, "'")


def _tracked(case: Case) -> list[str]:
    lines: tuple[Account | Address, ...] = (*case.incident.accounts, *case.incident.addresses)
    return [line.system if isinstance(line, Account) else line.where for line in lines]


def _data(case: Case) -> list[Plain]:
    found = {_DATA[word] for word in _chosen(case, "data.categories") if word in _DATA}
    if "sante" in _chosen(case, "data.sensibles") or _yes(case, "health_conf"):
        found.add("sante")
    if _yes(case, "nir_exposed"):
        found.add("nir")
    if "employes" in _chosen(case, "pers.categories"):
        found.add("salaries")
    order = case.knowledge.cert_sante_form.fields["incident.donnees"].choices
    return [choice.id for choice in order if choice.id in found]


def _handling(case: Case) -> str:
    incident = case.incident
    if "T_END" in incident.instants:
        return "resolu"
    if said_of(case, "intruder_active") == "no":
        return "contenu"
    touched = incident.steps or incident.accounts or incident.addresses
    return "en_cours" if touched else "non_commence"


def _acts(case: Case) -> str:
    """Steps done, when nobody has written the measures yet."""
    lines = []
    for step_id, record in case.incident.steps.items():
        if record.state is StepState.DONE and record.done_at is not None:
            title = case.knowledge.step(step_id).title
            lines.append(labelled(short_instant(record.done_at, case.calendar.zone), title))
    return "\n".join(lines)


def _impact(case: Case) -> dict[str, Plain]:
    nature = _chosen(case, "viol.nature")
    spread = [said_of(case, "may_spread"), said_of(case, "regional_effect")]
    outside: Plain = None
    if "yes" in spread:
        outside = True
    elif spread == ["no", "no"]:
        outside = False
    elif UNKNOWN in spread:
        outside = UNKNOWN
    return {
        "impact.donnees": [word for slug, word in _LOSSES.items() if slug in nature],
        "impact.personnes": _DANGER.get(str(said_of(case, "care_safety"))),
        "impact.systemes": systems_text(case),
        "impact.structure": _working(case),
        "impact.hors_structure": outside,
    }


def _working(case: Case) -> str | None:
    if _yes(case, "care_delayed"):
        return "interruption"
    words = {"yes": "degrade", "no": "normal", UNKNOWN: _NOT_KNOWN}
    return words.get(str(said_of(case, "operation_impaired")))


def systems_text(case: Case) -> str:
    """Systems named in the two trackers, then the hours without them."""
    parts = list(dict.fromkeys(_tracked(case)))
    hours = said_of(case, "outage_hours")
    if isinstance(hours, int):
        label = case.knowledge.facts["outage_hours"].label
        parts.append(labelled(label, number(hours)))
    return " ; ".join(parts)


def _cause(case: Case) -> dict[str, Plain]:
    return {
        "cause.origine": _ORIGINS.get(str(said_of(case, "malicious"))),
        "cause.type_malveillant": _malicious_types(case),
        "cause.type_accidentel": _accident_types(case),
    }


def _malicious_types(case: Case) -> list[Plain]:
    scenario = case.incident.scenario
    accounts = ("account_amelipro", "account_mssante", "account_ecps", "admin_account")
    tests = (
        ("rancongiciel", scenario == "rancongiciel"),
        ("compte", scenario == "compte_admin" or _yes(case, *accounts)),
        ("vol", _yes(case, "device_stolen")),
        ("prestataire", _yes(case, "processor_origin")),
    )
    return [word for word, held in tests if held]


def _accident_types(case: Case) -> list[Plain]:
    found = {"erreur"} if "mauvais_destinataire" in _chosen(case, "viol.origine") else set()
    for record in case.incident.steps.values():
        cause = (record.answers or {}).get("outage_cause")
        if isinstance(cause, str) and cause in _OUTAGES:
            found.add(_OUTAGES[cause])
    if _yes(case, "processor_origin"):
        found.add("prestataire")
    return [*sorted(found)]


def _reports(case: Case) -> Plain:
    """Filings to the CNIL, then what the case knows of the other authorities."""
    rows: list[Plain] = [
        {"who": "cnil", "at": to_wire(filing.at), "reference": filing.reference}
        for filing in case.incident.filings
    ]
    others = answers_of(case).get("autres.autres")
    return [*rows, *(others if isinstance(others, list) else [])]
