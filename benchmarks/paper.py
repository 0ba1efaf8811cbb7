"""One CNIL paper after warm-up, beside a bare ReportLab document with as many lines.

Figure to reach: 150 ms for a whole paper (build, render, stamp).
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from _table import WHO, heading, median_ms, new_incident, new_vault, rows
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from clinicir import paths
from clinicir.app import paper_printer
from clinicir.content.stories import load_story
from clinicir.documents.plain import plain_lines
from clinicir.domain.audit import Verification
from clinicir.domain.case import CaseFile
from clinicir.domain.story import instants_of, table_of
from clinicir.services import incidents
from clinicir.services.ports import Printer, Request

TIMES = 15


def answered_case(folder: Path) -> tuple[CaseFile, Printer]:
    """The case of the bundled story, all its answers given."""
    vault, session = new_vault(folder / "vault")
    incident = new_incident(session, 1)
    story = load_story(paths.checklists() / "stories" / "amelipro.toml")
    for event in story.events:
        if event.act == "set_facts":
            cnil = {k: v for k, v in table_of(event.given, "cnil").items() if "date" not in k}
            said = incidents.Said({}, instants_of(event.given, "instants"), cnil)
            incidents.set_facts(session, incident, said, WHO)
    entries = tuple(vault.journal(incident))
    intact = Verification(True, "chain", vault.position.n, 0, vault.position.head)
    return CaseFile(session.case(incident), entries, vault.position, intact), paper_printer(vault)


def bare(lines: list[str]) -> None:
    """The same lines as plain paragraphs of the library, no frame, no box, no code."""
    look = getSampleStyleSheet()["BodyText"]
    flow: list[object] = []
    for line in lines:
        clean = line.replace("&", "&amp;").replace("<", "&lt;")
        flow += [Paragraph(clean, look), Spacer(1, 2)]
    SimpleDocTemplate(io.BytesIO()).build(flow)


def main() -> None:
    """Medians in one run."""
    with tempfile.TemporaryDirectory(prefix="clinicir-bench-") as made:
        file, printer = answered_case(Path(made))
        request = Request("cnil")
        (paper,) = printer.build(file, request)
        lines = list(plain_lines(paper))
        pages = printer.render(paper, file.position).pages

        def whole() -> None:
            for one in printer.build(file, request):
                printer.render(one, file.position)

        heading(f"One CNIL paper of {pages} pages, {len(lines)} lines, median of {TIMES}")
        floor = median_ms(lambda: bare(lines), TIMES)
        build = median_ms(lambda: printer.build(file, request), TIMES)
        total = median_ms(whole, TIMES)
        table = [["what", "ms", "x bare"]]
        for name, ms in (("bare ReportLab", floor), ("build only", build), ("whole paper", total)):
            table.append([name, f"{ms:.1f}", f"{ms / floor:.2f}"])
        rows(table)


if __name__ == "__main__":
    main()
