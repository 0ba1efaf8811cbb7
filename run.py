#!/usr/bin/env python3
"""Sets the program up, then runs it: `python3 run.py demo | app | tests | bench`.

Standard library only. Makes `.venv` beside this file, installs the locked and hashed packages of
`requirements/`, and remembers it: the second run starts at once. Extra arguments are passed on.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "clinicir.stamp"
OLDEST = (3, 11)
OLDEST_PIP = (22, 3)  # the first with `--python`
SYSTEM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")

USAGE = """\
Usage : python3 run.py COMMANDE [options transmises au programme]

  demo    joue une violation fictive, de l’alerte au dossier imprimé (aucun écran nécessaire)
  app     ouvre le programme
  tests   lance les tests (options de pytest)
  bench   lance les mesures de benchmarks/ (toutes, ou celles que vous nommez)
  replay, verify, pdf, export, import, recover, purge, anchor, doctor :
          les autres commandes du programme (voir --help de chacune)
"""

PROGRAM_COMMANDS = (
    "demo", "replay", "verify", "pdf", "export", "import", "recover", "purge", "anchor", "doctor"
)  # fmt: skip

# What the wheels of Qt expect of a Debian system: library -> package.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def say(text: str) -> None:
    """One line for the person, before anything that a child process prints."""
    print(text, file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """Says why nothing more can be done, and ends."""
    say(text)
    raise SystemExit(1)


def quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a set-up command whose output only matters when it fails."""
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )


def newer_python() -> str | None:
    """Another Python of this machine, recent enough."""
    names = [f"python3.{minor}" for minor in (13, 12, 11)]
    return next((found for name in names if (found := shutil.which(name))), None)


def apt_install(packages: list[str]) -> bool:
    """Installs Debian packages when we may; otherwise says what to type."""
    if shutil.which("apt-get") is None:
        return False
    if os.geteuid() != 0:
        say("Il manque des paquets du système. À taper, puis recommencez :")
        say(f"  sudo apt install {' '.join(packages)}")
        return False
    say(f"Installation de paquets du système : {' '.join(packages)}…")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if quietly(install).returncode == 0:
        return True
    quietly(["apt-get", "update"])
    done = quietly(install)
    if done.returncode != 0:
        say(done.stdout[-2000:])
    return done.returncode == 0


def missing(libraries: dict[str, str]) -> list[str]:
    """Packages whose library cannot be loaded."""
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def qt_is_ready(with_screen: bool) -> bool:
    """True when Qt can be loaded here, after mending what can be mended."""
    if SYSTEM != "linux":
        return True
    wanted = QT_LIBRARIES | (SCREEN_LIBRARIES if with_screen else {})
    packages = missing(wanted)
    if not packages:
        return True
    if apt_install(packages):
        return not missing(wanted)
    if shutil.which("apt-get") is None:
        say("Bibliothèques du système à installer (noms Debian) : " + " ".join(packages))
    return False


