"""T8: four verifiers, one verdict, on mutated vaults and dossiers.

    python -m tests.campaigns.verifier_agreement --mutants 10000 [--seed 7]

The program, `verify_trail.py` alone under `python3 -I`, `verifier.html` in a headless Chromium, and
the second implementation of the tests must give the same verdict and the same first entry, miss
nothing that can be seen without a key, and invent nothing. One mutant in four is a vault, the
others are dossiers, as folders or as archives; one in twenty is an archive with one bit changed
anywhere: nobody may then find altered content intact. Exit code 1 at the first disagreement.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from clinicir.domain.errors import StorageError
from clinicir.vault.bundle_folder import ROOT, BundleFolder
from clinicir.vault.bundle_names import sort_of
from clinicir.vault.bundle_read import open_bundle
from clinicir.vault.bundle_zip import Entry, directory, local_header
from clinicir.vault.disk import OsFileSystem
from clinicir.vault.verify import verify_chain
from tests.browser import WHY_SKIPPED, Browser, find_chromium
from tests.campaigns.dossier_mutants import alter_dossier
from tests.campaigns.mutants import SEEN, UNSEEN, Mutant, alter
from tests.vault.dossier_samples import sample_dossier
from tests.vault.second_verifier import judge
from tests.vault.vault_samples import sample_vault

VERIFY = Path(__file__).parents[2] / "resources" / "verify"
SCRIPT, PAGE = VERIFY / "verify_trail.py", VERIFY / "verifier.html"
INTACT, UNREADABLE = "intact", "unreadable"
Run = Callable[[Path], tuple[int, str]]
"""Exit code and output of the shipped verifier on a path."""
Judge = Callable[[Path], str]
"""`intact`, `altered N` or `unreadable`."""
PROGRAM = "program"
_ZIPPED, _DAMAGED = 3, 20
"""One dossier in three is an archive; one mutant in twenty a damaged archive."""


def in_subprocess(path: Path) -> tuple[int, str]:
    """The verifier as an expert runs it: an isolated interpreter that never saw clinicir."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path)],
        capture_output=True,
        cwd=tempfile.gettempdir(),
        env={"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace") + done.stderr.decode()


def shipped_verdict(run: Run, path: Path) -> str:
    """From the exit code and the last line alike."""
    code, output = run(path)
    last = output.strip().splitlines()[-1] if output.strip() else ""
    if code == 0 and re.fullmatch(r"R\S+SULTAT : INTACT", last):
        return INTACT
    found = re.fullmatch(r"R\S+SULTAT : ALT\S+ \S+ l'entr\S+e ([0-9]+)", last)
    if code == 1 and found:
        return f"altered {found[1]}"
    if code == 3 and "ILLISIBLE" in last:
        return UNREADABLE
    return f"neither: exit {code}, {output!r}"


def program_verdict(path: Path) -> str:
    """From `clinicir.vault.verify`; an archive through the program's own reading of bundles."""
    try:
        if path.is_dir():
            verdict = verify_chain(path)
        else:
            with open_bundle(OsFileSystem(), path) as bundle:
                verdict = verify_chain(ROOT, BundleFolder(bundle))
    except StorageError:
        return UNREADABLE
    return INTACT if verdict.is_intact else f"altered {verdict.findings[0].entry}"


