"""The file that goes with a criminal complaint, in the thirteen parts of authorities.md 2.4.

Categories and counts only: no exception of medical secrecy covers the victim of an attack.
"""

from __future__ import annotations

from collections.abc import Iterator

from clinicir.documents.chronology import chronology_table
from clinicir.documents.complaint_damage import damage, data_concerned, measures
from clinicir.documents.complaint_technical import systems, technical
from clinicir.documents.exhibits import custody_table, exhibits_table
from clinicir.documents.identity import identity_rows, postal, signature
from clinicir.documents.model import (
    Block,
    CheckLine,
    CheckLines,
    Column,
    Document,
    Fingerprint,
    Heading,
    KeyFact,
    KeyFacts,
    Lines,
    Notice,
    Paragraph,
    Section,
    Table,
    WritingLines,
)
from clinicir.documents.sheet import Sheet
from clinicir.domain.answers import Answers
from clinicir.domain.case import CaseFile
from clinicir.domain.complaint import offered
from clinicir.domain.duties import hints, obligations
from clinicir.domain.errors import UserError
from clinicir.domain.lookup import FactLookup
from clinicir.domain.obligation import Level, Obligation
from clinicir.domain.offence import Offence
from clinicir.texts import labels
from clinicir.texts.durations import remaining

KIND = "plainte"
EXHIBITS_ONLY = "bordereau"
_POLICE = "police"


def build_complaint(file: CaseFile, variant: str = "") -> Document:
    """The whole file, or with `bordereau` the list of exhibits alone.

    UserError `document.unknown_variant`.
    """
    sheet = Sheet(file, KIND)
    if variant == EXHIBITS_ONLY:
        return _exhibits_alone(sheet)
    if variant:
        raise UserError("document.unknown_variant", document=KIND, variant=variant[:80])
    sections = (
        Section("", tuple(_head(sheet))),
        sheet.section("plaintiff", identity_rows(sheet)),
        sheet.section("subject", _subject(sheet)),
        sheet.section("account", _account(sheet)),
        sheet.section("chronology", _chronology(sheet)),
        sheet.section("systems", systems(sheet)),
        sheet.section("technical", technical(sheet)),
        sheet.section("damage", damage(sheet)),
        sheet.section("data", data_concerned(sheet)),
        sheet.section("measures", measures(sheet)),
        sheet.section("persons", _persons(sheet)),
        sheet.section("exhibits", _exhibits(sheet)),
        sheet.section("requests", _requests(sheet)),
        sheet.section("signature", (Paragraph(sheet.say("true")), signature(sheet.case.practice))),
        sheet.section("for_you", _for_you(sheet), new_page=True),
    )
    return sheet.document(sections)


def _exhibits_alone(sheet: Sheet) -> Document:
    sections = (
        sheet.section("list", _exhibits(sheet)),
        sheet.section("anchor", _anchor(sheet)),
        sheet.section("hand", (signature(sheet.case.practice),)),
    )
    return sheet.document(sections, EXHIBITS_ONLY, title=sheet.say("exhibits_title"))


# --- 1 and 2: who complains, of what --------------------------------------------------------------


def _head(sheet: Sheet) -> Iterator[Block]:
    yield Paragraph(sheet.say("intro"), "lead")
    known = sheet.case.instant("T_ATTACK", "T_VENDOR", "T_BREACH")
    facts = []
    if known is not None:
        facts.append(KeyFact(sheet.say("attack_known"), sheet.exact(known)))
    condition = _insurance_condition(sheet)
    if condition is not None and condition.due_at is not None:
        facts.append(KeyFact(sheet.say("limit"), sheet.long(condition.due_at)))
        if condition.done_at is None:
            left = remaining(condition.due_at, sheet.case.now)
            facts.append(KeyFact(sheet.say("left"), left))
    if len(facts) > 1:
        yield KeyFacts(tuple(facts))
    if condition is not None:
        yield Notice("warning", sheet.say("go_there"), sheet.say("go_there_title"))


def _insurance_condition(sheet: Sheet) -> Obligation | None:
    """The complaint on which the payment of the insurer depends, if any."""
    return next(
        (
            duty
            for duty in obligations(sheet.case)
            if duty.rule.authority == _POLICE and duty.level is Level.CONDITION
        ),
        None,
    )


def _subject(sheet: Sheet) -> Iterator[Block]:
    yield Paragraph(sheet.say("against"))
    found = offered(sheet.case)
    yield _offences(sheet, found.established)
    notes = tuple(offence.note for offence in found.established if offence.note)
    if notes:
        yield Lines(notes)
    if found.to_confirm:
        yield Paragraph(sheet.say("to_confirm"))
        yield Lines(tuple(f"{each.article} : {each.words}" for each in found.to_confirm))
    for hint in hints(sheet.case):
        yield Notice("warning", sheet.say("hint", basis=hint.basis))
    yield Paragraph(sheet.say("penalties"), "small")
    yield sheet.row("place", postal(sheet.case.practice.address))
    yield sheet.row("period", _period(sheet, sheet.answers))


