"""What was filed and where: notifications to the CNIL, version after version, and other acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinicir.domain.changes import Changes, Operation
from clinicir.domain.clock import from_wire, to_wire
from clinicir.domain.errors import UserError
from clinicir.domain.ids import Plain, PlainMap, RuleId


class Version(StrEnum):
    """Types of notification (cnil.md 1.2)."""

    INITIAL = "initiale"
    COMPLEMENTARY = "complementaire"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Filing:
    """A version frozen when it was filed: its facts no longer move."""

    number: str
    """Ours: `N-001`."""
    authority: str
    version: Version
    reference: str
    """Number given by the authority, possibly empty."""
    receipt: str
    """Number of the exhibit that proves it, possibly empty."""
    at: datetime
    by: str
    answers: Mapping[str, Plain]
    """Every answer of the form at that instant, derived ones included."""

    @classmethod
    def from_plain(cls, number: str, plain: PlainMap) -> Filing:
        """Reverse of `to_plain`."""
        answers = plain["answers"]
        return cls(
            number,
            str(plain["authority"]),
            Version(str(plain["version"])),
            str(plain["reference"]),
            str(plain["receipt"]),
            from_wire(str(plain["at"])),
            str(plain["by"]),
            answers if isinstance(answers, dict) else {},
        )

    def to_plain(self) -> dict[str, Plain]:
        """Record of kind `filing`."""
        return {
            "authority": self.authority,
            "version": self.version.value,
            "reference": self.reference,
            "receipt": self.receipt,
            "at": to_wire(self.at),
            "by": self.by,
            "answers": dict(self.answers),
        }


@dataclass(frozen=True)
class Submission:
    """An act toward an authority other than the CNIL, with its proof."""

    number: str
    rule: RuleId
    channel: str
    reference: str
    receipt: str
    at: datetime
    by: str

    @classmethod
    def from_plain(cls, number: str, plain: PlainMap) -> Submission:
        """Reverse of `to_plain`."""
        return cls(
            number,
            RuleId(str(plain["rule"])),
            str(plain["channel"]),
            str(plain["reference"]),
            str(plain["receipt"]),
            from_wire(str(plain["at"])),
            str(plain["by"]),
        )

    def to_plain(self) -> dict[str, Plain]:
        """Record of kind `submission`."""
        return {
            "rule": self.rule,
            "channel": self.channel,
            "reference": self.reference,
            "receipt": self.receipt,
            "at": to_wire(self.at),
            "by": self.by,
        }


def next_version(filings: tuple[Filing, ...]) -> Version:
    """What the next paper is: the first one initial, all others complementary."""
    return Version.COMPLEMENTARY if filings else Version.INITIAL


def check_version(filings: tuple[Filing, ...], version: Version) -> None:
    """A complementary one needs an earlier one, and only it may follow.

    UserError `notification.bad_version`.
    """
    if bool(filings) != (version is Version.COMPLEMENTARY):
        raise UserError("notification.bad_version", version=version.value)


def file_notification(filing: Filing, filings: tuple[Filing, ...]) -> Changes:
    """Freeze a version."""
    check_version(filings, filing.version)
    return Changes(
        "notification.filed",
        (Operation("filing", filing.number, filing.to_plain()),),
        {
            "authority": filing.authority,
            "version": filing.version.value,
            "reference": filing.reference,
            "receipt": filing.receipt,
        },
    )


def record_submission(submission: Submission) -> Changes:
    """Keep the proof of an act."""
    return Changes(
        "submission.recorded",
        (Operation("submission", submission.number, submission.to_plain()),),
        {
            "rule": submission.rule,
            "channel": submission.channel,
            "reference": submission.reference,
            "receipt": submission.receipt,
        },
    )


@dataclass(frozen=True)
class Change:
    """One answer that moved between two versions."""

    slug: str
    before: Plain
    after: Plain


def changes_since(filing: Filing, answers: Mapping[str, Plain]) -> tuple[Change, ...]:
    """What differs from a filed version, in the order of the slugs of both."""
    slugs = dict.fromkeys((*filing.answers, *answers))
    return tuple(
        Change(slug, filing.answers.get(slug), answers.get(slug))
        for slug in slugs
        if filing.answers.get(slug) != answers.get(slug)
    )