def python_of(venv: Path) -> Path:
    """The interpreter inside an environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def works(python: Path) -> bool:
    """An environment copied from elsewhere, or whose Python was removed, is made again."""
    check = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    try:
        return subprocess.run([str(python), "-I", "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def has_pip() -> bool:
    """This Python has a pip that can install into another environment."""
    if importlib.util.find_spec("pip") is None:
        return False
    seen = quietly([sys.executable, "-m", "pip", "--version"])
    words = seen.stdout.split()
    if seen.returncode != 0 or len(words) < 2:
        return False
    return tuple(int(part) for part in words[1].split(".")[:2] if part.isdigit()) >= OLDEST_PIP


def has_ensurepip() -> bool:
    """Debian keeps it in python3-venv."""
    return importlib.util.find_spec("ensurepip") is not None


def make_environment() -> None:
    """Creates `.venv`, with a pip of its own where the system allows it."""
    if not has_ensurepip() and not has_pip() and not apt_install(["python3-venv"]):
        stop(
            "Ce Python n’a ni « ensurepip » ni « pip » : installez le paquet python3-venv "
            f"(ou python3.{sys.version_info[1]}-venv), puis recommencez."
        )
    importlib.invalidate_caches()
    options = [] if has_ensurepip() else ["--without-pip"]
    done = quietly([sys.executable, "-m", "venv", "--clear", *options, str(VENV)])
    if done.returncode != 0:
        stop(done.stdout + "\nL’environnement .venv n’a pas pu être créé.")


def installer() -> list[str]:
    """pip of the environment, else ours aimed at it."""
    inside = python_of(VENV)
    if quietly([str(inside), "-m", "pip", "--version"]).returncode == 0:
        return [str(inside), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(inside)]


def stamps() -> dict[str, str]:
    """What was installed: name of a lock file -> its digest."""
    if not STAMP.is_file():
        return {}
    lines = (line.split() for line in STAMP.read_text(encoding="utf-8").splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2}


def lock_file(kind: str) -> Path:
    """`run` is what the program needs, `dev` adds the tools of the tests."""
    return ROOT / "requirements" / (f"dev-{SYSTEM}.lock" if kind == "dev" else f"{SYSTEM}.lock")


def digest(path: Path) -> str:
    """Whatever the line ends that the check-out gave the file."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def prepare(kind: str) -> None:
    """Makes the environment hold what the lock file says."""
    wanted = lock_file(kind)
    ready = works(python_of(VENV))
    if ready and stamps().get(kind) == digest(wanted):
        return
    say("Préparation de l’environnement (quelques minutes la première fois)…")
    if not ready:
        make_environment()
    done = quietly(
        [*installer(), "install", "--require-hashes", "--only-binary", ":all:", "--no-input",
         "--disable-pip-version-check", "-r", str(wanted)]
    )  # fmt: skip
    if done.returncode != 0:
        say(done.stdout[-4000:])
        stop(
            "Les bibliothèques n’ont pas pu être installées (réseau coupé ?). "
            "Rien n’est abîmé : relancez la même commande."
        )
    # The dev lock contains the other one, version for version (a test says so).
    kinds = ("run", "dev") if kind == "dev" else ("run",)
    kept = stamps() | {name: digest(lock_file(name)) for name in kinds}
    STAMP.write_text("".join(f"{k} {v}\n" for k, v in sorted(kept.items())), encoding="utf-8")
    say("Environnement prêt.")


def hand_over(arguments: list[str], cwd: Path | None = None) -> int:
    """Becomes the program; on Windows, waits for it."""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["PYTHONUTF8"] = "1"
    if cwd is not None:
        os.chdir(cwd)
    # -P: a folder named clinicir where the person stands must not be taken for the program.
    command = [str(python_of(VENV)), "-P", *arguments]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def run_tests(extra: list[str]) -> int:
    """The suite; the tests of the window are left out where Qt cannot be loaded."""
    prepare("dev")
    arguments = ["-m", "pytest"]
    if not qt_is_ready(with_screen=False):
        say("Qt ne peut pas être chargé : les tests de la fenêtre sont laissés de côté.")
        arguments += ["-p", "no:pytest-qt", "--ignore=tests/ui"]
    return hand_over([*arguments, *extra], cwd=ROOT)


def run_benchmarks(extra: list[str]) -> int:
    """Each script of `benchmarks/`, or the named ones, in order; options go to every one."""
    prepare("dev")
    known = sorted(p.stem for p in (ROOT / "benchmarks").glob("*.py") if p.stem[0] != "_")
    named = [word for word in extra if word in known]
    options = [word for word in extra if word not in known]
    if not known:
        stop("Aucune mesure dans benchmarks/.")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    worst = 0
    for name in named or known:
        say(f"== {name}")
        script = str(ROOT / "benchmarks" / f"{name}.py")
        command = [str(python_of(VENV)), script, *options]
        worst = max(worst, subprocess.call(command, env=environment))
    return worst


def main(arguments: list[str]) -> int:
    """Chooses; returns the exit code of what was run."""
    command, extra = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "tests":
        return run_tests(extra)
    if command == "bench":
        return run_benchmarks(extra)
    if command in PROGRAM_COMMANDS:
        prepare("run")
        return hand_over(["-m", "clinicir", command, *extra])
    if command == "app":
        prepare("run")
        if not qt_is_ready(with_screen=True):
            stop("Le programme ne peut pas ouvrir de fenêtre sans ces bibliothèques.")
        return hand_over(["-m", "clinicir", "app", *extra])
    print(USAGE, end="")
    return 0 if command in ("-h", "--help") else 2


if __name__ == "__main__":
    if sys.version_info[:2] < OLDEST:
        other = newer_python()
        if other is None:
            stop("clinicir demande Python 3.11 ou plus récent.")
        sys.exit(subprocess.call([str(other), *sys.argv]))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
