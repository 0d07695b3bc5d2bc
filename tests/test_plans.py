"""The bundled fact tables: they load, they save to the same bytes, and the parents say what is unchecked."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from policygraph import assets, concepts, facts, slugs, tables
from policygraph.model import Facts, TargetRow
from policygraph.resolve.agencies import resolve_agency
from policygraph.resolve.indicators import resolve_indicator

FOLDERS = assets.bundled_plans()
PLANS = {folder.name: facts.load(folder) for folder in FOLDERS}
PARENTS = {name: plan for name, plan in PLANS.items() if name == plan.value("document_id")}
OUTLINE = "“健康中国2030”规划纲要"
NUMBERS = {OUTLINE: "中发〔2016〕23号", "“健康福建2030”行动规划": "闽委发〔2017〕8号"}  # given by title in the source


def test_the_plans_were_found() -> None:
    assert len(PARENTS) == 29


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
    assert plan.resolved("issuer").startswith(f"{region}/")


@pytest.mark.parametrize("plan", PARENTS.values(), ids=lambda plan: plan.doc)
def test_what_is_unchecked_is_not_certain(plan: Facts) -> None:
    rows = (*plan.metadata, *plan.structure, *plan.targets, *plan.citations)
    unsure = {row.evidence.confidence for row in rows if row.evidence.status == "unchecked"}
    assert unsure <= {Decimal("0.6")}
    assert {row.evidence.status for row in rows} <= {"reviewed", "unchecked"}


@pytest.mark.parametrize("plan", PARENTS.values(), ids=lambda plan: plan.doc)
def test_a_cited_parent_is_at_hand(plan: Facts) -> None:
    assert [row.document_id for row in plan.citations if row.document_id not in PARENTS] == []


@pytest.mark.parametrize("plan", PARENTS.values(), ids=lambda plan: plan.doc)
def test_the_identifiers_of_a_parent_are_those_of_the_concepts(plan: Facts) -> None:
    known = concepts.bundled()
    issuer = resolve_agency(plan.value("issuer"), plan.resolved("region"), known)
    assert plan.resolved("issuer") == issuer.agency_id
    resolved = {row.indicator: resolve_indicator(row.indicator, known, row.action).id for row in plan.targets}
    assert {row.indicator: row.indicator_id for row in plan.targets} == resolved


def test_the_national_opinion_has_its_fifteen_actions() -> None:
    plan = PARENTS["guofa-2019-13"]
    assert [row.section for row in plan.structure] == [str(number) for number in range(1, 16)]
    assert {(row.section, row.action) for row in plan.targets} == {(row.section, row.heading) for row in plan.structure}


def test_every_figure_of_the_parents_is_carried_over(shared: Path) -> None:
    source = tables.read_table(shared / "parents" / "targets.tsv")
    wanted = Counter(figure(row) for row in source)
    assert Counter(stated(plan, row) for plan in PARENTS.values() for row in plan.targets) == wanted


def figure(row: dict[str, str]) -> tuple[str, ...]:
    document = row["number"] or NUMBERS.get(row["title"]) or row["title"]
    status = {"checked": "reviewed", "unchecked": "unchecked"}[row["verification"]]
    return document, row["action"], row["indicator"], row["year"], row["op"], row["value"], row["unit"], status


def stated(plan: Facts, row: TargetRow) -> tuple[str, ...]:
    document = plan.value("number") or plan.value("title")
    year = "" if row.year is None else str(row.year)
    return document, row.action, row.indicator, year, row.op, row.value, row.unit, row.evidence.status


def test_every_basis_of_the_parents_is_carried_over(shared: Path) -> None:
    source = tables.read_table(shared / "parents" / "citations.tsv")
    wanted = {(row["from"], NUMBERS.get(row["to"], row["to"])) for row in source}
    found = {
        (plan.value("number") or plan.value("title"), row.number) for plan in PARENTS.values() for row in plan.citations
    }
    assert found == wanted
