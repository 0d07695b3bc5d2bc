"""A workbook of one document: what a person finds in it, and what is read back of what programs and people make."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from policygraph import assets, checklist, facts, pipeline, tables
from policygraph.cli import main
from policygraph.errors import TableError
from policygraph.facts import decisions, words
from policygraph.facts.book_cells import shown_otherwise
from policygraph.facts.forms import FORMS
from policygraph.facts.workbook import headings, layout
from policygraph.model import Facts

DALIAN = assets.path("data", "plans", "dalian-2021")
SAMPLE = assets.path("data", "examples", "sample-plan.txt")
CALC = shutil.which("localc")  # the tables of LibreOffice; its texts may be there alone
Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def plan() -> Facts:
    return pipeline.extract_document(SAMPLE, "plan")


@pytest.fixture
def folder(plan: Facts, tmp_path: Path) -> Path:
    """The folder of a document as `extract -f xlsx` writes it."""
    facts.save(plan, tmp_path / "plan", checklist.is_doubtful)
    return tmp_path / "plan"


def alone(folder: Path) -> Path:
    """Leave only the workbook in a folder."""
    for path in folder.glob("*.tsv"):
        path.unlink()
    return folder / "plan.xlsx"


def changed(path: Path, change: Change) -> None:
    """Change a workbook as a program does that writes as Excel does."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def at(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def line_of(sheet: Any, number: int) -> int:
    """The row that has the number of a row of the table."""
    return next(cells[0].row for cells in sheet.iter_rows(min_row=2) if str(cells[0].value) == str(number))


def put(book: Any, table: str, number: int, heading: str, value: object) -> None:
    sheet = book[words.sheet(table)]
    sheet.cell(line_of(sheet, number), at(sheet, heading)).value = value


# ---------------------------------------------------------------- what a person finds


