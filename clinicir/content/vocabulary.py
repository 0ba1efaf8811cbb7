"""The page of the vocabulary, written from the data: `python -m clinicir.content.vocabulary`.

It prints `docs/vocabulary.md`; a test says when the page is behind the data.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from clinicir.content.facts import load_facts, load_fields
from clinicir.domain.facts import FactBook
from clinicir.domain.playbook import FieldSpec

_INTRODUCTION = """# Vocabulary

One vocabulary, in English, for rules, steps, stories and papers. Written by
`python -m clinicir.content.vocabulary > docs/vocabulary.md` from `checklists/facts.toml` and
`checklists/fields.toml`; a test compares. Ids never change once released.

## How an answer reaches the papers

* `fact:X` sets the fact X: `yes` or `no` for a yes/no field, the chosen id for a choice, the count
  for a number. `unknown` is always an answer; it differs from no answer at all.
* `instant:T_X` sets an instant; the first value stands until a correction with a reason.
* `cnil:slug` sets the answer of the CNIL form. A `range` bound to a number of the form sets its
  maximum, and prints its minimum, maximum and method in the companion text of that number.
* `decision:X` is a decision on `cnil`, `persons` or `severity`: choice, reason, who, when.
* A field without binding stays with its step, and prints where the step's `feeds` says.

`risk`, which PAT-02 and DE-09 wait for, follows the gravity decided in QUA-06; unknown before.
"""


def vocabulary_page(facts: FactBook, fields: Mapping[str, FieldSpec]) -> str:
    """The whole page in Markdown."""
    return "\n".join(
        (
            _INTRODUCTION,
            "## Facts",
            "",
            "| id | who answers | values | when absent | label |",
            "| --- | --- | --- | --- | --- |",
            *(
                _row(fact.id, fact.scope, _words(fact.values) or "count", fact.when_absent,
                     fact.label)
                for fact in facts.values()
            ),
            "",
            "## Captured fields",
            "",
            "| id | type | sets | label | values |",
            "| --- | --- | --- | --- | --- |",
            *(
                _row(field.id, field.type, field.binds or "", field.label,
                     _words(choice.id for choice in field.choices))
                for field in fields.values()
            ),
            "",
        )
    )


def _words(values: Iterable[str]) -> str:
    return ", ".join(values)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _main() -> None:
    root = Path(__file__).resolve().parents[2] / "checklists"
    facts = load_facts(root)
    page = vocabulary_page(facts, load_fields(root, facts))
    sys.stdout.buffer.write(page.encode("utf-8"))


if __name__ == "__main__":
    _main()
