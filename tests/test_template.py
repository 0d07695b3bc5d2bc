"""A plan started from its parent: the actions and values of the parent, likely bodies, shapes, an outline."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bundled import plans
from docx import Document
from rdflib import SH, Graph

from policygraph import assets, concepts, facts, lexicon, pipeline, tables
from policygraph.errors import UsageError
from policygraph.messages import render
from policygraph.model import Facts, TargetRow
from policygraph.template import Template, save, template
from policygraph.template.outline import outline
from policygraph.template.skeleton import demand
from policygraph.template.words import words
from policygraph.terms import Stage
from policygraph.validate import ENGINES, load_shapes

WORDS = tables.read_table(assets.path("data", "template", "words.tsv"), required=("key", "text", "example"))
PARENT = "国发〔2019〕13号"


def of(folder: str) -> Facts:
    return next(each for each in plans() if each.doc == folder)


@pytest.fixture(scope="module")
def dalian() -> Template:
    return template(PARENT, "210200", plans(), concepts.bundled(), lexicon.bundled())


def test_the_actions_of_the_parent_stand_in_its_order(dalian: Template) -> None:
    actions = [row for row in dalian.facts.structure if row.kind == "action"]
    assert [row.action_type for row in actions] == [row.action_type for row in of("guofa-2019-13").structure]
    assert (actions[0].section, actions[0].heading) == ("一1", "实施健康知识普及行动")


def test_the_values_to_meet_are_filled_in_with_their_source(dalian: Template) -> None:
    (row, _) = [row for row in dalian.facts.targets if row.indicator_id == "health-literacy"]
    assert (row.section, row.year, row.op, row.value, row.unit) == ("一1", 2022, ">=", "22", "%")
    assert render(row.evidence.note, "zh").startswith(f"应达到：{PARENT} 1 >= 22%")
    assert row.quote == "全国居民健康素养水平不低于22%"


def test_what_only_the_documents_above_the_parent_ask_for_is_there_too(dalian: Template) -> None:
    asked = {row.indicator_id: str(row.evidence.note) for row in dalian.facts.targets}
    assert "中发〔2016〕23号" in asked["smoking-rate"]
    assert "regular-exercise-number" not in asked, "a total of the nation is no target for a city"


def test_bodies_are_those_of_the_region_by_its_level(dalian: Template) -> None:
    first = [row for row in dalian.facts.responsibilities if row.section == "一3"]
    assert (first[0].role, first[0].agency, first[0].agency_id) == ("lead", "市体育局", "210200/sport")
    assert render(first[0].evidence.note, "en") == "likely: lead in 4 of 4 plans with this action"
    assert all(
        row.agency.startswith("市") and row.agency_id.startswith("210200/") for row in dalian.facts.responsibilities
    )


def test_a_district_has_bodies_of_its_own_level() -> None:
    made = template(PARENT, "410212", plans(), concepts.bundled(), lexicon.bundled())
    assert {row.agency[0] for row in made.facts.responsibilities} == {"区"}
    assert "区教体局" in {row.agency for row in made.facts.responsibilities}


def test_nothing_is_presented_as_decided(dalian: Template) -> None:
    for table in facts.ROWS:
        assert {row.evidence.status for row in getattr(dalian.facts, table)} <= {"unchecked"}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_draft_meets_the_shapes_that_come_with_it(dalian: Template, tmp_path: Path, engine: str) -> None:
    if engine == "pyshifty":
        pytest.importorskip("shifty", reason="pyshifty (policygraph[fast]) is not installed")
    save(dalian, tmp_path / "new")
    shapes = load_shapes(more=[tmp_path / "new" / "shapes.ttl"])
    draft = facts.load(tmp_path / "new" / "draft")
    report = pipeline.check(draft, plans(), pipeline.Checks(shapes=shapes, engine=engine, stage=Stage.ISSUED))
    missing = {"document-number", "document-date"}
    assert {result.shape for result in report.results if result.severity != "info"} == missing
    assert report.looked_at["guofa-2019-13/health-literacy/2022"] > 0


@pytest.mark.parametrize("engine", ENGINES)
def test_a_looser_plan_fails_the_shapes_of_its_parent(dalian: Template, tmp_path: Path, engine: str) -> None:
    if engine == "pyshifty":
        pytest.importorskip("shifty", reason="pyshifty (policygraph[fast]) is not installed")
    (tmp_path / "own.ttl").write_text(dalian.shapes, encoding="utf-8")
    shapes = load_shapes(more=[tmp_path / "own.ttl"])
    draft = pipeline.extract_document(assets.path("data", "examples", "faulty-draft.txt"))
    found = pipeline.check(draft, plans(), pipeline.Checks(shapes=shapes, engine=engine)).results
    assert {result.shape for result in found if result.shape.startswith("guofa-2019-13/")} == {
        "guofa-2019-13/health-literacy/2022",
        "guofa-2019-13/mental-health-literacy/stated",
        "guofa-2019-13/respiratory-mortality/stated",
    }


def test_the_shapes_are_turtle_and_speak_both_languages(dalian: Template) -> None:
    graph = Graph().parse(data=dalian.shapes, format="turtle")
    messages = list(graph.subject_objects(SH.message))
    assert len(messages) > 100
    assert {getattr(message, "language", "") for _, message in messages} == {"zh", "en"}


def test_the_outline_reads_back_as_the_tables_say(dalian: Template, tmp_path: Path) -> None:
    path = tmp_path / "outline.docx"
    path.write_bytes(outline(dalian.outline))
    found = pipeline.extract_document(path)
    filled = dalian.facts
    assert [row.action_type for row in found.structure if row.kind == "action"] == [
        row.action_type for row in filled.structure if row.kind == "action"
    ]

    def bodies(each: Facts) -> set[tuple[str, str, str]]:
        return {(row.section, row.role, row.agency_id) for row in each.responsibilities}

    def values(each: Facts) -> set[tuple[object, ...]]:
        return {(r.section, r.indicator_id, r.year, r.op, r.value, r.unit) for r in each.targets if r.op != "qual"}

    assert bodies(found) == bodies(filled)
    assert values(found) == values(filled)


def test_the_outline_has_headings_for_word(dalian: Template) -> None:
    styles = [p.style.name for p in Document(io.BytesIO(outline(dalian.outline))).paragraphs if p.style]
    assert styles.count("Heading 2") == 15
    assert outline(dalian.outline) == outline(dalian.outline), "the same lines give the same bytes"


def test_a_draft_is_never_overwritten(dalian: Template, tmp_path: Path) -> None:
    assert [path.name for path in save(dalian, tmp_path)] == ["draft", "outline.docx", "shapes.ttl"]
    with pytest.raises(UsageError, match="not overwritten"):
        save(dalian, tmp_path)


WRONG = {
    "an unknown parent": ("国发〔1900〕1号", "210200", "not among the documents at hand"),
    "an unknown region": (PARENT, "999999", "not in the table"),
    "a parent without actions": ("中发〔2016〕23号", "210200", "sets no action"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_started_from_is_an_error(name: str) -> None:
    parent, region, message = WRONG[name]
    with pytest.raises(UsageError, match=message):
        template(parent, region, plans(), concepts.bundled(), lexicon.bundled())


@pytest.mark.parametrize(
    "row", [row for row in WORDS if row["key"] in (">=", "<=", ">", "<", "=", "rise", "fall")], ids=lambda r: r["key"]
)
def test_a_phrase_says_what_its_example_says(row: dict[str, str]) -> None:
    number = "".join(char for char in row["example"] if char.isdigit() or char == ".")
    unit = row["example"].partition(number)[2]
    target = TargetRow("d", "", "", "", 2022, row["key"], number, unit, "", "quantitative", "")
    assert demand(target, words()) == row["example"]
