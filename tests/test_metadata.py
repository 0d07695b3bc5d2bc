"""What a document says about itself: one head of a page a line, with the fields it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.errors import NotAPlanError
from policygraph.extract.metadata.find import FIELDS, find_metadata
from policygraph.messages import render
from policygraph.model import Outline, Source
from policygraph.normalise import normalise
from policygraph.pipeline.extracting import extract_document
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "metadata.tsv")
TASKS = "\n一、任务\n(一)办学校。内容。\n"


def outline(text: str) -> Outline:
    return segment(normalise(Source("case", text), WORDS), WORDS)


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=[case["text"].split("\n")[0] for case in CASES])
def test_fields(case: dict[str, str]) -> None:
    rows = find_metadata("case", outline(case["text"]), WORDS).rows
    assert tuple(row.field for row in rows) == FIELDS
    assert "|".join(f"{row.field}={row.value}" for row in rows if row.value) == case["values"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"].split("\n")[0] for case in CASES])
def test_a_value_has_its_place(case: dict[str, str]) -> None:
    found = outline(case["text"])
    for row in find_metadata("case", found, WORDS).rows:
        if row.value and row.field in ("title", "status", "index_number", "addressee") and not found.text.converted:
            place = case["text"][row.evidence.start : row.evidence.end]
            assert "".join(place.split()) == "".join(row.value.split())


def test_of_a_date_that_lost_its_characters_the_latest_is_taken_with_a_note() -> None:
    text = f"示范市健康行动工作方案{TASKS}示范市人民政府    2020122\n"
    row = next(row for row in find_metadata("case", outline(text), WORDS).rows if row.field == "date_issued")
    assert row.value == "2020-12-02"
    assert "2020-01-22" in render(row.evidence.note, "zh")
    assert row.evidence.rule == "lost-date:guess"


def test_the_year_of_writing() -> None:
    assert find_metadata("case", outline(f"方案{TASKS}2021年4月6日\n"), WORDS).signed == 2021
    assert find_metadata("case", outline(f"方案{TASKS}"), WORDS).signed is None


def test_annexes_are_the_documents_own() -> None:
    found = outline(f"示范市关于印发健康行动方案的通知{TASKS}附件:考核办法\n附件\n考核办法\n一、对象\n各区。\n")
    titles = find_metadata("case", found, WORDS).titles
    assert titles == ("示范市关于印发健康行动方案的通知", "示范市关于印发健康行动方案的通知", "考核办法")


def test_what_every_document_has_is_doubtful_where_it_is_not_found() -> None:
    rows = {row.field: row for row in find_metadata("case", outline(TASKS), WORDS).rows}
    assert {name: row.evidence.confidence < 0.6 for name, row in rows.items() if row.evidence.note} == {
        "title": True,
        "issuer": True,
        "date_issued": False,
    }


@pytest.mark.parametrize(
    ("text", "is_plan"),
    [
        ("促进消费若干措施\n一、激发消费\n支持家电以旧换新。安排资金。\n优化公交线路。增加班次。\n", True),
        ("记者朋友们,大家好。\n一、介绍情况\n今年以来,形势很好。\n", False),
        ("促进消费若干措施\n今年以来,形势很好。\n", False),
        ("促进消费若干措施\n各区人民政府:\n根据《甲市消费规划》,做好工作,现通知如下。\n", True),
        ("促进消费若干措施\n到2025年,普及率达到80%。\n到2027年,覆盖率达到90%,入学率达到95%。\n", True),
        ("市政府办公室印发促进消费若干措施\n记者获悉,《促进消费若干措施》近日出台。\n", False),
    ],
)
def test_a_plan_may_have_measures_without_numbers(tmp_path: Path, text: str, is_plan: bool) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    if is_plan:
        assert extract_document(path).value("title") == "促进消费若干措施"
    else:
        with pytest.raises(NotAPlanError):
            extract_document(path)
