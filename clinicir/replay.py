"""A story played into a new drill vault, with its papers in a folder (architecture ruling 2)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from clinicir import paths
from clinicir.domain.errors import StorageError, UserError
from clinicir.domain.ids import IncidentId
from clinicir.domain.knowledge import Knowledge
from clinicir.domain.practice import Practice
from clinicir.domain.story import Event, Story
from clinicir.services import practice as practices
from clinicir.services.documents import Produced, Production
from clinicir.services.ports import Printer
from clinicir.services.session import Session
from clinicir.services.story_player import Player, StoryClock
from clinicir.services.summary import summary
from clinicir.texts import commands as say
from clinicir.texts import narration
from clinicir.vault.fsio import storage_error
from clinicir.vault.passphrase import load_words, propose
from clinicir.vault.recovery_code import generate
from clinicir.vault.slots import Passphrase, RecoveryCode
from clinicir.vault.vault import Vault
from clinicir.vault.verify import verification, verify_chain

Write = Callable[[str], None]
PrinterOf = Callable[[Vault], Printer]


class Outbox:
    """A folder where papers are written in clear, each once."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when it does not exist; StorageError `disk.*`."""
        self.folder = folder
        self.papers: list[tuple[Produced, str]] = []
        self.attachments: list[str] = []
        self._lines: list[str] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise storage_error(problem) from problem

    def keep(self, production: Production) -> None:
        """Write papers and attachments."""
        for paper in production.papers:
            self.write(paper.name, paper.content)
            self.papers.append((paper, paper.name))
            self._lines.append(say.paper_line(paper.name, paper.pages, len(paper.missing)))
        for name, content in production.attachments:
            self.write(name, content)
            if name not in self.attachments:
                self.attachments.append(name)

    def take_lines(self) -> tuple[str, ...]:
        """One line of account a paper, since the last call."""
        lines, self._lines = tuple(self._lines), []
        return lines

    def write(self, name: str, content: bytes) -> None:
        """One file; StorageError `disk.*`."""
        try:
            (self.folder / name).write_bytes(content)
        except OSError as problem:
            raise storage_error(problem) from problem


class Replay:
    """One story, one new vault, one folder of papers (architecture ruling 2)."""

    def __init__(
        self, knowledge: Knowledge, printer: PrinterOf, story: Story, folder: Path, out: Path
    ) -> None:
        """`printer` makes the one of a vault; files named by the story are in `folder`.

        UserError `story.not_a_drill`.
        """
        if not story.drill:
            raise UserError("story.not_a_drill")
        self.story = story
        self._knowledge, self._printer = knowledge, printer
        self._folder = folder
        self._outbox = Outbox(out)
        self._practice = Practice.from_plain(story.practice)
        self.closing_lines: tuple[str, ...] = ()

    @property
    def papers(self) -> list[tuple[Produced, str]]:
        """Papers written so far."""
        return self._outbox.papers

    def take_lines(self) -> tuple[str, ...]:
        """Account of the papers written since the last call."""
        return self._outbox.take_lines()

    def run(
        self, root: Path, passphrase: str | None, tell: Callable[[Event, Player], None]
    ) -> None:
        """Play everything; `LISEZMOI.txt` and the verifier come first, `summary.json` last."""
        if root.exists():
            raise StorageError("vault.exists", path=str(root))
        first = self.story.events[0].at
        clock = StoryClock(first, first)
        chosen = passphrase or propose(load_words(paths.resources() / "wordlist" / "french.txt"))
        code = generate()
        ways = (Passphrase(chosen), RecoveryCode(code))
        with Vault.create(root, ways=ways, clock=clock, created=first, drill=True) as vault:
            self._write_readme(chosen if passphrase is None else None, code)
            verifier = paths.verifier()
            self._outbox.write(verifier.name, verifier.read_bytes())
            player = self._player(vault, root, clock, tell)
            practices.save(player.session, self._practice, self.story.events[0].by)
            player.play(self.story)
            self._write_summary(player)
            case = player.session.case(player.incident)
            self.closing_lines = narration.duties_table(case)

    def _player(
        self,
        vault: Vault,
        root: Path,
        clock: StoryClock,
        tell: Callable[[Event, Player], None],
    ) -> Player:
        player = Player(
            session=Session(vault, self._knowledge, clock),
            clock=clock,
            printer=self._printer(vault),
            verifier=lambda: verification(verify_chain(root)),
            folder=self._folder,
            incident=IncidentId(secrets.token_hex(8)),
            tell=lambda event: tell(event, player),
            keep=self._outbox.keep,
        )
        return player

    def _write_readme(self, passphrase: str | None, code: str) -> None:
        title = self.story.title
        text = (
            say.given_passphrase_readme(title, code)
            if passphrase is None
            else say.readme(title, passphrase, code)
        )
        self._outbox.write("LISEZMOI.txt", text.encode("utf-8"))

    def _write_summary(self, player: Player) -> None:
        document = summary(
            player.session,
            player.incident,
            self.story.title,
            self._outbox.papers,
            self._outbox.attachments,
        )
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        self._outbox.write("summary.json", text.encode("utf-8"))


class Account:
    """Tells a demonstration; an hour and a limit that have not moved are said once."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._heading = self._limit = ""

    def tell(self, event: Event, player: Player, papers: Sequence[str]) -> None:
        case = player.session.case(player.incident)
        heading, limit = narration.heading(event, case), narration.next_limit(case)
        lines = [f"  {line}" for line in (*narration.sentences(event, case), *papers)]
        if heading != self._heading:
            lines = ["", heading, *lines]
        if limit and limit != self._limit:
            lines.append(f"  {limit}")
        for line in lines:
            self._write(line)
        self._heading, self._limit = heading, limit
