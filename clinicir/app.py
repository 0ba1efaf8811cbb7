"""Composition root: the only module that knows every room.

Everything is imported by the factories that need it, so that a command pays only for what it
uses, and the window shows its first page before the rest is read.
"""

from __future__ import annotations

import gc
import sys
from contextlib import closing
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinicir.domain.audit import Verification
    from clinicir.domain.deadline import Calendar
    from clinicir.domain.directory import Directory
    from clinicir.domain.disclosure import Wanted
    from clinicir.domain.ids import ScenarioId
    from clinicir.domain.knowledge import Knowledge
    from clinicir.domain.playbook import Playbooks, Scenario
    from clinicir.domain.story import Event, Story
    from clinicir.services.anchor_ports import AnchorFiles
    from clinicir.services.ports import Printer, Request
    from clinicir.services.story_player import Player
    from clinicir.system_clock import SystemClock
    from clinicir.ui.jobs import Jobs
    from clinicir.ui.shell import Shell
    from clinicir.ui.single import FirstInstance
    from clinicir.ui.threshold import Threshold
    from clinicir.vault.keys import KeyRing
    from clinicir.vault.vault import Vault

    Write = Callable[[str], None]

_GROUP = "groupe"
_PARIS = "Europe/Paris"
_DEMO_STORY = "amelipro.toml"
_DEMO_FOLDER = "clinicir-demo"
_VAULT_FOLDER = "coffre"
_CABINET = "cabinet"
_EXERCISES = "exercices"
_DRILL_PAGE = "drill"
_HEADER = "vault.json"


def main() -> int:
    """Entry point of `clinicir` and of `python -m clinicir`."""
    from clinicir.launch import has_screen, window_asked
    from clinicir.preview.limits import HIDDEN_ARGUMENT

    if len(sys.argv) == 3 and sys.argv[1] == HIDDEN_ARGUMENT:
        from clinicir.preview.worker import main as worker

        return worker(sys.argv[2])
    asked = window_asked(sys.argv[1:])
    if asked is None or not has_screen():
        from clinicir import cli

        return cli.run(sys.argv[1:], Application())
    try:
        return Application().app(asked.vault, exercise=asked.exercise)
    except (Exception, KeyboardInterrupt) as problem:
        from clinicir import cli

        return cli.tell(problem)


@cache
def load_knowledge() -> Knowledge:
    """Read everything that is bundled; UserError `content.*` names file and key."""
    from clinicir import paths
    from clinicir.content.decisions import load_decisions
    from clinicir.content.directory import load_directory
    from clinicir.content.facts import load_facts
    from clinicir.content.forms import load_form
    from clinicir.content.obligations import load_rules
    from clinicir.content.offences import load_offences
    from clinicir.content.playbooks import load_playbooks
    from clinicir.content.wording import load_wording
    from clinicir.domain.knowledge import Knowledge

    checklists = paths.checklists()
    facts = load_facts(checklists)
    playbooks = load_playbooks(checklists)
    directory = load_directory(checklists)
    cnil_form = load_form(checklists, "cnil")
    return Knowledge(
        facts=facts,
        playbooks=playbooks,
        group_scenarios=_with_group(playbooks),
        rules=load_rules(checklists, playbooks.library),
        decisions=load_decisions(checklists),
        cnil_form=cnil_form,
        cert_sante_form=load_form(checklists, "cert_sante"),
        offences=load_offences(checklists, {*facts, *cnil_form.fields}),
        directory=directory,
        wording=load_wording(paths.resources()),
        calendar_of=_calendars(directory),
    )


def _calendars(directory: Directory) -> Callable[[str], Calendar]:
    """Each made once, when first asked for."""
    from clinicir import paths
    from clinicir.content.calendar import NATIONAL, holiday_calendar, read_local_days

    local_days = read_local_days(paths.checklists())

    @cache
    def calendar_of(department: str) -> Calendar:
        known = directory.departments.get(department)
        if known is None:
            return holiday_calendar(NATIONAL, _PARIS, local_days)
        return holiday_calendar(known.holidays, known.zone, local_days)

    return calendar_of


def complete_dossier(story: Story) -> Story:
    """The story, then every kind of paper that it did not ask for, at its last instant."""
    from dataclasses import replace

    from clinicir import cli
    from clinicir.domain.story import Event, text_of

    last = story.events[-1]
    asked = {text_of(event.given, "document") for event in story.events}
    missing = (kind for kind in cli.KINDS if kind not in asked)
    more = (Event(last.at, last.by, "produce", {"document": kind}) for kind in missing)
    return replace(story, events=(*story.events, *more))


def _with_group(playbooks: Playbooks) -> dict[ScenarioId, Scenario]:
    from clinicir.content.playbooks import merge_overlay
    from clinicir.domain.ids import ScenarioId

    overlay = playbooks.scenarios[ScenarioId(_GROUP)]
    return {
        name: scenario if scenario.overlay else merge_overlay(scenario, overlay)
        for name, scenario in playbooks.scenarios.items()
    }