class PageJudge:
    """The page in a browser, kept open; a content is sent once and remembered by the page."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._sent: set[str] = set()
        browser.evaluate(f"const WORTH = {_WORTH_KEEPING};" + _PAGE_SIDE)

    def __call__(self, path: Path) -> str:
        """The files go to the same functions as those of the two buttons."""
        whole = path.is_file()
        inside = [] if whole else [found for found in path.rglob("*") if found.is_file()]
        files = {found.relative_to(path).as_posix(): found for found in inside}
        if whole:
            files = {path.name: path}
        handed = []
        for name, place in files.items():
            content = place.read_bytes()
            key = hashlib.sha256(content).hexdigest()
            text = None if key in self._sent else base64.b64encode(content).decode()
            if not whole and len(content) > _WORTH_KEEPING:
                self._sent.add(key)
            handed.append([name, key, text])
        keep = "false" if whole else "true"
        return str(self._browser.evaluate(f"judgeFiles({json.dumps(handed)}, {keep})"))


_WORTH_KEEPING = 5_000
_PAGE_SIDE = """
const sent = new Map();
const blobOf = (text) => new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))]);
async function judgeFiles(handed, folder) {
    const files = new Map();
    for (const [name, key, text] of handed) {
        const blob = text === null ? sent.get(key) : blobOf(text);
        if (folder && text !== null && blob.size > WORTH) sent.set(key, blob);
        files.set(name, blob);
    }
    try {
        const found = await verifyDossier(folder ? files : await readZip([...files.values()][0]));
        return found.verdict === "altered" ? "altered " + found.entry : found.verdict;
    } catch (error) {
        if (error instanceof Unreadable) return "unreadable";
        throw error;
    }
}
"""


class ShippedJudge:
    """`verify_trail.py`, one run after the other in an isolated interpreter without clinicir."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _RUNNER, str(SCRIPT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tempfile.gettempdir(),
        )  # fmt: skip

    def __enter__(self) -> ShippedJudge:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.communicate()

    def __call__(self, path: Path) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(str(path)).encode() + b"\n")
        self._process.stdin.flush()
        code, output = json.loads(self._process.stdout.readline())
        return shipped_verdict(lambda _: (code, output), path)


_RUNNER = """
import contextlib, io, json, runpy, sys
script = sys.argv[1]
for row in sys.stdin:
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.argv = [script, json.loads(row)]
    code = None
    with contextlib.redirect_stdout(said):
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as stop:
            code = stop.code
    said.flush()
    sys.__stdout__.write(json.dumps([code, said.buffer.getvalue().decode("utf-8")]) + "\\n")
    sys.__stdout__.flush()
"""


def pack(root: Path, target: Path) -> bool:
    """Archive of a folder as the program writes it; False when its names are not all ours."""
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    names = sorted(paths)
    contents = [paths[name].read_bytes() for name in names]
    entries = [
        Entry(name, len(content), zlib.crc32(content))
        for name, content in zip(names, contents, strict=True)
    ]
    with target.open("wb") as out:
        for entry, content in zip(entries, contents, strict=True):
            out.write(local_header(entry) + content)
        out.write(directory(entries))
    return sort_of(names) is not None


def complaint(mutant: Mutant, verdicts: Mapping[str, str], *, strict: bool = True) -> str | None:
    """What is wrong with the verdicts on one mutant; None when nothing is.

    Not `strict`: the program may refuse an archive whose names or sizes are not those of ours.
    """
    others = {said for name, said in verdicts.items() if name != PROGRAM}
    said = others | {verdicts[PROGRAM]}
    if not strict and verdicts[PROGRAM] == UNREADABLE:
        said = others
    if len(said) != 1:
        return f"{mutant.name}: {dict(verdicts)}"
    if mutant.duty == SEEN and INTACT in said:
        return f"{mutant.name}: unseen by all"
    if mutant.duty == UNSEEN and said != {INTACT}:
        return f"{mutant.name}: harmless, yet all say {said}"
    return None


