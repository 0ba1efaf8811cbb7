"""Erasing on purpose (2.8, T21): told first, finished after a crash, scoped, and nothing left."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinicir.domain.audit import EntryDraft
from clinicir.domain.changes import Operation
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.ids import IncidentId, ObjectId
from clinicir.vault.ciphers import BodyCiphers
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.key_files import KeyFiles
from clinicir.vault.keys import KeyRing
from clinicir.vault.vault import Vault
from clinicir.vault.verify import Verdict, verify_bodies, verify_chain
from tests.campaigns.verifier_agreement import in_subprocess, program_verdict, shipped_verdict
from tests.vault.crash import (
    BY,
    FIRST,
    ROOT,
    SECOND,
    NoLock,
    SteadyClock,
    Story,
    open_on,
    remember_pure_results,
)
from tests.vault.key_samples import MASTER
from tests.vault.simfs import Image, SimDisk

CANARY = b"2 85 05 78 006 084 36 canari"
REASON = "dossier clos depuis cinq ans"
Act = Callable[[Vault], None]


def told_story(disk: SimDisk) -> Story:
    """Two incidents with an exhibit each and a draft; the first one also has a paper."""
    story = Story.begin(disk)
    for incident in (FIRST, SECOND):
        story.open_incident(incident)
        story.set_fact(incident, "free_notes", CANARY.decode())
        story.add_evidence(incident, CANARY)
        story.vault.save_draft(incident, {"note": CANARY.decode()})
    paper = story.vault.put(b"papier " + CANARY, FIRST, {})
    story.commit(EntryDraft("doc.issued", FIRST, BY, object_digest=paper.cipher_sha256))
    return story


def exhibits(vault: Vault, incident: IncidentId) -> tuple[ObjectId, ...]:
    return tuple(ObjectId(key) for key in vault.records(incident, "evidence"))


def whole(vault: Vault, incident: IncidentId = FIRST) -> None:
    record = Operation("erasure", "incident", {"number": "2026-001", "reason": REASON})
    draft = EntryDraft("purge", incident, BY, (record,), {"reason": REASON})
    vault.erase(draft, exhibits(vault, incident))


def only_evidence(vault: Vault, incident: IncidentId = FIRST) -> None:
    draft = EntryDraft("purge.evidence", incident, BY, detail={"reason": REASON})
    vault.erase(draft, exhibits(vault, incident))


def on_disk(root: Path, image: Image) -> Path:
    """The same vault on the real disk."""
    for name, content in image.items():
        path = root / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root / "vault"


def verdicts(root: Path, image: Image) -> Iterator[Verdict]:
    vault = on_disk(root, image)
    yield verify_chain(vault)
    assert shipped_verdict(in_subprocess, vault) == program_verdict(vault)
    ring = KeyRing(MASTER, story_files(vault))
    yield verify_bodies(vault, BodyCiphers(ring).get, ring.head_key)


def story_files(vault: Path) -> KeyFiles:
    found = re.search(rb'"vault":"([0-9a-f]{32})"', (vault / "vault.json").read_bytes())
    assert found is not None
    return KeyFiles(OsFileSystem(), vault, found[1].decode(), may_mend=False)


@pytest.mark.parametrize("act", [whole, only_evidence])
def test_the_chain_holds_and_the_tombstone_stays_readable(act: Act, tmp_path: Path) -> None:
    story = told_story(SimDisk())
    act(story.vault)
    n = story.vault.position.n
    entry = list(story.vault.journal(FIRST))[-1]
    assert (entry.kind.split(".")[0], entry.sealed, entry.detail["reason"]) == (
        "purge", False, REASON,
    )  # fmt: skip
    for verdict in verdicts(tmp_path, story.disk.image()):
        assert (verdict.findings, verdict.erasures) == ((), (n,))
    again = open_on(story.disk)
    assert list(again.journal(FIRST))[-1].detail == entry.detail
    assert again.state.read_only is None
    assert (again.state.missing_objects, again.state.sealed_incidents) == ((), ())


def test_the_whole_incident_is_gone_at_once_and_after() -> None:
    story = told_story(SimDisk())
    whole(story.vault)
    for vault in (story.vault, open_on(story.disk)):
        assert vault.incidents() == (SECOND,)
        assert vault.erased() == (FIRST,)
        assert vault.records(FIRST, "fact") == vault.records(FIRST, "evidence") == {}
        assert vault.records(FIRST, "erasure")["incident"]["number"] == "2026-001"
        assert all(e.sealed for e in vault.journal(FIRST) if e.kind != "purge")
        assert vault.read_object(exhibits(vault, SECOND)[0], SECOND) == CANARY
        for draft in (EntryDraft("note.add", FIRST, BY), EntryDraft("incident.open", FIRST, BY)):
            with pytest.raises(StorageError, match=r"key\.missing"):
                vault.commit(draft)
        with pytest.raises(UserError, match=r"incident\.unknown"):
            whole(vault)


def test_only_the_exhibits_are_gone() -> None:
    story = told_story(SimDisk())
    [exhibit] = exhibits(story.vault, FIRST)
    only_evidence(story.vault)
    for vault in (story.vault, open_on(story.disk)):
        assert vault.incidents() == (FIRST, SECOND)
        assert vault.records(FIRST, "fact")["free_notes"] == {"value": CANARY.decode()}
        with pytest.raises(StorageError, match=r"vault\.object_missing"):
            vault.read_object(exhibit, FIRST)
        assert vault.load_draft(FIRST) == {"note": CANARY.decode()}
    kept = [path for path in story.disk.image() if path.endswith(".cev")]
    assert len(kept) == 2, "the paper of the first incident, the exhibit of the second"


@pytest.mark.parametrize("act", [whole, only_evidence])
def test_an_erasure_hides_nothing_else(act: Act, tmp_path: Path) -> None:
    """Objects of another incident, of another kind and later ones are still owed."""
    story = told_story(SimDisk())
    act(story.vault)
    story.add_evidence(SECOND, b"plus tard")
    if act is only_evidence:
        story.add_evidence(FIRST, b"plus tard aussi")
    image = story.disk.image()
    objects = [path for path in image if path.endswith(".cev")]
    assert len(objects) == (2 if act is whole else 4)
    for number, victim in enumerate(objects):
        changed = {path: image[path] for path in image if path != victim}
        for verdict in verdicts(tmp_path / str(number), changed):
            assert [finding.code for finding in verdict.findings] == ["object.changed"]


def test_t21_nothing_of_an_erased_incident_is_left_in_any_file() -> None:
    story = told_story(SimDisk())
    key = story.vault.ring.incident_key(FIRST)
    before = story.disk.image()
    wrapped = [before[f"/vault/{folder}/ik-{FIRST}.json"] for folder in ("keys", "keys.bak")]
    whole(story.vault)
    story.vault.close()
    sought = [CANARY, key.key, key.body_key, key.key.hex().encode(), base64.b64encode(key.key)]
    for record in wrapped:
        found = re.search(rb'"ct":"([0-9a-f]+)"', record)
        assert found is not None
        sought += [record, found[1], bytes.fromhex(found[1].decode())]
    after = story.disk.image()
    assert [path for path in after if FIRST in path] == []
    for path, content in after.items():
        for needle in sought:
            assert needle not in content, path
    # every byte that ever was in the two key files was overwritten before the files went
    lasting = [n.content for n in story.disk._nodes.values()]
    assert not any(needle in bytes(content) for content in lasting for needle in sought)


@pytest.mark.parametrize("dir_sync", [True, False])
@pytest.mark.parametrize("act", [whole, only_evidence])
def test_an_erasure_cut_anywhere_is_finished_at_the_next_opening(
    act: Act, dir_sync: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_pure_results(monkeypatch)
    story = told_story(SimDisk(dir_sync=dir_sync))
    story.vault.close()
    start = story.disk.moment
    vault = open_on(story.disk)
    before = vault.position.n
    [exhibit] = exhibits(vault, FIRST)
    act(vault)
    seen, finished = set(), 0
    for _, image in story.disk.crash_images(cuts=6, since=start):
        if (digest := hash(frozenset(image.items()))) in seen:
            continue
        seen.add(digest)
        disk = SimDisk(image, dir_sync=dir_sync)
        again = open_on(disk)
        assert again.state.read_only is None
        assert (again.state.sealed_incidents, again.state.missing_objects) == ((), ())
        told = any(e.kind.startswith("purge") for e in again.journal(FIRST))
        assert told == (again.position.n > before and again.journal_size(FIRST) == 5)
        left = [path for path in disk.image() if exhibit in path or f"ik-{FIRST}" in path]
        assert len(left) == ((0 if act is whole else 2) if told else 3), left
        assert FIRST not in again.incidents() if told and act is whole else True
        finished += told
        changes = len(disk.ops)
        again.close()
        open_on(disk)
        assert len(disk.ops) == changes, "the second opening still erases"
    assert finished >= 20
    assert len(seen) > finished


def test_a_key_that_is_gone_without_being_told_is_an_alarm() -> None:
    story = told_story(SimDisk())
    image = {p: c for p, c in story.disk.image().items() if f"ik-{FIRST}" not in p}
    vault = open_on(SimDisk(image))
    assert vault.state.sealed_incidents == (FIRST,)
    assert vault.incidents() == (SECOND,)
    assert vault.erased() == ()


def test_a_disk_that_refuses_to_erase_closes_the_vault_and_the_next_opening_goes_on() -> None:
    story = told_story(SimDisk())
    story.disk.fault = lambda name, path: (
        OSError(5, "refused") if name == "open_update" and "/keys" in path else None
    )
    with pytest.raises(StorageError, match=r"disk\.failure"):
        whole(story.vault)
    assert story.vault.state.read_only == "disk.failure"
    story.disk.fault = None
    again = open_on(story.disk)
    assert again.erased() == (FIRST,)
    assert [path for path in story.disk.image() if FIRST in path] == []


def test_leftovers_under_an_erased_key_are_erased_wherever_they_lie() -> None:
    """An unfinished copy, an orphan set aside, a draft whose replacement was cut."""
    story = told_story(SimDisk())
    image = story.disk.image()
    sealed = next(c for p, c in image.items() if exhibits(story.vault, FIRST)[0] in p)
    extra = {
        "/vault/quarantine/000-0123456789abcdef0123456789abcdef.cev": sealed,
        "/vault/tmp/0123456789abcdef0123456789abcdef": sealed,
        f"/vault/drafts/{FIRST}.draft.tmp": b"draft",
    }
    disk = SimDisk(image | {path: c for path, c in extra.items() if "/tmp/" not in path})
    vault = open_on(disk)
    disk._names["/vault/tmp/0123456789abcdef0123456789abcdef"] = disk._names[
        "/vault/quarantine/000-0123456789abcdef0123456789abcdef.cev"
    ]
    whole(vault)
    assert not set(extra) & set(disk.image())
    assert vault.state.read_only is None


def test_a_vault_whose_incidents_are_all_erased_keeps_its_practice() -> None:
    story = told_story(SimDisk())
    whole(story.vault, FIRST)
    whole(story.vault, SECOND)
    vault = Vault.open_with(
        ROOT, lambda files: KeyRing(MASTER, files), SteadyClock(), story.disk, NoLock()
    )
    assert vault.incidents() == ()
    assert vault.erased() == (FIRST, SECOND)
    assert vault.commit(EntryDraft("practice.set", None, BY)).n == vault.position.n
