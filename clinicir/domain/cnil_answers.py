"""The answers of the CNIL form as they would be filed now: what was typed, and what is derived.

Derived answers (architecture ruling 10) come from the practice, the instants, the versions and the
recorded submissions, so that one fact is asked once.
"""

from __future__ import annotations

from clinicir.domain.case import Case
from clinicir.domain.clock import to_wire
from clinicir.domain.ids import Plain
from clinicir.domain.notification import Version, next_version
from clinicir.domain.practice import Controller, Person

_HEALTH_SECTOR = "sante_humaine_action_sociale"
_FRANCE = "France"
_NO_BODY = frozenset({"persons", "internal"})
"""Told, but no organisation: the form asks about them elsewhere."""


def answers_of(
    case: Case, controller: Controller | None = None, version: Version | None = None
) -> dict[str, Plain]:
    """Every known answer by slug; a slug without answer is absent.

    `controller` is one legal entity of a group (architecture ruling 19), the practice otherwise.
    """
    derived = _derived(case, controller, version).items()
    known = {slug: value for slug, value in derived if value not in (None, "", [])}
    return {**case.incident.answers, **known}


def _derived(
    case: Case, controller: Controller | None, version: Version | None
) -> dict[str, Plain]:
    return {
        **_notification(case, version),
        **_organisation(case, controller),
        **_person("legal", case.practice.legal_head),
        **_contact(case),
        **_dates(case),
        **_others(case),
    }


def _notification(case: Case, version: Version | None) -> dict[str, Plain]:
    kind = version or next_version(case.incident.filings)
    first = case.incident.filed(Version.INITIAL, Version.COMPLETE)
    return {
        "notif.type": kind.value,
        "notif.numero_initial": first.reference
        if first and kind is Version.COMPLEMENTARY
        else None,
    }


def _organisation(case: Case, controller: Controller | None) -> dict[str, Plain]:
    practice = case.practice
    if controller is None or controller.siren == practice.known_siren:
        own: dict[str, Plain] = {
            "org.siren": practice.known_siren,
            "org.denomination": practice.name,
            "org.tva": practice.vat_number,
            "org.effectif": practice.headcount,
            "org.effectif_detail": practice.effectif_detail,
        }
        address = practice.address
    else:
        # Another legal entity of the group: what the sheet of the practice says is not about it.
        own = {"org.siren": controller.siren, "org.denomination": controller.name}
        address = controller.establishments[0].address
    return {
        **own,
        "org.secteur": _HEALTH_SECTOR,
        "org.adresse": address.street if address else None,
        "org.cp": address.postcode if address else None,
        "org.ville": address.city if address else None,
        "org.pays": (address.country if address else None) or _FRANCE,
    }


def _person(prefix: str, person: Person | None) -> dict[str, Plain]:
    if person is None:
        return {}
    return {
        f"{prefix}.civilite": person.civility,
        f"{prefix}.nom": person.last_name,
        f"{prefix}.prenom": person.first_name,
        f"{prefix}.courriel": person.email,
    }


def _contact(case: Case) -> dict[str, Plain]:
    contact = case.practice.contact
    dpo = case.practice.dpo
    is_dpo = dpo is not None and (dpo.last_name, dpo.email) == (contact.last_name, contact.email)
    return {
        **_person("contact", contact),
        "contact.fonction": contact.function,
        "contact.telephone": contact.phone,
        "contact.dpo": is_dpo,
    }


def _dates(case: Case) -> dict[str, Plain]:
    aware = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
    told = case.instant("T_VENDOR")
    return {
        "dates.connaissance": to_wire(aware) if aware else None,
        "dates.notif_sous_traitant": to_wire(told) if told else None,
    }


def _others(case: Case) -> dict[str, Plain]:
    """Who else was told: what was typed, then the recorded submissions (cnil.md R15).

    A submission at an instant that was typed is the same act, and is not listed twice.
    """
    typed = case.incident.answers.get("autres.autres")
    rows: list[Plain] = list(typed) if isinstance(typed, list) else []
    known = {row.get("at") for row in rows if isinstance(row, dict)}
    for submission in case.incident.submissions:
        who = case.knowledge.rule(submission.rule).authority
        if to_wire(submission.at) in known or who in _NO_BODY:
            continue
        row: dict[str, Plain] = {
            "who": who,
            "at": to_wire(submission.at),
        }
        if submission.reference:
            row["reference"] = submission.reference
        rows.append(row)
    return {"autres.autres": rows}