def _verify(vault: Path) -> Verification:
    from clinicir.vault.verify import verification, verify_chain

    return verification(verify_chain(vault))


def paper_printer(vault: Vault) -> Printer:
    """Papers stamped for one vault; ReportLab is paid for here and nowhere else."""
    from clinicir import paths
    from clinicir.documents.printer import PaperPrinter

    return PaperPrinter(vault.header.vault_id, paths.fonts())


class Application:
    """Implements `clinicir.cli.Program`."""

    @cached_property
    def knowledge(self) -> Knowledge:
        """All that is bundled."""
        return load_knowledge()

    def app(self, vault: Path | None, *, exercise: bool = False) -> int:
        """The window; all that is behind its first page is paid for once that is on screen."""
        from clinicir import paths
        from clinicir.ui.application import Start, run

        root = vault or paths.vaults_root() / _CABINET
        place = root.resolve()

        def alone() -> FirstInstance:
            from clinicir.ui.single import FirstInstance

            return FirstInstance(str(place))

        settings = paths.user_root() / "fenetre.ini"

        def load() -> Callable[[Threshold, Jobs], Shell]:
            # A look through all that was just read would stop the window for a quarter of a second.
            gc.disable()
            try:
                return self._behind(root, settings, exercise=exercise, apart=vault is not None)
            finally:
                gc.freeze()
                gc.enable()

        return run(Start(settings, paths.resources(), lambda: has_vault(root), alone, load))

    def _behind(
        self, root: Path, settings: Path, *, exercise: bool, apart: bool
    ) -> Callable[[Threshold, Jobs], Shell]:
        """What is behind the first page; `apart`: not the vault of this account."""
        from clinicir import __version__, paths
        from clinicir.door import Door
        from clinicir.drill_room import DrillRoom
        from clinicir.intake import identifiers, line_files
        from clinicir.preview.viewer import WorkerViewer
        from clinicir.services.preview import Previews
        from clinicir.ui.shell import Shell
        from clinicir.ui.tools import Tools

        clock = _clock()
        wording, resources = self.knowledge.wording, paths.resources()
        door = Door(root, clock, wording, resources, _verify)
        beside = root.parent / _EXERCISES if apart else paths.exercises_root()
        stories = paths.checklists() / "stories"
        drills = DrillRoom(beside, stories, clock, wording, resources, _verify)
        tools = Tools(door, self.knowledge, clock, settings, __version__, root.resolve(),
                      resources, identifiers.check, drills, _DRILL_PAGE if exercise else "",
                      Previews(WorkerViewer()), line_files.read_lines)  # fmt: skip
        return lambda threshold, jobs: Shell(tools, threshold, jobs)

    def replay(
        self, story: Path, out: Path, vault: Path | None, passphrase: str | None, write: Write
    ) -> None:
        """Play a story into a new drill vault and write its papers and `summary.json`."""
        from clinicir.content.stories import load_story
        from clinicir.replay import Replay

        replay = Replay(self.knowledge, paper_printer, load_story(story), story.parent, out)

        def acknowledge(_event: Event, player: Player) -> None:
            position = player.session.store.position
            write(f"{position.n} {position.head}")

        replay.run(vault or out / _VAULT_FOLDER, passphrase, acknowledge)

    def demo(self, out: Path | None, write: Write) -> Path:
        """Play the bundled story and tell it as it goes; folder of its vault."""
        from clinicir import paths
        from clinicir.content.stories import load_story
        from clinicir.replay import Account, Replay
        from clinicir.texts import commands as say

        folder = out or _free_folder(Path.cwd())
        path = paths.checklists() / "stories" / _DEMO_STORY
        replay = Replay(
            self.knowledge, paper_printer, complete_dossier(load_story(path)), path.parent, folder
        )
        write(say.demo_opening(replay.story.title))

        account = Account(write)
        replay.run(
            folder / _VAULT_FOLDER,
            None,
            lambda event, player: account.tell(event, player, replay.take_lines()),
        )
        write("")
        for line in replay.closing_lines:
            write(line)
        write("")
        for line in say.verification(self.verify(folder / _VAULT_FOLDER, None)):
            write(line)
        write("")
        for line in say.closing(str(folder), len(replay.papers)):
            write(line)
        return folder / _VAULT_FOLDER

    def verify(self, path: Path, passphrase: str | None) -> Verification:
        """Chain and objects without a key, bodies too with the passphrase."""
        from clinicir.domain.errors import UserError
        from clinicir.vault.ciphers import BodyCiphers
        from clinicir.vault.verify import verification, verify_bodies

        if path.is_file():
            from clinicir import transfer

            return transfer.verify(path, passphrase)
        if not path.is_dir():
            raise UserError("input.unreadable", file=path.name)
        root = path / _VAULT_FOLDER if (path / _VAULT_FOLDER / _HEADER).is_file() else path
        if passphrase is None:
            return _verify(root)
        ring = _keys_to_read(root, passphrase)
        return verification(verify_bodies(root, BodyCiphers(ring).get, ring.head_key))

    def pdf(
        self, vault: Path, incident: str, request: Request, out: Path, passphrase: str,
        write: Write,
    ) -> None:  # fmt: skip
        """One paper of an existing vault."""
        from clinicir.domain.errors import StorageError
        from clinicir.replay import Outbox
        from clinicir.services.documents import produce
        from clinicir.services.session import Session
        from clinicir.texts import commands as say
        from clinicir.vault.slots import Passphrase
        from clinicir.vault.vault import Vault

        clock = _clock()
        with Vault.open(vault, Passphrase(passphrase), clock) as store:
            if store.state.read_only is not None:
                raise StorageError(store.state.read_only, entry=store.state.at_entry)
            session = Session(store, self.knowledge, clock)
            production = produce(
                session, paper_printer(store), lambda: _verify(vault), session.find(incident),
                request, say.COMMAND_LINE,
            )  # fmt: skip
        outbox = Outbox(out)
        outbox.keep(production)
        for line in outbox.take_lines():
            write(line)

    def export(self, vault: Path | None, wanted: Wanted, passphrase: str, write: Write) -> None:
        """A backup or a dossier of an existing vault; without one, that of this account."""
        from clinicir import paths, transfer
        from clinicir.services.session import Session
        from clinicir.vault.slots import Passphrase
        from clinicir.vault.vault import Vault

        root, clock = vault or paths.vaults_root() / _CABINET, _clock()
        with Vault.open(root, Passphrase(passphrase), clock) as store:
            transfer.export(Session(store, self.knowledge, clock), store, root, wanted, write)

    def bring_in(self, file: Path, into: Path, ask: Callable[[str], str], write: Write) -> None:
        """A backup becomes a vault, a dossier a folder."""
        from clinicir import transfer

        transfer.bring_in(file, into, _clock(), ask, write)

    def purge(
        self, vault: Path, wanted: tuple[str, str, str] | None, passphrase: str, write: Write
    ) -> None:
        """What is due, or (incident, scope, reason) erased."""
        from clinicir import erasing

        erasing.purge(vault, wanted, passphrase, self.knowledge, _clock(), write)

    def anchor(self, vault: Path, files: AnchorFiles, passphrase: str, write: Write) -> None:
        """A checkpoint leaves, or the stamp of an authority comes back."""
        from clinicir import anchoring

        anchoring.anchor(vault, files, passphrase, self.knowledge, _clock(), write)

    def recover(self, vault: Path, code: str, passphrase: str, write: Write) -> None:
        """Open with the recovery sheet and choose a new passphrase."""
        from clinicir import paths
        from clinicir.door import Door
        from clinicir.texts import commands as say

        wording, resources = self.knowledge.wording, paths.resources()
        with closing(Door(vault, _clock(), wording, resources, _verify)) as door:
            door.recover(code, passphrase)
        write("\n".join(say.RECOVERED))

    def doctor(self, write: Write) -> bool:
        """Check the program and the machine; True when all is well."""
        from clinicir.self_check import check_all
        from clinicir.texts import commands as say

        results = check_all(self.knowledge)
        for line in say.checks(results):
            write(line)
        return all(result.good for result in results)


