"""The command line: arguments in, French sentences out, one exit code."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn, Protocol

from clinicir.domain.audit import Verification
from clinicir.domain.disclosure import BACKUP, PROFILES, Wanted
from clinicir.domain.errors import ClinicirError, UserError
from clinicir.launch import has_screen
from clinicir.services.anchor_ports import AnchorFiles
from clinicir.services.ports import Request
from clinicir.texts import commands as say
from clinicir.texts.errors import explain
from clinicir.texts.plain_text import visible

DONE, ALTERED, USAGE, UNREADABLE, DAMAGED, PASSPHRASE, IN_USE, DISK = range(8)
BUG, STOPPED = 70, 130

_EXIT_BY_PREFIX: tuple[tuple[str, int], ...] = (
    ("vault.locked", IN_USE),
    ("vault.exists", USAGE),
    ("vault.not_found", UNREADABLE),
    ("vault.", DAMAGED),
    ("trail.", DAMAGED),
    ("key.wrong", PASSPHRASE),
    ("key.", DAMAGED),
    ("keyring.", PASSPHRASE),
    ("passphrase.", PASSPHRASE),
    ("input.no_passphrase", PASSPHRASE),
    ("disk.", DISK),
    ("stamp.", UNREADABLE),
    ("bundle.not_verified", DISK),
    ("bundle.damaged", DAMAGED),
    ("bundle.cancelled", STOPPED),
    ("bundle.inside_vault", USAGE),
    ("bundle.refused", UNREADABLE),
    ("bundle.not_found", UNREADABLE),
    ("input.", UNREADABLE),
    ("story.unreadable", UNREADABLE),
    ("story.bad_toml", UNREADABLE),
    ("document.unknown", USAGE),
    ("incident.unknown", USAGE),
)
"""Exit code by beginning of error code (architecture ruling 23); anything else is 1."""

KINDS = (
    "cnil", "cert_sante", "plainte", "assureur", "prestataire", "point", "registre", "journal",
    "lettre", "fiche",
)


Write = Callable[[str], None]


class Program(Protocol):
    """What the commands do; `clinicir.app` builds it."""

    def app(self, vault: Path | None, *, exercise: bool = False) -> int: ...

    def demo(self, out: Path | None, write: Write) -> Path: ...

    def replay(
        self, story: Path, out: Path, vault: Path | None, passphrase: str | None, write: Write
    ) -> None: ...

    def verify(self, path: Path, passphrase: str | None) -> Verification: ...

    def pdf(
        self, vault: Path, incident: str, request: Request, out: Path, passphrase: str,
        write: Write,
    ) -> None: ...  # fmt: skip

    def export(
        self, vault: Path | None, wanted: Wanted, passphrase: str, write: Write
    ) -> None: ...

    def bring_in(self, file: Path, into: Path, ask: Callable[[str], str], write: Write) -> None: ...

    def purge(
        self, vault: Path, wanted: tuple[str, str, str] | None, passphrase: str, write: Write
    ) -> None: ...

    def recover(self, vault: Path, code: str, passphrase: str, write: Write) -> None: ...

    def anchor(self, vault: Path, files: AnchorFiles, passphrase: str, write: Write) -> None: ...

    def doctor(self, write: Write) -> bool: ...


def run(arguments: Sequence[str], program: Program) -> int:
    """Run one command; every foreseen failure is one sentence on the error output."""
    _speak_utf8()
    try:
        parsed = _parser().parse_args(arguments)
        return _COMMANDS[parsed.command or "app"](parsed, program)
    except (Exception, KeyboardInterrupt) as problem:
        return tell(problem)


def tell(problem: BaseException) -> int:
    """One sentence on the error output for what stopped a command; its exit code."""
    match problem:
        case ClinicirError():
            _tell_error(explain(problem))
            return exit_code(problem.code)
        case KeyboardInterrupt():
            _tell_error(say.STOPPED)
            return STOPPED
        case BrokenPipeError():
            # Whoever read our output has left; the interpreter must not complain at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return STOPPED
        case _:
            _tell_error(say.UNEXPECTED + _where(problem))
            return BUG


def exit_code(code: str) -> int:
    """Exit code of an error code."""
    return next((value for start, value in _EXIT_BY_PREFIX if code.startswith(start)), ALTERED)


def _speak_utf8() -> None:
    # A Windows console is cp1252 by default, where printing an arrow or a narrow space fails.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


class _Parser(argparse.ArgumentParser):
    """argparse with French headings, and one French sentence for what it does not understand."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False})
        self._positionals.title = say.ARGUMENTS
        self._optionals.title = say.OPTIONS_TITLE
        self.add_argument("-h", "--help", action="help", help=say.HELP)

    def error(self, message: str) -> NoReturn:  # noqa: ARG002  English, and made for developers
        self.print_usage(sys.stderr)
        self.exit(USAGE, say.MISUSED + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="clinicir",
        description=say.PROGRAM,
        epilog=say.EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE")
    app = commands.add_parser("app", help=say.COMMANDS["app"])
    app.add_argument("--vault", type=Path, metavar="DIR", help=say.OPTIONS["vault_app"])
    app.add_argument("--exercice", action="store_true", help=say.OPTIONS["exercise"])
    demo = commands.add_parser("demo", help=say.COMMANDS["demo"])
    demo.add_argument("--out", type=Path, metavar="DIR", help=say.OPTIONS["out"])
    _add_replay(commands)
    verify = commands.add_parser("verify", help=say.COMMANDS["verify"])
    verify.add_argument("path", type=Path, metavar="PATH", help=say.OPTIONS["path"])
    verify.add_argument("--json", action="store_true", help=say.OPTIONS["json"])
    _add_passphrase(verify)
    _add_pdf(commands)
    _add_bundles(commands)
    _add_purge(commands)
    _add_recover(commands)
    anchor = commands.add_parser("anchor", help=say.COMMANDS["anchor"])
    for name, needed in (("vault", True), ("out", False), ("reply", False), ("authority", False)):
        anchor.add_argument(
            f"--{name}", type=Path, required=needed, metavar="F", help=say.OPTIONS[name]
        )
    _add_passphrase(anchor)
    commands.add_parser("doctor", help=say.COMMANDS["doctor"])
    return parser


def _add_replay(commands: argparse._SubParsersAction[_Parser]) -> None:
    replay = commands.add_parser("replay", help=say.COMMANDS["replay"])
    replay.add_argument("story", type=Path, metavar="STORY", help=say.OPTIONS["story"])
    replay.add_argument("--out", type=Path, required=True, metavar="DIR", help=say.OPTIONS["out"])
    replay.add_argument("--vault", type=Path, metavar="DIR", help=say.OPTIONS["vault_new"])
    _add_passphrase(replay)


def _add_pdf(commands: argparse._SubParsersAction[_Parser]) -> None:
    pdf = commands.add_parser("pdf", help=say.COMMANDS["pdf"])
    pdf.add_argument("--vault", type=Path, required=True, metavar="DIR", help=say.OPTIONS["vault"])
    pdf.add_argument("--incident", required=True, metavar="N", help=say.OPTIONS["incident"])
    pdf.add_argument("--document", required=True, choices=KINDS, help=say.OPTIONS["document"])
    pdf.add_argument("--version", default="", metavar="V", help=say.OPTIONS["version"])
    pdf.add_argument("--variant", default="", metavar="V", help=say.OPTIONS["variant"])
    pdf.add_argument("--out", type=Path, required=True, metavar="DIR", help=say.OPTIONS["out"])
    _add_passphrase(pdf)


def _add_bundles(commands: argparse._SubParsersAction[_Parser]) -> None:
    export = commands.add_parser("export", help=say.COMMANDS["export"])
    export.add_argument("--vault", type=Path, metavar="DIR", help=say.OPTIONS["vault"])
    export.add_argument("--incident", default="", metavar="N", help=say.OPTIONS["incident"])
    export.add_argument("--profile", required=True, choices=PROFILES, help=say.OPTIONS["profile"])
    export.add_argument("--out", required=True, metavar="F", help=say.OPTIONS["out_file"])
    export.add_argument("--clear", action="store_true", help=say.OPTIONS["clear"])
    _add_passphrase(export)
    bring_in = commands.add_parser("import", help=say.COMMANDS["import"])
    bring_in.add_argument("file", type=Path, metavar="F", help=say.OPTIONS["file"])
    bring_in.add_argument("--into", type=Path, required=True, metavar="DIR",
                          help=say.OPTIONS["into"])  # fmt: skip
    _add_passphrase(bring_in)


def _add_purge(commands: argparse._SubParsersAction[_Parser]) -> None:
    purge = commands.add_parser("purge", help=say.COMMANDS["purge"])
    purge.add_argument("vault", type=Path, metavar="VAULT", help=say.OPTIONS["vault"])
    purge.add_argument("--incident", default="", metavar="N", help=say.OPTIONS["incident"])
    purge.add_argument("--scope", choices=("evidence", "incident"), help=say.OPTIONS["scope"])
    purge.add_argument("--reason", default="", metavar="TEXT", help=say.OPTIONS["reason"])
    _add_passphrase(purge)


def _add_recover(commands: argparse._SubParsersAction[_Parser]) -> None:
    recover = commands.add_parser("recover", help=say.COMMANDS["recover"])
    recover.add_argument("vault", type=Path, metavar="VAULT", help=say.OPTIONS["vault"])
    recover.add_argument("--code-fd", type=int, metavar="N", help=say.OPTIONS["code_fd"])
    _add_passphrase(recover)


def _add_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--passphrase-fd", type=int, metavar="N", help=say.OPTIONS["passphrase_fd"]
    )


