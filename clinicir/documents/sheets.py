"""Wording sheets: what to say, to post, to hand over; each written whole in `wording/fiches.toml`.

A sheet is a list of parts; a part is what its keys say: sentences to tick, to number, to list, to
copy, to post, or lines to write on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from clinicir.documents.identity import outside_contact, signature
from clinicir.documents.model import (
    Block,
    CheckLine,
    CheckLines,
    Document,
    Lines,
    Notice,
    Paragraph,
    ParagraphStyle,
    Section,
    WritingLines,
)
from clinicir.documents.sheet import Sheet
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.decision import DO_NOT_NOTIFY
from clinicir.domain.directory import Contact
from clinicir.domain.errors import UserError
from clinicir.domain.lookup import FactLookup
from clinicir.domain.practice import NamedContact
from clinicir.texts import labels, printing
from clinicir.texts.encoders import long_day

KIND = "fiche"
DEFAULT = "script_accueil"
VARIANTS = (
    "script_accueil", "affiche_salle_attente", "feuille_conseils_patients", "consigne_equipe",
    "message_alerte_contacts", "demande_suppression", "continuite_soins", "compte_rendu_retex",
    "cinq_gestes",
)  # fmt: skip
SIGNED = frozenset({"compte_rendu_retex", "consigne_equipe"})
_ON_NEW_PAGE = frozenset({"compte_rendu_retex.decisions"})
"""Parts that would be torn by the end of the page."""
_AUTHORITIES = frozenset({"cnil", "cert_sante", "ars", "police", "anssi"})
_HELP_DESK = "seventeen_cyber"
_RULED_LINES = 2

_Values = Mapping[str, str]


def build_sheet(file: CaseFile, variant: str = "") -> Document:
    """One sheet; UserError `document.unknown_variant`."""
    chosen = variant or DEFAULT
    if chosen not in VARIANTS:
        raise UserError("document.unknown_variant", document=KIND, variant=variant[:80])
    sheet = Sheet(file, KIND)
    values = _values(sheet)
    lead = Paragraph(sheet.say(f"{chosen}.lead", **values), "lead")
    sections = [Section("", (lead,))]
    for part in sheet.lines(f"{chosen}.parts"):
        key = f"{chosen}.{part}"
        title = _text(sheet, f"{key}.title", values)
        sections.append(Section(title, tuple(_blocks(sheet, key, values)), key in _ON_NEW_PAGE))
    if chosen in SIGNED:
        sections.append(Section("", (signature(sheet.case.practice),)))
    return sheet.document(sections, chosen, title=sheet.say(f"{chosen}.title"))


def _blocks(sheet: Sheet, key: str, values: _Values) -> Iterator[Block]:
    """Blocks of a part, always in the same order whatever the order of its keys."""
    warning = _text(sheet, f"{key}.warning", values)
    if warning:
        yield Notice("warning", warning)
    for name, style in _STYLES.items():
        text = _text(sheet, f"{key}.{name}", values)
        if text:
            yield Paragraph(text, style)
    for name, shape in _LISTS.items():
        lines = _lines(sheet, f"{key}.{name}", values)
        if lines:
            yield from shape(lines)


def _text(sheet: Sheet, key: str, values: _Values) -> str:
    known = f"{KIND}.{key}" in sheet.case.knowledge.wording.texts
    return sheet.say(key, **values) if known else ""


def _lines(sheet: Sheet, key: str, values: _Values) -> tuple[str, ...]:
    known = f"{KIND}.{key}" in sheet.case.knowledge.wording.lists
    return sheet.lines(key, **values) if known else ()


_STYLES: Mapping[str, ParagraphStyle] = {"text": "body", "quote": "quote", "display": "display"}

_LISTS: Mapping[str, Callable[[tuple[str, ...]], Iterator[Block]]] = {
    "quotes": lambda lines: (Paragraph(line, "quote") for line in lines),
    "numbered": lambda lines: iter((Lines(lines, numbered=True),)),
    "lines": lambda lines: iter((Lines(lines),)),
    "checks": lambda lines: iter((CheckLines(tuple(CheckLine(line) for line in lines)),)),
    "write": lambda lines: (WritingLines(line, _RULED_LINES) for line in lines),
}
"""How each list of a part is printed."""


def _values(sheet: Sheet) -> dict[str, str]:
    """What the sentences of the sheets may name; never anything about a patient."""
    case = sheet.case
    contact = case.practice.contact
    known = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
    slowed = FactLookup(case).confirmed("operation_impaired") == "yes"
    blank = f"[{printing.TO_COMPLETE}]"
    return {
        "practice": case.practice.name,
        "phone": contact.phone or blank,
        "contact": " ".join(filter(None, (contact.first_name, contact.last_name))) or blank,
        "today": long_day(case.local(case.now).date()),
        "day": long_day(case.local(known).date()) if known else blank,
        "number": case.incident.number,
        "it_provider": _reach(sheet, "it_provider"),
        "insurer": _reach(sheet, "insurer"),
        "vendor": _reach(sheet, "software_vendor", "host"),
        "help_desk": _site(case.knowledge.directory.contacts[_HELP_DESK]),
        "authorities": sheet.say(_authorities(case)),
        "promise": sheet.say(_promise(case)),
        "care": sheet.say("care_slower" if slowed else "care_goes_on"),
    }


def _authorities(case: Case) -> str:
    """Whether an authority was told: an insurer or a provider is none."""
    said = {case.knowledge.rule(each.rule).authority for each in case.incident.submissions}
    if case.incident.filings or said & _AUTHORITIES:
        return "authorities_told"
    decision = case.incident.decisions.get("cnil")
    if decision is not None and decision.choice == DO_NOT_NOTIFY:
        return "authorities_not_needed"
    return "authorities_to_tell"


def _promise(case: Case) -> str:
    """What patients are told of a letter: never one that was decided against."""
    state = answers_of(case).get("info.etat")
    return {"oui": "persons_told", "ne_seront_pas": "persons_not_told"}.get(
        str(state), "persons_to_tell"
    )


def _site(desk: Contact) -> str:
    """Name and address to type, when both were checked."""
    if desk.confidence == "unverified" or not desk.sites:
        return desk.name
    return f"{desk.name}, {desk.sites[0].removeprefix('https://')}"


def _reach(sheet: Sheet, *roles: str) -> str:
    """Name and number of an outside contact, as the practice gave them."""
    found: NamedContact | None = outside_contact(sheet, *roles)
    if found is None:
        return f"[{printing.TO_COMPLETE}]"
    parts = (found.name, found.phone or labels.PHONE_TO_CONFIRM)
    return ", ".join(part for part in parts if part)
