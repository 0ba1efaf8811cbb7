"""The incident: its state as kept in records, and the moves on its facts.

Every move checks, then returns `Changes`; nothing is modified in place and nothing reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire, in_utc, to_wire
from clinicir.domain.conditions import UNKNOWN
from clinicir.domain.errors import UserError
from clinicir.domain.evidence import Evidence
from clinicir.domain.facts import FactBook, spec_of
from clinicir.domain.ids import (
    IncidentId,
    ObjectId,
    Plain,
    PlainMap,
    RuleId,
    ScenarioId,
    StepId,
)
from clinicir.domain.notification import Filing, Submission
from clinicir.domain.progress import StepRecord
from clinicir.domain.tracker import Account, Address

INSTANTS: tuple[str, ...] = ("T_ATTACK", "T_BREACH", "T_VENDOR", "T_CRIT", "T_HARM", "T_END")
"""Knowledge of the attack, of the breach, the vendor's notice, the first health criterion seen,
harm to a patient, resolution (authorities.md 7.1)."""

_EARLIEST_YEAR = 2000


class IncidentState(StrEnum):
    """A closed incident is read-only until reopened."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class FactRecord:
    """An answer and whether somebody gave it."""

    value: str | int
    presumed: bool = False


@dataclass(frozen=True)
class Decision:
    """A human decision with its reason."""

    subject: str
    choice: str
    reason: str
    by: str
    at: datetime
    row: str
    """Row of the decision table when it was taken."""


@dataclass(frozen=True)
class Issued:
    """A paper already produced."""

    number: str
    kind: str
    version: str
    sha256: str
    at: datetime
    entry: int
    name: str = ""
    """File name, made by us."""
    object_id: ObjectId | None = None
    """None for a paper recorded before its object was named: it cannot be opened again."""


Records = Callable[[str], Mapping[str, PlainMap]]
"""Current records of one kind, by key."""


@dataclass(frozen=True)
class Incident:
    """State of one incident at one instant."""

    id: IncidentId
    number: str
    scenario: ScenarioId
    state: IncidentState
    opened_at: datetime
    facts: Mapping[str, FactRecord]
    instants: Mapping[str, datetime]
    answers: Mapping[str, Plain]
    """Answers of the CNIL form by slug; `unknown` is an answer, absence is not."""
    steps: Mapping[StepId, StepRecord]
    evidence: tuple[Evidence, ...]
    accounts: tuple[Account, ...]
    addresses: tuple[Address, ...]
    submissions: tuple[Submission, ...]
    filings: tuple[Filing, ...]
    decisions: Mapping[str, Decision]
    assessment: PlainMap | None
    issued: tuple[Issued, ...]
    closing: PlainMap | None

    @classmethod
    def from_records(cls, incident: IncidentId, records: Records) -> Incident:
        """Build the aggregate; UserError `incident.unknown` when there is no such incident."""
        header = records("incident").get("incident")
        if header is None:
            raise UserError("incident.unknown", incident=incident)
        return cls(
            id=incident,
            number=str(header["number"]),
            scenario=ScenarioId(str(header["scenario"])),
            state=IncidentState(str(header["state"])),
            opened_at=from_wire(str(header["opened_at"])),
            facts={key: _fact(value) for key, value in records("fact").items()},
            instants={k: from_wire(str(v["at"])) for k, v in records("instant").items()},
            answers={key: value["value"] for key, value in records("answer").items()},
            steps={StepId(k): StepRecord.from_plain(v) for k, v in records("step").items()},
            evidence=tuple(
                Evidence.from_plain(key, value) for key, value in records("evidence").items()
            ),
            accounts=tuple(Account.from_plain(v) for v in records("account").values()),
            addresses=tuple(Address.from_plain(v) for v in records("address").values()),
            submissions=tuple(
                Submission.from_plain(key, value) for key, value in records("submission").items()
            ),
            filings=tuple(Filing.from_plain(k, v) for k, v in records("filing").items()),
            decisions={k: _decision(k, v) for k, v in records("decision").items()},
            assessment=records("assessment").get("assessment"),
            issued=tuple(_issued(k, v) for k, v in records("document").items()),
            closing=records("closing").get("closing"),
        )

    @property
    def exhibits(self) -> tuple[Evidence, ...]:
        """Evidence that counts: what was not withdrawn."""
        return tuple(piece for piece in self.evidence if not piece.withdrawn)

    def evidence_labelled(self, label: str) -> Evidence:
        """Evidence by the label or the number it was given; UserError `evidence.unknown`."""
        for piece in self.evidence:
            if label in (piece.label, piece.number):
                return piece
        raise UserError("evidence.unknown", label=label[:80])

    def filed(self, *versions: str) -> Filing | None:
        """First filing of one of these versions."""
        return next((filing for filing in self.filings if filing.version in versions), None)

    def submission_of(self, rules: tuple[RuleId, ...]) -> Submission | None:
        """Earliest submission recorded for one of these rules."""
        found = [submission for submission in self.submissions if submission.rule in rules]
        return min(found, key=lambda submission: in_utc(submission.at), default=None)


