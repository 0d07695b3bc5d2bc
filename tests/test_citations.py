"""Documents named in a text: one opening a line, with the titles, numbers and relations it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract.citations import find_citations
from policygraph.extract.grammar.document_numbers import tidy_number
from policygraph.extract.grammar.document_titles import named_in
from policygraph.model import CitationRow, Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "citations.tsv")


def citations(text: str, own: tuple[str, ...] = ()) -> tuple[CitationRow, ...]:
    plan = f"{text}\n一、任务\n(一)办学校。内容。\n"
    outline = segment(normalise(Source("plan", plan), WORDS), WORDS)
    return find_citations("plan", outline, own, named_in(outline, WORDS), WORDS)


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_citation_is_read(case: dict[str, str]) -> None:
    rows = citations(case["text"])
    assert "|".join(f"{row.relation} {row.title} {row.number or '-'}" for row in rows) == case["citations"]


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_quote_stands_where_its_offsets_say(case: dict[str, str]) -> None:
    for row in citations(case["text"]):
        place = case["text"][row.evidence.start : row.evidence.end]
        assert on_one_line(normalise(Source("x", place), WORDS).printed) == on_one_line(row.quote)


@pytest.mark.parametrize("number", ["示政发〔202022号", "示政发?2020?22号"])
def test_a_repaired_number_says_so(number: str) -> None:
    (row,) = citations(f"根据《示范市规划》({number}),制定本方案。")
    assert row.number == "示政发〔2020〕22号"
    assert row.evidence.note
    assert row.evidence.rule == "basis-opening:number-mended"


def test_the_documents_own_titles_are_no_citations() -> None:
    assert citations("现将《健康示范行动方案》印发给你们。", ("健康示范行动方案",)) == ()
    assert citations("现将《健康示范行动方案》印发给你们。", ("关于印发健康示范行动方案的通知",)) == ()


def test_a_basis_is_named_in_the_opening_and_not_in_a_task() -> None:
    plan = "方案\n一、任务\n(一)办学校。根据《示范标准》,制定学校标准。\n"
    outline = segment(normalise(Source("plan", plan), WORDS), WORDS)
    rows = find_citations("plan", outline, (), named_in(outline, WORDS), WORDS)
    assert [row.relation for row in rows] == ["mentions"]


@pytest.mark.parametrize("number", ["国发〔2019〕13号", "国发(2019)13号", "国发[2019]13号", "国发〔2019〕13 号"])
def test_a_number_has_one_form(number: str) -> None:
    assert tidy_number(number) == "国发〔2019〕13号"