def _app(parsed: argparse.Namespace, program: Program) -> int:
    if not has_screen():
        _tell_error(say.NO_SCREEN)
        return USAGE
    exercise = bool(getattr(parsed, "exercice", False))
    return program.app(getattr(parsed, "vault", None), exercise=exercise)


def _demo(parsed: argparse.Namespace, program: Program) -> int:
    vault = program.demo(parsed.out, _write)
    if not (has_screen() and sys.stdin is not None and sys.stdin.isatty()):
        return DONE  # nobody is there to close a window
    _write(say.DEMO_WINDOW)
    return program.app(vault, exercise=False)


def _replay(parsed: argparse.Namespace, program: Program) -> int:
    passphrase = _read_passphrase(parsed.passphrase_fd)
    program.replay(parsed.story, parsed.out, parsed.vault, passphrase, _write)
    return DONE


def _verify(parsed: argparse.Namespace, program: Program) -> int:
    result = program.verify(parsed.path, _read_passphrase(parsed.passphrase_fd))
    if parsed.json:
        _write(json.dumps(asdict(result), ensure_ascii=False, indent=2))
    else:
        for line in say.verification(result):
            _write(line)
    return DONE if result.intact else ALTERED


def _pdf(parsed: argparse.Namespace, program: Program) -> int:
    passphrase = _read_passphrase(parsed.passphrase_fd) or _ask_passphrase()
    request = Request(parsed.document, parsed.version, parsed.variant)
    program.pdf(parsed.vault, parsed.incident, request, parsed.out, passphrase, _write)
    return DONE