def _fact(plain: PlainMap) -> FactRecord:
    value = plain["value"]
    if not isinstance(value, str | int):
        raise ValueError("a fact is a word or a number")
    return FactRecord(value, bool(plain["presumed"]))


def _decision(subject: str, plain: PlainMap) -> Decision:
    return Decision(
        subject,
        str(plain["choice"]),
        str(plain["reason"]),
        str(plain["by"]),
        from_wire(str(plain["at"])),
        str(plain.get("row", "")),
    )


def _issued(number: str, plain: PlainMap) -> Issued:
    entry = plain["entry"]
    return Issued(
        number,
        str(plain["kind"]),
        str(plain["version"]),
        str(plain["sha256"]),
        from_wire(str(plain["at"])),
        entry if isinstance(entry, int) else 0,
        str(plain.get("name", "")),
        ObjectId(str(plain["object"])) if plain.get("object") else None,
    )


# --- moves -------------------------------------------------------------------------------------


def open_incident(
    number: str,
    scenario: ScenarioId,
    presets: Mapping[str, Plain],
    given: Changes,
    at: datetime,
) -> Changes:
    """First entry of an incident: its header, the presumptions of the scenario, what was said."""
    header: dict[str, Plain] = {
        "number": number,
        "scenario": scenario,
        "state": IncidentState.OPEN.value,
        "opened_at": to_wire(at),
    }
    said = {(operation.kind, operation.key) for operation in given.operations}
    presumptions = presets_as_operations(
        {fact: value for fact, value in presets.items() if ("fact", fact) not in said}
    )
    return Changes(
        "incident.open",
        (Operation("incident", "incident", header), *presumptions, *given.operations),
        {"scenario": scenario, "number": number},
    )


def presets_as_operations(presets: Mapping[str, Plain]) -> tuple[Operation, ...]:
    """Presumptions of a scenario; any answer replaces them (corrections.md 18)."""
    return tuple(
        Operation("fact", fact, {"value": value, "presumed": True})
        for fact, value in presets.items()
    )


def set_facts(
    incident: Incident | None,
    book: FactBook,
    facts: Mapping[str, Plain],
    instants: Mapping[str, datetime],
    now: datetime,
) -> tuple[Operation, ...]:
    """First answers; UserError `fact.already_set` for what somebody has already answered."""
    operations: list[Operation] = []
    for fact, plain in facts.items():
        value = spec_of(book, fact).check(plain)
        if incident is not None and _answered(incident.facts.get(fact)):
            raise UserError("fact.already_set", fact=fact)
        operations.append(Operation("fact", fact, {"value": value, "presumed": False}))
    for name, at in instants.items():
        check_instant(name, at, now)
        if incident is not None and name in incident.instants:
            raise UserError("fact.already_set", fact=name)
        operations.append(Operation("instant", name, {"at": to_wire(at)}))
    return tuple(operations)


def _answered(record: FactRecord | None) -> bool:
    # "I do not know yet" waits for its answer; it is not one that must be corrected.
    return record is not None and not record.presumed and record.value != UNKNOWN


def check_instant(name: str, at: datetime, now: datetime) -> None:
    """A known name, an offset, neither before 2000 nor in the future."""
    if name not in INSTANTS:
        raise UserError("instant.unknown", instant=name[:80])
    check_past(name, at, now)


