"""The ENISA score: exact figures, bands, terms typed by a person."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicir.domain.enisa import (
    CB_TERMS,
    DPC_STEPS,
    EI_LEVELS,
    Band,
    Score,
    flags_of,
    read_terms,
    score_of,
)
from clinicir.domain.errors import UserError


def _se(dpc: object, ei: object, cb: object) -> int:
    return score_of(read_terms(dpc, ei, cb)).se


@pytest.mark.parametrize(
    ("dpc", "ei", "cb", "se", "band"),
    [
        # worked scores of cnil.md 4.2 and 7.3
        (4, 1, ["conf_known"], 425, Band.VERY_HIGH),
        (2, 1, ["conf_unknown", "malicious"], 300, Band.HIGH),
        (3, "maximal", ["conf_unknown", "malicious"], 400, Band.VERY_HIGH),
        (4, 0.25, ["conf_none", "avail_none", "malicious"], 150, Band.LOW),
        (4, 1.0, [0.5, 0.5], 500, Band.VERY_HIGH),
        # boundaries and the margin of 0.25 under them
        (1, 1, [0.5], 150, Band.LOW),
        (1, 1, [0.5, 0.25], 175, Band.MEDIUM),
        (2, 1, [], 200, Band.MEDIUM),
        (2, 1, [0.5], 250, Band.MEDIUM),
        (2, 1, [0.5, 0.25], 275, Band.HIGH),
        (3, 1, ["avail_lost"], 350, Band.HIGH),
        (3, 1, ["avail_lost", "integ_recoverable"], 375, Band.VERY_HIGH),
        (1, "negligeable", [], 25, Band.LOW),
        (4, 1, ["conf_unknown", "integ_lost", "avail_lost", "malicious"], 600, Band.VERY_HIGH),
    ],
)
def test_worked_scores(dpc: object, ei: object, cb: object, se: int, band: Band) -> None:
    score = score_of(read_terms(dpc, ei, cb))
    assert (score.se, score.band) == (se, band)


@pytest.mark.parametrize(
    ("se", "raised"), [(174, False), (175, True), (199, True), (200, False), (399, True)]
)
def test_the_margin_is_said_only_when_it_raises_the_band(se: int, raised: bool) -> None:
    score = Score(100, 100, se - 100)
    assert score.near_boundary is raised


@given(
    st.integers(1, 4),
    st.sampled_from(sorted(EI_LEVELS.values())),
    st.sampled_from([0, 25, 50, 75, 100, 125, 150, 175, 200]),
)
def test_the_score_is_the_exact_product_and_the_band_never_falls(
    dpc: int, ei: int, cb: int
) -> None:
    score = Score(dpc * 100, ei, cb)
    assert Decimal(score.se) / 100 == Decimal(dpc) * Decimal(ei) / 100 + Decimal(cb) / 100
    order = list(Band)
    assert order.index(score.band) >= order.index(score.raw_band)


@pytest.mark.parametrize(
    ("dpc", "ei", "cb"),
    [
        (0, 1, []),
        (5, 1, []),
        (2.5, 1, []),
        (True, 1, []),
        ("5", 1, []),
        ("4 ", 1, []),
        (None, 1, []),
        (4, 0.3, []),
        (4, 2, []),
        (4, "total", []),
        (4, None, []),
        (4, 1, "malicious"),
        (4, 1, None),
        (4, 1, ["pirates"]),
        (4, 1, [0.75]),
        (4, 1, ["conf_known", "conf_unknown"]),
        (4, 1, ["malicious", "malicious"]),
        (4, 1, [0.5, 0.5, 0.5, 0.5, 0.5]),
        (4, 1, [{"id": "malicious"}]),
        (float("nan"), 1, []),
        (4, float("inf"), []),
    ],
)
def test_a_bad_term_is_refused(dpc: object, ei: object, cb: object) -> None:
    with pytest.raises(UserError) as caught:
        read_terms(dpc, ei, cb)
    assert caught.value.code == "assessment.bad_term"


@given(st.sampled_from(sorted(CB_TERMS)))
def test_each_circumstance_counts_what_it_says(circumstance: str) -> None:
    assert _se(1, 0.25, [circumstance]) == 25 + CB_TERMS[circumstance][1]


def test_the_steps_of_the_context_stay_on_the_scale() -> None:
    assert {name: steps[0] for name, steps in DPC_STEPS.items()} == {
        "simple": 1,
        "behavioural": 2,
        "financial": 3,
        "sensitive": 4,
    }
    for steps in DPC_STEPS.values():
        assert [steps[step] for step in sorted(steps)] == [1, 2, 3, 4]


def test_flags_stand_outside_the_formula() -> None:
    assert flags_of(100, unintelligible=False) == ()
    assert flags_of(101, unintelligible=True) == ("many_persons", "unintelligible")
    assert flags_of(None, unintelligible=False) == ()
