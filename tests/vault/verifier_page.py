"""What the page must repeat of itself and of the program: sums of its script, words of the kinds.

    python -m tests.vault.verifier_page

writes them again after the page, or the words, were changed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

from clinicir.texts.labels import ENTRY_KINDS

PAGE = Path(__file__).parents[2] / "resources" / "verify" / "verifier.html"


def renewed(text: str) -> str:
    """The page with the right words and the right policy."""
    words = json.dumps(dict(ENTRY_KINDS), ensure_ascii=False)
    text = re.sub(r"(?m)^const KINDS = .*;$", lambda _: f"const KINDS = {words};", text)
    for tag in ("script", "style"):
        inside = text.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        text = re.sub(rf"{tag}-src 'sha256-[^']*'", f"{tag}-src 'sha256-{digest}'", text)
    return text


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8", newline="\n")
