"""From the first start to the saved CNIL paper: once without a mouse, once with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.pdf_reading import body_text
from tests.ui.screen import screen, start
from tests.ui.walk import ANSWER


@pytest.mark.parametrize("how", ["keyboard", "mouse"])
def test_a_person_alone_gets_the_paper(how: str, tmp_path: Path) -> None:
    with screen() as environment, start(environment, "tests.ui.walk", how, str(tmp_path)) as walk:
        said, _ = walk.communicate(timeout=180)
    assert walk.returncode == 0, said
    words = " ".join(body_text((tmp_path / "notification.pdf").read_bytes()).split())
    assert ANSWER.replace("'", "’") in words.replace("'", "’")
    assert "1 001" in words.replace("\u00a0", " ").replace("\u202f", " ")
    assert "données de santé" in words.lower()
