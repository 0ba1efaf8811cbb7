"""Letters to the provider: questions, formal notice, keeping of traces, blocking of addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from clinicir.documents.identity import (
    closing_signature,
    contact_recipient,
    outside_contact,
    place_and_date,
    sender,
)
from clinicir.documents.model import (
    Block,
    Column,
    Document,
    LetterHead,
    Lines,
    PageBreak,
    Paragraph,
    Section,
    Table,
)
from clinicir.documents.sheet import Sheet
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.clock import in_utc
from clinicir.domain.due import due_of
from clinicir.domain.duties import obligations
from clinicir.domain.errors import UserError
from clinicir.domain.lookup import FactLookup
from clinicir.domain.obligation import Obligation
from clinicir.domain.practice import NamedContact
from clinicir.domain.tracker import Address
from clinicir.texts import labels, printing
from clinicir.texts.typography import listed

KIND = "prestataire"
QUESTIONS = "demande_informations"
FORMAL_NOTICE = "mise_en_demeure"
TRACES = "conservation_traces"
BLOCKING = "blocage_adresses"

_VENDOR_ROLES = ("software_vendor", "host")
_PORTAL = "amelipro"


def build_processor(file: CaseFile, variant: str = "") -> Document:
    """One letter; without a variant, the one that the state of the case calls for.

    `blocage_adresses` gives one letter for each place where addresses are to be blocked.
    UserError `document.unknown_variant`.
    """
    chosen = variant or default_variant(file.case)
    bodies = _BODIES.get(chosen)
    if bodies is None:
        raise UserError("document.unknown_variant", document=KIND, variant=variant[:80])
    sheet = Sheet(file, KIND)
    blocks: list[Block] = []
    for letter in bodies(sheet):
        blocks += [PageBreak(), *letter] if blocks else letter
    section = Section("", tuple(blocks))
    return sheet.document((section,), chosen, title=sheet.say(f"{chosen}.title"), layout="letter")


def default_variant(case: Case) -> str:
    """Questions first; a formal notice once P-04 is due; blocking when no provider is involved."""
    notice = _duty(case, "P-04")
    if notice is not None and _is_due(notice, case):
        return FORMAL_NOTICE
    if FactLookup(case).fact("processor_origin").value != "yes" and case.incident.addresses:
        return BLOCKING
    return QUESTIONS


def _duty(case: Case, rule: str) -> Obligation | None:
    return next((duty for duty in obligations(case) if duty.rule.id == rule), None)


def _is_due(duty: Obligation, case: Case) -> bool:
    return duty.due_at is None or in_utc(case.now) >= in_utc(duty.due_at)


# --- the letters ----------------------------------------------------------------------------------


def _questions(sheet: Sheet) -> Iterator[list[Block]]:
    yield [
        _head(sheet, QUESTIONS, _vendor(sheet)),
        Paragraph(_say(sheet, QUESTIONS, "opening", what=_what(sheet))),
        Paragraph(_say(sheet, QUESTIONS, "intro", **_limits(sheet))),
        Lines(sheet.lines(f"{QUESTIONS}.questions"), numbered=True),
        Paragraph(_say(sheet, QUESTIONS, "documents")),
        *_closing(sheet, QUESTIONS),
    ]


def _formal_notice(sheet: Sheet) -> Iterator[list[Block]]:
    asked = sheet.case.incident.submission_of((sheet.case.knowledge.rule("P-01").id,))
    first = sheet.inline("first_request", sheet.long(asked.at) if asked else None)
    yield [
        _head(sheet, FORMAL_NOTICE, _vendor(sheet), registered=True),
        Paragraph(_say(sheet, FORMAL_NOTICE, "opening", what=_what(sheet), first=first)),
        Paragraph(_say(sheet, FORMAL_NOTICE, "intro")),
        Lines(sheet.lines(f"{FORMAL_NOTICE}.demands"), numbered=True),
        Paragraph(_say(sheet, FORMAL_NOTICE, "law", **_limits(sheet))),
        *_closing(sheet, FORMAL_NOTICE),
    ]


def _traces(sheet: Sheet) -> Iterator[list[Block]]:
    incident = sheet.case.incident
    accounts = ", ".join(f"{each.name} ({each.system})" for each in incident.accounts)
    yield [
        _head(sheet, TRACES, _vendor(sheet) or outside_contact(sheet, "it_provider")),
        Paragraph(_say(sheet, TRACES, "opening", what=_what(sheet), period=_period(sheet))),
        Lines(sheet.lines(f"{TRACES}.demands"), numbered=True),
        sheet.row("accounts", accounts),
        *_closing(sheet, TRACES),
    ]


def _blocking(sheet: Sheet) -> Iterator[list[Block]]:
    """One letter a place: an address can only be blocked where it connects."""
    addresses = sheet.case.incident.addresses
    waiting = [each for each in addresses if each.pending] or list(addresses)
    for where in dict.fromkeys(each.where for each in waiting) or ("",):
        here = [each for each in waiting if each.where == where]
        yield [
            _head(sheet, BLOCKING, _blocker(sheet, where)),
            Paragraph(_say(sheet, BLOCKING, "opening", what=_service(sheet, where))),
            _address_list(sheet, here),
            Paragraph(_say(sheet, BLOCKING, "intro")),
            Lines(sheet.lines(f"{BLOCKING}.demands", period=_period(sheet)), numbered=True),
            *_closing(sheet, BLOCKING),
        ]


_BODIES: Mapping[str, Callable[[Sheet], Iterator[list[Block]]]] = {
    QUESTIONS: _questions,
    FORMAL_NOTICE: _formal_notice,
    TRACES: _traces,
    BLOCKING: _blocking,
}

# --- their parts ----------------------------------------------------------------------------------


def _say(sheet: Sheet, variant: str, key: str, **values: str) -> str:
    return sheet.say(f"{variant}.{key}", **values)


def _head(
    sheet: Sheet, variant: str, to: NamedContact | None, *, registered: bool = False
) -> LetterHead:
    references = [sheet.say("our_reference", number=sheet.case.incident.number)]
    if registered:
        references.append(sheet.say("registered"))
    return LetterHead(
        sender=sender(sheet),
        recipient=contact_recipient(sheet, to),
        place_and_date=place_and_date(sheet),
        references=tuple(references),
        subject=_say(sheet, variant, "subject"),
    )


def _vendor(sheet: Sheet) -> NamedContact | None:
    """The processor named in the answers of the CNIL form, else the vendor or host on file.

    Never the technician by default: a letter that holds somebody to account must not be sent to
    the wrong company.
    """
    parties = sheet.answers.get("tiers")
    for party in parties if isinstance(parties, list) else ():
        if isinstance(party, dict) and party.get("role") == "sous_traitant":
            return _named(sheet, str(party.get("name") or ""))
    return outside_contact(sheet, *_VENDOR_ROLES)


def _named(sheet: Sheet, name: str) -> NamedContact:
    """The contact of the practice that bears this name, or the name alone."""
    known = (each for each in sheet.case.practice.contacts if each.name == name)
    return next(known, NamedContact("software_vendor", name or None))


def _blocker(sheet: Sheet, where: str) -> NamedContact | None:
    """Who can block there: the health fund for its portal, else whoever runs that service."""
    if where.casefold() == _PORTAL:
        department = sheet.case.practice.department
        known = sheet.case.knowledge.directory.departments.get(department)
        fund = known.health_fund if known and known.health_fund_verified else None
        return NamedContact("other", fund or labels.AUTHORITIES["cpam"])
    return NamedContact("other", where) if where else _vendor(sheet)


def _service(sheet: Sheet, where: str) -> str:
    if not where:
        return sheet.say("a_service")
    accounts = [
        each for each in sheet.case.incident.accounts if each.system.casefold() == where.casefold()
    ]
    if not accounts:
        return sheet.say("service", where=where)
    names = listed([each.name for each in accounts])
    return sheet.say("accounts_of", names=names, where=where)


def _what(sheet: Sheet) -> str:
    told = sheet.case.instant("T_VENDOR")
    if told is not None:
        return sheet.say("told_by_you", at=sheet.long(told))
    known = sheet.case.instant("T_ATTACK", "T_BREACH")
    return sheet.say("seen_by_us", at=sheet.long(known) if known else f"[{printing.TO_COMPLETE}]")


def _period(sheet: Sheet) -> str:
    start, end = sheet.answer("dates.debut"), sheet.answer("dates.fin")
    return sheet.say(
        "period",
        start=sheet.inline("period_start", start),
        end=end or sheet.short(sheet.case.now),
    )


def _limits(sheet: Sheet) -> dict[str, str]:
    """Our own limit towards the CNIL, and the hour by which an answer is awaited."""
    due = due_of(sheet.case, sheet.case.knowledge.rule("CNIL-01").deadline)
    return {"limit": sheet.long(due.due_at) if due.due_at else f"[{printing.TO_COMPLETE}]"}


def _address_list(sheet: Sheet, addresses: list[Address]) -> Table:
    columns = (
        Column(sheet.say("address.address"), 1.6, code=True),
        Column(sheet.say("address.state"), 1.2),
        Column(sheet.say("address.first"), 1.4),
        Column(sheet.say("address.last"), 1.4),
    )
    rows: tuple[tuple[str | None, ...], ...] = tuple(
        (each.address, labels.ADDRESS_STATES[each.state], None, None) for each in addresses
    )
    if not rows:
        rows = ((None, "", None, None),)
    sheet.missing.append(f"{KIND}.connection_hours")
    return Table(columns, rows)


def _closing(sheet: Sheet, variant: str) -> Iterator[Block]:
    yield Paragraph(_say(sheet, variant, "closing"))
    yield closing_signature(sheet)