def test_every_table_is_a_sheet_with_chinese_headings_and_a_frozen_head(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    assert book.sheetnames == [*map(words.sheet, facts.ROWS), "说明"]
    for table in facts.ROWS:
        sheet = book[words.sheet(table)]
        assert [cell.value for cell in sheet[1]] == [words.column(table, name).heading for name in layout(table)]
        assert len(headings(table)) == len(layout(table))  # no two columns of a sheet are called the same
        assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref
        hidden = [each for each in sheet.column_dimensions.values() if each.hidden]
        found = {layout(table)[place - 1] for each in hidden for place in range(each.min, each.max + 1)}
        assert found == {"doc", "start", "end"}
    assert not any(cell.data_type == "f" for sheet in book for cells in sheet.iter_rows() for cell in cells)


def test_doubtful_rows_come_first_and_are_coloured(folder: Path, plan: Facts) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    counted = 0
    for table in facts.ROWS:
        marked = [checklist.is_doubtful(table, row) for row in getattr(plan, table)]
        lines = list(book[words.sheet(table)].iter_rows(min_row=2))
        assert [cells[1].value == "请核对" for cells in lines] == sorted(marked, reverse=True)
        assert [cells[0].fill.fgColor.rgb == "FFFFF2CC" for cells in lines] == sorted(marked, reverse=True)
        numbers = [int(cells[0].value) for cells in lines]
        assert sorted(numbers) == list(range(1, len(marked) + 1))
        counted += sum(marked)
    assert counted


def test_what_is_looked_at_is_what_is_coloured(plan: Facts) -> None:
    looked = {(look.table, look.evidence.start) for look in checklist.look_at(plan) if look.table}
    rows = [(table, row) for table in facts.ROWS for row in getattr(plan, table)]
    assert looked <= {(table, row.evidence.start) for table, row in rows if checklist.is_doubtful(table, row)}


def test_closed_lists_are_chosen_from_in_chinese(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    for table, heading, some in (
        ("responsibilities", "角色", "牵头,配合,负责,落实"),
        ("targets", "核对状态", "待核对,已核对,有争议,未对原文"),
        ("targets", "比较方式", "不低于,不高于,高于,低于"),
        ("structure", "类别", "部分,分组,行动"),
    ):
        sheet = book[words.sheet(table)]
        letter = sheet.cell(1, at(sheet, heading)).column_letter
        (found,) = [each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith(letter + "2")]
        assert found.formula1.strip('"').startswith(some)
    sheet = book[words.sheet("metadata")]
    level = next(cells for cells in sheet.iter_rows(min_row=2) if "层级" in [cell.value for cell in cells])
    assert "国家级,省级,地级,县级" in [
        each.formula1.strip('"')
        for each in sheet.data_validations.dataValidation
        if f"{level[0].row}" in str(each.sqref)
    ]


def test_the_clause_stands_beside_each_body(folder: Path, plan: Facts) -> None:
    sheet = openpyxl.load_workbook(folder / "plan.xlsx")[words.sheet("responsibilities")]
    place, quotes = at(sheet, "所在条款"), {row.quote for row in plan.clauses}
    assert {cells[place - 1].value for cells in sheet.iter_rows(min_row=2)} <= quotes


def test_every_word_of_a_closed_list_has_its_chinese() -> None:
    rows = tables.read_table(assets.path("data", "sheets", "words.tsv"), ("column", "value", "zh", "also"))
    assert {row["column"] for row in rows} <= {*FORMS, "look", "field"}
    spoken = [(row["column"], word) for row in rows for word in (row["zh"], *filter(None, row["also"].split("|")))]
    assert len(spoken) == len(set(spoken))
    for key, wanted in FORMS.items():
        assert not wanted.choices or tuple(words.choices(wanted.words)) == wanted.choices, key
        for word, zh in words.choices(wanted.words).items():
            assert wanted.mended(zh) == word
    assert {row["table"] for row in tables.read_table(assets.path("data", "sheets", "tables.tsv"))} == set(facts.ROWS)


# ---------------------------------------------------------------- what is read back


@pytest.mark.parametrize("source", [DALIAN, SAMPLE], ids=["reviewed", "extracted"])
def test_a_workbook_says_what_the_tables_say_to_the_byte(source: Path, tmp_path: Path) -> None:
    found = facts.load(source) if source.is_dir() else pipeline.extract_document(source, "plan")
    facts.save(found, tmp_path / "a" / "plan", checklist.is_doubtful)
    before = {path.name: path.read_bytes() for path in (tmp_path / "a" / "plan").glob("*.tsv")}
    again = facts.load(alone(tmp_path / "a" / "plan"))
    facts.save(again, tmp_path / "b" / "plan")
    assert {path.name: path.read_bytes() for path in (tmp_path / "b" / "plan").glob("*.tsv")} == before
    facts.save(found, tmp_path / "c" / "plan", checklist.is_doubtful)
    assert (tmp_path / "c/plan/plan.xlsx").read_bytes() == (tmp_path / "a/plan/plan.xlsx").read_bytes()


def by_openpyxl(path: Path) -> None:
    changed(path, lambda book: None)


def by_office(suffix: str) -> Callable[[Path], None]:
    def save(path: Path) -> None:
        profile = f"-env:UserInstallation=file://{path.parent}/profile"
        command = ["localc", profile, "--headless", "--convert-to", suffix, "--outdir", str(path.parent / "new"), path]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        path.unlink()
        shutil.move(path.parent / "new" / f"plan.{suffix}", path.parent)
        shutil.rmtree(path.parent / "new")
        shutil.rmtree(path.parent / "profile")

    return save


NEEDS_OFFICE = pytest.mark.skipif(CALC is None, reason="LibreOffice Calc is not installed")
SAVERS = [
    pytest.param(by_openpyxl, id="openpyxl"),
    *(
        pytest.param(by_office(suffix), id=f"LibreOffice {suffix}", marks=NEEDS_OFFICE)
        for suffix in ("xlsx", "xls", "ods")
    ),
]


@pytest.mark.parametrize("save", SAVERS)
def test_what_another_program_saved_says_the_same(save: Callable[[Path], None], folder: Path, plan: Facts) -> None:
    save(alone(folder))
    assert facts.load(folder) == plan
    assert [each.doc for each in pipeline.load_plans([folder.parent])[0]] == ["plan"]
    assert pipeline.load_plans(folder.glob("plan.*"))[0] == (plan,)


def sort_upside_down(book: Any) -> None:
    for sheet in book.worksheets[:-1]:
        lines = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=2)]
        for row, line in zip(range(2, len(lines) + 2), reversed(lines), strict=True):
            for column, value in enumerate(line, start=1):
                sheet.cell(row, column).value = value


