"""The page of a dossier: no network, right sums, hostile names plain, every way of giving files."""

from __future__ import annotations

import hashlib
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import WHY_SKIPPED, Browser, find_chromium
from tests.campaigns.verifier_agreement import PAGE, pack
from tests.vault.dossier_samples import sample_dossier, write_sums
from tests.vault.vault_samples import forge_head
from tests.vault.verifier_page import renewed

needs_chromium = pytest.mark.skipif(find_chromium() is None, reason=WHY_SKIPPED)
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole dossier, never changed."""
    work = tmp_path_factory.mktemp("page")
    sample_dossier(work / "dossier", work / "other")
    return work / "dossier"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The page, open."""
    with Browser(PAGE) as opened:
        yield opened


def shown(browser: Browser, field: str, *paths: Path) -> str:
    """Text of the result once `paths` were chosen with a button."""
    browser.load()
    browser.choose(field, *paths)
    limit = time.monotonic() + 60
    while browser.evaluate("document.getElementById('result').hidden"):
        assert time.monotonic() < limit, "no result"
        time.sleep(0.02)
    return str(browser.evaluate("document.getElementById('result').innerText"))


def test_its_words_and_its_policy_are_up_to_date() -> None:
    text = PAGE.read_text("utf-8")
    assert text == renewed(text), "run: python -m tests.vault.verifier_page"


def test_it_asks_for_nothing_outside() -> None:
    text = PAGE.read_text("utf-8")
    assert "default-src 'none'; script-src 'sha256-" in text
    for word in ("http:", "https:", "innerHTML", "outerHTML", "insertAdjacent", "document.write",
                 "eval(", "fetch(", "XMLHttp", "WebSocket", " src=", "import("):  # fmt: skip
        assert word not in text, word


@needs_chromium
@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 1000, 100_003])
def test_its_sha256_is_right(browser: Browser, size: int) -> None:
    draw = random.Random(size)
    content = draw.randbytes(size)
    cut = draw.randrange(size + 1)
    script = (
        f"(() => {{ const data = new Uint8Array({list(content)}), total = new Sha256();"
        f" total.update(data.subarray(0, {cut})).update(data.subarray({cut}));"
        " return [sha256Hex(data), toHex(total.digest())]; })()"
    )
    wanted = hashlib.sha256(content).hexdigest()
    assert browser.evaluate(script) == [wanted, wanted]


@needs_chromium
def test_a_folder_and_an_archive_are_read_and_nothing_is_asked(
    browser: Browser, dossier: Path, tmp_path: Path
) -> None:
    pack(dossier, tmp_path / "d.cirdossier")
    browser.events.clear()
    for field, path in (("#pick-folder", dossier), ("#pick-file", tmp_path / "d.cirdossier")):
        text = shown(browser, field, path)
        assert "INTACT" in text
        assert "12" in text
        assert "EXERCICE" in text
    assert {url.split("#")[0] for url in browser.requests()} == {PAGE.as_uri()}
    troubles = ("Log.entryAdded", "Runtime.exceptionThrown")
    assert [event for event in browser.events if event.get("method") in troubles] == []


@needs_chromium
def test_one_byte_is_found_and_placed(browser: Browser, dossier: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(dossier, changed)
    piece = max((changed / "evidence").iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(piece.read_bytes())
    content[1234] ^= 1
    piece.write_bytes(content)
    text = shown(browser, "#pick-folder", changed)
    assert "ALT\u00c9R\u00c9 \u00e0 l\u2019entr\u00e9e 6" in text
    assert f"evidence/{piece.name}" in text


@needs_chromium
def test_a_bare_or_sealed_or_foreign_file_is_unreadable(browser: Browser, tmp_path: Path) -> None:
    for content, word in (
        (b'{"format":"clinicir-sealed","m":1}\n', "phrase de passe"),
        (b"PK\x03\x04 and nothing else", "ILLISIBLE"),
        (b"plain", "vault.json"),
    ):
        (tmp_path / "x.cirdossier").write_bytes(content)
        assert word in shown(browser, "#pick-file", tmp_path / "x.cirdossier")


@needs_chromium
def test_hostile_words_stay_words(browser: Browser, dossier: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    shutil.copytree(dossier, bad)
    with (bad / "SHA256SUMS").open("a", encoding="ascii") as sums:
        sums.write("0" * 64 + "  <img/src=x/onerror=document.title='owned'>\n")
    text = shown(browser, "#pick-folder", bad)
    assert "<img/src=x/onerror=" in text
    assert browser.evaluate("document.querySelectorAll('#result img, #result script').length") == 0
    assert browser.evaluate("document.title") == "clinicir : alt\u00e9r\u00e9"
    body = f"({{n: 1, right: true, body: {{by: {HOSTILE!r}, d: {{[{HOSTILE!r}]: '\\u202eabc'}}}}}})"
    drawn = browser.evaluate(
        f"(() => {{ const box = readable({body}.body, 0);"
        " return [box.querySelectorAll('img').length, box.textContent]; })()"
    )
    assert drawn[0] == 0
    assert HOSTILE in drawn[1]
    assert "\u27e6U+202E\u27e7abc" in drawn[1]


@needs_chromium
def test_a_paper_is_compared_with_the_journal(browser: Browser, dossier: Path) -> None:
    shown(browser, "#pick-folder", dossier)
    lines = (dossier / "trail" / "trail-000001.jsonl").read_bytes().splitlines(keepends=True)
    head = hashlib.sha256(lines[6]).hexdigest()
    groups = " ".join(head[i : i + 4] for i in range(0, 64, 4))
    for number, digest, word in (
        ("7", groups, "Concorde"), ("8", groups, "Contredit"), ("99", groups, "manquent"),
        ("", f"size 7\nhead {head}", "Concorde"), ("7", "12", "64"),
    ):  # fmt: skip
        browser.evaluate(
            f"document.getElementById('paper-number').value = {number!r};"
            f"document.getElementById('paper-head').value = {digest!r};"
            "document.querySelector('#result form').requestSubmit()"
        )
        assert word in browser.evaluate("document.getElementById('paper-answer').textContent")


@needs_chromium
def test_a_hundred_thousand_entries_stay_usable(browser: Browser, tmp_path: Path) -> None:
    root = tmp_path / "long"
    sample_dossier(root, tmp_path / "other")
    path = root / "trail" / "trail-000001.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    last, rest = lines[-1], []
    for n in range(len(lines) + 1, 100_001):
        start, _, end = last.partition(b'"n":')
        end = end[end.index(b",") :]
        previous = hashlib.sha256(last).hexdigest().encode()
        at = end.index(b'"p":"') + 5
        last = start + b'"n":%d' % n + end[:at] + previous + end[at + 64 :]
        rest.append(last)
    path.write_bytes(b"".join([*lines, *rest]))
    forge_head(root)
    write_sums(root)
    started = time.monotonic()
    assert "INTACT" in shown(browser, "#pick-folder", root)
    assert time.monotonic() - started < 60
    assert browser.evaluate("document.querySelectorAll('#result tbody tr').length") < 300
