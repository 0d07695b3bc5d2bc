"""Numbers: every quantity of a text is listed once, in order, with what it is for and the rule that says so."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from policygraph import lexicon, tables
from policygraph.extract import extract
from policygraph.extract.numbers.find import find_numbers
from policygraph.extract.numbers.rules import RULES, UNREAD
from policygraph.extract.numbers.scan import quantities
from policygraph.model import Findings, NumberRow, Outline, Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "numbers.tsv")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus"
EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "data" / "examples").glob("*.txt"))


def outline(text: str) -> Outline:
    return segment(normalise(Source("plan", text), WORDS), WORDS)


def found(text: str) -> Findings:
    return extract("plan", outline(text), WORDS)


def at(rows: tuple[NumberRow, ...], place: int) -> NumberRow:
    (row,) = (row for row in rows if (row.evidence.start or 0) <= place < (row.evidence.end or 0))
    return row


# ---------------------------------------------------------------- one number, one class


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_number_is_told_by_a_named_rule(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n")
    plain = text.replace("【", "").replace("】", "")
    row = at(find_numbers("plan", outline(plain), WORDS, floor=2020), text.index("【"))
    assert (row.kind, row.evidence.rule) == (case["class"], case["rule"])


def test_every_rule_and_every_form_has_a_case() -> None:
    ruled = {rule.name for rule in (*RULES, UNREAD)}
    forms = {"date", "reference", "article", "phone", "item", "ordinal", "numbering", "name", "ratio"}
    assert {case["rule"] for case in CASES} == ruled | forms


AMOUNTS = {
    "1,200张": ("1200", "张"),
    "３０％": ("30", "%"),
    "20余家": ("20", "家"),
    "3万多人": ("3", "万人"),
    "3%—5%": ("3—5", "%"),
    "1至2个": ("1—2", "个"),
    "百分之七十五点五": ("75.5", "%"),
    "三分之二": ("66.67", "%"),
    "七成": ("7", "成"),
    "一半": ("50", "%"),
    "翻一番": ("1", "倍"),
    "十二万人": ("12", "万人"),
    "两至三个": ("2—3", "个"),
    "9/10万": ("9", "/10万"),
    "12345678901234567890": ("", ""),
}


@pytest.mark.parametrize("printed", AMOUNTS)
def test_an_amount_has_its_value_in_digits_and_its_unit(printed: str) -> None:
    text = normalise(Source("plan", f"约{printed},"), WORDS).text
    (amount,) = quantities(text, WORDS)
    assert (amount.value, amount.unit, amount.form) == (*AMOUNTS[printed], "amount")


@pytest.mark.parametrize(
    "text", ["统一规划", "进一步加强", "千方百计", "一般性工作", "三亚市", "一体推进", "十分重要", "零售企业"]
)
def test_a_word_with_a_numeral_is_no_quantity(text: str) -> None:
    assert list(quantities(text, WORDS)) == []


# ---------------------------------------------------------------- rows

PLAN = """一、任务
(一)主要目标。到2025年,覆盖率达到80%以上。步道上的30棵杨树很高。
(二)重点任务。5岁以下儿童死亡率控制在5‰以下。步道上的40棵杨树很高。
步道 | 40公里
"""


def test_a_number_that_became_a_fact_names_its_row() -> None:
    facts = found(PLAN)
    starts = {f"targets@{row.evidence.start}": row.value for row in facts.targets}
    became = {row.fact: row.value for row in facts.numbers if row.fact}
    assert became == starts == {**became, **starts}
    assert set(became.values()) == {"80", "5"}
    assert [row.kind for row in facts.numbers if row.unit == "岁"] == ["age"]


def test_what_is_unread_says_what_is_at_stake() -> None:
    unread = [row.evidence.rule for row in found(PLAN).numbers if row.kind == "unread"]
    assert unread == ["unread:goal", "unread", "unread:table"]


def test_rows_stand_in_order_and_are_counted_by_section() -> None:
    rows = found(PLAN).numbers
    assert [row.evidence.start for row in rows] == sorted(row.evidence.start or 0 for row in rows)
    assert len({row.evidence.start for row in rows}) == len(rows)
    for section in {row.section for row in rows}:
        orders = [row.order for row in rows if row.section == section]
        assert orders == list(range(1, len(orders) + 1))


# ---------------------------------------------------------------- nothing in silence: a plain search finds no more

UNITS = (
    "个百分点|百分点|个工作日|工作日|个月|平方米|平方公里|立方米|公里|千瓦时|千瓦|公顷|分钟|小时|周岁|人次|户次|场次|车位|"
    "泊位|学时|课时|[万亿]?元|[万亿]?吨|[万亿]?人|[万亿]?户|[万亿]?亩|[万亿]?斤|公斤|[%％‰]|[个家所处座张台辆套间条项件例次"
    "场期门种支批份床岁天年月日倍成名位米株头只艘架栋幢]"
)
PLAIN = re.compile(
    rf"[0-9０-９][0-9０-９.,，]*[万亿]?\s?[余多]?(?:{UNITS})"
    rf"|百分之[一二三四五六七八九十百点零两]+|[一二三四五六七八九十]分之[一二三四五六七八九十]"
    rf"|(?<![一二三四五六七八九十百千万第两几数])[两二三四五六七八九十百]{{1,5}}[万亿]?(?:个|所|家|名|项|万元|亿元|公里|人次|成)(?![级才])"
)


def silent(text: str) -> list[str]:
    """Return what a plain search finds in the normative text and no row of the numbers covers."""
    parts = outline(text)
    covered: set[int] = set()
    for row in find_numbers("plan", parts, WORDS):
        covered.update(range(row.evidence.start or 0, row.evidence.end or 0))
    kept = set(parts.text.offsets)
    hits = (hit for hit in PLAIN.finditer(text) if hit.start() in kept)
    return [text[hit.start() - 10 : hit.end() + 5] for hit in hits if hit.start() not in covered]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_quantity_of_an_example_is_lost(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(PLAIN.findall(text)) > 3
    assert silent(text) == []


CORPUS = [*sorted(SHARED.glob("*.txt")), *sorted((SHARED / "wide").glob("*.txt"))]


@pytest.mark.skipif(not CORPUS, reason="needs ../shared/corpus, the development texts")
def test_no_quantity_of_the_development_texts_is_lost() -> None:
    lost = Counter[str]()
    searched = 0
    for path in CORPUS:
        text = path.read_text(encoding="utf-8-sig")
        searched += len(PLAIN.findall(text))
        lost.update({f"{path.stem}: {place}": 1 for place in silent(text)})
    assert searched > 4000
    assert lost == {}
