"""The cascade of every indicator of 国发〔2019〕13号 through the five plans equals a table made by hand.

tests/cases/cascade.tsv was written from the tables of data/plans: one row a plan, indicator and milestone year
(that of the plan, else that of 国发), with the reason for each verdict that is not obvious.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from bundled import plans

from policygraph import lexicon, tables
from policygraph.cascade import align
from policygraph.concepts import bundled
from policygraph.messages import sentence
from policygraph.model import Alignment

NATION = "guofa-2019-13"
PLANS = ("dalian-2021", "wuhai-2021", "xiangfu-2020", "changchun-2021", "xiamen-2019")
COLUMNS = ("plan", "indicator", "year", "verdict", "step", "ancestor_status", "why")
CASES = tables.read_table(Path(__file__).parent / "cases" / "cascade.tsv", required=COLUMNS)
DOCUMENTS = plans()
FOUND = align(DOCUMENTS, bundled(), lexicon.bundled().quantities.units)
FOLDERS = {found.value("document_id"): found.doc for found in DOCUMENTS}
STATED = {row.indicator_id for found in DOCUMENTS if found.doc == NATION for row in found.targets}


def told(scope: str) -> dict[tuple[str, str, str], Alignment]:
    """Return the verdicts against 国发 by plan, indicator and year."""
    rows = [row for row in FOUND if row.scope == scope and row.ancestor == NATION and row.indicator in STATED]
    return {
        (FOLDERS[row.document], row.indicator, str(row.year)): row for row in rows if FOLDERS[row.document] in PLANS
    }


def test_the_table_is_whole() -> None:
    assert len(STATED) == 22
    assert Counter(case["plan"] for case in CASES) == dict.fromkeys(PLANS, 44)
    assert len({(case["plan"], case["indicator"], case["year"]) for case in CASES}) == len(CASES)
    assert {case["indicator"] for case in CASES} == STATED


def test_nothing_is_found_that_the_table_does_not_have() -> None:
    assert set(told("parent")) == {(case["plan"], case["indicator"], case["year"]) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join((case["plan"], case["indicator"], case["year"])))
def test_a_verdict(case: dict[str, str]) -> None:
    row = told("parent")[case["plan"], case["indicator"], case["year"]]
    assert (row.verdict, str("" if row.step is None else row.step)) == (case["verdict"], case["step"])
    assert row.ancestor_status == case["ancestor_status"]


def test_a_verdict_that_is_not_obvious_has_its_reason() -> None:
    assert all(case["why"] for case in CASES if case["verdict"] in ("dropped", "no-data"))
    assert sum(bool(case["why"]) for case in CASES) >= 100


def test_the_scope_national_gives_the_same_but_for_what_is_not_known() -> None:
    known = {key: (row.verdict, row.step) for key, row in told("parent").items() if row.verdict != "no-data"}
    assert {key: (row.verdict, row.step) for key, row in told("national").items()} == known


def test_an_unchecked_figure_says_so() -> None:
    unchecked = [row for row in told("parent").values() if row.ancestor_status == "unchecked"]
    assert len(unchecked) == 12 * 2 * len(PLANS)
    assert all("figure unchecked" in sentence(row.reason, "en") for row in unchecked)


# ---------------------------------------------------------------- one level up: 国发 under 中发〔2016〕23号

ABOVE = [
    ("health-literacy", 2020, "no-data"),  # 20 % in 2020 is not restated; of an excerpt nothing is concluded
    ("health-literacy", 2022, "added"),  # 22 % stands between 20 % (2020) and 30 % (2030): not later, not tighter
    ("health-literacy", 2030, "equal"),
    ("infant-mortality", 2022, "added"),  # before the only milestone, 2030
    ("infant-mortality", 2030, "equal"),
    ("maternal-mortality", 2022, "added"),
    ("maternal-mortality", 2030, "equal"),
]


def test_the_national_document_under_the_outline_above_it() -> None:
    rows = [row for row in FOUND if row.document == NATION and row.scope == "parent" and row.indicator in STATED]
    assert [(row.indicator, row.year, row.verdict) for row in rows if row.ancestor] == ABOVE
    assert {row.verdict for row in rows if not row.ancestor} == {"added"}
