"""Coordinating bodies: what a clause says of them, under their full names, and the annotation of the five plans.

How tests/gold was annotated: a body has the fullest name its document gives it, without a count (各, 十七个); a list
of described holders is cut after each holder (负责同志, 领导), never inside one; a person listed as 兼 has no post of
its own; 由X聘请Y组成 says that X appoints Y; what other places are told to set up is no fact of the document.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import assert_grows_with_length

from policygraph import facts, lexicon, tables
from policygraph.extract.bodies.find import find_bodies
from policygraph.extract.bodies.names import known_bodies
from policygraph.messages import render
from policygraph.model import BodyRow, Facts, MetadataRow, Outline, Source
from policygraph.normalise import normalise
from policygraph.score import score
from policygraph.segment import segment

ROOT = Path(__file__).resolve().parent
CASES = tables.read_table(ROOT / "cases" / "bodies.tsv", required=("text", "expected", "note"))
WORDS = tables.read_table(ROOT.parent / "data" / "lexicon" / "body_words.tsv", required=("form", "rule", "example"))
TITLES = tables.read_table(ROOT.parent / "data" / "lexicon" / "job_titles.tsv", required=("form", "example"))
PLANS = ("changchun-2021", "dalian-2021", "wuhai-2021", "xiamen-2019", "xiangfu-2020")
LEXICON = lexicon.bundled()


def outline(text: str) -> Outline:
    return segment(normalise(Source("case.txt", text), LEXICON), LEXICON)


def bodies(text: str) -> tuple[BodyRow, ...]:
    return found_in(outline(f"一、组织领导\n{text}"))


def found_in(found: Outline, doc: str = "case") -> tuple[BodyRow, ...]:
    return find_bodies(doc, found, known_bodies(found, LEXICON))


def read(shared: Path, doc: str) -> Outline:
    return outline((shared / "corpus" / f"{doc}.txt").read_text(encoding="utf-8"))


def stated(rows: tuple[BodyRow, ...]) -> list[str]:
    return sorted("|".join((row.body, row.relation, row.party, row.post)) for row in rows)


# ---------------------------------------------------------------- one line each


def test_there_are_cases_to_check() -> None:
    assert len(CASES) >= 52
    assert len(WORDS) >= 130


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_a_clause_states(case: dict[str, str]) -> None:
    expected = [part.strip() for part in case["expected"].split(";") if part.strip()]
    assert stated(bodies(case["text"])) == sorted(expected), case["note"]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word['rule']}-{word['form']}")
def test_each_word_has_an_example_that_states_something(word: dict[str, str]) -> None:
    assert word["form"] in word["example"].replace(" ", "") or word["rule"] in ("counter", "unit")
    assert bodies(word["example"])


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title["form"])
def test_each_title_ends_a_post(title: dict[str, str]) -> None:
    found = bodies(f"成立招商领导小组。\n组 长:张三  {title['example']}\n")
    assert stated(found) == [f"招商领导小组|chair|张三|{title['example']}"]


def test_every_seat_is_a_relation_of_the_format() -> None:
    assert set(LEXICON.bodies.body_words["post"].values()) == {
        "chair",
        "vice_chair",
        "secretary_general",
        "member",
        "members_from",
        "",
    }


# ---------------------------------------------------------------- names, order, evidence


def test_the_names_of_a_document_are_known_from_anywhere_in_it() -> None:
    names = known_bodies(outline("一、机制\n推进委员会统筹。\n二、组织\n成立健康甲市行动推进委员会。"), LEXICON)
    assert names.resolve("推进委员会").name == "健康甲市行动推进委员会"
    assert names.resolve("推进委").name == "健康甲市行动推进委员会"
    assert names.resolve("推进委员会办公室").name == "健康甲市行动推进委员会办公室"
    assert names.resolve("市教育局").name == "市教育局"


def test_a_short_name_without_a_full_one_is_said_to_be_one() -> None:
    (row,) = bodies("领导小组办公室设在市商务局。")
    assert row.evidence.confidence < 1
    assert "文中无全称" in render(row.evidence.note, "zh")


def test_each_seat_is_numbered_under_its_label() -> None:
    rows = bodies("成立招商领导小组。\n组长:张三  市长\n成员:李四  市教育局局长\n     王五  市财政局局长")
    assert [(row.relation, row.order) for row in rows] == [("chair", 1), ("member", 1), ("member", 2)]


def test_who_sits_in_a_second_seat_has_a_note() -> None:
    rows = bodies("成立招商领导小组。\n组长:张三  市长\n秘书长:张三(兼)")
    assert [(row.post, bool(row.evidence.note)) for row in rows] == [("市长", False), ("", True)]


def test_a_quote_stands_at_its_place() -> None:
    text = "一、组织\n成立健康甲市行动推进委员会（以下简称推进委）。\n推进委办公室设在市卫生健康委。"
    (row,) = found_in(outline(text))
    assert text[row.evidence.start : row.evidence.end] == row.quote == "推进委办公室设在市卫生健康委"


def test_the_same_statement_is_made_once_in_a_section() -> None:
    assert len(bodies("领导小组办公室设在市商务局。领导小组办公室设在市商务局。")) == 1


# ---------------------------------------------------------------- whole documents


@pytest.mark.parametrize("docs", [("dalian-2021", "xiamen-2019"), PLANS], ids=["floor", "all"])
def test_the_plans_reach_the_floor(shared: Path, tmp_path: Path, docs: tuple[str, ...]) -> None:
    rows = tables.read_table(ROOT / "gold" / "bodies.tsv")
    gold, found = tmp_path / "gold", tmp_path / "found"
    gold.mkdir()
    kept = [row for row in rows if row["doc"] in docs]
    tables.write_table(gold / "bodies.tsv", tuple(rows[0]), kept)
    for doc in docs:
        said = found_in(read(shared, doc), doc)
        facts.save(Facts(doc=doc, metadata=(MetadataRow(doc, "title", doc),), bodies=said), found / doc)
    result = score(gold, found)
    assert result.of("bodies").f1 >= 0.97, result.misses


def test_dalian_names_forty_seats(shared: Path) -> None:
    rows = found_in(read(shared, "dalian-2021"), "dalian-2021")
    seats = [row for row in rows if row.section == "附件1/一(一)1"]
    assert len(seats) == 40
    assert {row.body for row in seats} == {"健康大连行动推进委员会"}


def test_documents_of_other_fields_give_nothing_absurd(shared: Path) -> None:
    files = sorted((shared / "corpus" / "wide").glob("*.txt"))
    assert len(files) == 90
    found = [row for file in files for row in found_in(outline(file.read_text("utf-8")), file.stem)]
    assert all(2 < len(row.body) <= 45 and 1 < len(row.party) <= 60 for row in found)
    assert len(found) <= 20  # they say little of coordinating bodies; many rows would be inventions


# ---------------------------------------------------------------- hostile text

UNITS = (
    "下设",
    "推进委员会",
    "主任由",
    "聘请",
    "办公室设在",
    "成立以",
    "为组长的",
    "组长:",
    "赵   ",
    "(",
    "市教育局、",
    "以下简称",
)


@pytest.mark.parametrize("unit", UNITS)
def test_steps_grow_with_length(unit: str) -> None:
    start = "一、组织\n成立招商领导小组。\n"
    assert_grows_with_length(lambda text: found_in(outline(text)), unit, start)
