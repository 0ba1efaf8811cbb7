"""One model letter to a patient (GDPR art. 34), with the page that helps to proof-read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from clinicir.documents.identity import closing_signature, place_and_date, sender
from clinicir.documents.letter_lint import LetterText, LintWords, problems_of
from clinicir.documents.model import (
    Block,
    CheckLine,
    CheckLines,
    Document,
    Heading,
    LetterHead,
    Lines,
    Notice,
    PageBreak,
    Paragraph,
    Section,
)
from clinicir.documents.sheet import Sheet, chosen_of
from clinicir.domain.case import CaseFile
from clinicir.domain.clock import from_wire, in_utc
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.gravity import gravity_of
from clinicir.domain.lookup import FactLookup
from clinicir.domain.severity import Gravity
from clinicir.domain.tracker import Account, Address
from clinicir.texts.encoders import long_day

KIND = "lettre"
_GRAVE = frozenset({Gravity.IMPORTANT, Gravity.MAXIMAL})
_ADVICE = (
    ("always", "", ""),
    ("password", "data.categories", "identification_acces"),
    ("bank", "data.categories", "financieres"),
    ("nir", "data.categories", "nir"),
    ("blackmail", "data.sensibles", "sante"),
)
"""Advice by category of data (cnil.md 5.6); the first is for everyone."""


def build_patient_letter(file: CaseFile, variant: str = "") -> Document:
    """The model, then the proof-reading page; `missing` also names what the lint found.

    UserError `document.unknown_variant`.
    """
    if variant:
        raise UserError("document.unknown_variant", document=KIND, variant=variant[:80])
    sheet = Sheet(file, KIND)
    text = letter_text(sheet)
    grave = gravity_of(file.case) in _GRAVE
    problems = problems_of(text, lint_words(sheet), grave=grave)
    sheet.missing += [f"{KIND}.{problem}" for problem in problems]
    blocks = (*_letter(sheet, text), PageBreak(), *_proof_reading(sheet, problems))
    return sheet.document((Section("", blocks),), layout="letter")


def letter_text(sheet: Sheet) -> LetterText:
    """The five blocks from what is known of the case; nothing is invented."""
    return LetterText(
        happened=_happened(sheet),
        categories=tuple(_categories(sheet)),
        consequences=tuple(_consequences(sheet)),
        measures=tuple(_measures(sheet)),
        actions=tuple(_actions(sheet)),
        contact=_contact(sheet),
    )


def lint_words(sheet: Sheet) -> LintWords:
    """What must not stand in a letter, from the wordings."""
    return LintWords(
        jargon=sheet.lines("lint.jargon"),
        minimising=sheet.lines("lint.minimising"),
        vague=sheet.lines("lint.vague"),
        asking=sheet.lines("lint.asking"),
        months=sheet.lines("lint.months"),
    )


# --- the letter -----------------------------------------------------------------------------------


def _letter(sheet: Sheet, text: LetterText) -> Iterator[Block]:
    yield LetterHead(
        sender=sender(sheet),
        recipient=sheet.lines("recipient"),
        place_and_date=place_and_date(sheet),
        references=(sheet.say("our_reference", number=sheet.case.incident.number),),
        subject=sheet.say("subject"),
    )
    yield Paragraph(sheet.say("greeting"))
    yield Heading(sheet.say("part.happened"), 3)
    yield Paragraph(text.happened)
    yield Paragraph(sheet.say("your_data"))
    yield Lines(text.categories or (sheet.inline("categories", None),))
    yield Heading(sheet.say("part.consequences"), 3)
    yield Lines(text.consequences)
    yield Heading(sheet.say("part.measures"), 3)
    yield Lines(text.measures or (sheet.inline("measures", None),))
    yield Heading(sheet.say("part.actions"), 3)
    yield Lines(text.actions, numbered=True)
    yield Heading(sheet.say("part.contact"), 3)
    yield Paragraph(text.contact)
    yield Paragraph(sheet.say("no_other_message"))
    yield Paragraph(sheet.say("closing"))
    yield closing_signature(sheet)


def _happened(sheet: Sheet) -> str:
    start, end = _day(sheet, "dates.debut"), _day(sheet, "dates.fin")
    known = sheet.case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
    learnt = sheet.inline("known_at", long_day(sheet.case.local(known).date()) if known else None)
    lines = [sheet.say(f"cause.{_cause(sheet)}", day=learnt)]
    if start and end and start != end:
        lines.append(sheet.say("between", start=start, end=end))
    elif start:
        lines.append(sheet.say("since", start=start))
    nature = chosen_of(sheet.answers.get("viol.nature"))
    lines += [sheet.say(f"nature.{slug}") for slug in _NATURES if slug in nature]
    return " ".join(lines)


def _cause(sheet: Sheet) -> str:
    """What is established, in the words of a patient; the neutral sentence when nothing is."""
    if FactLookup(sheet.case).confirmed("processor_origin") == "yes":
        return "vendor"
    if "interne_malveillant" in chosen_of(sheet.answers.get("viol.cause")):
        return "interne"
    origin = chosen_of(sheet.answers.get("viol.origine"))
    return next((cause for cause, slugs in _ORIGINS if origin & slugs), "own")


_ORIGINS = (
    ("piratage", frozenset({"piratage"})),
    ("perte", frozenset({"equipement_perdu_vole", "papier_perdu_vole", "rebut_papier"})),
    ("envoi", frozenset({"mauvais_destinataire", "courrier_perdu_ouvert"})),
    ("publication", frozenset({"publication_involontaire", "mauvaise_personne_portail"})),
)

_NATURES = ("confidentialite", "integrite", "disponibilite")


def _day(sheet: Sheet, slug: str) -> str | None:
    value = sheet.answers.get(slug)
    if not isinstance(value, str) or value == UNKNOWN:
        return None
    try:
        return long_day(sheet.case.local(from_wire(value)).date())
    except ValueError:
        return None


def _categories(sheet: Sheet) -> Iterator[str]:
    chosen = chosen_of(sheet.answers.get("data.categories"))
    chosen |= chosen_of(sheet.answers.get("data.sensibles"))
    for key in _DATA:
        if key in chosen:
            yield sheet.say(f"data.{key}")


_DATA = (
    "etat_civil", "coordonnees", "nir", "sante", "identification_acces", "financieres",
    "documents_officiels", "localisation", "origine_raciale_ethnique", "opinions_politiques",
    "opinions_philosophiques_religieuses", "appartenance_syndicale", "orientation_sexuelle",
    "biometriques", "genetiques", "infractions",
)  # fmt: skip


def _consequences(sheet: Sheet) -> Iterator[str]:
    """What may happen, in the words of a patient; a scam needs data that somebody has seen."""
    chosen = chosen_of(sheet.answers.get("impact.natures"))
    if "confidentialite" in chosen_of(sheet.answers.get("viol.nature")):
        yield sheet.say("consequence.faux_messages")
    for key in _IMPACTS:
        if key in chosen:
            yield sheet.say(f"consequence.{key}")


_IMPACTS = (
    "vol_identite", "fraude", "pertes_financieres", "secret_professionnel", "reputation",
    "discrimination", "perte_controle", "limitation_droits",
)  # fmt: skip


def _measures(sheet: Sheet) -> Iterator[str]:
    """Each measure with its date; what was typed comes first."""
    typed = sheet.answer("mesures.apres")
    if typed:
        for part in filter(None, (each.strip().rstrip(".") for each in typed.split(";"))):
            yield f"{part[:1].upper()}{part[1:]}."
    incident = sheet.case.incident
    yield from _tracked(sheet, ("accounts", "accounts_some"), incident.accounts)
    yield from _tracked(sheet, ("addresses", "addresses_some"), incident.addresses)
    if incident.filings:
        yield sheet.say("measure.cnil", day=_on(sheet, incident.filings[0].at))
    for duty in obligations(sheet.case):
        if duty.rule.authority == "police" and duty.done_at is not None:
            yield sheet.say("measure.complaint", day=_on(sheet, duty.done_at))
            return


def _tracked(
    sheet: Sheet, keys: tuple[str, str], lines: Sequence[Account] | Sequence[Address]
) -> Iterator[str]:
    """All is said to be done only when nothing waits: a letter that says too much is false."""
    done = [line.done_at for line in lines if line.done_at is not None and not line.pending]
    if done:
        key = keys[any(line.pending for line in lines)]
        yield sheet.say(f"measure.{key}", day=_on(sheet, max(done, key=in_utc)))


def _on(sheet: Sheet, at: datetime) -> str:
    return long_day(sheet.case.local(at).date())


def _actions(sheet: Sheet) -> Iterator[str]:
    for key, slug, value in _ADVICE:
        if not slug or value in chosen_of(sheet.answers.get(slug)):
            yield from sheet.lines(f"advice.{key}")
    yield from sheet.lines("advice.help")


def _contact(sheet: Sheet) -> str:
    contact = sheet.case.practice.contact
    dpo = sheet.case.practice.dpo
    name = " ".join(filter(None, (contact.civility, contact.first_name, contact.last_name)))
    lines = [
        sheet.say("contact.person", name=name),
        sheet.say("contact.phone", phone=sheet.inline("phone", contact.phone)),
        sheet.say("contact.hours", hours=sheet.inline("hours", None)),
    ]
    if contact.email:
        lines.append(sheet.say("contact.email", email=contact.email))
    if dpo is not None and dpo.email:
        lines.append(sheet.say("contact.dpo", email=dpo.email))
    return "\n".join(lines)


# --- the page for us ------------------------------------------------------------------------------


def _proof_reading(sheet: Sheet, problems: tuple[str, ...]) -> Iterator[Block]:
    yield Heading(sheet.say("proof.title"), 2)
    yield Notice("info", sheet.say("proof.not_sent"))
    if problems:
        lines = tuple(sheet.say(f"problem.{problem}") for problem in problems)
        yield Notice("warning", "\n".join(lines), sheet.say("proof.to_mend"))
    yield CheckLines(tuple(CheckLine(line) for line in sheet.lines("proof.checks")))
    yield Heading(sheet.say("proof.apart_title"), 3)
    yield Lines(sheet.lines("proof.apart"))
    yield Heading(sheet.say("proof.keep_title"), 3)
    yield Lines(sheet.lines("proof.keep"))
