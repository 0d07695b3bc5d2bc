"""Tables of tasks as pages and text tools print them: rows that are headings, their bodies, what was not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract import extract
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "task_tables.tsv")


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_table_of_tasks_is_read(case: dict[str, str]) -> None:
    found = extract("plan", segment(normalise(Source("plan", case["text"]), WORDS), WORDS), WORDS)
    headings = [f"{row.section} {row.heading}" for row in found.structure]
    bodies = [f"{row.section} {row.role} {row.agency}" for row in found.responsibilities]
    unread = [f"{row.section} {getattr(row.evidence.note, 'key', '')}" for row in found.clauses if row.parsed != "yes"]
    assert ";".join(headings) == case["structure"]
    assert ";".join(bodies) == case["bodies"]
    assert ";".join(unread) == case["unread"]
