"""The examples: the draft holds the faults that the table lists, the sample what its annotation says."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import tables
from policygraph.score import KEYS, score

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "examples"
FAULTS = tables.read_table(EXAMPLES / "faults.tsv", required=("id", "kind", "severity", "section", "quote", "zh", "en"))
HALF_WIDTH = str.maketrans("，（）；：", ",();:")


def plain(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8").translate(HALF_WIDTH)


def test_the_faults_were_found() -> None:
    assert len(FAULTS) == 17
    assert len({row["id"] for row in FAULTS}) == 17


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row["id"])
def test_a_fault_stands_in_the_draft(row: dict[str, str]) -> None:
    assert row["quote"] in plain("faulty-draft.txt")
    assert row["kind"] in ("structure", "names", "cascade", "quality")
    assert row["severity"] in ("error", "warning")


@pytest.mark.parametrize("name", ["citations", "targets"])
def test_the_quotes_of_the_annotation_stand_in_the_sample(name: str) -> None:
    text = plain("sample-plan.txt")
    quotes = [row["quote"] for row in tables.read_table(EXAMPLES / "sample-gold" / f"{name}.tsv")]
    assert quotes
    assert [quote for quote in quotes if quote not in text] == []


def test_the_annotation_of_the_sample_covers_what_extraction_finds() -> None:
    scores = score(EXAMPLES / "sample-gold", EXAMPLES / "sample-gold")
    assert {item.table for item in scores.scores} == set(KEYS) - {"bodies", "schedule"}
    assert not scores.misses
