"""The bundled fact tables load and save to the same bytes; the parents say what is unchecked, and where it was read."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from policygraph import assets, concepts, facts, slugs, tables
from policygraph.model import Facts, TargetRow
from policygraph.resolve.agencies import resolve_agency
from policygraph.resolve.documents import resolve_document
from policygraph.resolve.indicators import resolve_indicator

FOLDERS = assets.bundled_plans()
PLANS = {folder.name: facts.load(folder) for folder in FOLDERS}
PARENTS = {name: plan for name, plan in PLANS.items() if name == plan.value("document_id")}
OUTLINE = "“健康中国2030”规划纲要"
SECOND = "二手来源"
CANCER = "健康中国行动——癌症防治行动实施方案(2023—2030年)"  # read after the tables of what was found were made
NUMBERS = {OUTLINE: "中发〔2016〕23号", "“健康福建2030”行动规划": "闽委发〔2017〕8号"}  # given by title in the source


def test_the_plans_were_found() -> None:
    assert len(PARENTS) == 75


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_loading_and_saving_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    facts.save(PLANS[folder.name], tmp_path / folder.name)
    for path in sorted(folder.iterdir()):
        assert (tmp_path / folder.name / path.name).read_bytes() == path.read_bytes()


def test_no_document_stands_in_two_folders() -> None:
    counts = Counter(plan.value("document_id") for plan in PLANS.values())
    assert {slug: count for slug, count in counts.items() if count > 1 or not slug} == {}


@pytest.mark.parametrize("plan", PARENTS.values(), ids=lambda plan: plan.doc)
def test_a_parent_is_described(plan: Facts) -> None:
    region, level = plan.resolved("region"), plan.value("level")
    assert plan.doc == slugs.document_slug(plan.value("number"), plan.value("title"), region, plan.value("date_issued"))
    assert (region, level) == ("100000", "national") or level in ("province", "prefecture", "county")
    assert plan.resolved("issuer").startswith(f"{region}/" if plan.value("issuer") else "")


@pytest.mark.parametrize("plan", PARENTS.values(), ids=lambda plan: plan.doc)
def test_what_is_unchecked_is_not_certain(plan: Facts) -> None:
    rows = (*plan.metadata, *plan.structure, *plan.targets, *plan.citations)
    unsure = {row.evidence.confidence for row in rows if row.evidence.status != "reviewed"}
    assert unsure <= {Decimal("0.6")}
    assert {row.evidence.status for row in rows} <= {"reviewed", "unchecked", "disputed"}
    assert {
        row.field for row in plan.metadata if row.evidence.status == "reviewed" and SECOND in str(row.evidence.note)
    } == set()


@pytest.mark.parametrize("plan", PARENTS.values(), ids=lambda plan: plan.doc)
def test_a_cited_parent_is_at_hand(plan: Facts) -> None:
    assert [row.document_id for row in plan.citations if row.document_id not in PARENTS] == []


@pytest.mark.parametrize("plan", PARENTS.values(), ids=lambda plan: plan.doc)
def test_the_identifiers_of_a_parent_are_those_of_the_concepts(plan: Facts) -> None:
    known = concepts.bundled()
    if plan.value("issuer"):
        issuer = resolve_agency(plan.value("issuer"), plan.resolved("region"), known)
        assert plan.resolved("issuer") == issuer.agency_id
    resolved = {row.indicator: resolve_indicator(row.indicator, known, row.action).id for row in plan.targets}
    assert {row.indicator: row.indicator_id for row in plan.targets} == resolved


def test_the_national_opinion_has_its_fifteen_actions() -> None:
    plan = PARENTS["guofa-2019-13"]
    assert [row.section for row in plan.structure] == [str(number) for number in range(1, 16)]
    assert {(row.section, row.action) for row in plan.targets} == {(row.section, row.heading) for row in plan.structure}


# ---------------------------------------------------------------- what was found, and how far it can be trusted


def listed(shared: Path) -> list[dict[str, str]]:
    """Return the figures of both tables; the other reading of a disputed figure is no figure of its own."""
    tables_of_figures = [tables.read_table(shared / "parents" / name) for name in ("targets.tsv", "parents-found.tsv")]
    return [row for rows in tables_of_figures for row in rows if not row["note"].startswith("DISAGREES")]


def figure(row: dict[str, str]) -> tuple[str, ...]:
    title = row["title"].partition("(蒙医药")[0].partition("(心理")[0]  # one paper, of which the press gave no title
    document = row["number"] or NUMBERS.get(title) or title
    return document, row["action"], row["indicator"], row["year"], row["op"], row["value"], row["unit"]


def stated(plan: Facts, row: TargetRow) -> tuple[str, ...]:
    document = plan.value("number") or plan.value("title")
    year = "" if row.year is None else str(row.year)
    return document, row.action, row.indicator, year, row.op, row.value, row.unit


FIGURES = {stated(plan, row): row for plan in PARENTS.values() for row in plan.targets}


def test_every_figure_of_the_parents_is_carried_over(shared: Path) -> None:
    later = {figure for figure in FIGURES if figure[0] == CANCER}
    assert len(later) == 1
    assert set(FIGURES) - later == {figure(row) for row in listed(shared)}
    assert len(FIGURES) == 226


def test_the_words_and_the_place_of_a_figure_that_was_found_are_kept(shared: Path) -> None:
    for row in tables.read_table(shared / "parents" / "parents-found.tsv"):
        found = FIGURES.get(figure(row))
        assert found is None or (found.quote == row["quote"] and found.seen_in)


def test_no_figure_is_reviewed_that_was_read_in_a_secondary_source(shared: Path) -> None:
    before = {figure(row) for row in tables.read_table(shared / "parents" / "targets.tsv")}
    reviewed = {key: row for key, row in FIGURES.items() if row.evidence.status == "reviewed"}
    assert {key for key, row in reviewed.items() if SECOND in str(row.evidence.note)} <= before
    assert {key for key, row in reviewed.items() if not row.seen_in} <= before
    assert SECOND not in str(FIGURES[next(key for key in FIGURES if key[0] == CANCER)].evidence.note)


def test_a_disputed_figure_tells_both_readings() -> None:
    disputed = [row for row in FIGURES.values() if row.evidence.status == "disputed"]
    assert len(disputed) == 3
    assert all(str(row.evidence.note).startswith("两种读法") and row.seen_in for row in disputed)


def test_how_far_the_national_opinion_is_confirmed(shared: Path) -> None:
    """Of its 24 unchecked figures a question bank quotes four with their clause; nobody saw the others."""
    rows = PARENTS["guofa-2019-13"].targets
    counts = Counter((row.evidence.status, bool(row.seen_in)) for row in rows)
    assert counts == {("reviewed", True): 10, ("reviewed", False): 10, ("unchecked", True): 4, ("unchecked", False): 20}
    status = tables.read_table(shared / "parents" / "guofa13-status.tsv")
    confirmed = {
        (row["indicator"], row["year"]) for row in status if (row["was"], row["now"]) == ("unchecked", "checked")
    }
    assert {
        (row.indicator, str(row.year)) for row in rows if row.evidence.status == "unchecked" and row.seen_in
    } == confirmed
    assert all(row.evidence.note for row in rows if row.evidence.status == "unchecked")


# ---------------------------------------------------------------- what they are based on

SAID_BY_OTHERS = {  # the press puts the first under its paper, an explanation of the county the second under two
    ("150000-2020-8eb0edec", "neizhengfa-2019-11"),
    ("430424-2022-1c8da9f7", "xiangzhengfa-2019-23"),
    ("430424-2022-1c8da9f7", "hengzhengfa-2020-11"),
}
FOUND_LATER = {("100000-2023-11-c3b4f9b5", cited) for cited in ("guofa-2019-13", "guojiantuiweifa-2019-1")}
SHORT = {"榆阳区关于推进健康榆阳行动的实施意见": "榆林市榆阳区人民政府关于推进健康榆阳行动的实施意见"}


def test_every_basis_of_the_parents_is_carried_over(shared: Path) -> None:
    known = concepts.bundled()

    def meant(name: str) -> str:
        return resolve_document(SHORT.get(name, name), name, "", known).id

    source = [
        row
        for name in ("citations", "citations-found")
        for row in tables.read_table(shared / "parents" / f"{name}.tsv")
    ]
    wanted = {(meant(row["from"]), meant(row["to"])) for row in source}
    found = {(plan.value("document_id"), row.document_id) for plan in PARENTS.values() for row in plan.citations}
    assert found - wanted == SAID_BY_OTHERS | FOUND_LATER
    assert wanted - found == set()


def test_every_document_that_was_found_is_described(shared: Path) -> None:
    known = concepts.bundled()
    for row in tables.read_table(shared / "parents" / "documents-found.tsv"):
        plan = PARENTS[resolve_document(row["title"], row["number"], "", known).id]
        assert plan.value("number") == row["number"]
        assert plan.value("date_issued").startswith(row["date"])