class Samples:
    """An untouched vault and an untouched dossier, and a place for their mutants."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.vault, self.dossier = work / "vault", work / "dossier"
        self._pieces = work / "pieces"
        self._pieces.mkdir()
        sample_vault(self.vault, self._pieces)
        sample_dossier(self.dossier, work / "for-dossier")

    def compare_vault(
        self, number: int, seed: int, judges: Mapping[str, Judge]
    ) -> tuple[str, str | None]:
        """A verdict on one mutant of the vault, and the complaint if any."""
        root = self.work / f"vault-{number}"
        shutil.copytree(self.vault, root)
        mutant = alter(root, number, seed)
        verdicts = {name: said(root) for name, said in judges.items()}
        shutil.rmtree(root)
        return next(iter(verdicts.values())), complaint(mutant, verdicts)

    def compare_dossier(
        self, number: int, seed: int, judges: Mapping[str, Judge]
    ) -> tuple[str, str | None]:
        """The same of the dossier, as a folder or as an archive."""
        root, archive = self.work / f"dossier-{number}", self.work / f"dossier-{number}.cirdossier"
        shutil.copytree(self.dossier, root)
        mutant = alter_dossier(root, number, seed)
        place, ours = root, True
        if random.Random(f"zip/{seed}/{number}").randrange(_ZIPPED) == 0:
            place, ours = archive, pack(root, archive)
        verdicts = {name: said(place) for name, said in judges.items()}
        strict = place is root or (ours and not mutant.name.startswith("head:"))
        shutil.rmtree(root)
        archive.unlink(missing_ok=True)
        return verdicts["second"], complaint(mutant, verdicts, strict=strict)

    def compare_damaged(
        self, number: int, seed: int, judges: Mapping[str, Judge]
    ) -> tuple[str, str | None]:
        """An archive with one bit changed: only its frame may change and be found harmless."""
        path = self.work / f"damaged-{number}.cirdossier"
        pack(self.dossier, path)
        content, draw = bytearray(path.read_bytes()), random.Random(f"damage/{seed}/{number}")
        at = draw.randrange(len(content))
        content[at] ^= 1 << draw.randrange(8)
        path.write_bytes(content)
        verdicts = {name: said(path) for name, said in judges.items()}
        path.unlink()
        wrong = [name for name, said in verdicts.items() if said == INTACT and self._inside(at)]
        return "damaged", f"bit at {at} unseen by {wrong}" if wrong else None

    def _inside(self, at: int) -> bool:
        """True when a byte of the archive belongs to the content of a file."""
        start = 0
        paths = self.dossier.rglob("*")
        place = {path.relative_to(self.dossier).as_posix(): path for path in paths}
        for _, path in sorted(place.items()):
            if path.is_file():
                name = path.relative_to(self.dossier).as_posix()
                start += len(local_header(Entry(name, path.stat().st_size, 0)))
                if start <= at < start + path.stat().st_size:
                    return True
                start += path.stat().st_size
        return False

    def compare(
        self, number: int, seed: int, judges: Mapping[str, Judge]
    ) -> tuple[str, str | None]:
        """Mutant `number`, of each sort in turn."""
        if number % _DAMAGED == 0:
            return self.compare_damaged(number, seed, judges)
        if number % 4 == 1:
            return self.compare_vault(number // 4, seed, judges)
        return self.compare_dossier(number, seed, judges)


def campaign(samples: Samples, mutants: int, seed: int, judges: Mapping[str, Judge]) -> str | None:
    """Print the figures; None, or the first disagreement."""
    verdicts: Counter[str] = Counter()
    started = time.monotonic()
    for number in range(mutants):
        said, wrong = samples.compare(number, seed, judges)
        if wrong is not None:
            return f"mutant {number}, seed {seed}: {wrong}"
        verdicts[said.split()[0]] += 1
    counted = ", ".join(f"{name} {count}" for name, count in sorted(verdicts.items()))
    print(f"{mutants} mutants, {len(judges)} verifiers ({', '.join(judges)}), 0 disagreements: "
          f"{counted}; {time.monotonic() - started:.0f} s")  # fmt: skip
    return None


def main() -> int:
    """Run the campaign and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ShippedJudge() as shipped:
        judges: dict[str, Judge] = {PROGRAM: program_verdict, "second": judge, "shipped": shipped}
        samples = Samples(Path(folder))
        if find_chromium() is None:
            print(f"without the page: {WHY_SKIPPED}")
            wrong = campaign(samples, chosen.mutants, chosen.seed, judges)
        else:
            with Browser(PAGE) as browser:
                judges["page"] = PageJudge(browser)
                wrong = campaign(samples, chosen.mutants, chosen.seed, judges)
    if wrong is not None:
        print(wrong)
    return 0 if wrong is None else 1


if __name__ == "__main__":
    sys.exit(main())