def _export(parsed: argparse.Namespace, program: Program) -> int:
    if (parsed.profile == BACKUP) == bool(parsed.incident):
        _tell_error(say.MISUSED)
        return USAGE
    passphrase = _read_passphrase(parsed.passphrase_fd) or _ask_passphrase()
    wanted = Wanted(parsed.incident, parsed.profile, parsed.out, parsed.clear)
    program.export(parsed.vault, wanted, passphrase, _write)
    return DONE


def _import(parsed: argparse.Namespace, program: Program) -> int:
    given = _read_passphrase(parsed.passphrase_fd)

    def ask(secret: str) -> str:
        return given or _ask_passphrase(say.ASK[secret])

    program.bring_in(parsed.file, parsed.into, ask, _write)
    return DONE


def _purge(parsed: argparse.Namespace, program: Program) -> int:
    if bool(parsed.incident) != bool(parsed.scope):
        _tell_error(say.MISUSED)
        return USAGE
    passphrase = _read_passphrase(parsed.passphrase_fd) or _ask_passphrase()
    wanted = (parsed.incident, parsed.scope, parsed.reason) if parsed.incident else None
    program.purge(parsed.vault, wanted, passphrase, _write)
    return DONE


def _recover(parsed: argparse.Namespace, program: Program) -> int:
    code = _read_passphrase(parsed.code_fd) or _ask_passphrase(say.ASK["recovery"])
    passphrase = _read_passphrase(parsed.passphrase_fd)
    if passphrase is None:
        passphrase = _ask_passphrase(say.ASK["new"])
        if _ask_passphrase(say.ASK["again"]) != passphrase:
            _tell_error(say.NOT_THE_SAME)
            return PASSPHRASE
    program.recover(parsed.vault, code, passphrase, _write)
    return DONE


def _anchor(parsed: argparse.Namespace, program: Program) -> int:
    passphrase = _read_passphrase(parsed.passphrase_fd) or _ask_passphrase()
    files = (parsed.out, parsed.reply, parsed.authority)
    program.anchor(parsed.vault, files, passphrase, _write)
    return DONE


def _doctor(_parsed: argparse.Namespace, program: Program) -> int:
    return DONE if program.doctor(_write) else ALTERED


_COMMANDS: dict[str, Callable[[argparse.Namespace, Program], int]] = {
    "app": _app,
    "demo": _demo,
    "replay": _replay,
    "verify": _verify,
    "pdf": _pdf,
    "export": _export,
    "import": _import,
    "purge": _purge,
    "recover": _recover,
    "anchor": _anchor,
    "doctor": _doctor,
}


def _read_passphrase(descriptor: int | None) -> str | None:
    """One line from a descriptor, never from an argument: arguments are seen by other programs."""
    if descriptor is None:
        return None
    try:
        with os.fdopen(descriptor, encoding="utf-8") as stream:
            line = stream.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        line = ""
    if not line:
        raise UserError("input.no_passphrase")
    return line


def _ask_passphrase(question: str = say.ASK_PASSPHRASE) -> str:
    """Typed without echo; UserError `input.no_passphrase` when nobody can type."""
    with warnings.catch_warnings():
        # Without a terminal getpass would read, and show, the passphrase.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            typed = getpass.getpass(question)
        except (EOFError, OSError, getpass.GetPassWarning):
            typed = ""
    if not typed:
        raise UserError("input.no_passphrase")
    return typed


def _write(line: str) -> None:
    sys.stdout.write(visible(line) + "\n")
    sys.stdout.flush()


def _tell_error(sentence: str) -> None:
    sys.stderr.write(visible(sentence) + "\n")


def _where(problem: BaseException) -> str:
    """Type and our last frame: no message, no path, nothing personal."""
    frame = problem.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return type(problem).__name__
    module = Path(frame.tb_frame.f_code.co_filename).name
    return f"{type(problem).__name__} {module}:{frame.tb_lineno}"