def turn_columns(book: Any) -> None:
    for sheet in book.worksheets[:-1]:
        for cells in list(sheet.iter_rows()):
            for cell, value in zip(cells, [cell.value for cell in cells][::-1], strict=True):
                cell.value = value


def blank_rows(book: Any) -> None:
    for sheet in book.worksheets[:-1]:
        sheet.insert_rows(3, 2)
        sheet.insert_rows(1)


def numbers_for_text(book: Any) -> None:
    sheet = book[words.sheet("targets")]
    for name in ("行号", "年份", "起始位置", "结束位置", "置信度"):
        for row in range(2, sheet.max_row + 1):
            cell = sheet.cell(row, at(sheet, name))
            if cell.value:
                cell.value, cell.number_format = float(cell.value), "General"


def own_things(book: Any) -> None:
    book.create_sheet("我的笔记", 0).append(["不是表", 1])
    sheet = book[words.sheet("targets")]
    sheet.cell(1, sheet.max_column + 1).value = "我的备注"
    sheet.cell(2, sheet.max_column).value = "看过"


def english(book: Any) -> None:
    for table in facts.ROWS:
        sheet = book[words.sheet(table)]
        sheet.title = table
        for cell, name in zip(sheet[1], layout(table), strict=True):
            cell.value = name


def drop_what_is_not_needed(book: Any) -> None:
    for sheet in book.worksheets[:-1]:
        for heading in ("核对人", "核对日期", "改正理由", "提示", "文件"):
            sheet.delete_cols(at(sheet, heading))
    del book["说明"]


SAME: dict[str, Change] = {
    "rows sorted in another way": sort_upside_down,
    "columns in another order": turn_columns,
    "blank rows": blank_rows,
    "numbers for text": numbers_for_text,
    "a sheet and a column of one's own": own_things,
    "names of the tables": english,
    "columns that are not needed taken out": drop_what_is_not_needed,
}


@pytest.mark.parametrize("name", SAME)
def test_what_does_not_matter_does_not_matter(name: str, folder: Path, plan: Facts) -> None:
    changed(alone(folder), SAME[name])
    assert facts.load(folder) == plan


def test_a_corrected_cell_an_added_row_and_a_deleted_one_are_read_in_their_places(folder: Path, plan: Facts) -> None:
    def correct(book: Any) -> None:
        put(book, "responsibilities", 2, "角色", "牵头单位")
        put(book, "responsibilities", 2, "核对状态", "已核对")
        put(book, "metadata", 1, "内容", "另一个标题")
        sheet = book[words.sheet("targets")]
        names = [cell.value for cell in sheet[1]]
        row = dict(zip(names, (cell.value for cell in sheet[line_of(sheet, 1)]), strict=True))
        new = row | {"行号": None, "指标": "识字率", "比较方式": "≥", "数值": 95, "核对状态": None, "置信度": None}
        sheet.append([new[name] for name in names])
        sheet.delete_rows(line_of(sheet, 3))

    changed(folder / "plan.xlsx", correct)
    found = facts.load(folder)
    assert (found.responsibilities[1].role, found.responsibilities[1].evidence.status) == ("lead", "reviewed")
    assert found.metadata[0].value == "另一个标题"
    (new,) = [row for row in found.targets if row.indicator == "识字率"]
    assert (new.op, new.value, new.evidence.status, new.evidence.confidence) == (">=", "95", "reviewed", 1)
    assert len(found.targets) == len(plan.targets)
    assert plan.targets[2] not in found.targets
    same = [row.section for row in found.targets]
    assert same == sorted(same, key=same.index)  # rows of a section stay together
    assert found.clauses == plan.clauses


