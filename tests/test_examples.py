"""The examples: the sample conforms, the draft has the faults that the table lists and no others, in every format."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from bundled import QUICKER, plans

from policygraph import concepts, pipeline, tables
from policygraph.score import KEYS, score
from policygraph.validate import Report, Result

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "examples"
COLUMNS = ("id", "kind", "severity", "shape", "section", "quote", "zh", "en")
FAULTS = tables.read_table(EXAMPLES / "faults.tsv", required=COLUMNS)
FORMS = ("txt", "docx", "html", "pdf")
PARENT = "国发〔2019〕13号"
HALF_WIDTH = str.maketrans("，（）；：", ",();:")


def plain(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8").translate(HALF_WIDTH)


@cache
def report(name: str, against: str = "") -> Report:
    return pipeline.check(pipeline.extract_document(EXAMPLES / name), plans(), pipeline.Checks(against, engine=QUICKER))


def places(results: tuple[Result, ...]) -> set[tuple[str, ...]]:
    """Return what a table of faults can say of results; infos are no faults."""
    return {(r.severity, r.shape, r.section, r.quote) for r in results if r.severity != "info"}


# ---------------------------------------------------------------- the draft


def test_the_faults_are_many_and_of_all_kinds() -> None:
    assert len(FAULTS) == len({row["id"] for row in FAULTS}) == 22
    assert len({row["shape"] for row in FAULTS}) == 22
    assert Counter(row["kind"] for row in FAULTS) == {
        "structure": 5,
        "responsibility": 5,
        "names": 1,
        "cascade": 4,
        "quality": 7,
    }


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row["id"])
def test_a_fault_stands_in_the_draft_and_is_told_in_both_languages(row: dict[str, str]) -> None:
    assert row["quote"] in (EXAMPLES / "faulty-draft.txt").read_text(encoding="utf-8")
    assert row["zh"]
    assert row["en"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row["id"])
def test_a_fault_is_found_in_its_place(row: dict[str, str], form: str) -> None:
    wanted = (row["severity"], row["shape"], row["section"], row["quote"])
    assert wanted in places(report(f"faulty-draft.{form}", PARENT).results)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_else_is_found(form: str) -> None:
    planted = {(row["severity"], row["shape"], row["section"], row["quote"]) for row in FAULTS}
    assert places(report(f"faulty-draft.{form}", PARENT).results) - planted == set()


def test_without_the_parent_the_comparisons_fall_away_and_the_rest_stays() -> None:
    alone = places(report("faulty-draft.txt").results)
    expected = {row["shape"] for row in FAULTS if row["kind"] != "cascade"}
    assert {shape for _, shape, _, _ in alone} == expected


# ---------------------------------------------------------------- plans that hold up


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("against", ["", PARENT])
def test_the_sample_conforms_without_a_remark(form: str, against: str) -> None:
    assert report(f"sample-plan.{form}", against).results == ()


def test_the_draft_is_the_sample_with_faults() -> None:
    good, bad = ((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8") for name in ("sample-plan", "faulty-draft"))
    same = set(good.splitlines()) & set(bad.splitlines())
    assert len(same) > 10


def test_of_the_short_plan_only_what_it_leaves_out_is_remarked() -> None:
    found = report("short-plan.txt")
    assert found.conforms
    warned = {result.shape for result in found.results if result.severity == "warning"}
    assert warned == {"trend-dropped"}, "ten of the fifteen national actions are not in it"


@pytest.mark.parametrize("against", ["", PARENT])
def test_a_plan_for_three_years_is_held_to_no_other_years_and_its_phases_are_no_actions(against: str) -> None:
    found = report("three-year-plan.txt", against)
    assert found.conforms
    assert [result.shape for result in found.results if result.severity != "info"] == []
    assert (found.about[0].actions, found.about[0].clauses) == (15, 15)


def test_the_region_of_the_examples_is_nowhere_else() -> None:
    """It is invented, and what it is called must be no place, and no word that a document may use."""
    regions = concepts.bundled().regions.values()
    invented = {name for each in regions if each.code.startswith("99") for name in (each.name, each.short)}
    real = {name for each in regions if not each.code.startswith("99") for name in (each.name, each.short)}
    assert invented == {"霁川省", "霁川", "沐泽市", "沐泽"}
    assert [name for name in real for word in invented if word in name] == []


def test_the_names_of_the_examples_stand_in_no_real_document(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8", errors="ignore") for path in (shared / "corpus").rglob("*.txt")]
    assert texts
    assert [word for word in ("霁川", "沐泽") if any(word in text for text in texts)] == []


@pytest.mark.parametrize("name", ["citations", "targets"])
def test_the_quotes_of_the_annotation_stand_in_the_short_plan(name: str) -> None:
    text = plain("short-plan.txt")
    quotes = [row["quote"] for row in tables.read_table(EXAMPLES / "short-gold" / f"{name}.tsv")]
    assert quotes
    assert [quote for quote in quotes if quote not in text] == []


def test_the_annotation_of_the_short_plan_covers_what_extraction_finds() -> None:
    scores = score(EXAMPLES / "short-gold", EXAMPLES / "short-gold")
    assert {item.table for item in scores.scores} == set(KEYS) - {"bodies", "schedule"}
    assert not scores.misses
