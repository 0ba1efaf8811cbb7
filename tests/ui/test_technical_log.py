"""The technical log: ids and codes, five files, and nothing that a person typed."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from clinicir.domain.errors import StorageError
from clinicir.ui import technical_log
from clinicir.ui.technical_log import EVENTS, OnlyCodes, TechnicalLog

PAGES = frozenset({"home", "steps"})


def record(message: object, value: object = "", *args: object) -> logging.LogRecord:
    made = logging.LogRecord("x", logging.INFO, "/srv/dupont/x.py", 1, message, args, None)
    made.value = value
    return made


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("app.start", "0.1.0"), ("app.start", "1.0.0rc1"), ("app.end", ""), ("vault.open", ""),
        ("vault.lock", ""), ("page.show", "steps"), ("error.code", "disk.full"),
        ("error.kind", "ValueError"), ("error.at", "steps.py:120"),
    ],
)  # fmt: skip
def test_ids_and_codes_go_through(message: str, value: str) -> None:
    assert OnlyCodes(PAGES).filter(record(message, value))


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("Mme Dupont a appele", ""), ("page.show", "dupont"), ("page.show", "home Dupont"),
        ("error.code", "disk.full /srv/dupont"), ("error.code", "motdepasse"),
        ("error.kind", "Dupont"), ("error.at", "/srv/dupont/steps.py:12"), ("app.end", "dupont"),
        ("app.start", "0612345678"), ("app.start", "203.0.113.7 "), ("error.at", "x.py:12\nDupont"),
        ("page.show", 12), (12, ""),
    ],
)  # fmt: skip
def test_nothing_else_does(message: object, value: object) -> None:
    assert not OnlyCodes(PAGES).filter(record(message, value))


def test_arguments_and_traces_are_refused() -> None:
    assert not OnlyCodes(PAGES).filter(record("page.show", "home", "Dupont"))
    traced = record("page.show", "home")
    traced.exc_info = (ValueError, ValueError("Dupont"), None)
    assert not OnlyCodes(PAGES).filter(traced)


def test_an_error_leaves_its_kind_and_its_place_never_its_message(tmp_path: Path) -> None:
    log = TechnicalLog(tmp_path / "log", PAGES)
    try:
        int("Dupont 06 12 34 56 78")
    except ValueError as error:
        log.note_error(error)
    log.note_error(StorageError("disk.full", path="/srv/dupont"))
    log.note("Mme Dupont")
    read = log.read()
    assert "error.kind ValueError" in read
    assert "error.at test_technical_log.py:" in read
    assert read.strip().endswith("error.code disk.full")
    assert "upont" not in read
    assert "/" not in read


def test_a_kind_of_error_that_is_not_ours_is_not_named(tmp_path: Path) -> None:
    log = TechnicalLog(tmp_path, PAGES)
    log.note_error(type("DupontError", (Exception,), {})())
    assert "error.kind OtherFault" in log.read()


def test_five_files_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(technical_log, "_BYTES", 200)
    log = TechnicalLog(tmp_path, PAGES)
    for _ in range(100):
        log.note("page.show", "home")
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 5
    assert max(sizes) <= 200


def test_a_folder_that_cannot_be_made_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    log = TechnicalLog(tmp_path / "taken", PAGES)
    log.note("page.show", "home")
    assert log.read() == ""


def test_only_the_last_lines_are_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(technical_log, "_SHOWN_BYTES", 100)
    log = TechnicalLog(tmp_path, PAGES)
    for _ in range(10):
        log.note("page.show", "home")
    lines = log.read().splitlines()
    assert lines
    assert all(line.endswith("page.show home") for line in lines)
    assert all(line.startswith("20") for line in lines)


def test_every_event_can_be_written() -> None:
    assert set(EVENTS) == {
        "app.start", "app.end", "vault.open", "vault.lock", "page.show", "error.code",
        "error.kind", "error.at",
    }  # fmt: skip
