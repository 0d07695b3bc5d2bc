"""A figure of a document above that nobody has compared with its text says so, wherever it is shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from bundled import plans
from docx import Document
from openpyxl import load_workbook
from rdflib import Graph

from policygraph import assets, concepts, export, lexicon, pipeline, template, validate
from policygraph.cascade import matrix
from policygraph.export.heatmap import heat_map
from policygraph.model import Facts
from policygraph.query import ask
from policygraph.rows import Rows
from policygraph.store import Store, open_store
from policygraph.vocab import document_graph

PARENT, DIABETES, CANCER = "国发〔2019〕13号", "diabetes-management", "cancer-survival"
LOWER = ("糖尿病患者规范管理率分别达到61%及以上", "糖尿病患者规范管理率分别达到50%及以上")
LEFT_OUT = ("到2022年和2030年，总体癌症5年生存率分别不低于44%和47%。", "")


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Return the sample with one target below an unchecked figure, and one such figure left out."""
    text = assets.path("data", "examples", "sample-plan.txt").read_text(encoding="utf-8")
    for before, after in (LOWER, LEFT_OUT):
        assert before in text
        text = text.replace(before, after)
    path = tmp_path_factory.mktemp("draft") / "draft.txt"
    path.write_text(text, encoding="utf-8")
    return pipeline.extract_document(path)


@pytest.fixture(scope="module")
def store(draft: Facts) -> Store:
    chain = [each for each in plans() if each.doc in ("guofa-2019-13", "zhongfa-2016-23")]
    opened = open_store()
    opened.add_all(pipeline.assemble([draft, *chain]).quads)
    return opened


def test_the_figures_above_are_unchecked() -> None:
    """When somebody has checked them, this file needs others to speak of."""
    (above,) = [each for each in plans() if each.doc == "guofa-2019-13"]
    told = {row.indicator_id: row.evidence.status for row in above.targets}
    assert (told[DIABETES], told[CANCER]) == ("unchecked", "unchecked")


# ---------------------------------------------------------------- questions