def check_past(name: str, at: datetime, now: datetime) -> None:
    """UserError `instant.no_offset`, `instant.out_of_range` or `instant.in_future`."""
    if at.tzinfo is None:
        raise UserError("instant.no_offset", instant=name)
    if at.year < _EARLIEST_YEAR:
        raise UserError("instant.out_of_range", instant=name)
    if in_utc(at) > in_utc(now):
        raise UserError("instant.in_future", instant=name)


def set_answers(
    incident: Incident, answers: Mapping[str, Plain], now: datetime
) -> tuple[Operation, ...]:
    """Answers of the CNIL form, already checked against it; the former ones stay in the trail.

    The time at which the vendor warned is one fact with two names: `dates.notif_sous_traitant`
    sets `T_VENDOR`, or must equal it (UserError `fact.contradiction`).
    """
    operations = [Operation("answer", slug, {"value": value}) for slug, value in answers.items()]
    told = answers.get("dates.notif_sous_traitant")
    if isinstance(told, str) and told != UNKNOWN:
        at = from_wire(told)
        known = incident.instants.get("T_VENDOR")
        if known is None:
            check_instant("T_VENDOR", at, now)
            operations.append(Operation("instant", "T_VENDOR", {"at": to_wire(at)}))
        elif in_utc(known) != in_utc(at):
            raise UserError("fact.contradiction", fact="dates.notif_sous_traitant")
    return tuple(operations)


def correct(
    incident: Incident,
    book: FactBook,
    facts: Mapping[str, Plain],
    instants: Mapping[str, datetime],
    reason: str,
    now: datetime,
) -> Changes:
    """Change what is already set, with its reason; the former value stays visible for ever."""
    check_reason(reason)
    operations: list[Operation] = []
    before: dict[str, Plain] = {}
    for fact, plain in facts.items():
        value = spec_of(book, fact).check(plain)
        record = incident.facts.get(fact)
        if record is None:
            raise UserError("fact.not_set", fact=fact)
        before[fact] = record.value
        operations.append(Operation("fact", fact, {"value": value, "presumed": False}))
    for name, at in instants.items():
        check_instant(name, at, now)
        if name not in incident.instants:
            raise UserError("fact.not_set", fact=name)
        before[name] = to_wire(incident.instants[name])
        operations.append(Operation("instant", name, {"at": to_wire(at)}))
        if name == "T_VENDOR" and "dates.notif_sous_traitant" in incident.answers:
            operations.append(
                Operation("answer", "dates.notif_sous_traitant", {"value": to_wire(at)})
            )
    return Changes("fact.correct", tuple(operations), {"reason": reason, "before": before})


def set_scenario(
    incident: Incident, scenario: ScenarioId, presets: Mapping[str, Plain], reason: str
) -> Changes:
    """Follow another list; what was done and answered is kept (scenarios.md 1, rule 1)."""
    check_reason(reason)
    open_facts = {
        fact: value
        for fact, value in presets.items()
        if fact not in incident.facts or incident.facts[fact].presumed
    }
    gone = tuple(
        Operation("fact", fact, None)
        for fact, record in incident.facts.items()
        if record.presumed and fact not in open_facts
    )
    kept = header(incident, scenario=scenario)
    return Changes(
        "incident.scenario",
        (kept, *gone, *presets_as_operations(open_facts)),
        {"scenario": scenario, "before": incident.scenario, "reason": reason},
    )


def header(
    incident: Incident,
    scenario: ScenarioId | None = None,
    state: IncidentState | None = None,
) -> Operation:
    """The record of the incident itself, with another list or another state."""
    return Operation(
        "incident",
        "incident",
        {
            "number": incident.number,
            "scenario": scenario or incident.scenario,
            "state": (state or incident.state).value,
            "opened_at": to_wire(incident.opened_at),
        },
    )


def check_reason(reason: str) -> None:
    """A reason is at least five characters; UserError `reason.missing`."""
    if len(reason.strip()) < 5:
        raise UserError("reason.missing")


def check_open(incident: Incident) -> None:
    """UserError `incident.closed` when the incident has ended."""
    if incident.state is IncidentState.CLOSED:
        raise UserError("incident.closed", incident=incident.number)


