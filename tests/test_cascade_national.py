"""The cascade of every indicator of the five plans, and of those that the documents above ask of them.

tests/cases/cascade.tsv was written by hand from the tables of data/plans: one row a plan, indicator and milestone year
(that of the plan, else that of the document above; - for none), with the document compared with and the reason for each
verdict that is not obvious.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from bundled import plans

from policygraph import lexicon, tables
from policygraph.alignments import Alignment
from policygraph.cascade import align
from policygraph.concepts import bundled
from policygraph.messages import sentence

NATION = "guofa-2019-13"
PLANS = {"dalian-2021": 78, "wuhai-2021": 135, "xiangfu-2020": 68, "changchun-2021": 93, "xiamen-2019": 51}
COLUMNS = ("plan", "indicator", "year", "verdict", "step", "ancestor", "ancestor_status", "why")
CASES = tables.read_table(Path(__file__).parent / "cases" / "cascade.tsv", required=COLUMNS)
DOCUMENTS = plans()
FOUND = align(DOCUMENTS, bundled(), lexicon.bundled())
FOLDERS = {found.value("document_id"): found.doc for found in DOCUMENTS}
STATED = {row.indicator_id for found in DOCUMENTS if found.doc == NATION for row in found.targets}
Key = tuple[str, str, str]  # plan, indicator, year


def told(scope: str) -> dict[Key, Alignment]:
    """Return the verdicts on the plans; that a text in between is not at hand is a row without year and status."""
    rows = [row for row in FOUND if row.scope == scope and (row.year is not None or row.status)]
    plan = {slug: folder for slug, folder in FOLDERS.items() if folder in PLANS}
    return {(plan[row.document], row.indicator, str(row.year or "-")): row for row in rows if row.document in plan}


def key(case: dict[str, str]) -> Key:
    return case["plan"], case["indicator"], case["year"]


def test_the_table_is_whole() -> None:
    """Every indicator of 国发 stands there for every plan, and every one that a plan states."""
    assert len(STATED) == 22
    assert Counter(case["plan"] for case in CASES) == PLANS
    assert len({key(case) for case in CASES}) == len(CASES)
    named = {(case["plan"], case["indicator"]) for case in CASES}
    assert {(plan, indicator) for plan in PLANS for indicator in STATED} <= named
    assert {
        (found.doc, row.indicator_id) for found in DOCUMENTS if found.doc in PLANS for row in found.targets
    } <= named


def test_nothing_is_found_that_the_table_does_not_have() -> None:
    assert set(told("parent")) == {key(case) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(key(case)))
def test_a_verdict(case: dict[str, str]) -> None:
    row = told("parent")[key(case)]
    assert (row.verdict, str("" if row.step is None else row.step)) == (case["verdict"], case["step"])
    assert (FOLDERS.get(row.ancestor, row.ancestor), row.ancestor_status or "") == (
        case["ancestor"],
        case["ancestor_status"],
    )


def test_a_verdict_that_is_not_obvious_has_its_reason() -> None:
    plain = ("equal", "tighter", "looser")
    assert all(case["why"] for case in CASES if case["verdict"] not in plain)
    assert all(case["why"] for case in CASES if case["verdict"] == "equal" and not case["step"])


def test_the_scope_national_gives_the_same_but_for_what_is_not_known() -> None:
    """What a plan states has one verdict in both scopes where it compares with a national document in either.

    What a plan lacks is said to be unknown once, in the parent's scope.
    """
    ranks = {found.value("document_id"): found.resolved("level") for found in DOCUMENTS}
    nation = {key: (row.verdict, row.step, row.ancestor) for key, row in told("national").items()}
    for key, row in told("parent").items():
        if ranks.get(row.ancestor, "") in ("", "national") and (row.verdict != "no-data" or row.status):
            assert nation[key] == (row.verdict, row.step, row.ancestor)
    assert nation.keys() <= told("parent").keys() | {("dalian-2021", "life-expectancy", "2030")}


def test_an_unchecked_figure_says_so() -> None:
    unchecked = [row for row in told("parent").values() if row.ancestor_status == "unchecked"]
    assert len(unchecked) == sum(case["ancestor_status"] == "unchecked" for case in CASES) > 100
    assert all("figure unchecked" in sentence(row.reason, "en") for row in unchecked)


# ---------------------------------------------------------------- one level up: 国发 under 中发〔2016〕23号

ABOVE = [
    ("health-literacy", 2020, "no-data"),  # 20 % in 2020 is not restated; of an excerpt nothing is concluded
    ("health-literacy", 2022, "no-data"),  # its own, between 20 % (2020) and 30 % (2030); the outline is not whole
    ("health-literacy", 2030, "equal"),
    ("infant-mortality", 2022, "no-data"),  # its own, before the only milestone, 2030
    ("infant-mortality", 2030, "equal"),
    ("maternal-mortality", 2022, "no-data"),
    ("maternal-mortality", 2030, "equal"),
]


def test_the_national_document_under_the_outline_above_it() -> None:
    rows = [row for row in FOUND if row.document == NATION and row.scope == "parent" and row.indicator in STATED]
    assert [(row.indicator, row.year, row.verdict) for row in rows if row.ancestor] == ABOVE
    assert {row.verdict for row in rows if not row.ancestor} == {"no-data"}