QUESTIONS: dict[str, tuple[dict[str, object], str, str, str]] = {  # parameters, indicator, column, what it says
    "target-path": ({"indicator": DIABETES}, "", "status", "unchecked"),
    "departures": ({"verdict": "looser"}, DIABETES, "ancestor_status", "unchecked"),
    "dropped-targets": ({}, CANCER, "ancestor_status", "unchecked"),
    "largest-steps": ({}, DIABETES, "ancestor_status", "unchecked"),
    "cascade-matrix": ({}, DIABETES, "ancestor_status", "unchecked"),
    "targets-of-document": ({"document": "guofa-2019-13"}, DIABETES, "status", "unchecked"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_that_shows_a_figure_shows_its_status(store: Store, name: str) -> None:
    parameters, indicator, column, said = QUESTIONS[name]
    rows = ask(store, name, **parameters).to_dicts()
    about = [row for row in rows if not indicator or row["indicator"] == indicator]
    assert said in {row[column] for row in about}


def test_the_reason_says_it_in_words_too(store: Store) -> None:
    for language, words in (("zh", "数字尚未核实"), ("en", "figure unchecked")):
        rows = ask(store, "departures", language=language).to_dicts()
        assert [row for row in rows if row["indicator"] == DIABETES and words in str(row["reason"])]


# ---------------------------------------------------------------- the matrix

CELLS = {
    "said": ">= 50% looser -10? (国发〔2019〕13号)",
    "verdict": "looser?",
    "step": "-10?",
}


def laid_out(draft: Facts, cell: str) -> Rows:
    words = lexicon.bundled()
    above = [each for each in plans() if each.doc == "guofa-2019-13"]
    return matrix([draft, *above], concepts.bundled(), words, cell)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("form", ["table", "csv", "xlsx"])
def test_a_cell_of_the_matrix_is_marked(draft: Facts, cell: str, form: str, tmp_path: Path) -> None:
    rows = laid_out(draft, cell)
    (line,) = [row for row in rows.rows if row[0] == DIABETES and row[2] == 2022]
    assert line[-1] == CELLS[cell]
    export.export(rows, form, tmp_path / f"matrix.{form}")
    assert CELLS[cell] in _written(tmp_path / f"matrix.{form}")


def test_the_value_above_is_marked_in_its_own_column(draft: Facts) -> None:
    (line,) = [row for row in laid_out(draft, "value").rows if row[0] == DIABETES and row[2] == 2022]
    assert line[3:] == ("60?", "50")


@pytest.mark.filterwarnings("ignore:Glyph")  # what is written is asked for here, not how: no font is needed
def test_a_field_of_the_heat_map_is_marked(store: Store) -> None:
    plot = pytest.importorskip("matplotlib.pyplot", reason="matplotlib (policygraph[figures]) is not installed")
    figure = heat_map(plot, ask(store, "cascade-matrix"), "")
    written = {text.get_text() for text in figure.axes[0].texts}
    plot.close(figure)
    assert "-10'22?" in written


def _written(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    return "\n".join(str(cell) for sheet in load_workbook(path) for row in sheet.values for cell in row)


# ---------------------------------------------------------------- the report


def _word(report: validate.Report) -> str:
    return "\n".join(each.text for each in Document(io.BytesIO(validate.as_docx(report))).paragraphs)


def _comments(report: validate.Report) -> str:
    draft = assets.path("data", "examples", "sample-plan.docx").read_bytes()
    return "\n".join(each.text for each in Document(io.BytesIO(validate.annotate(draft, report))).comments)


HEADLESS = ("turtle", "comments in a docx")  # a comment stands alone; the graph has the status with the figure
REPORTS: dict[str, Callable[[validate.Report], str]] = {
    "text": validate.render,
    "text by bureau": lambda report: validate.render(report, "zh", "bureau"),
    "html": validate.as_html,
    "json": validate.as_json,
    "turtle": lambda report: str(export.render(validate.report_quads(report, validate.load_shapes()), "ttl")),
    "docx": _word,
    "comments in a docx": _comments,
}


@pytest.fixture(scope="module")
def report(draft: Facts) -> validate.Report:
    return pipeline.check(draft, plans())


@pytest.mark.parametrize("form", REPORTS)
def test_a_report_says_which_figure_above_is_unchecked(report: validate.Report, form: str) -> None:
    """Each such figure is marked, and what the mark means is said once, in the head."""
    about = [each for each in report.results if each.shape in ("target-looser", "target-dropped")]
    assert len(about) >= 2
    assert all("?" in each.expected.zh for each in about)
    said = REPORTS[form](report)
    assert said.count("?，见《国务院关于实施健康中国行动的意见》（国发〔2019〕13号）") >= len(about)
    assert form in HEADLESS or said.count("个尚未与原文核对") == 1


# ---------------------------------------------------------------- results and templates


LATE = """
@base <https://w3id.org/policygraph/id/document/> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<test> a pg:Plan ; pg:reviewStatus "unchecked" .
<test/target/a> a pg:Target, pg:TargetValue ; pg:inDocument <test> ; rdfs:label "吸烟率"@zh ; pg:year 2022 ;
    pg:comparator "<=" ; pg:value 20 ; pg:unit "%" ; pg:baseline "2025" ; pg:factStatus "STATUS" .
"""


@pytest.mark.parametrize(
    ("status", "zh", "en"),
    [
        ("unchecked", "吸烟率：2022年不高于20%（数字尚未核对）", "吸烟率: at most 20% in 2022 (figure unchecked)"),
        ("disputed", "吸烟率：2022年不高于20%（数字有争议）", "吸烟率: at most 20% in 2022 (figure disputed)"),
        ("reviewed", "吸烟率：2022年不高于20%", "吸烟率: at most 20% in 2022"),
    ],
)
def test_a_result_about_an_unchecked_figure_says_so(status: str, zh: str, en: str) -> None:
    data = Graph().parse(data=LATE.replace("STATUS", status), format="turtle")
    report = validate.validate([(s, p, o, document_graph("test")) for s, p, o in data], validate.load_shapes(), Graph())
    (result,) = [each for each in report.results if each.shape == "baseline-later"]
    assert result.found == (zh, en)


def test_a_template_marks_what_is_to_meet(tmp_path: Path) -> None:
    made = template.template(PARENT, "210200", plans(), concepts.bundled(), lexicon.bundled())
    notes = {(row.indicator_id, row.year): str(row.evidence.note) for row in made.facts.targets}
    assert ">= 60% (unchecked)" in notes[DIABETES, 2022]
    assert ">= 22% (reviewed)" in notes["health-literacy", 2022]
    text = "\n".join(made.outline)
    assert "糖尿病患者规范管理率不低于60%〔上级数字尚未核对〕" in text
    assert "居民健康素养水平不低于22%。" in text
    lines = made.shapes.splitlines()
    assert [line for line in lines if "60% (2022)（该数字尚未核对）" in line and "(figure unchecked)" in line]
