"""Errors a person can be told about, each with a stable code.

The French sentence of a code is in `clinicir.texts.errors`: what happened, what is safe,
what to do.
Codes have the form `noun.problem`; once released a code never changes its meaning.
"""

from __future__ import annotations

CODES: frozenset[str] = frozenset(
    {
        # facts, instants, steps, obligations
        "fact.unknown", "fact.bad_value", "fact.already_set", "fact.not_set", "fact.derived",
        "fact.contradiction", "instant.unknown", "instant.in_future", "instant.no_offset",
        "instant.out_of_range", "cnil.unknown", "cnil.bad_value", "reason.missing", "text.too_long",
        "text.control",
        "step.unknown", "step.bad_move", "step.unknown_answer",
        "answer.bad_value", "scenario.unknown",
        "obligation.unknown", "decision.bad_choice", "assessment.bad_term", "incident.unknown",
        "incident.closed", "incident.not_closed", "address.not_public", "address.own",
        "address.bad_form", "tracker.bad_state", "tracker.same_line", "tracker.unknown_line",
        # evidence, notifications, papers
        "evidence.file_missing", "evidence.label_taken", "evidence.unknown", "evidence.unreadable",
        "evidence.changing", "evidence.cancelled", "evidence.too_large", "evidence.same",
        "evidence.too_many", "evidence.incident_full", "picture.too_large", "picture.unreadable",
        "notification.reason_for_not_notifying_missing",
        "notification.bad_version", "document.unknown", "document.unknown_variant",
        "document.patient_data", "document.gone",
        # stories
        "story.unreadable", "story.bad_toml", "story.unknown_key", "story.missing_key",
        "story.bad_type", "story.bad_value", "story.not_a_drill", "story.not_in_this_version",
        "story.expected_error_missing", "story.wrong_error", "event.out_of_order", "event.unknown",
        # bundled content
        "content.unknown_key", "content.missing_key", "content.bad_type", "content.bad_value",
        "content.unknown_reference", "content.bad_toml", "content.unreadable",
        # vault
        "vault.exists", "vault.locked", "vault.not_found", "vault.damaged", "vault.read_only",
        "vault.newer", "vault.bad_header", "vault.object_damaged", "vault.object_missing",
        "trail.damaged", "trail.acknowledged_missing", "entry.too_long",
        "key.wrong_passphrase", "key.wrong_recovery_code", "key.slot_damaged", "key.bad_parameters",
        "key.none_left", "key.missing", "key.damaged", "keyring.unavailable", "keyring.lost",
        "keyring.mismatch", "passphrase.too_weak",
        "disk.full", "disk.readonly", "disk.failure",
        # bundles: backups and dossiers
        "bundle.refused", "bundle.not_found", "bundle.damaged", "bundle.no_recovery",
        "bundle.too_large", "bundle.cancelled", "bundle.not_verified", "bundle.inside_vault",
        # time stamps of an outside authority
        "stamp.refused", "stamp.not_asked",
        # command line
        "input.unreadable", "input.no_passphrase",
        # lists brought as files
        "lines.too_large", "lines.too_many", "lines.unreadable", "lines.empty", "lines.patients",
        "lines.no_column",
    }
)


class ClinicirError(Exception):
    """Base of every error raised on purpose; `code` is one of `CODES`."""

    def __init__(self, code: str, **values: object) -> None:
        if code not in CODES:
            raise BugError(f"unlisted error code {code!r}")
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in sorted(self.values.items()))
        return f"{self.code}({inside})"


class UserError(ClinicirError):
    """The person can mend it: the input, the order of acts, the passphrase."""


class StorageError(ClinicirError):
    """The world refused: disk full, read-only folder, damaged or locked vault."""


class BugError(Exception):
    """Our fault; never explained away, shown by the last-resort handler."""