def has_vault(root: Path) -> bool:
    """As `door.Door.exists` says, without what a door needs."""
    return (root / _HEADER).is_file() or (root / "keys.bak" / _HEADER).is_file()


def _clock() -> SystemClock:
    from zoneinfo import ZoneInfo

    from clinicir.system_clock import SystemClock

    return SystemClock(ZoneInfo(_PARIS))


def _keys_to_read(root: Path, passphrase: str) -> KeyRing:
    """Keys of a vault that is only looked at: nothing is mended, nothing is locked."""
    from clinicir.vault.disk import OsFileSystem
    from clinicir.vault.header import load_header
    from clinicir.vault.key_files import KeyFiles
    from clinicir.vault.slots import Passphrase, open_slots

    disk = OsFileSystem()
    header, _ = load_header(disk, root, may_mend=False)
    files = KeyFiles(disk, root, header.vault_id, may_mend=False)
    return open_slots(files, Passphrase(passphrase))


def _free_folder(parent: Path) -> Path:
    """`clinicir-demo`, else `clinicir-demo-2`...: a demonstration never overwrites another."""
    folder, n = parent / _DEMO_FOLDER, 1
    while folder.exists():
        n += 1
        folder = parent / f"{_DEMO_FOLDER}-{n}"
    return folder
