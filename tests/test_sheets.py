"""Fact tables that a person saved with Excel or WPS are read as what they say; tables we write show what they say."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import facts, pipeline, tables
from policygraph.errors import TableError
from policygraph.facts import sheets
from policygraph.facts.forms import form
from policygraph.model import Evidence, Facts, MetadataRow, TargetRow
from policygraph.terms import Op, Status, TargetKind

CELLS = tables.read_table(Path(__file__).parent / "cases" / "spreadsheet_cells.tsv")
METADATA = {"document_id": "shiban-2022-1", "title": "“识字”方案,第一册", "date_issued": "2022-05-10"}
SEEN = Evidence(3, 9, Status.REVIEWED, Decimal("0.7"), "level", Decimal("0.95"))
TARGET = TargetRow(
    "plan", "一", "", "识字率", 2030, Op.EXACTLY, "99.5", "%", "", TargetKind.QUANTITATIVE, "达到99.5%", "x-1", SEEN
)
PLAN = Facts(
    "plan",
    metadata=tuple(MetadataRow("plan", name, value) for name, value in METADATA.items()),
    targets=(TARGET, replace(TARGET, indicator='=1+1率"甲"', quote='"十四五",不低于99%', year=None, baseline="-")),
)
Rows = list[list[str]]


@pytest.mark.parametrize("case", CELLS, ids=lambda case: case["case"])
def test_what_a_spreadsheet_makes_of_a_cell_is_undone(case: dict[str, str]) -> None:
    field = case["column"] if case["table"] == "metadata" and case["column"] != "id" else ""
    wanted = form(case["table"], "value" if field else case["column"], field)
    mended = wanted.mended(case["cell"])
    assert wanted.fits(mended)
    assert wanted.read(mended) == wanted.read(case["meant"])


# ---------------------------------------------------------------- the files that spreadsheets save


def excel(cell: str) -> str:
    """Quote a cell as Excel does in text with tabs."""
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n') else cell


def tabs(rows: Rows, ends: str = "\r\n") -> str:
    return ends.join("\t".join(map(excel, row)) for row in rows) + ends


def commas(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def short(rows: Rows) -> Rows:
    return [row[: max((place for place, cell in enumerate(row, start=1) if cell), default=0)] for row in rows]


# the suffix of the file, and its bytes
SAVED: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "text with tabs, in China GBK": (".txt", lambda rows: tabs(rows).encode("gbk")),
    "Unicode text": (".txt", lambda rows: tabs(rows).encode("utf-16")),
    "Unicode text of the other order": (".tsv", lambda rows: b"\xfe\xff" + tabs(rows).encode("utf-16-be")),
    "CSV UTF-8": (".csv", lambda rows: commas(rows).encode("utf-8-sig")),
    "CSV in GBK": (".csv", lambda rows: commas(rows).encode("gb18030")),
    "CSV under the old name": (".tsv", lambda rows: commas(rows).encode()),
    "tabs and UTF-8, without a mark": (".tsv", lambda rows: tabs(rows, "\n").encode()),
    "line ends of an old Macintosh": (".tsv", lambda rows: tabs(rows, "\r").encode()),
    "no end of the last line": (".tsv", lambda rows: tabs(rows).encode().rstrip(b"\r\n")),
    "without the empty cells at the end": (".tsv", lambda rows: tabs(short(rows)).encode()),
    "with empty columns at the right": (".tsv", lambda rows: tabs([[*row, "", ""] for row in rows]).encode()),
    "with empty rows at the end": (".csv", lambda rows: commas([*rows, [""] * len(rows[0])]).encode()),
    "columns in another order": (".tsv", lambda rows: tabs([row[::-1] for row in rows]).encode()),
    "a column of one's own": (".tsv", lambda rows: tabs([["x", *row] for row in rows]).encode()),
    "blanks in the head": (".csv", lambda rows: commas([[f" {cell} " for cell in rows[0]], *rows[1:]]).encode()),
}


@pytest.mark.parametrize(
    "column, cell, told",
    [
        ("value", "27%", "value is «27%»; write a number in plain digits"),
        ("value", "≥27", "value is «≥27»; write a number in plain digits"),
        ("quote", "#NAME?", "quote is «#NAME?», an error of the spreadsheet"),
        ("year", "十四五", "year is «十四五»; write a year"),
    ],
)
def test_a_cell_that_cannot_be_told_is_named(column: str, cell: str, told: str, tmp_path: Path) -> None:
    facts.save(PLAN, tmp_path / "plan")
    table = tmp_path / "plan" / "targets.tsv"
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    lines[1][facts.columns("targets").index(column)] = cell
    table.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    with pytest.raises(TableError, match=re.escape(f"targets.tsv:2: {told}")):
        facts.load(tmp_path / "plan")


def rows_of(path: Path) -> Rows:
    """The cells that a spreadsheet sees in a file of ours."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), dialect="excel-tab"))


