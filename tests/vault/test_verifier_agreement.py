"""The shipped verifier and the program agree; the short form of the campaign of the same name."""

from __future__ import annotations

import contextlib
import gc
import io
import runpy
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import WHY_SKIPPED, Browser, find_chromium
from tests.campaigns.dossier_mutants import DOSSIER_ALTERATIONS
from tests.campaigns.mutants import ALTERATIONS
from tests.campaigns.verifier_agreement import (
    INTACT,
    PAGE,
    PROGRAM,
    SCRIPT,
    Judge,
    PageJudge,
    Run,
    Samples,
    in_subprocess,
    pack,
    program_verdict,
    shipped_verdict,
)
from tests.vault.second_verifier import judge

ROUNDS = 2
DAMAGED = 12
SEED = 1


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """One vault and one dossier for all mutants."""
    return Samples(tmp_path_factory.mktemp("agreement"))


@pytest.fixture(scope="module")
def judges() -> Iterator[dict[str, Judge]]:
    """All verifiers that this machine can run."""
    known: dict[str, Judge] = {
        PROGRAM: program_verdict,
        "second": judge,
        "shipped": lambda path: shipped_verdict(in_process, path),
    }
    if find_chromium() is None:
        yield known
        return
    with Browser(PAGE) as browser:
        yield {**known, "page": PageJudge(browser)}


def in_process(path: Path) -> tuple[int, str]:
    """The verifier run as a program inside this one, which is faster."""
    raw = io.BytesIO()
    output = io.TextIOWrapper(raw, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        patch.setattr(sys, "argv", [str(SCRIPT), str(path)])
        with contextlib.redirect_stdout(output), pytest.raises(SystemExit) as stopped:
            runpy.run_path(str(SCRIPT), run_name="__main__")
        code = stopped.value.code
        if code:
            del stopped
            gc.collect()  # it ends without closing the archive: the process would do it
    output.flush()
    return code if isinstance(code, int) else 0, raw.getvalue().decode("utf-8")


@pytest.mark.parametrize("number", range(ROUNDS * len(ALTERATIONS)))
def test_all_agree_on_a_vault(samples: Samples, judges: dict[str, Judge], number: int) -> None:
    _, wrong = samples.compare_vault(number, SEED, judges)
    assert wrong is None


@pytest.mark.parametrize("number", range(ROUNDS * len(DOSSIER_ALTERATIONS)))
def test_all_agree_on_a_dossier(samples: Samples, judges: dict[str, Judge], number: int) -> None:
    _, wrong = samples.compare_dossier(number, SEED, judges)
    assert wrong is None


@pytest.mark.parametrize("number", range(DAMAGED))
def test_nobody_takes_a_damaged_archive_for_whole(
    samples: Samples, judges: dict[str, Judge], number: int
) -> None:
    _, wrong = samples.compare_damaged(number, SEED, judges)
    assert wrong is None


@pytest.mark.skipif(find_chromium() is None, reason=WHY_SKIPPED)
def test_the_page_is_one_of_them(judges: dict[str, Judge]) -> None:
    assert "page" in judges


@pytest.mark.parametrize("number", [0, 4, 5, 17, 27])
def test_the_verifier_alone_gives_the_same(samples: Samples, number: int) -> None:
    def alone(path: Path) -> str:
        return shipped_verdict(in_subprocess, path)

    def inside(path: Path) -> str:
        return shipped_verdict(in_process, path)

    assert samples.compare_vault(number, SEED, {PROGRAM: alone, "inside": inside})[1] is None


@pytest.mark.parametrize("run", [in_process, in_subprocess])
def test_what_is_untouched_is_intact_for_all(
    samples: Samples, judges: dict[str, Judge], run: Run, tmp_path: Path
) -> None:
    assert pack(samples.dossier, tmp_path / "whole.cirdossier")
    for place in (samples.vault, samples.dossier, tmp_path / "whole.cirdossier"):
        assert {name: said(place) for name, said in judges.items()} == dict.fromkeys(judges, INTACT)
        assert shipped_verdict(run, place) == INTACT
