"""The paper that prepares the online notification to the CNIL, in the order of its rubrics.

It is never the CNIL's form: what nobody could verify is marked, and nothing here is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from clinicir.documents.answers import AnswerText
from clinicir.documents.cnil_clock import first_due, first_filed_at, form_context, next_due
from clinicir.documents.cnil_warnings import warnings_of
from clinicir.documents.form_sheet import FormSheet
from clinicir.documents.gravity_page import gravity_section
from clinicir.documents.model import (
    Block,
    CheckLine,
    CheckLines,
    Column,
    Document,
    KeyFact,
    KeyFacts,
    Lines,
    Notice,
    Paragraph,
    Section,
    Table,
    WritingLines,
)
from clinicir.domain.answers import Answers, missing
from clinicir.domain.case import Case, CaseFile
from clinicir.domain.cnil_answers import answers_of
from clinicir.domain.due import Due, is_late
from clinicir.domain.errors import UserError
from clinicir.domain.notification import Filing, Version, check_version, next_version
from clinicir.domain.practice import Controller
from clinicir.texts import labels
from clinicir.texts.durations import duration, remaining
from clinicir.texts.encoders import exact_instant, long_instant

KIND = "cnil"
_OF_THE_CONTROLLER = "org."
"""Prefix of the answers about the legal entity itself."""
_OF_EACH_VERSION = frozenset({"notif.type", "notif.numero_initial"})


def build_cnil(file: CaseFile, variant: str = "") -> tuple[Document, ...]:
    """One paper per legal entity (architecture ruling 19); `variant` is a version or empty.

    Empty means the next version to file. A version already filed is printed again as it was.
    UserError `document.unknown_variant`, `notification.bad_version`.
    """
    case = file.case
    version = _version(case, variant)
    controllers = case.practice.controllers()
    return tuple(
        _Paper(case, version, controller, position if len(controllers) > 1 else 0).document()
        for position, controller in enumerate(controllers, start=1)
    )


def _version(case: Case, variant: str) -> Version:
    if not variant:
        return next_version(case.incident.filings)
    try:
        version = Version(variant)
    except ValueError:
        raise UserError("document.unknown_variant", document=KIND, variant=variant[:80]) from None
    if version is Version.COMPLEMENTARY or case.incident.filed(version) is None:
        check_version(case.incident.filings, version)
    return version


@dataclass(frozen=True)
class _Paper:
    """One version for one legal entity; `position` is 0 when there is only one."""

    case: Case
    version: Version
    controller: Controller
    position: int

    def document(self) -> Document:
        case = self.case
        sections = [Section("", tuple(self._head()))]
        if self._before is not None:
            sections.append(self._changes(self._before))
        sections += self._sheet.sections()
        sections += [self._after(), gravity_section(case)]
        part = f"-{self.position}" if self.position else ""
        return Document(
            kind=KIND,
            title=self._say("title"),
            sections=tuple(sections),
            practice=case.practice.name,
            case_number=case.incident.number,
            drill=case.drill,
            at=case.local(case.now),
            file_stem=f"{KIND}-{self.version.value}-{case.incident.number}{part}",
            subtitle=self._subtitle(),
            variant=self.version.value,
            missing=self._sheet.missing,
            needed=missing(
                case.knowledge.cnil_form,
                self._answers,
                self.version,
                form_context(case, self._answers),
            ),
        )

    def _say(self, key: str, **values: str) -> str:
        return self.case.knowledge.wording.text(f"cnil.{key}", **values)

    def _at(self, instant: datetime) -> str:
        return long_instant(instant, self.case.calendar.zone)

    def _subtitle(self) -> str:
        label = labels.VERSIONS[self.version]
        return f"{label} - {self.controller.name}" if self.position else label

    # --- what is printed -----------------------------------------------------------------------

    @cached_property
    def _again(self) -> Filing | None:
        """The filing that this paper prints again; a complementary one is always the next."""
        if self.version is Version.COMPLEMENTARY:
            return None
        return self.case.incident.filed(self.version)

    @cached_property
    def _before(self) -> Filing | None:
        """The version that this one completes."""
        filings = self.case.incident.filings
        return filings[-1] if self.version is Version.COMPLEMENTARY else None

    @cached_property
    def _answers(self) -> Answers:
        now = answers_of(self.case, self.controller, self.version)
        return self._of_controller(self._again.answers, now) if self._again else now

    def _of_controller(self, filed: Answers, now: Answers) -> Answers:
        """A filed version speaks for the practice: the entity of a group keeps its own identity."""
        if not self.position:
            return filed
        facts = {s: value for s, value in filed.items() if not s.startswith(_OF_THE_CONTROLLER)}
        own = {s: value for s, value in now.items() if s.startswith(_OF_THE_CONTROLLER)}
        return {**facts, **own}

    @cached_property
    def _sheet(self) -> FormSheet:
        case = self.case
        text = AnswerText(case.calendar.zone)
        aware = case.instant("T_BREACH", "T_ATTACK", "T_VENDOR")
        notes = {}
        if aware is not None:
            exact = exact_instant(aware, case.calendar.zone)
            notes["dates.connaissance"] = self._say("exact_hour", hour=exact)
        return FormSheet(
            form=case.knowledge.cnil_form,
            answers=self._answers,
            text=text,
            previous=None
            if self._before is None
            else self._of_controller(self._before.answers, self._answers),
            given=form_context(case, self._answers),
            instead={"dates.motifs_retard": self._in_time()},
            unmarked=_OF_EACH_VERSION,
            notes=notes,
            remarks={"R16": self._say("attachments")},
        )

    # --- clocks --------------------------------------------------------------------------------

    @cached_property
    def _due(self) -> Due:
        return first_due(self.case)

    @cached_property
    def _notified_at(self) -> datetime | None:
        return first_filed_at(self.case)

    def _in_time(self) -> str:
        aware, notified = self._due.origin_at, self._notified_at
        if aware is None or notified is None:
            return labels.NOT_APPLICABLE
        return self._say("in_time", delay=duration(notified - aware))

    def _clock(self) -> Iterator[Block]:
        due = self._due
        if due.origin_at is None or due.due_at is None:
            yield Notice("warning", self._say("no_clock"), self._say("no_clock_title"))
            return
        facts = [
            KeyFact(labels.INSTANTS["T_BREACH"], self._at(due.origin_at)),
            KeyFact(self._say("limit"), self._at(due.due_at)),
        ]
        if self._notified_at is None:
            facts.append(KeyFact(self._say("left"), remaining(due.due_at, self.case.now)))
        else:
            facts.append(KeyFact(self._say("filed"), self._at(self._notified_at)))
        yield KeyFacts(tuple(facts))
        yield Paragraph(self._say("weekends"), "small")
        if self._notified_at is None and is_late(due, self.case.now):
            late = duration(self.case.now - due.due_at)
            yield Notice("danger", self._say("late", delay=late), self._say("late_title"))

    def _completing(self) -> Iterator[Block]:
        if self._before is None:
            return
        target = next_due(self.case)
        if target.due_at is not None:
            key = "target_passed" if is_late(target, self.case.now) else "target"
            yield Notice(
                "warning" if key == "target_passed" else "info",
                self._say(key, limit=self._at(target.due_at)),
                self._say("target_title"),
            )

    # --- parts ---------------------------------------------------------------------------------

    def _head(self) -> Iterator[Block]:
        yield Paragraph(self._say("intro"), "lead")
        yield from self._clock()
        yield from self._completing()
        if self._again is not None:
            when = self._at(self._again.at)
            number = self._again.reference or labels.UNKNOWN
            yield Notice("info", self._say("again", at=when, number=number))
        if self.position:
            siren = self.controller.siren or labels.UNKNOWN
            yield Notice("info", self._say("group", name=self.controller.name, siren=siren))
        yield from warnings_of(self.case)
        yield Lines(self.case.knowledge.wording.lines("cnil.before_typing"))

    def _changes(self, before: Filing) -> Section:
        sheet = self._sheet
        number = before.reference or labels.UNKNOWN
        rows = tuple(
            (each.label, sheet.shown(each, before=True), sheet.shown(each))
            for each in sheet.changed
        )
        nothing = self._say("nothing_yet")
        columns = tuple(
            Column(self._say(key), width)
            for key, width in (("changed_field", 1.0), ("was", 1.4), ("now", 1.4))
        )
        return Section(
            self._say("changes_title"),
            (
                Paragraph(self._say("changes", at=self._at(before.at), number=number)),
                Table(
                    columns,
                    tuple((label, was or nothing, now or nothing) for label, was, now in rows),
                    self._say("no_change"),
                ),
            ),
        )

    def _after(self) -> Section:
        checks = self.case.knowledge.wording.lines("cnil.after_filing")
        return Section(
            self._say("after_title"),
            (
                CheckLines(tuple(CheckLine(text) for text in checks)),
                WritingLines(self._say("number_to_write"), 1),
                WritingLines(self._say("hour_to_write"), 1),
            ),
        )
