"""Documents: by number, by title, by short title; else an identifier made from what the title says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, tables
from policygraph.concepts import Concepts, bundled
from policygraph.resolve.documents import resolve_document, title_keys, title_region

CASES = tables.read_table(Path(__file__).parent / "cases" / "documents.tsv")
ROWS = tables.read_table(assets.path("data", "concepts", "documents.tsv"))
FRAMES = tables.read_table(assets.path("data", "concepts", "document_frames.tsv"))


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return bundled()


def test_the_cases_were_found() -> None:
    assert len(CASES) == 20
    assert len(ROWS) >= 50


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['title']}-{row['note']}")
def test_case(row: dict[str, str], concepts: Concepts) -> None:
    match = resolve_document(row["title"], row["number"], row["region"], concepts)
    assert match.id == row["expected"]
    assert (match.score == 0.4) == ("-undated-" in row["expected"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_document_is_found_by_number_and_by_each_name(row: dict[str, str], concepts: Concepts) -> None:
    names = [row["title"], row["example"], *filter(None, row["names"].split("|"))]
    assert {resolve_document(name, "", "", concepts).id for name in names} == {row["id"]}
    if row["number"]:
        assert resolve_document("", row["number"], "", concepts).score == 1.0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_document_stands_in_a_region(row: dict[str, str], concepts: Concepts) -> None:
    assert concepts.regions[row["region"]].level == row["level"]
    assert title_region(row["title"], concepts) in ("", row["region"])


@pytest.mark.parametrize("row", FRAMES, ids=lambda row: f"{row['kind']}-{row['form']}")
def test_frame(row: dict[str, str], concepts: Concepts) -> None:
    assert resolve_document(row["example"], "", "", concepts).score >= 0.9


def test_citations_of_the_plans(shared: Path, concepts: Concepts) -> None:
    regions = {"dalian-2021": "210200", "wuhai-2021": "150300", "xiangfu-2020": "410212"}
    rows = tables.read_table(shared / "gold" / "citations.tsv")
    known = {document.id for document in concepts.documents.values()}
    for row in rows:
        by_title = resolve_document(row["title"], "", regions[row["doc"]], concepts)
        by_number = resolve_document(row["title"], row["number"], regions[row["doc"]], concepts)
        assert by_title.id == by_number.id
        assert by_title.id in known
    assert len(rows) == 18


def test_every_parent_document_is_in_the_table(shared: Path, concepts: Concepts) -> None:
    rows = tables.read_table(shared / "parents" / "documents.tsv")
    found = [resolve_document(row["title"], row["number"], "", concepts) for row in rows]
    assert len(rows) == 27
    assert [match.id for match in found if match.id not in concepts.documents] == []


def test_the_region_of_a_title(concepts: Concepts) -> None:
    assert title_region("吉林省贯彻落实健康中国行动实施方案", concepts) == "220000"
    assert title_region("健康中国行动组织实施和考核方案", concepts) == "100000"
    assert title_region("控烟条例", concepts) == ""


@given(st.text(max_size=30))
def test_any_citation_gets_an_identifier(text: str) -> None:
    concepts = bundled()
    for match in (resolve_document(text, "", "210200", concepts), resolve_document("", text, "", concepts)):
        assert match.id
        assert match.id.isascii()
    assert all(title_keys(text, bundled()))