@pytest.mark.parametrize("name", SAVED)
def test_what_a_spreadsheet_saved_says_the_same(name: str, tmp_path: Path) -> None:
    suffix, save = SAVED[name]
    facts.save(PLAN, tmp_path / "plan")
    for path in (tmp_path / "plan").glob("*.tsv"):
        content = save(rows_of(path))
        path.unlink()
        path.with_suffix(suffix).write_bytes(content)
    assert facts.load(tmp_path / "plan") == PLAN
    assert [each.doc for each in pipeline.load_plans([tmp_path])[0]] == ["plan"]


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    rows = [
        [*facts.columns("metadata")],
        ["plan", "title", "识字\n方案", "", "", "", "extracted", "1", "", "", "甲,\n乙"],
    ]
    (tmp_path / "metadata.csv").write_text(commas([*rows, ["plan", "number", *rows[1][2:6], "x"]]), encoding="utf-8")
    with pytest.raises(TableError, match=r"metadata\.csv:5: status is «x»"):
        facts.load(tmp_path)
    (tmp_path / "metadata.csv").write_text(commas(rows), encoding="utf-8")
    (title,) = facts.load(tmp_path).metadata
    assert (title.value, title.evidence.note) == ("识字\n方案", "甲,\n乙")


REFUSED = {
    "no encoding of ours": (b"doc\tfield\n\xff\x80\xff\n", r"metadata\.tsv: neither UTF-8 nor UTF-16 nor GBK"),
    "half a character of two bytes": (b"\xff\xfed\x00o", r"metadata\.tsv: neither UTF-8 nor UTF-16 nor GBK"),
    "a row that is too long": (
        ("\t".join(facts.columns("metadata")) + "\nplan" + "\tx" * 12 + "\n").encode(),
        r"metadata\.tsv:2: 13 cells, the header has 11",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    content, said = REFUSED[name]
    (tmp_path / "metadata.tsv").write_bytes(content)
    with pytest.raises(TableError, match=said) as caught:
        facts.load(tmp_path)
    assert "\n" not in str(caught.value)


def test_two_files_of_one_table_are_not_chosen_from(tmp_path: Path) -> None:
    facts.save(PLAN, tmp_path / "plan")
    (tmp_path / "plan" / "targets.csv").write_text("doc\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"targets\.csv lies beside it"):
        facts.load(tmp_path / "plan")


# ---------------------------------------------------------------- the files that we write


def test_a_table_has_a_byte_order_mark_and_no_formula(tmp_path: Path) -> None:
    facts.save(PLAN, tmp_path / "plan")
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbfdoc\t") for path in (tmp_path / "plan").glob("*.tsv"))
    cells = [cell for row in rows_of(tmp_path / "plan" / "targets.tsv") for cell in row]
    assert '\'=1+1率"甲"' in cells and "=" in cells and '"十四五",不低于99%' in cells
    assert not [cell for cell in cells if tables.is_formula(cell)]


TEXTS = st.text(alphabet=st.one_of(st.sampled_from("\"'=+-@,;\t\r\n\\ ab甲＝\u2028"), st.characters(codec="utf-8")))


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_any_text_comes_back_and_is_written_again_to_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "table.tsv"
    wanted = [{"one": one, "other": other} for one, other in texts if one.strip() or other.strip()]
    sheets.write(path, ("one", "other"), wanted)
    found = [cells for _, cells in sheets.numbered_rows(path, ("one", "other"))]
    assert found == wanted
    before = path.read_bytes()
    sheets.write(path, ("one", "other"), found)
    assert path.read_bytes() == before


RAW = {
    "quotes around all": '"甲"',
    "quotes at the beginning": '"十四五"规划',
    "a quote that does not end": '"甲',
    "an apostrophe": "'甲",
    "a formula of an older version": "=1+1率",
    "a quote and a comma": '甲,"乙"',
}


@pytest.mark.parametrize("name", RAW)
def test_cells_of_tables_that_were_never_quoted_are_read_as_they_stand(name: str, tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(f"one\tother\n{RAW[name]}\t乙\n丙\t丁\n", encoding="utf-8")
    assert [cells["one"] for _, cells in sheets.numbered_rows(path, ("one",))] == [RAW[name], "丙"]


@pytest.mark.parametrize("name", ["responsibilities.xlsx", "targets.et", "metadata.xlsx", "metadata.ods"])
@pytest.mark.parametrize("beside", [True, False], ids=["beside the table", "in its place"])
def test_a_table_that_is_no_workbook_is_named_and_never_passed_over(tmp_path: Path, name: str, beside: bool) -> None:
    facts.save(PLAN, tmp_path / "plan")
    if not beside:
        (tmp_path / "plan" / name).with_suffix(".tsv").unlink()
    (tmp_path / "plan" / name).write_bytes(b"PK\x03\x04")
    found, errors = pipeline.load_plans([tmp_path])
    assert found == ()
    assert name in str(errors[0]) and (name.partition(".")[0] + ".tsv" if beside else "save it as .xlsx") in str(
        errors[0]
    )