def test_a_date_that_a_program_took_for_one_is_read(folder: Path, plan: Facts) -> None:
    from datetime import datetime

    number = next(at for at, row in enumerate(plan.metadata, start=1) if row.field == "date_issued")
    changed(alone(folder), lambda book: put(book, "metadata", number, "内容", datetime(2022, 5, 10)))
    assert facts.load(folder).value("date_issued") == "2022-05-10"
    changed(folder / "plan.xlsx", lambda book: put(book, "metadata", number, "内容", "2022/5/10"))
    assert facts.load(folder).value("date_issued") == "2022-05-10"


# ---------------------------------------------------------------- what counts


def test_the_workbook_counts_where_it_was_changed_and_the_tables_where_they_were(folder: Path, plan: Facts) -> None:
    assert facts.workbook_that_counts(folder) is None
    table = folder / "metadata.tsv"
    table.write_text(table.read_text(encoding="utf-8").replace("健康", "安康"), encoding="utf-8")
    assert "安康" in facts.load(folder).value("title")
    changed(folder / "plan.xlsx", lambda book: None)
    with pytest.raises(TableError, match=r"plan\.xlsx: both the workbook and metadata\.tsv"):
        facts.load(folder)
    table.unlink()
    assert facts.load(folder) == plan


def test_one_table_may_be_a_workbook(folder: Path, plan: Facts) -> None:
    book = openpyxl.load_workbook(alone(folder))
    for table in facts.ROWS:
        for other in facts.ROWS:
            if other != table:
                del book[words.sheet(other)]
        del book["说明"]
        book.save(folder / f"{table}.xlsx")
        book = openpyxl.load_workbook(folder / "plan.xlsx")
    (folder / "plan.xlsx").unlink()
    assert facts.load(folder) == plan


