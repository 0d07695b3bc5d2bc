"""Nothing is lost in silence: what a plain search finds, made without the tool's own words, is in the tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from policygraph import lexicon
from policygraph.extract import extract
from policygraph.model import Evidence, Findings, Outline, Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus"
CORPUS = [*sorted(SHARED.glob("*.txt")), *sorted((SHARED / "wide").glob("*.txt"))]
EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "data" / "examples").glob("*.txt"))

UNITS = (
    "个百分点|百分点|个工作日|工作日|个月|平方米|平方公里|立方米|公里|千瓦时|千瓦|公顷|分钟|小时|周岁|人次|户次|场次|车位|"
    "泊位|学时|课时|[万亿]?元|[万亿]?吨|[万亿]?人|[万亿]?户|[万亿]?亩|[万亿]?斤|公斤|[%％‰]|[个家所处座张台辆套间条项件例次"
    "场期门种支批份床岁天年月日倍成名位米株头只艘架栋幢]"
)
QUANTITY = re.compile(
    rf"[0-9０-９][0-9０-９.,，]*[万亿]?\s?[余多]?(?:{UNITS})"
    rf"|百分之[一二三四五六七八九十百点零两]+|[一二三四五六七八九十]分之[一二三四五六七八九十]"
    rf"|(?<![一二三四五六七八九十百千万第两几数])[两二三四五六七八九十百]{{1,5}}[万亿]?(?:个|所|家|名|项|万元|亿元|公里|人次|成)(?![级才])"
)
LABEL = "(?:牵头|责任|配合|落实|实施|主责|承办|协办|参与)(?:单位|部门)"
BODY = "(?:局|委|办|厅|部|府|院|会|中心|公司|行|区|社|团|站)"
DUTY = "(?:牵头|配合|负责|分别负责|按职责分工负责|分工负责|参与|落实)"
ROLES = (
    re.compile(
        rf"[(（\[［〔【][^()（）\[\]［］〔〕【】\n]{{0,500}}(?:{LABEL}[:：]|{BODY}等?{DUTY}\s*[)）\]］〕】])"
    ),  # brackets
    re.compile(rf"(?m)^[ \t　]*{LABEL}[:：]"),  # label lines
    re.compile(rf"(?m)^[^\n]*(?:{LABEL}[^\n]*[|\t]|[|\t][^\n]*{LABEL})[^\n]*$"),  # heads of tables
)
Rows = Callable[[Findings], Iterable[Evidence]]


def numbers(found: Findings) -> Iterable[Evidence]:
    return (row.evidence for row in found.numbers)


def clauses(found: Findings) -> Iterable[Evidence]:
    return (row.evidence for row in found.clauses)


# The rows and patterns of a search, how much the corpus has at the least, in how many characters a row begins.
SEARCHES: dict[str, tuple[Rows, tuple[re.Pattern[str], ...], int, int]] = {
    "quantities": (numbers, (QUANTITY,), 4000, 1),
    "roles": (clauses, ROLES, 1000, 500),
}


def searched(text: str, name: str) -> tuple[int, list[str]]:
    """Return how much a plain search finds in the normative text, and what of it no row of the table covers."""
    rows, patterns, _, reach = SEARCHES[name]
    parts: Outline = segment(normalise(Source("plan", text), WORDS), WORDS)
    kept = set(parts.text.offsets)  # without the furniture of a page
    covered: set[int] = set()
    for proof in rows(extract("plan", parts, WORDS)):
        covered.update(range(proof.start or 0, proof.end or 0))
    hits = [hit.span() for pattern in patterns for hit in pattern.finditer(text) if hit.start() in kept]
    lost = [(start, end) for start, end in hits if covered.isdisjoint(range(start, min(end, start + reach)))]
    return len(hits), [text[start - 5 : end + 5] for start, end in lost]


@pytest.mark.parametrize("name", SEARCHES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_of_an_example_is_lost(path: Path, name: str) -> None:
    found, lost = searched(path.read_text(encoding="utf-8"), name)
    assert found > 3
    assert lost == []


@pytest.mark.skipif(not CORPUS, reason="needs ../shared/corpus, the development texts")
@pytest.mark.parametrize("name", SEARCHES)
def test_nothing_of_the_development_texts_is_lost(name: str) -> None:
    read = {path.stem: searched(path.read_text(encoding="utf-8-sig"), name) for path in CORPUS}
    assert sum(found for found, _ in read.values()) > SEARCHES[name][2]
    assert {stem: lost for stem, (_, lost) in read.items() if lost} == {}


@pytest.mark.parametrize(("name", "text"), [("quantities", "建成三所学校"), ("roles", "(市教育局负责)")])
def test_a_loss_would_be_seen(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SEARCHES, name, (lambda _: (), *SEARCHES[name][1:]))
    assert searched(f"一、任务\n{text}。", name)[1] != []
