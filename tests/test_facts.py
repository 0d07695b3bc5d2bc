"""Fact tables: what a cell may be, and what is said of one that cannot be: file, line, column, what to write."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from policygraph import assets, concepts, facts, pipeline, tables
from policygraph.cli import main
from policygraph.errors import TableError
from policygraph.graph import graph
from policygraph.model import Evidence, Facts, MetadataRow, NumberRow, RegionRow, SlipRow, TargetRow
from policygraph.store import open_store
from policygraph.terms import NumberClass, Op, TargetKind

CASES = tables.read_table(Path(__file__).parent / "cases" / "cells.tsv", required=("table", "column", "cell", "said"))
DALIAN = assets.path("data", "plans", "dalian-2021")  # has rows in every table but these two
NUMBER = NumberRow("dalian-2021", "三(一)1", 1, "22", "%", NumberClass.TARGET, "targets@1203", "达到22%")
REGION = RegionRow("dalian-2021", "三(一)1", "沈阳市", "在沈阳市各区推开", "210100")
SLIP = SlipRow("dalian-2021", "三(一)1", "30%-20%", "控制在30%-20%")
LACKING = {"numbers": NUMBER, "regions": REGION, "slips": SLIP}


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, object]]:
    """The first row of each table, as cells."""
    found = facts.load(DALIAN)
    return {table: facts.as_cells(LACKING.get(table) or getattr(found, table)[0]) for table in facts.ROWS}


def put(folder: Path, table: str, cells: dict[str, object], before: str = "") -> Path:
    """Write a table of one row, after the empty lines ``before``, into a folder of tables."""
    folder.mkdir(exist_ok=True)
    for name in ("metadata", table):
        source = (DALIAN / f"{name}.tsv").read_text(encoding="utf-8")
        (folder / f"{name}.tsv").write_text(source, encoding="utf-8")
    head, row = tables.render_table(facts.columns(table), [cells]).split("\n", 1)
    (folder / f"{table}.tsv").write_text(f"{head}\n{before}{row}", encoding="utf-8")
    return folder


def test_the_cases_were_found() -> None:
    assert len(CASES) == 86
    assert {case["table"] for case in CASES} == set(facts.ROWS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['column']}: {case['case']}")
def test_a_cell_has_the_form_of_its_column(
    case: dict[str, str], rows: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    table, column = case["table"], case["column"]
    folder = put(tmp_path / "plan", table, rows[table] | {column: case["cell"]})
    if not case["said"]:
        assert str(getattr(facts.load(folder), table))
        return
    with pytest.raises(TableError) as caught:
        facts.load(folder)
    assert str(caught.value).startswith(f"{folder / table}.tsv:2: {column} is «")
    assert f"; write {case['said']}" in str(caught.value)
    assert "\n" not in str(caught.value) + caught.value.said("zh")


HOSTILE = ('a b<>{}|\\^`"', "x\ny", "..", "/", "\u202e年", "", "9" * 400)
COLUMNS = [(table, column) for table in facts.ROWS for column in facts.columns(table)]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda value: str(value))
def test_whatever_stands_in_a_cell_is_refused_or_becomes_a_graph(
    table: str, column: str, rows: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    for number, cell in enumerate(HOSTILE):
        folder = put(tmp_path / str(number), table, rows[table] | {column: cell})
        try:
            quads = graph(facts.load(folder), concepts.bundled())
        except TableError:
            continue
        with open_store() as store:
            store.add_all(quads)
            assert store.count()


BLANK = {"none": ("", 2), "two": ("\n\n", 4), "as spreadsheets write them": ("\t\t\t\n\r\n", 4)}


@pytest.mark.parametrize("name", BLANK)
def test_the_line_is_that_of_the_file(name: str, rows: dict[str, dict[str, object]], tmp_path: Path) -> None:
    before, line = BLANK[name]
    folder = put(tmp_path / "plan", "targets", rows["targets"] | {"year": "x"}, before)
    with pytest.raises(TableError, match=rf"targets\.tsv:{line}: year"):
        facts.load(folder)


def test_tables_of_older_versions_are_read(tmp_path: Path) -> None:
    """They have no rules, no scores of identity and no numbers; saved once they have the new form, and keep it."""
    folder = tmp_path / "plan"
    row = TargetRow("plan", "一", "", "识字率", 2030, Op.AT_LEAST, "99", "%", "", TargetKind.QUANTITATIVE, "不低于99%")
    found = Facts("plan", metadata=(MetadataRow("plan", "title", "识字方案"),), targets=(row,))
    folder.mkdir()
    for table in ("metadata", "targets"):
        older = [name for name in facts.columns(table) if name not in ("rule", "match")]
        tables.write_table(folder / f"{table}.tsv", older, map(facts.as_cells, getattr(found, table)))
    assert facts.load(folder) == found
    facts.save(facts.load(folder), tmp_path / "one" / "plan")
    facts.save(facts.load(tmp_path / "one" / "plan"), tmp_path / "two" / "plan")
    for table in facts.ROWS:
        saved = [(tmp_path / name / "plan" / f"{table}.tsv").read_bytes() for name in ("one", "two")]
        assert saved[0] == saved[1]
        assert saved[0].startswith(b"\xef\xbb\xbf" + "\t".join(facts.columns(table)).encode())


def test_rule_and_match_stand_behind_the_confidence(tmp_path: Path) -> None:
    assert all(facts.columns(table)[-4:] == ("confidence", "rule", "match", "note") for table in facts.ROWS)
    proof = Evidence(3, 9, rule="level:title-year", match=Decimal("0.95"))
    found = Facts("plan", metadata=(MetadataRow("plan", "title", "识字方案", evidence=proof),), numbers=(NUMBER,))
    facts.save(found, tmp_path / "plan")
    assert facts.load(tmp_path / "plan") == found
    assert "class" in facts.columns("numbers") and "kind" not in facts.columns("numbers")


def test_a_long_cell_is_shortened(rows: dict[str, dict[str, object]], tmp_path: Path) -> None:
    folder = put(tmp_path / "plan", "targets", rows["targets"] | {"year": "9" * 5000})
    with pytest.raises(TableError) as caught:
        facts.load(folder)
    assert len(str(caught.value)) < 200 + len(str(folder))


BROKEN: dict[str, Callable[[str], str]] = {
    "a blank in an identifier": lambda text: text.replace("\tdocument_id\t", "\tdocument_id\ta b", 1),
    "no identifier": lambda text: text.replace("\tdocument_id\t", "\tdocument_key\t", 1),
    "no column": lambda text: text.replace("\tconfidence", "\tsure", 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_bad_folder_is_skipped_and_the_rest_is_built(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DALIAN / "metadata.tsv").read_text(encoding="utf-8")
    for folder, content in {"good": text, "bad": BROKEN[name](text)}.items():
        (tmp_path / "found" / folder).mkdir(parents=True)
        (tmp_path / "found" / folder / "metadata.tsv").write_text(content, encoding="utf-8")
    documents, errors = pipeline.load_plans([tmp_path / "found"])
    assert ([each.doc for each in documents], len(errors)) == (["good"], 1)
    assert main(["build", str(tmp_path / "found"), "--store", str(tmp_path / "kg")]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and f"{Path('found', 'bad', 'metadata.tsv')}" in said.err
