"""T13: coverage-guided fuzzing of the parsers with atheris (Linux; `pip install atheris`).

    python -m tests.campaigns.fuzz [SECONDS_OF_EACH] [NAME ...]

One process for each parser of `tests/parsers.py`, in turn; an input that makes one raise an error
that it does not declare, take more than 2 s or more than 1 GiB is written in the current folder and
ends its turn. The suite runs the same parsers under hypothesis (`tests/test_parsers.py`).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

_ONE = "--one"
_SECONDS = 30
_MEMORY_MIB = 1_024
_SLOWEST_SECONDS = 2


def fuzz_one(name: str, options: list[str]) -> None:
    """Never returns: libFuzzer ends the process."""
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with atheris.instrument_imports(include=["clinicir"]):
        from tests.parsers import PARSERS

    atheris.Setup([sys.argv[0], *options], PARSERS[name].feed)
    atheris.Fuzz()


def run(seconds: int, names: list[str]) -> int:
    """Number of parsers with a finding."""
    from tests.parsers import PARSERS

    faulty = 0
    for name in names or sorted(PARSERS):
        with tempfile.TemporaryDirectory() as corpus:
            for number, seed in enumerate(PARSERS[name].seeds):
                (Path(corpus) / f"seed-{number}").write_bytes(seed)
            options = [
                f"-max_total_time={seconds}", f"-rss_limit_mb={_MEMORY_MIB}",
                f"-timeout={_SLOWEST_SECONDS}", "-print_final_stats=1", corpus,
            ]  # fmt: skip
            command = [sys.executable, "-m", "tests.campaigns.fuzz", _ONE, name, *options]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        runs = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
        peak = re.search(r"peak_rss_mb:\s*(\d+)", done.stderr)
        faulty += done.returncode != 0
        print(f"{name}: {runs[1] if runs else '?'} runs, peak {peak[1] if peak else '?'} MiB, "
              f"{'0 findings' if done.returncode == 0 else 'FINDING'}", flush=True)  # fmt: skip
        if done.returncode != 0:
            print(done.stderr[-2_000:])
    return faulty


if __name__ == "__main__":
    if sys.argv[1:2] == [_ONE]:
        fuzz_one(sys.argv[2], sys.argv[3:])
    else:
        given = sys.argv[1:]
        sys.exit(run(int(given[0]) if given else _SECONDS, given[1:]))
