"""Dated events: monitoring, evaluation, assessment, reports and meetings with their years, periods and bodies.

How tests/gold was annotated: an event is done at a time the clause gives (每年, 2022年, 定期, 年度 before its name);
of 监测评估 the last word gives the kind; what only mentions an event (根据监测情况, 考核结果) is none; «as needed» is
定期或不定期. Who sees to it is the subject, else the body of the heading, else whom the chapter puts in charge.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import assert_grows_with_length

from policygraph import facts, lexicon, tables
from policygraph.extract.bodies.names import known_bodies
from policygraph.extract.schedule.find import find_schedule
from policygraph.model import Facts, MetadataRow, Outline, ScheduleRow, Source
from policygraph.normalise import normalise
from policygraph.score import score
from policygraph.segment import segment

ROOT = Path(__file__).resolve().parent
CASES = tables.read_table(ROOT / "cases" / "schedule.tsv", required=("text", "expected", "note"))
WORDS = tables.read_table(ROOT.parent / "data" / "lexicon" / "schedule_words.tsv", required=("form", "rule", "example"))
NOT_EVENTS = ("not-after", "not-before", "never")
PLANS = ("changchun-2021", "dalian-2021", "wuhai-2021", "xiamen-2019", "xiangfu-2020")
LEXICON = lexicon.bundled()


def outline(text: str) -> Outline:
    return segment(normalise(Source("case.txt", text), LEXICON), LEXICON)


def schedule(text: str, issued: int | None = None) -> tuple[ScheduleRow, ...]:
    found = outline(text if text.startswith("一、") else f"一、组织实施\n{text}")
    return find_schedule("case", found, known_bodies(found, LEXICON), issued)


def stated(rows: tuple[ScheduleRow, ...]) -> list[str]:
    return [
        "|".join((row.kind, row.years.replace("|", "+"), row.period, row.responsible.replace("|", "+"))) for row in rows
    ]


def read(shared: Path, doc: str) -> tuple[ScheduleRow, ...]:
    found = outline((shared / "corpus" / f"{doc}.txt").read_text(encoding="utf-8"))
    return find_schedule(doc, found, known_bodies(found, LEXICON), None)


# ---------------------------------------------------------------- one line each


def test_there_are_cases_to_check() -> None:
    assert len(CASES) >= 44
    assert len(WORDS) >= 150


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_a_clause_sets(case: dict[str, str]) -> None:
    expected = [part.strip() for part in case["expected"].split(";") if part.strip()]
    assert stated(schedule(case["text"])) == expected, case["note"]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word['rule']}-{word['form']}")
def test_each_word_has_an_example(word: dict[str, str]) -> None:
    assert word["form"] in word["example"]
    assert bool(schedule(word["example"])) == (word["rule"] not in NOT_EVENTS)


# ---------------------------------------------------------------- years, names, evidence


def test_what_lies_before_the_document_is_history() -> None:
    assert schedule("2018年开展专项督查。", issued=2021) == ()
    assert stated(schedule("2018年开展专项督查。")) == ["other|2018||"]
    assert stated(schedule("2018年和2022年开展评估。", issued=2021)) == ["evaluation|2018+2022||"]


def test_an_event_is_named_without_its_verb_and_its_year() -> None:
    assert [row.event for row in schedule("2031年进行试考核。")] == ["试考核"]
    assert [row.event for row in schedule("工作组每年形成实施进展专题报告。")] == ["实施进展专题报告"]
    assert [row.event for row in schedule("对重点任务进行年度监测。")] == ["年度监测"]


def test_a_year_in_the_clause_before_is_less_sure_and_says_so() -> None:
    (row,) = schedule("2030年起,组织考核。")
    (plain,) = schedule("2030年起组织考核。")
    assert (row.evidence.rule, plain.evidence.rule) == ("said:year-before", "said")
    assert row.evidence.note and not plain.evidence.note
    assert row.quote == "2030年起,组织考核"


def test_a_quote_stands_at_its_place() -> None:
    text = "一、组织\n推进委员会统筹，办公室每年开展考核。"
    (row,) = schedule(text)
    assert text[row.evidence.start : row.evidence.end] == row.quote == "办公室每年开展考核"


# ---------------------------------------------------------------- whole documents


@pytest.mark.parametrize("docs", [("dalian-2021", "xiamen-2019"), PLANS], ids=["floor", "all"])
def test_the_plans_reach_the_floor(shared: Path, tmp_path: Path, docs: tuple[str, ...]) -> None:
    rows = tables.read_table(ROOT / "gold" / "schedule.tsv")
    gold, found = tmp_path / "gold", tmp_path / "found"
    gold.mkdir()
    kept = [row for row in rows if row["doc"] in docs]
    tables.write_table(gold / "schedule.tsv", tuple(rows[0]), kept)
    for doc in docs:
        said = Facts(doc=doc, metadata=(MetadataRow(doc, "title", doc),), schedule=read(shared, doc))
        facts.save(said, found / doc)
    result = score(gold, found)
    assert result.of("schedule").f1 >= 0.90, result.misses


def test_the_stages_of_dalian(shared: Path) -> None:
    stages = [row for row in read(shared, "dalian-2021") if "|" in row.years]
    assert [(row.event, row.years) for row in stages] == [("阶段性评估", "2022|2025|2028|2030")]
    assert stages[0].responsible.startswith("健康大连行动推进委员会|")


def test_documents_of_other_fields_give_nothing_absurd(shared: Path) -> None:
    files = sorted((shared / "corpus" / "wide").glob("*.txt"))
    assert len(files) == 90
    found = [row for file in files for row in schedule(file.read_text("utf-8"))]
    assert all(1 < len(row.event) <= 45 and (row.years or row.period) for row in found)
    assert 5 <= len(found) <= 40


# ---------------------------------------------------------------- hostile text


@pytest.mark.parametrize(
    "unit", ["每年", "监测评估", "2030年、", "年度", "、", "(", "开展年度监测", "考核工作由", "《"]
)
def test_steps_grow_with_length(unit: str) -> None:
    def read_it(text: str) -> object:
        parts = outline(text)
        return find_schedule("case", parts, known_bodies(parts, LEXICON), None)

    assert_grows_with_length(read_it, unit, "一、组织\n成立招商领导小组。\n")
