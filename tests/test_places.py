"""Which region a text belongs to: one text a line, with the region, its level, and the most it may be trusted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from policygraph import concepts, lexicon, tables
from policygraph.extract import extract
from policygraph.model import Facts, Source
from policygraph.normalise import normalise
from policygraph.resolve import resolve
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "places.tsv")


def facts(text: str) -> Facts:
    return resolve(extract("case", segment(normalise(Source("case", text), WORDS), WORDS), WORDS), concepts.bundled())


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_region_of_a_text(case: dict[str, str]) -> None:
    found = {row.field: row for row in facts(case["text"]).metadata}
    assert found["region"].id == case["region"]
    assert found["level"].value == ("" if case["level"] == "unknown" else case["level"])
    assert found["region"].evidence.match <= Decimal(case["most"])


def test_several_issuers_are_no_one_agency() -> None:
    text = "节水方案\n一、任务\n(一)节水。内容。\n大连市水务局\n大连市财政局\n2022年3月1日\n"
    issuer = next(row for row in facts(text).metadata if row.field == "issuer")
    assert (issuer.value, issuer.id) == ("大连市水务局、大连市财政局", "")


REPORTED = {
    "pingguo": "451023",
    "jiaonan": "370284",
    "laiwu": "371200",
    "kaifeng-xian": "410224",
    "chongwen": "110103",
    "chongwen-short": "110103",
    "hean": "653229",
    "chaoyang-qu": "",
    "changchun-zhen": "",
    "guangzhou-lu": "",
}


def test_places_of_public_reports(shared: Path) -> None:
    """Former units have their own codes; namesakes, towns and streets named after cities stay open, with a note."""
    folder = shared / "cases" / "reports" / "region-former-and-namesake"
    read = {path.stem: facts(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt") if path.stem != "NOTE"}
    regions = {name: next(row for row in found.metadata if row.field == "region") for name, found in read.items()}
    assert {name: row.id for name, row in regions.items()} == REPORTED
    assert all(row.evidence.note for row in regions.values() if not row.id)
