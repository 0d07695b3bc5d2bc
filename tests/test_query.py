"""Every question of the catalogue has golden rows, counted by hand from tests/small_graph.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from golden_rows import ABOVE, ODD, SMALL
from odd_graph import odd_graph
from rdflib import RDF, XSD, Literal
from small_graph import small_graph

from policygraph.errors import DataError, UsageError
from policygraph.messages import render
from policygraph.query import (
    Question,
    ask,
    ask_with_evidence,
    catalogue,
    explain_empty,
    identify,
    question,
    sparql,
    values,
)
from policygraph.query.catalogue import internal, read
from policygraph.rows import Rows
from policygraph.store import Store, open_store
from policygraph.vocab import PG, document_graph

Row = tuple[object, ...]
K, T, CHINA = "健康知识普及行动", "控烟行动", "中华人民共和国"
HL, HL_ZH, SMOKING, SMOKING_ZH = "health-literacy", "居民健康素养水平", "smoking", "15岁以上人群吸烟率"
HEALTH, SCHOOLS, PUBLICITY, AIRPORT = "市卫生健康委", "市教体局", "市委宣传部", "机场集团"
D, PLAN = Decimal, "某方案"
BOTH = "dalian-2021: >=27%; dalian-2021: qual; wuhai-2021: >=22%"
SLUG = "210200-2021-01-25-aaaaaaaa"
NONE = None, None, None
SCOPES = {"added-targets": "national"}  # a document on the chain is not at hand, none of the nation's


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        opened.add_all(small_graph())
        yield opened


@pytest.fixture(scope="module")
def odd() -> Iterator[Store]:
    with open_store() as opened:
        opened.add_all(odd_graph())
        yield opened


GOLDEN: dict[str, list[Row]] = SMALL | {
    "documents": [
        ("guofa-2019-13", "国发〔2019〕13号", PLAN, "national", CHINA, "2019-06-24", 2, 0, 0, 3),
        ("liaozhengfa-2019-22", "辽政发〔2019〕22号", PLAN, "province", "辽宁省", "2019", 0, 0, 0, 0),
        ("dalian-2021", None, PLAN, "prefecture", "大连市", "2021-01-25", 2, 3, 7, 3),
        ("wuhai-2021", "乌海政办发〔2021〕37号", PLAN, "prefecture", "乌海市", "2021", 1, 2, 2, 1),
    ],
    "citation-chain": [
        ("dalian-2021", 1, "guofa-2019-13", "国发〔2019〕13号", PLAN, "national", 3),
        ("dalian-2021", 1, "liaozhengfa-2019-22", "辽政发〔2019〕22号", PLAN, "province", 0),
        ("liaozhengfa-2019-22", 1, "guofa-2019-13", "国发〔2019〕13号", PLAN, "national", 3),
        ("wuhai-2021", 1, "guofa-2019-13", "国发〔2019〕13号", PLAN, "national", 3),
    ],
    "lead-roles": [
        (1, "health", "卫生健康", 2, 0, 1, 0, 2),
        (2, "education", "教育", 1, 1, 2, 0, 2),  # a merged bureau counts for education and for sport
        (2, "sport", "体育", 1, 1, 2, 0, 2),
        (4, "publicity", "宣传", 0, 0, 1, 0, 1),  # never leads; finance has no role and no row
    ],
    "lead-roles-of-agencies": [
        (1, "210200/health", "大连市卫生健康委员会", "大连市", 2, 0, 0, 0),
        (2, "150300/education-sport", "乌海市教育体育局", "乌海市", 1, 0, 0, 0),
        (3, "210200/education-sport", "大连市教育体育局", "大连市", 0, 1, 2, 0),
        (3, "150300/health", "乌海市卫生健康委员会", "乌海市", 0, 0, 1, 0),
        (3, "210200/publicity", "大连市委宣传部", "大连市", 0, 0, 1, 0),
        (3, "210200/x-ji-chang-ji-tuan", "大连市机场集团", "大连市", 0, 0, 1, 0),
    ],
    "lead-roles-by-level": [
        ("prefecture", "health", "卫生健康", 2, 0, 1, 0, 2),
        ("prefecture", "education", "教育", 1, 1, 2, 0, 2),
        ("prefecture", "sport", "体育", 1, 1, 2, 0, 2),
        ("prefecture", "publicity", "宣传", 0, 0, 1, 0, 1),
    ],
    "never-lead": [
        ("210200/education-sport", "大连市教育体育局", "大连市", 1, 2, 0),
        ("150300/health", "乌海市卫生健康委员会", "乌海市", 0, 1, 0),
        ("210200/publicity", "大连市委宣传部", "大连市", 0, 1, 0),
        ("210200/x-ji-chang-ji-tuan", "大连市机场集团", "大连市", 0, 1, 0),
    ],
    "clauses-of-function": [
        ("dalian-2021", "三(一)1", K, 1, "lead", "210200/health", HEALTH, "条款甲", "reviewed"),
        ("dalian-2021", "三(一)2", T, 1, "lead", "210200/health", HEALTH, "条款丙", "reviewed"),
        ("wuhai-2021", "二(一)", K, 1, "support", "150300/health", HEALTH, "条款丁", "reviewed"),
    ],
    "clauses-of-agency": [
        ("dalian-2021", "三(一)1", K, 1, "lead", "210200/health", HEALTH, "条款甲", "reviewed"),
        ("dalian-2021", "三(一)1", K, 1, "support", "210200/education-sport", SCHOOLS, "条款甲", "reviewed"),
        ("dalian-2021", "三(一)1", K, 1, "support", "210200/publicity", PUBLICITY, "条款甲", "reviewed"),
        ("dalian-2021", "三(一)1", K, 2, "responsible", "210200/education-sport", SCHOOLS, "条款乙", "reviewed"),
        ("dalian-2021", "三(一)2", T, 1, "lead", "210200/health", HEALTH, "条款丙", "reviewed"),
        ("dalian-2021", "三(一)2", T, 1, "support", "210200/education-sport", SCHOOLS, "条款丙", "reviewed"),
        ("dalian-2021", "三(一)2", T, 1, "support", "210200/x-ji-chang-ji-tuan", AIRPORT, "条款丙", "reviewed"),
        ("wuhai-2021", "二(一)", K, 1, "lead", "150300/education-sport", SCHOOLS, "条款丁", "reviewed"),
        ("wuhai-2021", "二(一)", K, 1, "support", "150300/health", HEALTH, "条款丁", "reviewed"),
    ],
    "co-responsibility": [
        ("210200/education-sport", "大连市教育体育局", "210200/health", "大连市卫生健康委员会", 2),
        ("150300/education-sport", "乌海市教育体育局", "150300/health", "乌海市卫生健康委员会", 1),
        ("210200/education-sport", "大连市教育体育局", "210200/publicity", "大连市委宣传部", 1),
        ("210200/education-sport", "大连市教育体育局", "210200/x-ji-chang-ji-tuan", "大连市机场集团", 1),
        ("210200/health", "大连市卫生健康委员会", "210200/publicity", "大连市委宣传部", 1),
        ("210200/health", "大连市卫生健康委员会", "210200/x-ji-chang-ji-tuan", "大连市机场集团", 1),
    ],
    "actions-by-bodies": [
        ("dalian-2021", "三(一)1", K, 3, 1, 1, 2, 0, 2),
        ("dalian-2021", "三(一)2", T, 3, 1, 0, 2, 0, 1),
        ("wuhai-2021", "二(一)", K, 2, 1, 0, 1, 0, 1),
    ],
    "actions-without-counterpart": [("wuhai-2021", "prefecture", "4", "tobacco", T)],
    "targets-of-document": [
        ("dalian-2021", None, "总体目标", HL, HL_ZH, 2022, "qual", None, None, None, "reviewed"),
        ("dalian-2021", "三(一)1", K, HL, HL_ZH, 2022, ">=", D(27), "%", None, "reviewed"),
        ("dalian-2021", "三(一)1", K, HL, HL_ZH, 2030, ">=", D(28), "%", None, "unchecked"),
        ("guofa-2019-13", "三(一)1", K, HL, HL_ZH, 2022, ">=", D(22), "%", None, "reviewed"),
        ("guofa-2019-13", "三(一)1", K, HL, HL_ZH, 2030, ">=", D(30), "%", None, "reviewed"),
        ("guofa-2019-13", "三(一)4", T, SMOKING, SMOKING_ZH, 2030, "<", D(20), "%", None, "reviewed"),
        ("wuhai-2021", "二(一)", K, HL, HL_ZH, 2022, ">=", D(22), "%", None, "reviewed"),
    ],
    "indicator-matrix": [
        (HL, HL_ZH, 2022, 3, "guofa-2019-13: >=22%", None, BOTH, None),
        (HL, HL_ZH, 2030, 2, "guofa-2019-13: >=30%", None, "dalian-2021: >=28%", None),
        (SMOKING, SMOKING_ZH, 2030, 1, "guofa-2019-13: <20%", None, None, None),
    ],
    "target-path": [
        ("national", CHINA, "guofa-2019-13", 2022, ">=", D(22), "%", "", "reviewed", *NONE),
        ("national", CHINA, "guofa-2019-13", 2030, ">=", D(30), "%", "", "reviewed", *NONE),
        ("province", "辽宁省", "liaozhengfa-2019-22", 2022, None, None, None, "no-data", None, *ABOVE),
        ("province", "辽宁省", "liaozhengfa-2019-22", 2030, None, None, None, "no-data", None, *ABOVE),
        ("prefecture", "乌海市", "wuhai-2021", 2022, ">=", D(22), "%", "equal", "reviewed", *ABOVE),
        ("prefecture", "大连市", "dalian-2021", 2022, ">=", D(27), "%", "tighter", "reviewed", *ABOVE),  # not the trend
        ("prefecture", "大连市", "dalian-2021", 2030, ">=", D(28), "%", "looser", "unchecked", *ABOVE),
    ],
    "verdicts": [
        ("liaozhengfa-2019-22", "province", "no-data", 3),
        ("dalian-2021", "prefecture", "dropped", 1),
        ("dalian-2021", "prefecture", "looser", 1),
        ("dalian-2021", "prefecture", "no-data", 1),
        ("dalian-2021", "prefecture", "tighter", 1),
        ("wuhai-2021", "prefecture", "dropped", 1),
        ("wuhai-2021", "prefecture", "equal", 1),
        ("wuhai-2021", "prefecture", "not-covered", 1),
    ],
    "unchecked-figures": [("dalian-2021", "三(一)1", HL_ZH, 2030, ">=", D(28), "%", "unchecked", "页面缺失")],
    "open-lists": [("dalian-2021", "三(一)1", K, 1, 3, "条款甲")],
    "unparsed-clauses": [("wuhai-2021", "二(一)", K, 2, "条款戊", "单位未列明")],
    "unresolved-names": [("210200/x-ji-chang-ji-tuan", AIRPORT, 1, 1)],
}  # fmt: skip
# These are long: here only their number of rows and some columns.
NARROW: dict[str, tuple[tuple[str, ...], list[Row]]] = {
    "departures": (
        (
            "document",
            "indicator",
            "year",
            "verdict",
            "step",
            "ancestor",
            "value",
            "status",
            "ancestor_value",
            "ancestor_status",
        ),
        [
            ("dalian-2021", SMOKING, 2030, "dropped", None, "guofa-2019-13", None, None, "<20%", "reviewed"),
            ("dalian-2021", HL, 2030, "looser", D(-2), "guofa-2019-13", ">=28%", "unchecked", ">=30%", "reviewed"),
            ("dalian-2021", HL, None, "no-data", None, "liaozhengfa-2019-22", None, None, None, None),
            ("dalian-2021", HL, 2022, "tighter", D(5), "guofa-2019-13", ">=27%", "reviewed", ">=22%", "reviewed"),
            ("liaozhengfa-2019-22", HL, 2022, "no-data", None, "guofa-2019-13", None, None, None, "reviewed"),
            ("liaozhengfa-2019-22", HL, 2030, "no-data", None, "guofa-2019-13", None, None, None, "reviewed"),
            ("liaozhengfa-2019-22", SMOKING, 2030, "no-data", None, "guofa-2019-13", None, None, None, "reviewed"),
            ("wuhai-2021", HL, 2030, "dropped", None, "guofa-2019-13", None, None, ">=30%", "reviewed"),
            ("wuhai-2021", SMOKING, 2030, "not-covered", None, "guofa-2019-13", None, None, "<20%", "reviewed"),
        ],
    ),
    "responsibilities": (
        ("agency", "function", "action_label", "role", "document"),
        [
            ("210200/health", "health", K, "lead", "dalian-2021"),
            ("210200/education-sport", "education", K, "support", "dalian-2021"),
            ("210200/education-sport", "sport", K, "support", "dalian-2021"),
            ("210200/publicity", "publicity", K, "support", "dalian-2021"),
            ("210200/education-sport", "education", K, "responsible", "dalian-2021"),
            ("210200/education-sport", "sport", K, "responsible", "dalian-2021"),
            ("210200/health", "health", T, "lead", "dalian-2021"),
            ("210200/education-sport", "education", T, "support", "dalian-2021"),
            ("210200/education-sport", "sport", T, "support", "dalian-2021"),
            ("210200/x-ji-chang-ji-tuan", None, T, "support", "dalian-2021"),
            ("150300/education-sport", "education", K, "lead", "wuhai-2021"),
            ("150300/education-sport", "sport", K, "lead", "wuhai-2021"),
            ("150300/health", "health", K, "support", "wuhai-2021"),
        ],
    ),
}


def narrow(rows: Rows, columns: tuple[str, ...]) -> list[Row]:
    places = [rows.columns.index(name) for name in columns]
    return [tuple(row[place] for place in places) for row in rows.rows]


def first(rows: Rows) -> list[object]:
    return [row[0] for row in rows.rows]


# ---------------------------------------------------------------- the catalogue


ELSEWHERE = {"bodies", "schedule"}  # their golden rows are in tests of their own


def test_every_question_has_golden_rows() -> None:
    ours = {item.name for item in catalogue() if item.folder not in ELSEWHERE}
    assert ours == {*GOLDEN, *NARROW, *ODD}
    assert len({*GOLDEN, *NARROW, *ODD}) >= 72


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_rows(store: Store, name: str) -> None:
    assert list(ask(store, name).rows) == GOLDEN[name]


@pytest.mark.parametrize("name", ODD)
def test_golden_rows_of_what_is_odd(odd: Store, name: str) -> None:
    scope = {"scope": SCOPES[name]} if name in SCOPES else {}
    assert list(ask(odd, name, **scope).rows) == ODD[name]


FINANCE = "210211/finance"  # implements in one clause of the district plan, answers for another, and never leads
ROLES = ("leads", "responsible", "supports", "implements")
IMPLEMENTING: list[tuple[str, tuple[str, ...], Row, Row | None]] = [  # question, columns, the row with these cells
    ("lead-roles", ("function", *ROLES), ("finance",), (0, 1, 0, 1)),
    ("lead-roles-by-document", ("function", *ROLES), ("finance",), (0, 1, 0, 1)),
    ("lead-roles-by-level", ("level", "function", *ROLES), ("county", "finance"), (0, 1, 0, 1)),
    ("lead-roles-by-region", ("function", *ROLES), ("finance",), (0, 1, 0, 1)),
    ("lead-roles-by-year", ("year", "function", *ROLES), (2022, "finance"), (0, 1, 0, 1)),
    ("lead-roles-of-agencies", ("agency", *ROLES), (FINANCE,), (0, 1, 0, 1)),
    ("never-lead", ("agency", *ROLES[1:]), (FINANCE,), (1, 0, 1)),
    ("lead-roles-of-agencies-compared", ("agency", "leads", "with_responsible"), (FINANCE,), (0, 1)),
    ("actions-by-bodies", ("document", "section", "bodies", *ROLES), ("ganjingzi-2022", "二1"), (4, 2, 0, 1, 1)),
    ("actions-of-document", ("document", "section", *ROLES), ("ganjingzi-2022", "二1"), (2, 0, 1, 1)),
    ("clauses-of-agency", ("agency", "section", "role"), (FINANCE, "二1"), ("implement",)),
    ("responsibilities", ("agency", "action_label", "role"), (FINANCE, K), ("implement",)),
    ("agencies", ("agency", "roles"), (FINANCE,), (2,)),
    ("co-responsibility", ("agency", "other", "actions"), (FINANCE, "210211/health"), (1,)),
    ("support-load", ("agency", "supports"), (FINANCE,), None),
    ("who-supports-whom", ("support", "clauses"), (FINANCE,), None),
    ("targets-by-agency", ("agency", "targets"), (FINANCE,), None),
]


@pytest.mark.parametrize(("name", "columns", "key", "cells"), IMPLEMENTING, ids=[case[0] for case in IMPLEMENTING])
def test_who_implements_counts_where_the_question_says_so(
    odd: Store, name: str, columns: tuple[str, ...], key: Row, cells: Row | None
) -> None:
    found = [row[len(key) :] for row in narrow(ask(odd, name), columns) if row[: len(key)] == key]
    assert found == ([] if cells is None else [cells])


@pytest.mark.parametrize("name", NARROW)
def test_golden_rows_of_wide_questions(store: Store, name: str) -> None:
    columns, rows = NARROW[name]
    assert narrow(ask(store, name), columns) == rows


@pytest.mark.parametrize(
    ("name", "verdict", "counted"),
    (("verdicts", "no-data", 2), ("ambition", "looser", 2), ("verdicts-by-indicator", "looser", 2)),
)
def test_a_target_that_is_compared_with_two_documents_alike_counts_once(name: str, verdict: str, counted: int) -> None:
    base, graph = "https://w3id.org/policygraph/", document_graph("a-1")
    lines = [f'<{base}id/document/a> <http://purl.org/dc/terms/identifier> "a" <{graph}> .']
    lines += [f'<{base}id/indicator/i> <http://purl.org/dc/terms/identifier> "i" <{graph}> .']
    for at, (year, above) in enumerate(((2025, "b"), (2025, "c"), (2030, "b"), (2030, "c"))):
        cells = {
            "scope": '"parent"',
            "verdict": f'"{verdict}"',
            "ofDocument": f"<{base}id/document/a>",
            "alignedIndicator": f"<{base}id/indicator/i>",
            "year": f'"{year}"^^<http://www.w3.org/2001/XMLSchema#integer>',
            "comparedWith": f"<{base}id/document/{above}>",
        }
        node = f"<{base}id/document/a/alignment/{at}>"
        lines.append(f"{node} <{RDF.type}> <{PG.TargetAlignment}> <{graph}> .")
        lines += [f"{node} <{PG[key]}> {value} <{graph}> ." for key, value in cells.items()]
    with open_store() as opened:
        opened.load(["".join(f"{line}\n" for line in lines).encode()])
        assert counted in next(iter(ask(opened, name).rows))


@pytest.mark.parametrize("name", [item.name for item in catalogue()])
def test_a_question_is_well_described(store: Store, name: str) -> None:
    item = question(name)
    assert item.title_zh and item.title_en and item.description_zh and item.description_en and item.tags
    assert ask(store, name).columns == item.columns
    for parameter in item.parameters:
        assert f"VALUES ?_{parameter.name} {{" in item.sparql, f"{name}: no place for {parameter.name}"
    if item.evidence:
        follow = question(item.evidence.question)
        assert {name for name, _ in item.evidence.links} <= {parameter.name for parameter in follow.parameters}
        assert {column for _, column in item.evidence.links} <= set(item.columns)


def test_a_question_runs_as_it_stands_in_the_file(store: Store) -> None:
    for item in catalogue():
        found = store.query(item.sparql)
        assert isinstance(found, Rows)
        assert item.name == "target-path" or found == ask(store, item.name)  # its default is in the text too
    assert store.query(question("target-path").sparql) == ask(store, "target-path")


def test_inferred_triples_change_no_answer(store: Store) -> None:
    infer = pytest.importorskip("policygraph.infer")
    schema = pytest.importorskip("policygraph.graph").schema
    with open_store() as more:
        more.add_all(small_graph())
        more.add_all(infer.infer(small_graph(), schema()))
        for item in catalogue():
            assert ask(more, item.name) == ask(store, item.name), item.name


# ---------------------------------------------------------------- what the program asks for itself

WORDS_OF_SPARQL = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b[^\n]*[?{]")
ALLOWED = {"query/explain.py": 1, "cli/asking.py": 2}  # composed of a question at hand; examples of a help text


def test_sparql_stands_in_files_of_its_own() -> None:
    src = Path(__file__).parent.parent / "src" / "policygraph"
    found = {
        path.relative_to(src).as_posix(): len(WORDS_OF_SPARQL.findall(path.read_text(encoding="utf-8")))
        for path in src.rglob("*.py")
        if path.relative_to(src).parts[0] not in ("store", "web")  # they speak the protocol, and know no policy
    }
    assert {name: count for name, count in found.items() if count} == ALLOWED


@pytest.mark.parametrize("name", internal())
def test_an_internal_question_is_well_described_and_asked_somewhere(store: Store, name: str) -> None:
    item = internal()[name]
    assert (item.folder, item.name in {each.name for each in catalogue()}) == ("internal", False)
    found = store.query(item.sparql)
    assert isinstance(found, Rows)
    assert found.columns == item.columns
    for parameter in item.parameters:
        assert f"VALUES ?_{parameter.name} {{" in item.sparql, f"no place for {parameter.name}"
    sources = (Path(__file__).parent.parent / "src" / "policygraph" / "query").glob("*.py")
    assert any(f'"{name}"' in path.read_text(encoding="utf-8") for path in sources)


# ---------------------------------------------------------------- parameters

NARROWED: list[tuple[str, dict[str, object], list[object]]] = [
    ("lead-roles", {"document": "wuhai-2021"}, [1, 1, 3]),
    ("lead-roles", {"document": "乌海政办发〔2021〕37号"}, [1, 1, 3]),
    ("lead-roles", {"document": SLUG}, [1, 2, 2, 2]),
    ("lead-roles-by-level", {"level": "prefecture"}, ["prefecture"] * 4),
    ("lead-roles-by-level", {"level": "county"}, []),
    ("documents", {"level": "province"}, ["liaozhengfa-2019-22"]),
    ("clauses-of-agency", {"agency": "210200/publicity"}, ["dalian-2021"]),
    ("clauses-of-agency", {"agency": "机场集团"}, ["dalian-2021"]),
    ("clauses-of-function", {"function": "sport", "document": "wuhai-2021"}, ["wuhai-2021"]),
    ("clauses-of-function", {"function": "宣传"}, ["dalian-2021"]),
    ("co-responsibility", {"together": 2}, ["210200/education-sport"]),
    ("co-responsibility", {"together": "2", "document": "wuhai-2021"}, []),
    ("citation-chain", {"document": "wuhai-2021"}, ["wuhai-2021"]),
    ("targets-of-document", {"document": "wuhai-2021"}, ["wuhai-2021"]),
    ("departures", {"verdict": "looser"}, ["dalian-2021"]),
    ("departures", {"verdict": "looser", "language": "en"}, ["dalian-2021"]),
    ("verdicts", {"scope": "national"}, [*["dalian-2021"] * 3, *["wuhai-2021"] * 3]),
    ("targets-due", {"year": 2030}, ["guofa-2019-13", "guofa-2019-13", "dalian-2021"]),
    ("carried-out-by", {"document": "liaozhengfa-2019-22"}, ["liaozhengfa-2019-22"]),
    ("partners-of-agency", {"agency": "150300/health"}, ["150300/health"]),
    ("lead-roles-by-year", {"year": 2019}, []),
    ("lead-roles-by-region", {"region": "乌海市", "function": "health"}, ["150300"]),
    ("targets-side-by-side", {"first": "dalian-2021", "second": "wuhai-2021"}, [HL, HL]),
    ("cascade-matrix", {"level": "province"}, ["liaozhengfa-2019-22"] * 3),
    ("indicator-matrix", {"documents": 3}, [HL]),
    ("indicator-matrix", {"indicator": SMOKING_ZH}, [SMOKING]),
    ("actions-without-counterpart", {"document": "dalian-2021"}, []),
]


@pytest.mark.parametrize(("name", "parameters", "column"), NARROWED)
def test_parameters_narrow_the_answer(
    store: Store, name: str, parameters: dict[str, object], column: list[object]
) -> None:
    assert first(ask(store, name, **parameters)) == column


PATHS: list[tuple[dict[str, object], list[Row]]] = [
    ({"document": "wuhai-2021"}, [("guofa-2019-13", 2022), ("guofa-2019-13", 2030), ("wuhai-2021", 2022)]),
    ({"region": "150000"}, [("guofa-2019-13", 2022), ("guofa-2019-13", 2030), ("wuhai-2021", 2022)]),
    ({"document": "liaozhengfa-2019-22", "indicator": "smoking"}, [("guofa-2019-13", 2030)]),
    # No document below states it, so no chain leads to the province; the cities leave it, or its action, out.
    ({"indicator": "smoking"}, [("guofa-2019-13", 2030), ("wuhai-2021", 2030), ("dalian-2021", 2030)]),
]


@pytest.mark.parametrize(("parameters", "expected"), PATHS)
def test_a_path_can_be_followed_for_one_document_or_region(
    store: Store, parameters: dict[str, object], expected: list[Row]
) -> None:
    assert narrow(ask(store, "target-path", **parameters), ("document", "year")) == expected


def test_labels_come_in_both_languages(store: Store) -> None:
    assert [row[2] for row in ask(store, "lead-roles", language="en").rows] == [
        "Health",
        "Education",
        "Sport",
        "Publicity",
    ]


# ---------------------------------------------------------------- evidence

COUNTED = {"leads": "lead", "responsible": "responsible", "supports": "support", "implements": "implement"}
WITH_EVIDENCE = [item.name for item in catalogue() if item.evidence]


def test_rankings_have_evidence() -> None:
    assert len(WITH_EVIDENCE) >= 10


@pytest.mark.parametrize("name", WITH_EVIDENCE)
def test_the_clauses_of_a_row_are_as_many_as_it_counts(odd: Store, name: str) -> None:
    rows, found = ask(odd, name), ask_with_evidence(odd, name)
    width = len(rows.columns)
    assert list(dict.fromkeys(row[:width] for row in found.rows)) == list(rows.rows)
    for row in rows.rows:
        behind = [more[width:] for more in found.rows if more[:width] == row and any(more[width:])]
        cells = dict(zip(rows.columns, row, strict=True))
        if "evidence_role" not in found.columns:
            assert len(behind) == cells["targets"]
            continue
        roles = [line[found.columns.index("evidence_role") - width] for line in behind]
        for column, role in COUNTED.items():
            assert cells.get(column, roles.count(role)) == roles.count(role), (row, column)
        assert cells.get("roles", len(behind)) == len(behind)


def test_evidence_keeps_to_what_was_asked(store: Store) -> None:
    found = ask_with_evidence(store, "lead-roles", document="wuhai-2021")
    assert set(narrow(found, ("evidence_document",))) == {("wuhai-2021",)}


def test_facts_have_no_evidence_to_add(store: Store) -> None:
    with pytest.raises(UsageError, match="targets-of-document has no evidence to add"):
        ask_with_evidence(store, "targets-of-document")


@pytest.mark.parametrize("item", catalogue(), ids=lambda each: each.name)
def test_every_question_explains_itself_and_says_what_stands_behind_it(odd: Store, item: Question) -> None:
    assert odd.query(sparql(odd, item.name)) == ask(odd, item.name)  # what --explain shows is what ran
    assert "\n" not in str(explain_empty(odd, item.name))
    if item.evidence:
        assert len(ask_with_evidence(odd, item.name).columns) > len(item.columns)
    else:
        with pytest.raises(UsageError, match=f"{item.name} has no evidence to add"):
            ask_with_evidence(odd, item.name)


# ---------------------------------------------------------------- pick lists, and what ran

AUTHORITIES = [("100000/health", "中华人民共和国卫生健康主管部门"), ("100000/publicity", "中华人民共和国宣传主管部门")]
PICKS: list[tuple[str, str, str, list[Row]]] = [
    ("lead-roles", "language", "zh", [("zh", "zh"), ("en", "en")]),
    ("departures", "verdict", "zh", [("equal", "equal"), ("tighter", "tighter")]),
    ("targets-due", "year", "zh", [("2022", "2022"), ("2030", "2030")]),
    ("target-path", "indicator", "zh", [(HL, HL_ZH), (SMOKING, SMOKING_ZH)]),
    ("target-path", "indicator", "en", [(HL, "Health literacy"), (SMOKING, "Smoking rate")]),
    ("clauses-of-agency", "agency", "zh", AUTHORITIES),
    ("lead-roles", "document", "zh", [("dalian-2021", PLAN), ("guofa-2019-13", PLAN)]),
    ("lead-roles-by-region", "region", "zh", [("100000", CHINA), ("150000", "内蒙古自治区")]),
]


@pytest.mark.parametrize(("name", "parameter", "language", "first_rows"), PICKS)
def test_a_parameter_has_a_pick_list(
    store: Store, name: str, parameter: str, language: str, first_rows: list[Row]
) -> None:
    found = values(store, name, parameter, language)
    assert found.columns == ("value", "label")
    assert list(found.rows[:2]) == first_rows
    for value, _ in found.rows:
        ask(store, name, **{parameter: value})  # every value on the list is taken


def test_no_list_for_what_may_be_anything(store: Store) -> None:
    with pytest.raises(UsageError, match=r"together takes any number, e\.g\. 5"):
        values(store, "co-responsibility", "together")
    with pytest.raises(UsageError, match="lead-roles has no parameter city; choose from document, language"):
        values(store, "lead-roles", "city")


def test_the_query_that_ran_can_be_seen_and_runs_again(store: Store) -> None:
    text = sparql(store, "lead-roles", {"document": "wuhai-2021", "language": "en"})
    assert "VALUES ?_document { <https://w3id.org/policygraph/id/document/wuhaizhengbanfa-2021-37> }" in text
    assert store.query(text) == ask(store, "lead-roles", document="wuhai-2021", language="en")


# ---------------------------------------------------------------- counting


def test_shares_add_up_to_the_clauses_that_have_a_lead(odd: Store) -> None:
    clauses = odd.query("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c pg:hasLeadResponsibility ?r }")
    assert isinstance(clauses, Rows)
    assert sum(row[4] for row in ask(odd, "lead-roles-compared").rows) == clauses.rows[0][0]  # type: ignore[misc]


WRONG: list[tuple[str, dict[str, object], str]] = [
    ("lead-role", {}, "«lead-role» is no question of the catalogue; did you mean lead-roles"),
    ("zzz", {}, "no question"),
    ("lead-roles", {"city": "x"}, "lead-roles has no parameter city; choose from document, language"),
    (
        "lead-roles",
        {"document": "dalian-2020"},
        "«dalian-2020» is neither a document at hand nor a place with one; did you mean dalian-2021《",
    ),
    ("lead-roles", {"document": ""}, "neither a document"),
    ("lead-roles", {"language": "fr"}, "choose one of zh, en"),
    ("target-path", {"indicator": "health-litracy"}, "did you mean health-literacy"),
    ("target-path", {"indicator": "x> } DROP ALL #"}, "is not in the store"),
    ("target-path", {"region": "21"}, "is not in the store"),
    ("clauses-of-agency", {"agency": HEALTH}, "is the name of several: 150300/health, 210200/health"),
    ("co-responsibility", {"together": "many"}, "«many» is no whole number; write one, e.g. 5"),
    ("departures", {"verdict": "worse"}, "choose one of equal, tighter"),
]


@pytest.mark.parametrize(("name", "parameters", "message"), WRONG)
def test_what_does_not_fit_is_refused(store: Store, name: str, parameters: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message.replace("(", r"\(").replace("}", r"\}")):
        ask(store, name, **parameters)


def test_parameter_types_without_a_question_yet() -> None:
    from policygraph.query.catalogue import Parameter
    from policygraph.query.parameters import term

    store = open_store()
    assert term(store, Parameter("y", "year", "", "2022"), 2022) == Literal("2022", datatype=XSD.integer)
    assert term(store, Parameter("i", "iri", "", "pg:leads"), "pg:leads") == PG.leads
    assert term(store, Parameter("i", "iri", "", "pg:leads"), "https://a/b") == document_graph("x").__class__(
        "https://a/b"
    )
    for kind, value in [
        ("year", "22"),
        ("year", "2022.5"),
        ("iri", "no iri"),
        ("iri", "nix:x"),
        ("iri", "https://a b"),
    ]:
        with pytest.raises(UsageError, match=r"e\.g\.|prefix"):
            term(store, Parameter("p", kind, "", "x"), value)


# ---------------------------------------------------------------- an empty answer says why

EMPTY: list[tuple[str, dict[str, object], str]] = [
    ("lead-roles-by-level", {"level": "county"}, "level:county"),
    ("actions-without-counterpart", {"document": "dalian-2021"}, "not all of them together"),
    ("clauses-of-function", {"function": "finance"}, "pg:hasFunction function:finance» has no match together with «"),
    ("departures", {"verdict": "later"}, 'pg:verdict "later"» has no match; pg:verdict: '),
]


@pytest.mark.parametrize(("name", "parameters", "message"), EMPTY)
def test_an_empty_answer_names_the_pattern(
    store: Store, name: str, parameters: dict[str, object], message: str
) -> None:
    assert ask(store, name, **parameters).rows == ()
    why = explain_empty(store, name, parameters)
    said = str(why)
    assert message in said
    assert "(documents: 4)" in said
    assert "（文件: 4" in render(why, "zh")
    assert "\n" not in said


def test_an_empty_store_says_so() -> None:
    with open_store() as empty:
        for item in catalogue():
            assert ask(empty, item.name).rows == ()
            assert "documents: 0" in str(explain_empty(empty, item.name)), item.name


# ---------------------------------------------------------------- the header

HEADER = "#+ title: 甲 / A\n#+ description: 乙 / B\n#+ tags: x, y\n#+ columns: a b\nSELECT ?a ?b {}"
BAD = [
    ("#+ title: 甲 / A\n", "header lines missing: description, tags, columns"),
    (HEADER.replace("甲 / A", "A"), "«A» is in one language"),
    (HEADER + "\n#+ parameters: year 2022", "write name, type"),
    (HEADER + "\n#+ parameters: x colour - red", "write name, type"),
    (HEADER + "\n#+ evidence: x", "write question, parameter, column"),
    (HEADER + "\n#+ evidence: x a b c", "write question, parameter, column"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_header_names_the_file(text: str, message: str) -> None:
    with pytest.raises(DataError, match=rf"x\.rq: .*{message}"):
        read(text, Path("folder/x.rq"))


def test_a_header() -> None:
    item = read(HEADER + "\n#+ parameters: n number - 3", Path("agencies/my-question.rq"))
    assert (item.name, item.folder, item.title_zh, item.title_en) == ("my-question", "agencies", "甲", "A")
    assert (item.tags, item.columns, item.parameters[0].default) == (("x", "y"), ("a", "b"), "")


def test_a_thing_is_found_by_any_of_its_names(store: Store) -> None:
    for name in ("dalian-2021", SLUG):
        assert str(identify(store, "document", name)).endswith(f"/id/document/{SLUG}")
    with pytest.raises(UsageError, match="did you mean wuhai-2021"):
        identify(store, "document", "wuhai-2020")
