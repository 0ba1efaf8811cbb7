"""Copies that leave the vault: what goes in each, and the entry that tells of it.

The entry is written once the copy was read back and before it gets its name: no copy leaves
without its trace, and none is told that did not succeed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from clinicir.domain.audit import AuditEntry
from clinicir.domain.changes import Changes
from clinicir.domain.disclosure import BACKUP, DPO, Choice, Selection
from clinicir.domain.ids import IncidentId, ObjectId, Plain
from clinicir.domain.incident import Issued
from clinicir.domain.playbook import FieldType
from clinicir.services.bundle_ports import BundleCopy, Bundles, DossierParts, Watch
from clinicir.services.session import Session

_PATIENT_KINDS = ("list.", "letters.")
ReadmeOf = Callable[[Selection], str]
"""Writes `LISEZMOI.txt`; the sentences live elsewhere."""


def select(session: Session, incident: IncidentId, choice: Choice, by: str) -> Selection:
    """Entries, exhibits and papers of an incident that a choice takes; `incident.unknown`.

    An exhibit that was withdrawn stays inside. The entry that names a chosen file always comes
    with it: it is what the file is checked against.
    """
    case = session.case(incident)
    state = case.incident
    evidence = tuple(
        piece for piece in state.evidence
        if choice.evidence and not piece.withdrawn and piece.number not in choice.without
    )  # fmt: skip
    documents = tuple(
        paper for paper in state.issued
        if choice.documents and paper.object_id is not None and paper.number not in choice.without
    )  # fmt: skip
    numbers = {piece.number for piece in evidence} | {paper.number for paper in documents}
    hidden = _patient_fields(session) if choice.profile == DPO else None
    entries, withheld = [], 0
    for entry in session.store.journal(incident):
        names_a_file = entry.kind in ("evidence.add", "doc.issued")
        named = names_a_file and entry.detail.get("number") in numbers
        told = choice.journal and (hidden is None or not _tells_patients(entry, hidden))
        if not entry.sealed and (named or told):
            entries.append(entry.n)
        else:
            withheld += 1
    number = session.store.records(incident, "incident").get("incident", {}).get("number", "")
    return Selection(
        number=str(number), practice=case.practice.name, profile=choice.profile,
        at=session.clock.now(), by=by,
        drill=case.drill, position=session.store.position, entries=tuple(entries),
        withheld=withheld, evidence=evidence, documents=documents,
    )  # fmt: skip


def dossier(
    session: Session,
    bundles: Bundles,
    incident: IncidentId,
    choice: Choice,
    target: Path,
    passphrase: str | None,
    readme_of: ReadmeOf,
    by: str,
    watch: Watch,
) -> BundleCopy:
    """Write a disclosure dossier, in clear when `passphrase` is None; raises as `Bundles`."""
    chosen = select(session, incident, choice, by)
    parts = DossierParts(
        entries=chosen.entries,
        evidence=tuple((incident, piece.object_id) for piece in chosen.evidence),
        documents=tuple((incident, _object_of(paper)) for paper in chosen.documents),
        readme=readme_of(chosen),
    )

    def tell(copy: BundleCopy) -> None:
        detail: dict[str, Plain] = {
            "profile": choice.profile, "sealed": passphrase is not None,
            "entries": len(chosen.entries),
            "pieces": ", ".join(piece.number for piece in chosen.evidence)[:20_000],
            "papers": ", ".join(paper.number for paper in chosen.documents)[:20_000],
        }  # fmt: skip
        _record(session, incident, copy, target.name, by, detail)

    return bundles.dossier(target, parts, passphrase, tell, watch)


def backup(session: Session, bundles: Bundles, target: Path, by: str, watch: Watch) -> BundleCopy:
    """Write an encrypted backup of the whole vault; raises as `Bundles`."""

    def tell(copy: BundleCopy) -> None:
        detail: dict[str, Plain] = {"profile": BACKUP, "missing": copy.missing}
        _record(session, None, copy, target.name, by, detail)

    return bundles.backup(target, tell, watch)


def _record(
    session: Session,
    incident: IncidentId | None,
    copy: BundleCopy,
    name: str,
    by: str,
    detail: Mapping[str, Plain],
) -> None:
    told: dict[str, Plain] = {
        "sha256": copy.sha256, "label": name[:200], "size": copy.size_bytes, **detail
    }  # fmt: skip
    session.commit(incident, Changes("backup.made", (), told), by)


def _object_of(paper: Issued) -> ObjectId:
    return paper.object_id or ObjectId("")


def _patient_fields(session: Session) -> frozenset[str]:
    """Answers that list patients."""
    fields = session.knowledge.playbooks.fields.values()
    return frozenset(spec.id for spec in fields if spec.type is FieldType.PATIENT_REFERENCES)


def _tells_patients(entry: AuditEntry, hidden: frozenset[str]) -> bool:
    if entry.kind.startswith(_PATIENT_KINDS):
        return True
    values: list[Plain] = [operation.value and dict(operation.value) for operation in
                           entry.operations]  # fmt: skip
    keys = {operation.key for operation in entry.operations}
    return bool(keys & hidden) or any(_mentions(v, hidden) for v in [*values, dict(entry.detail)])


def _mentions(value: Plain, hidden: frozenset[str]) -> bool:
    """True when one of these answers is filled somewhere inside."""
    if isinstance(value, dict):
        return any((k in hidden and bool(v)) or _mentions(v, hidden) for k, v in value.items())
    return isinstance(value, list) and any(_mentions(item, hidden) for item in value)