def _offences(sheet: Sheet, found: tuple[Offence, ...]) -> Table:
    columns = tuple(
        Column(sheet.say(f"offence.{key}"), width)
        for key, width in (("article", 1.1), ("words", 2.6), ("penalty", 1.4))
    )
    rows = tuple((each.article, each.words, each.penalty) for each in found)
    return Table(columns, rows, sheet.say("offence.none"))


def _period(sheet: Sheet, answers: Answers) -> str | None:
    start, end = sheet.answer("dates.debut"), sheet.answer("dates.fin")
    if start is None:
        return None
    if answers.get("dates.en_cours") is True or end is None:
        return sheet.say("since", start=start)
    return sheet.say("between", start=start, end=end)


# --- 3 and 4: what happened -----------------------------------------------------------------------


def _account(sheet: Sheet) -> Iterator[Block]:
    yield sheet.row("account", sheet.answer("viol.description"))
    yield sheet.row("circumstances", sheet.answer("dates.circonstances"))
    if FactLookup(sheet.case).confirmed("processor_origin") == "yes":
        yield Paragraph(sheet.say("vendor_system"))


def _chronology(sheet: Sheet) -> Iterator[Block]:
    known = sheet.case.instant("T_ATTACK", "T_VENDOR", "T_BREACH")
    yield sheet.row("attack_known", sheet.exact(known) if known else None)
    yield Paragraph(sheet.say("attack_known_note"), "small")
    yield chronology_table(sheet)


# --- 10 to 13: who, what proof, what is asked -----------------------------------------------------


def _persons(sheet: Sheet) -> Iterator[Block]:
    columns = tuple(
        Column(sheet.say(f"person.{key}"), width)
        for key, width in (("name", 2.0), ("role", 1.6), ("contact", 2.2))
    )
    yield Table(columns, tuple(dict.fromkeys(_people(sheet))))
    yield Paragraph(sheet.say("persons_note"), "small")
    yield WritingLines(sheet.say("other_persons"), 2)


def _people(sheet: Sheet) -> Iterator[tuple[str | None, ...]]:
    practice = sheet.case.practice
    contact = practice.contact
    name = " ".join(filter(None, (contact.first_name, contact.last_name)))
    reach = ", ".join(filter(None, (contact.phone, contact.email)))
    yield (name, contact.function or sheet.say("person.witness"), reach or None)
    for other in practice.contacts:
        if other.role in ("it_provider", "software_vendor", "host"):
            reach = ", ".join(filter(None, (other.phone, other.email)))
            yield (other.name, labels.said(labels.CONTACT_ROLES, other.role), reach or None)
    parties = sheet.answers.get("tiers")
    for party in parties if isinstance(parties, list) else ():
        if isinstance(party, dict):
            role = labels.said(labels.PARTY_ROLES, party.get("role") or "autre")
            yield (_text(party.get("name")), role, _text(party.get("contact")))
    owners = dict.fromkeys(each.owner for each in sheet.case.incident.accounts if each.owner)
    for owner in owners:
        held = [each.name for each in sheet.case.incident.accounts if each.owner == owner]
        yield (owner, sheet.say("person.holder", accounts=", ".join(held)), "")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _exhibits(sheet: Sheet) -> Iterator[Block]:
    yield exhibits_table(sheet)
    yield Paragraph(sheet.say("originals"))
    if any(entry.kind == "evidence.hand_over" for entry in sheet.file.entries):
        yield Heading(sheet.say("handed"), 3)
        yield custody_table(sheet)


def _requests(sheet: Sheet) -> Iterator[Block]:
    yield Lines(sheet.lines("requests"), numbered=True)
    yield from _anchor(sheet)


def _anchor(sheet: Sheet) -> Iterator[Block]:
    """The sentence that, once in the official record, dates the whole journal."""
    position = sheet.file.position
    yield Paragraph(sheet.say("for_the_record"))
    yield Paragraph(
        sheet.say(
            "record_sentence",
            number=sheet.case.incident.number,
            n=str(position.n),
            at=sheet.exact(sheet.case.now),
            head=position.head,
        ),
        "quote",
    )
    yield Fingerprint(sheet.say("record_head", n=str(position.n)), position.head)


def _for_you(sheet: Sheet) -> Iterator[Block]:
    yield Paragraph(sheet.say("keep_this_page"), "lead")
    yield Heading(sheet.say("bring_title"))
    yield CheckLines(tuple(CheckLine(line) for line in sheet.lines("bring")))
    yield Heading(sheet.say("write_down_title"))
    for line in sheet.lines("write_down"):
        yield WritingLines(line, 1)
    yield Heading(sheet.say("secrecy_title"))
    yield Lines(sheet.lines("secrecy"))