def test_a_sheet_saved_as_csv_is_read_by_its_chinese_headings(folder: Path, plan: Facts) -> None:
    import csv

    sheet = openpyxl.load_workbook(folder / "plan.xlsx")[words.sheet("targets")]
    (folder / "targets.tsv").unlink()
    lines = sorted(sheet.iter_rows(min_row=2), key=lambda cells: int(cells[0].value))
    with (folder / "目标.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([[cell.value or "" for cell in cells] for cells in [sheet[1], *lines]])
    assert facts.load(folder).targets == plan.targets


def rename_sheet(book: Any) -> None:
    book[words.sheet("targets")].title = "目标表"


def drop_column(book: Any) -> None:
    sheet = book[words.sheet("targets")]
    sheet.delete_cols(at(sheet, "数值"))


def too_long(book: Any) -> None:
    sheet = book[words.sheet("targets")]
    sheet.cell(2, sheet.max_column + 2).value = "x"


WRONG: dict[str, tuple[Change, str]] = {
    "a word of no list": (
        lambda book: put(book, "responsibilities", 1, "角色", "主角"),
        r"plan\.xlsx：工作表“责任单位”第 \d+ 行：“角色”列 写作“主角”；请写以下之一：牵头\(lead\)、配合\(support\)",
    ),
    "a year of words": (
        lambda book: put(book, "targets", 1, "年份", "明年"),
        r"plan\.xlsx：工作表“目标”第 \d+ 行：“年份”列 写作“明年”；请写四位年份",
    ),
    "no number of a row": (
        lambda book: put(book, "targets", 1, "行号", "甲"),
        r"plan\.xlsx：工作表“目标”第 \d+ 行：“行号”列 写作“甲”；请写整数",
    ),
    "an error that Excel shows": (
        lambda book: put(book, "targets", 1, "指标", "#NAME?"),
        r"plan\.xlsx：工作表“目标”第 \d+ 行：“指标”列 是电子表格的错误值“#NAME\?”",
    ),
    "a sheet of another name": (rename_sheet, r"plan\.xlsx：没有工作表“目标”，只有 .*目标表"),
    "a column taken out": (drop_column, r"plan\.xlsx：工作表“目标”第 1 行：.*数值"),
    "a cell without a heading": (too_long, r"plan\.xlsx：工作表“目标”第 2 行：“x”上面没有列名"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_sheet_in_the_wrong_form_is_named(name: str, folder: Path) -> None:
    change, said = WRONG[name]
    changed(alone(folder), change)
    with pytest.raises(TableError) as caught:
        facts.load(folder)
    told = caught.value.said("zh")
    assert re.search(said, told), told
    assert "\n" not in told


def spoil(name: str, content: bytes = b"") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return change


def as_json(folder: Path) -> None:
    (folder / "responsibilities.tsv").rename(folder / "responsibilities.json")


def copied(folder: Path) -> None:
    (folder / "responsibilities.tsv").rename(folder / "responsibilities (1).tsv")


def misnamed(folder: Path) -> None:
    (folder / "targets.tsv").rename(folder / "targets.xlsx")


FOLDERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "two workbooks": (spoil("plan 2.xlsx"), r"plan 2\.xlsx：旁边还有 plan\.xlsx"),
    "a workbook that is none": (spoil("plan.xlsx", b"PK"), r"plan\.xlsx：不是可读的电子表格"),
    "a table in no form of ours": (as_json, r"responsibilities\.json：像是 responsibilities 表"),
    "a copy of a table": (copied, r"responsibilities \(1\)\.tsv：像是 responsibilities 表"),
    "a table under the suffix of a workbook": (misnamed, r"targets\.xlsx：不是可读的电子表格"),
    "a table twice": (spoil("responsibilities.xlsx"), r"responsibilities\.tsv：旁边还有 responsibilities\.xlsx"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_table_in_the_wrong_form_is_named(name: str, folder: Path) -> None:
    change, said = FOLDERS[name]
    change(folder)
    with pytest.raises(TableError) as caught:
        facts.load(folder)
    assert re.search(said, caught.value.said("zh")), caught.value.said("zh")


# ---------------------------------------------------------------- on the command line


def test_extract_writes_a_workbook_and_build_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(SAMPLE), "-o", str(tmp_path / "found"), "-f", "xlsx", "--lang", "zh"]) == 0
    assert "请核对" in capsys.readouterr().err
    book = tmp_path / "found" / "sample-plan" / "sample-plan.xlsx"
    number = next(n for n, row in enumerate(facts.load(book).metadata, start=1) if row.field == "title")
    changed(book, lambda each: put(each, "metadata", number, "内容", "改过的标题"))
    assert [each.value("title") for each in pipeline.load_plans([tmp_path / "found"])[0]] == ["改过的标题"]
    assert main(["extract", str(SAMPLE), "-o", str(tmp_path / "found"), "-f", "xlsx"]) == 1  # it is a person's now
    assert facts.load(book).value("title") == "改过的标题"


def test_accept_keeps_each_correction_and_the_tables_follow(folder: Path, plan: Facts) -> None:
    def correct(book: Any) -> None:
        put(book, "targets", 1, "数值", "25")
        put(book, "targets", 1, "核对人", "李明")
        sheet = book[words.sheet("responsibilities")]
        sheet.delete_rows(line_of(sheet, 2))

    changed(folder / "plan.xlsx", correct)
    mine = (folder / "plan.xlsx").read_bytes()
    assert main(["accept", str(folder), "--who", "王芳", "--when", "2026-05-10", "--why", "与原文不符"]) == 0
    found = decisions.read(folder)
    assert [(each.table, each.column, each.now, each.who) for each in found] == [
        ("responsibilities", "row", "", "王芳"),
        ("targets", "value", "25", "李明"),
    ]
    assert found[1].was == plan.targets[0].value and found[1].source == "plan.xlsx"
    assert {(each.when, each.why) for each in found} == {("2026-05-10", "与原文不符")}
    after = facts.load(folder)
    assert (after.targets[0].value, after.targets[0].evidence.status) == ("25", "reviewed")
    assert after.targets[1:] == plan.targets[1:] and len(after.responsibilities) == len(plan.responsibilities) - 1
    assert (folder / "plan.xlsx").read_bytes() == mine
    assert main(["accept", str(folder)]) == 2  # nothing was changed since
    changed(folder / "plan.xlsx", lambda book: put(book, "metadata", 1, "内容", "另一个标题"))
    assert main(["accept", str(folder / "plan.xlsx")]) == 0
    assert decisions.read(folder)[:2] == found and len(decisions.read(folder)) == 3
    assert facts.load(folder).targets == after.targets


# ---------------------------------------------------------------- what a cell shows

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHOWN = {  # the rows of a sheet as programs write them -> what its cells show, where they hold something else
    '<row r="2"><c r="B2" t="e"><v>#NAME?</v></c></row>': {(1, 1): "#NAME?"},
    '<row r="2"><c r="A2"/><c r="B2" t="e"><v>#N/A</v></c></row>': {(1, 1): "#N/A"},  # behind an empty cell
    '<row><c t="e"><v>#REF!</v></c></row><row><c/><c t="e"><v>#N/A</v></c></row>': {(0, 0): "#REF!", (1, 1): "#N/A"},
    '<row r="2"><c r="B2" s="1"><v>0.27</v></c></row>': {(1, 1): "27%"},
    '<row r="2"><c r="B2" s="2"><v>9.5000000000000001E-2</v></c></row>': {(1, 1): "9.5%"},  # a format of one's own
    '<row r="2"><c r="B2" s="1" t="s"><v>0</v></c><c r="C2" s="1"/></row>': {},  # words, nothing
    '<row r="2"><c r="B2" s="0"><v>0.27</v></c></row>': {},
}


def package_of(path: Path, rows: str) -> Path:
    """Write an xlsx with one sheet by hand; its styles are a plain one, 0%, and one with a word."""
    book = openpyxl.Workbook()
    book.active["A1"].number_format, book.active["A2"].number_format = "0%", '0.0"率"%'
    book.active["A1"], book.active["A2"] = 1, 2
    book.save(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f"{HEAD}{rows}</sheetData></worksheet>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


@pytest.mark.parametrize("rows", SHOWN)
def test_what_a_cell_shows_is_read(rows: str, tmp_path: Path) -> None:
    path = package_of(tmp_path / "book.xlsx", rows)
    assert shown_otherwise(path.read_bytes(), str(path)) == {"Sheet": SHOWN[rows]}


def test_a_share_in_a_cell_is_named_where_it_cannot_be_a_number(folder: Path) -> None:
    def correct(book: Any) -> None:
        put(book, "targets", 1, "数值", 0.27)
        sheet = book[words.sheet("targets")]
        sheet.cell(line_of(sheet, 1), at(sheet, "数值")).number_format = "0%"

    changed(alone(folder), correct)
    with pytest.raises(TableError) as caught:
        facts.load(folder)
    assert "“数值”列 写作“27%”；请写普通写法的数字" in caught.value.said("zh")


def test_a_workbook_that_unpacks_to_too_much_is_refused(folder: Path) -> None:
    package_of(folder / "plan.xlsx", " " * 80_000_000)
    with pytest.raises(TableError) as caught:
        facts.load(alone(folder))
    assert caught.value.key == "read.zip-bomb"
