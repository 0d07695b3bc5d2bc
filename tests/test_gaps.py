"""Gaps in who answers for what: each kind on a plan made for it, and the same counts wherever a rule is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bundled import plans
from rdflib import SH

from policygraph import pipeline
from policygraph.model import (
    CitationRow,
    ClauseRow,
    Evidence,
    Facts,
    MetadataRow,
    ResponsibilityRow,
    SlipRow,
    StructureRow,
    TargetRow,
)
from policygraph.pipeline.gap_report import COLUMNS, QUESTIONS, THEME
from policygraph.query import ask
from policygraph.rows import Rows
from policygraph.store import Store, open_store
from policygraph.validate import load_shapes
from policygraph.validate.shapes import named_shapes, theme_of
from policygraph.vocab import SHAPE

CITY, PROVINCE = "大连市", "辽宁省"
_SHIPPED = load_shapes()
SHAPES = {str(each).removeprefix(SHAPE) for each in named_shapes(_SHIPPED) if theme_of(each, _SHIPPED) == THEME}
MORE = {"二10": "健康环境促进行动", "二20": "妇幼健康促进行动"}
Said = str  # "二1 lead health sport": a section, a role, the bodies that a clause there names in it


def plan(
    *said: Said,
    targets: str = "",
    doc: str = "city",
    above: str = "",
    status: str = "",
    slips: tuple[SlipRow, ...] = (),
) -> Facts:
    """Return a plan of the action 二1 with 二1(1) below, of 二10 and 二20 where a line names them, and its clauses."""
    region = "210200" if doc == "city" else "210000"
    named = {line.split()[0] for line in said}
    rows = [(section, role, body) for line in said for section, role, *bodies in [line.split()] for body in bodies]
    return Facts(
        doc,
        metadata=(
            MetadataRow(doc, "document_id", doc),
            MetadataRow(doc, "title", "某实施方案"),
            MetadataRow(doc, "region", CITY if doc == "city" else PROVINCE, region),
            MetadataRow(doc, "review_status", status),
        ),
        structure=(
            StructureRow(doc, "一", "总体目标", "section", ""),
            StructureRow(doc, "二1", "控烟行动", "action", ""),
            StructureRow(doc, "二1(1)", "立法", "section", ""),
            *(StructureRow(doc, each, title, "action", "") for each, title in MORE.items() if each in named),
        ),
        clauses=tuple(
            ClauseRow(doc, section, "", 1, "no", "yes", f"({section})") for section in dict.fromkeys(r[0] for r in rows)
        ),
        responsibilities=tuple(
            ResponsibilityRow(doc, section, "", 1, order, role, body, body, f"{region}/{body}")
            for order, (section, role, body) in enumerate(rows, start=1)
        ),
        targets=tuple(
            TargetRow(doc, section, "", name, 2022, ">=", "22", "%", "", "quantitative", f"{name}达到22%", "")
            for section, name in (each.split(":") for each in targets.split())
        ),
        citations=(CitationRow(doc, "", "", "basis", "", above),) if above else (),
    )


def kinds(*plans: Facts) -> list[tuple[str, str, str]]:
    return [(str(row[0]), str(row[2]), str(row[4])) for row in pipeline.gaps_of_tables(plans).rows]


CROWD = [f"三{n} support {' '.join(('sports', 'education', 'finance', 'civil-affairs'))}" for n in range(3)]
OTHERWISE = SlipRow("city", "二1", "sports", "由sports牵头", Evidence(40, 43, rule="lead-otherwise"))
CASES: dict[str, tuple[Facts, list[tuple[str, str, str]]]] = {
    "a lead": (plan("二1 lead health"), []),
    "nobody leads": (plan("二1 responsible health sports"), [("action-lead", "二1", "health、sports")]),
    "only support": (plan("二1 support health"), [("clause-lead", "二1", "")]),
    "only who implements": (plan("二1 implement health"), [("clause-lead", "二1", "")]),
    "a lead among those that implement": (
        plan("二1 lead health", "二1 implement health sports"),
        [("lead-also-supports", "二1", "health")],
    ),
    "nobody is named": (plan("二10 lead health", "二20 lead health"), [("action-clause", "二1", "")]),
    "as many name nobody": (plan("二10 lead health"), []),
    "no action names anybody": (plan(), [("actions-unowned", "", "无")]),
    "a blank for a name": (plan("二1 lead 市××局"), [("body-blank", "二1", "市××局")]),
    "a clause below the action counts": (plan("二1(1) lead health"), []),
    "a lead below the action counts": (plan("二1 responsible sports", "二1(1) lead health"), []),
    "two lead": (plan("二1 lead health sports"), [("clauses-with-several-leads", "二1", "health、sports")]),
    "another lead elsewhere": (
        replace(plan("二1 lead health"), slips=(OTHERWISE,)),
        [("lead-otherwise", "二1", "")],
    ),
    "both roles": (plan("二1 lead health", "二1 support health"), [("lead-also-supports", "二1", "health")]),
    "one body or another": (plan("二1 lead health或sports"), [("body-alternative", "二1", "health或sports")]),
    "one of many names no lead": (
        plan("二1 responsible health sports", *(f"二{n} lead health" for n in range(2, 11))),
        [("action-lead", "二1", "health、sports"), ("clause-without-lead", "二1", "health、sports")],
    ),
    "listed twice": (plan("二1 lead sports", "二1 support health health"), [("body-repeated", "二1", "health")]),
    "an owned target": (plan("二1 lead health", targets="二1:吸烟率"), []),
    "owned by the section below": (plan("二1(1) lead health", targets="二1:吸烟率"), []),
    "nobody answers for it": (plan("二1 lead health", targets="一:吸烟率"), [("target-unowned", "一", "吸烟率")]),
    "told once an indicator": (
        plan("二1 lead health", targets="一:吸烟率 一:吸烟率"),
        [("target-unowned", "一", "吸烟率")],
    ),
    "owned elsewhere": (plan("二1 lead health", targets="一:吸烟率 二1:吸烟率"), []),
    "the cause, not the effect": (
        plan("二10 lead health", "二20 lead health", targets="二1:吸烟率"),
        [("action-clause", "二1", "")],
    ),
    "compiled without its text": (plan("二10 responsible health", targets="一:吸烟率", status="unchecked"), []),
    "a load far above the others": (
        plan("二1 lead health", *CROWD, *(f"四{n} lead health" for n in range(9))),
        [("clause-lead", f"三{n}", "") for n in range(3)] + [("outlying-load", "", f"{CITY}health")],
    ),
    "as many roles as the others": (plan("二1 lead health", "二10 lead sports", "三1 lead education"), []),
    "two bodies are no distribution": (plan("二1 lead sports", *(f"四{n} lead health" for n in range(9))), []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_it_is_for(name: str) -> None:
    made, expected = CASES[name]
    assert kinds(made) == expected


def test_a_body_that_leads_above_needs_a_counterpart_of_its_function() -> None:
    above = plan("二1 lead health", doc="province")
    lower = plan("二1 lead education", above="province")
    assert kinds(lower, above) == [("leads-without-counterpart", "", f"{PROVINCE}health")]
    assert kinds(plan("二1 lead health", above="province"), above) == []
    assert kinds(plan("二1 lead education", above="province", status="unchecked"), above) == []


def test_every_kind_has_a_case() -> None:
    told = {kind for _, expected in CASES.values() for kind, _, _ in expected}
    assert len(CASES) == 27
    assert (SHAPES | set(QUESTIONS)) - told == {"leads-without-counterpart", "clause-bodies"}


# ---------------------------------------------------------------- the bundled plans


@pytest.fixture(scope="module")
def store(bundled_store: Path) -> Iterator[Store]:
    with open_store(bundled_store, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def results(store: Store) -> Counter[str]:
    """Return how many results of each shape stand in the reports of the bundled plans."""
    shapes = (str(o).removeprefix(SHAPE) for _, p, o, _ in store.quads() if p == SH.sourceShape)
    return Counter(shapes)


@pytest.fixture(scope="module")
def found(store: Store) -> Rows:
    return pipeline.gaps(store)


AGREE: dict[str, tuple[str, ...]] = {  # a question, and the shapes that find the same
    "actions-without-lead": ("action-lead", "clause-lead"),
    "repeated-bodies": ("lead-also-supports", "body-repeated"),
    "unchecked-figures": ("figure-unchecked",),
    "targets-without-year": ("target-year", "target-undated"),
    "conflicting-targets": ("values-disagree",),
    "unparsed-clauses": ("clause-parsed",),
    "unresolved-names": ("agency-known",),
}


@pytest.mark.parametrize("name", AGREE)
def test_a_question_counts_what_the_shapes_count(store: Store, results: Counter[str], name: str) -> None:
    assert len(ask(store, name).rows) == sum(results[shape] for shape in AGREE[name])


def test_gaps_are_what_validation_and_the_questions_find(store: Store, results: Counter[str], found: Rows) -> None:
    expected = Counter({shape: results[shape] for shape in SHAPES if results[shape]})
    expected += Counter({name: len(ask(store, name).rows) for name in QUESTIONS})
    assert Counter(row[0] for row in found.rows) == expected
    assert expected == {
        "outlying-load": 24,
        "clauses-with-several-leads": 9,
        "action-lead": 7,
        "lead-also-supports": 1,
    }


def of(rows: Rows, kind: str) -> list[dict[str, object]]:
    return [row for each in rows.rows if (row := dict(zip(rows.columns, each, strict=True)))["kind"] == kind]


def test_xiangfu_names_its_medical_security_bureau_as_lead_and_support(found: Rows) -> None:
    (row,) = of(found, "lead-also-supports")
    assert (row["document"], row["section"], row["subject"]) == ("xiangfu-2020", "二(三)12", "区医保局")
    assert str(row["quote"]).count("医保局") == 2


def test_a_gap_has_its_place_and_reason_in_both_languages(found: Rows) -> None:
    assert found.columns == COLUMNS
    for row in found.rows:
        gap = dict(zip(COLUMNS, row, strict=True))
        assert all(gap[name] for name in ("kind", "document", "subject", "reason_zh", "reason_en")), gap
        assert (gap["section"] and gap["quote"]) or gap["kind"] == "outlying-load"


def test_the_heaviest_load_is_that_of_the_health_commissions(found: Rows) -> None:
    heaviest = {row["document"]: row["subject"] for row in reversed(of(found, "outlying-load"))}
    assert set(heaviest.values()) == {f"{place}卫生健康委员会" for place in ("大连市", "长春市", "乌海市", "祥符区")}
    assert all("median" in str(row["reason_en"]) for row in of(found, "outlying-load"))


def test_tables_have_the_gaps_of_their_store(found: Rows) -> None:
    assert pipeline.gaps_of_tables(plans()) == found
