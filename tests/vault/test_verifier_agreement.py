"""The shipped verifier and the program agree; the short form of the campaign of the same name."""

from __future__ import annotations

import contextlib
import io
import runpy
import sys
import warnings
from pathlib import Path

import pytest

from tests.campaigns.mutants import ALTERATIONS
from tests.campaigns.verifier_agreement import (
    INTACT,
    SCRIPT,
    Run,
    compare,
    in_subprocess,
    program_verdict,
    shipped_verdict,
)
from tests.vault.vault_samples import sample_vault

ROUNDS = 2


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One vault for all mutants."""
    root = tmp_path_factory.mktemp("agreement")
    (root / "pieces").mkdir()
    sample_vault(root / "vault", root / "pieces")
    return root / "vault"


def in_process(path: Path) -> tuple[int, str]:
    """The verifier run as a program inside this one, which is faster."""
    raw = io.BytesIO()
    output = io.TextIOWrapper(raw, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        patch.setattr(sys, "argv", [str(SCRIPT), str(path)])
        with contextlib.redirect_stdout(output), pytest.raises(SystemExit) as stopped:
            runpy.run_path(str(SCRIPT), run_name="__main__")
    output.flush()
    code = stopped.value.code
    return code if isinstance(code, int) else 0, raw.getvalue().decode("utf-8")


@pytest.mark.parametrize("number", range(ROUNDS * len(ALTERATIONS)))
def test_both_verifiers_agree(sample: Path, tmp_path: Path, number: int) -> None:
    _, wrong = compare(sample, tmp_path, number, 1, in_process)
    assert wrong is None


@pytest.mark.parametrize("number", [0, 4, 5, 17, 27])
def test_the_verifier_alone_gives_the_same(sample: Path, tmp_path: Path, number: int) -> None:
    alone, wrong = compare(sample, tmp_path, number, 1, in_subprocess)
    assert wrong is None
    assert alone == compare(sample, tmp_path, number, 1, in_process)[0]


@pytest.mark.parametrize("run", [in_process, in_subprocess])
def test_an_untouched_vault_is_intact_for_both(sample: Path, run: Run) -> None:
    assert shipped_verdict(run, sample) == program_verdict(sample) == INTACT
