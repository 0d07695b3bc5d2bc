"""What a person ruled is kept, and holds after a fresh extraction: of another text, otherwise read, of any table."""

from __future__ import annotations

import csv
import io
import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_project import ROOT, commands
from test_workbook import changed, line_of, put

from policygraph import assets, checklist, facts, pipeline
from policygraph.cli import main
from policygraph.errors import PolicyGraphError
from policygraph.facts import decisions, words
from policygraph.facts.laying import lay_over, said
from policygraph.facts.returned import Returned
from policygraph.model import Facts
from policygraph.rulings import WHOLE, Ruling, standing, written

TEXT = assets.path("data", "examples", "short-plan.txt").read_text(encoding="utf-8")
SIGNED = ("--who", "王芳", "--when", "2026/5/10", "--why", "与原文不符")


@pytest.fixture(scope="module")
def plan() -> Facts:
    return pipeline.extract_document(assets.path("data", "examples", "short-plan.txt"), "plan")


@pytest.fixture(scope="module")
def read(plan: Facts) -> Callable[[], Facts]:
    return lambda: plan  # of a function that fails nothing is shown


@pytest.fixture
def folder(plan: Facts, tmp_path: Path) -> Path:
    facts.save(plan, tmp_path / "plan", checklist.is_doubtful)
    return tmp_path / "plan"


def again(folder: Path, text: str = TEXT, *options: str) -> int:
    """Extract the document of a folder afresh, from another text of it."""
    source = folder.parent / "plan.txt"
    source.write_text(text, encoding="utf-8")
    return main(["extract", str(source), "-o", str(folder.parent), "--lang", "zh", *options])


def number_of(rows: Any, **said: object) -> int:
    return next(at for at, row in enumerate(rows, 1) if all(getattr(row, name) == said[name] for name in said))


def correct(folder: Path, plan: Facts) -> None:
    """Correct a number, a role and a title, take a target out and add one, as a person does in a workbook."""

    def change(book: Any) -> None:
        put(book, "targets", number_of(plan.targets, value="33"), "数值", 35)
        put(book, "responsibilities", number_of(plan.responsibilities, surface="教育局"), "角色", "牵头")
        put(book, "metadata", number_of(plan.metadata, field="title"), "内容", "沐泽市健康行动意见")
        sheet = book[words.sheet("targets")]
        line = line_of(sheet, number_of(plan.targets, value="55"))
        names = [cell.value for cell in sheet[1]]
        row = dict(zip(names, (cell.value for cell in sheet[line]), strict=True))
        new = row | {"行号": None, "指标": "健康讲座", "数值": "4", "单位": "次", "核对状态": None, "置信度": None}
        sheet.append([new[name] for name in names])
        sheet.delete_rows(line)

    changed(folder / "plan.xlsx", change)


def holds(found: Facts) -> None:
    """See that what :func:`correct` corrected is so."""
    (literacy,) = [row for row in found.targets if (row.indicator_id, row.year) == ("health-literacy", 2030)]
    assert (literacy.value, literacy.evidence.status) == ("35", "reviewed")
    (schools,) = [row for row in found.responsibilities if (row.section, row.surface) == ("三(一)1", "教育局")]
    assert (schools.role, schools.evidence.status) == ("lead", "reviewed")
    assert found.value("title") == "沐泽市健康行动意见"
    assert not [row for row in found.targets if row.value == "55"]
    assert [row.unit for row in found.targets if row.indicator == "健康讲座"] == ["次"]


# ---------------------------------------------------------------- a fresh extraction


def test_corrections_hold_after_a_fresh_extraction_of_a_changed_text(folder: Path, plan: Facts) -> None:
    correct(folder, plan)
    assert main(["accept", str(folder), *SIGNED]) == 0
    kept, mine = (folder / "decisions.tsv").read_bytes(), (folder / "plan.xlsx").read_bytes()
    (folder / "notes.txt").write_text("我的笔记", encoding="utf-8")
    before = facts.load(folder)
    assert len(before.decisions) == 5 and {each.when for each in before.decisions} == {"2026-05-10"}
    assert again(folder) == 0
    assert facts.load(folder).targets == before.targets, "the same text, read the same way"
    assert facts.load(folder).responsibilities == before.responsibilities
    more = "1.实施健康知识普及行动。办好健康学校。（市教育局、民政局负责）"
    assert again(folder, TEXT.replace("1.实施健康知识普及行动。", more), "-f", "xlsx") == 0
    found = facts.load(folder)
    holds(found)
    assert len(found.responsibilities) == len(plan.responsibilities) + 2
    assert (folder / "decisions.tsv").read_bytes() == kept
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "我的笔记"
    assert (folder / "former" / "plan.xlsx").read_bytes() == mine, "a person worked in it"
    assert facts.load(folder / "plan.xlsx") == found, "the workbook is of the fresh rows"
    changed(folder / "plan.xlsx", lambda book: put(book, "metadata", 2, "核对状态", "已核对"))
    assert main(["accept", str(folder)]) == 0
    assert [each.column for each in decisions.read(folder)[5:]] == ["status"]


def test_a_decision_whose_row_is_gone_is_kept_and_named(
    folder: Path, plan: Facts, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(folder, plan)
    assert main(["accept", str(folder)]) == 0
    kept = (folder / "decisions.tsv").read_bytes()
    capsys.readouterr()
    assert again(folder, TEXT.replace("全市居民健康素养水平分别不低于25%和33%。", "办好讲座。")) == 0
    told = capsys.readouterr().err
    assert "改正所指的行不再读出 1" in told and "已改为“35”（value，原为“33”）" in told
    holds(facts.load(folder))  # what a person reviewed stays
    assert (folder / "decisions.tsv").read_bytes() == kept
    assert again(folder, TEXT, "-f", "csv") == 0
    assert "ruling" not in capsys.readouterr().out
    holds(facts.load(folder))


def test_corrections_that_were_not_accepted_are_never_written_over(
    folder: Path, plan: Facts, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(folder, plan)
    mine = (folder / "plan.xlsx").read_bytes()
    for _ in range(2):  # the second time over decisions
        assert again(folder) == 1
        assert f"请先运行 policygraph accept {folder}" in capsys.readouterr().err
        assert (folder / "plan.xlsx").read_bytes() == mine
        assert main(["accept", str(folder)]) == 0
        changed(folder / "plan.xlsx", lambda book: put(book, "metadata", 1, "备注", "再看"))
        mine = (folder / "plan.xlsx").read_bytes()


# ---------------------------------------------------------------- corrected tables


def as_table(content: bytes, change: Callable[[list[str]], None]) -> list[list[str]]:
    rows = [line.split("\t") for line in content.decode("utf-8-sig").splitlines()]
    for row in rows[1:]:
        change(row)
    return rows


def unicode_text(rows: list[list[str]]) -> bytes:
    return "\r\n".join("\t".join(row) for row in rows).encode("utf-16")


def gbk_text(rows: list[list[str]]) -> bytes:
    return "\r\n".join("\t".join(row).rstrip("\t") for row in rows).encode("gbk")


def commas(encoding: str) -> Callable[[list[list[str]]], bytes]:
    def saved(rows: list[list[str]]) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        return out.getvalue().encode(encoding)

    return saved


def as_it_was(rows: list[list[str]]) -> bytes:
    return "".join("\t".join(row) + "\n" for row in rows).encode()


SAVED: dict[str, tuple[str, Callable[[list[list[str]]], bytes]]] = {
    "tsv of an editor": ("targets.tsv", as_it_was),
    "Unicode text of Excel": ("targets.txt", unicode_text),
    "text of Excel in China": ("targets.tsv", gbk_text),
    "CSV UTF-8": ("targets.csv", commas("utf-8-sig")),
    "CSV of WPS under its Chinese name": ("目标.csv", commas("gb18030")),
}


@pytest.mark.parametrize("name", SAVED)
def test_what_differs_in_a_corrected_table_becomes_a_decision(name: str, folder: Path, plan: Facts) -> None:
    file, save = SAVED[name]

    def change(row: list[str]) -> None:
        if "33" in row:
            row[row.index("33")] = "35"

    rows = as_table((folder / "targets.tsv").read_bytes(), change)
    rows = [rows[0], *(row for row in rows[1:] if "55" not in row)]
    rows.append(["", "三(二)5", "老年健康促进行动", "健康讲座", "2022.0", "≥", "4", "次", "", "定量", "社区健康讲座"])
    (folder / "targets.tsv").unlink()
    mine = save(rows)
    (folder / file).write_bytes(mine)
    assert main(["accept", str(folder / file), *SIGNED]) == 0
    ruled = decisions.read(folder)
    assert [(each.table, each.column, each.source) for each in ruled] == [
        ("targets", column, file) for column in ("value", WHOLE, WHOLE)
    ]
    assert {(each.who, each.when, each.why) for each in ruled} == {("王芳", "2026-05-10", "与原文不符")}
    assert (folder / "former" / file).read_bytes() == mine
    after = facts.load(folder)
    assert [row.value for row in after.targets if row.year == 2030 and row.indicator_id == "health-literacy"] == ["35"]
    (new,) = [row for row in after.targets if row.indicator == "健康讲座"]
    assert (new.doc, new.year, new.op, new.evidence.status) == ("plan", 2022, ">=", "reviewed")
    assert len(after.targets) == len(plan.targets)
    assert facts.load(folder / "plan.xlsx") == after, "the workbook beside it says the same"
    assert main(["accept", str(folder)]) == 2  # nothing was corrected since
    assert again(folder) == 0
    assert facts.load(folder).targets == after.targets


def test_a_table_may_say_who_corrected_a_row(folder: Path) -> None:
    rows = as_table((folder / "targets.tsv").read_bytes(), lambda row: row.extend(["", ""]))
    rows[0] += ["核对人", "改正理由"]
    rows[1][rows[0].index("status")], rows[1][-2:] = "已核对", ["李明", "对过原文"]
    (folder / "targets.tsv").write_bytes(as_it_was(rows))
    assert main(["accept", str(folder), *SIGNED]) == 0
    (ruled,) = decisions.read(folder)
    assert (ruled.column, ruled.now, ruled.who, ruled.why) == ("status", "reviewed", "李明", "对过原文")


def gone(folder: Path) -> None:
    (folder / "targets.tsv").unlink()


def unknown_before(folder: Path) -> None:
    for path in (folder / facts.WRITTEN).iterdir():
        path.unlink()
    (folder / facts.WRITTEN).rmdir()
    (folder / "plan.xlsx").unlink()
    with (folder / "targets.tsv").open("a", encoding="utf-8") as file:
        file.write("\n")


def both(folder: Path) -> None:
    changed(folder / "plan.xlsx", lambda book: None)
    gone(folder)
    (folder / "targets.csv").write_text("doc\n", encoding="utf-8")


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing corrected": (lambda folder: None, "没有改动过的工作簿或表"),
    "a table that is gone": (lambda folder: (gone(folder), touch(folder)), "targets 表不见了"),
    "tables of an older version": (unknown_before, "不知道各表原来的内容"),
    "workbook and table": (both, "都改动过"),
}


def touch(folder: Path) -> None:
    path = folder / "metadata.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("沐泽", "某"), encoding="utf-8")


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_accepted_is_said(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, told = REFUSED[name]
    change(folder)
    assert main(["accept", str(folder), "--lang", "zh"]) in (1, 2)
    assert told in capsys.readouterr().err
    assert not (folder / "decisions.tsv").exists()


def test_what_was_named_otherwise_is_what_it_is_named_now(folder: Path, plan: Facts) -> None:
    def rename(book: Any) -> None:
        put(book, "responsibilities", number_of(plan.responsibilities, surface="教育局"), "机构", "市体育局")
        put(book, "targets", number_of(plan.targets, value="33"), "指标", "某率")
        put(book, "targets", number_of(plan.targets, value="33"), "指标标识", "my-own-rate")
        put(book, "targets", number_of(plan.targets, value="25"), "指标", "婴儿死亡率")

    changed(folder / "plan.xlsx", rename)
    mine = (folder / "plan.xlsx").read_bytes()
    assert main(["accept", str(folder)]) == 0
    found = facts.load(folder)
    for _ in range(2):
        (schools,) = [row for row in found.responsibilities if (row.section, row.surface) == ("三(一)1", "教育局")]
        assert (schools.agency, schools.agency_id) == ("市体育局", "990100/sport")
        renamed = {row.value: row.indicator_id for row in found.targets if row.section == "三(一)1"}
        assert renamed == {"33": "my-own-rate", "25": "infant-mortality"}
        assert again(folder) == 0
        found = facts.load(folder)
    assert (folder / "former" / "plan.xlsx").read_bytes() == mine, "it has the old identifiers"
    assert facts.load(folder / "plan.xlsx") == found
    assert len(decisions.read(folder)) == 4


# ---------------------------------------------------------------- decisions.tsv itself

LINE = {
    "doc": "plan",
    "table": "targets",
    "key": "{}",
    "column": "value",
    "was": "1",
    "now": "2",
    "when": "2026年5月1日",
}
BAD = [
    ("table", "goals"),
    ("column", "number"),
    ("key", "targets"),
    ("key", '{"nth": "x"}'),
    ("now", "2e5"),
    ("now", "7月8日日"),
]


def ruled(folder: Path, **cells: str) -> tuple[Ruling, ...]:
    line = LINE | cells
    (folder / "decisions.tsv").write_text("\t".join(line) + "\n" + "\t".join(line.values()) + "\n", encoding="utf-8")
    return decisions.read(folder)


def test_a_decision_may_be_written_by_hand(tmp_path: Path) -> None:
    (each,) = ruled(tmp_path, column="op", was="≥", now="不高于")
    assert (each.was, each.now, each.when, each.who) == (">=", "<=", "2026-05-01", "")


@pytest.mark.parametrize("column, cell", BAD[:5])
def test_a_malformed_decision_is_named(tmp_path: Path, column: str, cell: str) -> None:
    with pytest.raises(PolicyGraphError, match=rf"decisions\.tsv:2: {column} is") as caught:
        ruled(tmp_path, **{column: cell})
    assert "decisions.tsv" in caught.value.said("zh")


# ---------------------------------------------------------------- which row it is

QUOTE = "素养水平不低于25%和33%"


def ruling(column: str, was: str, now: str, nth: int = 1, year: str = "2022") -> Ruling:
    key = written({"section": "二", "indicator": "素养水平", "year": year, "quote": QUOTE}, nth)
    return Ruling("plan", "targets", key, column, was, now)


def rows_of(plan: Facts, *cells: tuple[int, str]) -> Facts:
    """A document with the targets of a year and a value, all of one sentence."""
    like = replace(plan.targets[3], section="二", indicator="素养水平", quote=QUOTE)
    return Facts("plan", targets=tuple(replace(like, year=year, value=value) for year, value in cells))


FIRST, SECOND = (2022, "25"), (2022, "33")
LAID: dict[str, tuple[list[tuple[int, str]], Ruling, list[str] | None]] = {
    "the row as it was": ([FIRST], ruling("value", "25", "27"), ["27"]),
    "the only row, read otherwise now": ([(2022, "26")], ruling("value", "25", "27"), ["27"]),
    "a row that says so already": ([FIRST, (2022, "27")], ruling("value", "20", "27"), ["25", "27"]),
    "the one of several that says what it said": ([SECOND, FIRST], ruling("value", "25", "27"), ["33", "27"]),
    "the second of equal ones": ([FIRST, FIRST], ruling("value", "25", "27", nth=2), ["25", "27"]),
    "none of several": ([FIRST, SECOND], ruling("value", "20", "27"), None),
    "another year read now, as was ruled": ([(2025, "25")], ruling("year", "2022", "2025"), ["25"]),
    "another year read now, and the number as it was": ([(2025, "25")], ruling("value", "25", "27"), ["27"]),
    "no row at all": ([], ruling("value", "25", "27"), None),
}


@pytest.mark.parametrize("name", LAID)
def test_the_row_of_a_decision_is_found_again_or_left_over(name: str, plan: Facts) -> None:
    cells, each, values = LAID[name]
    fresh = rows_of(plan, *cells)
    found, left = lay_over(fresh, (each,))
    assert [row.value for row in found.targets] == (values or [value for _, value in cells])
    assert left == (() if values else (each,))


def test_what_was_taken_out_or_added_is_told_by_all_that_it_says(plan: Facts) -> None:
    whole = rows_of(plan, FIRST)
    gone, added = (
        json.dumps({"doc": "plan", **cells}, ensure_ascii=False) for cells in (cells_of(whole), cells_of(whole))
    )
    out, new = ruling(WHOLE, gone, ""), ruling(WHOLE, "", added)
    assert lay_over(rows_of(plan, FIRST, SECOND), (out,))[0].targets == rows_of(plan, SECOND).targets
    assert lay_over(rows_of(plan, SECOND), (out,)) == (replace(rows_of(plan, SECOND), decisions=(out,)), (out,))
    assert lay_over(rows_of(plan), (out,))[1] == (), "it is not read any more, as was ruled"
    (row,) = lay_over(rows_of(plan, FIRST), (new,))[0].targets
    assert row.evidence.status == "reviewed" and row.evidence.start is not None, "it is read now"
    assert [said(row) for row in lay_over(rows_of(plan), (new,))[0].targets] == [said(whole.targets[0])]


def cells_of(found: Facts) -> dict[str, str]:
    return {name: str(cell) for name, cell in facts.as_cells(found.targets[0]).items() if cell not in ("", None)}


EDITS = st.lists(
    st.tuples(st.sampled_from(("metadata", "targets", "responsibilities", "numbers", "clauses")), st.integers(0, 9)),
    max_size=12,
)
KINDS = st.sampled_from(("cell", "words", "out", "copy", "status"))
EDITED = {"metadata": "value", "targets": "unit", "responsibilities": "agency", "numbers": "value", "clauses": "action"}
WORDS = {
    "metadata": "id",
    "targets": "indicator",
    "responsibilities": "surface",
    "numbers": "quote",
    "clauses": "quote",
}


def edited(rows: list[Any], table: str, at: int, kind: str) -> None:
    if not rows:
        return
    row = rows[at % len(rows)]
    if kind == "out":
        rows.remove(row)
    elif kind == "copy":
        rows.insert(at % len(rows), replace(row, **{EDITED[table]: "7", WORDS[table]: "甲"}))
    elif kind == "status":
        rows[rows.index(row)] = replace(row, evidence=replace(row.evidence, status="disputed"))
    else:
        rows[rows.index(row)] = replace(row, **{(EDITED if kind == "cell" else WORDS)[table]: f"{at}"})


def few(plan: Facts) -> Facts:
    """A document of a few rows, so that one can be read that fails."""
    return Facts("plan", **{table: getattr(plan, table)[:5] for table in facts.ROWS})


@given(edits=st.lists(st.tuples(EDITS, KINDS), min_size=1, max_size=3))
def test_decisions_laid_over_the_rows_they_were_made_on_give_the_rows_as_they_were_left(
    read: Callable[[], Facts], edits: list[tuple[list[tuple[str, int]], str]]
) -> None:
    blank = Ruling("plan", "", "", "", "", "")
    plan = now = few(read())
    for batch, kind in edits:  # one accept after the other
        rows = {table: list(getattr(now, table)) for table in facts.ROWS}
        for table, at_row in batch:
            edited(rows[table], table, at_row, kind)
        given_back = {table: [Returned(None, row) for row in each] for table, each in rows.items()}
        taken = decisions.take_in(now, given_back, dict.fromkeys(facts.ROWS, blank))
        for table in facts.ROWS:  # copies of what stands there already are nothing new
            assert {said(row) for row in getattr(taken.facts, table)} == {said(row) for row in rows[table]}
        now = taken.facts
    assert lay_over(plan, now.decisions) == (now, ())
    assert decisions.text(now.decisions).count(b"\n") == len(now.decisions) + 1
    for each, row in standing(now.decisions, now):
        assert row is None or row.evidence.status != "extracted", each


# ---------------------------------------------------------------- the page that shows it


@pytest.mark.skipif(sys.platform == "win32", reason="the page shows a POSIX shell")
def test_the_guide_tells_the_truth(
    plan: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "short-plan.txt").write_text(TEXT, encoding="utf-8")
    guide = commands((ROOT / "docs" / "guide.md").read_text(encoding="utf-8"))
    assert len(guide) >= 6
    number = number_of(plan.targets, value="33")
    for command, shown in guide:
        if command.startswith("#"):  # what a person does
            changed(Path("found/short-plan/short-plan.xlsx"), lambda book: put(book, "targets", number, "数值", 35))
            continue
        assert main([*shlex.split(command)[1:], "--lang", "zh"]) == 0, command
        told = capsys.readouterr()
        printed = " ".join((told.out + told.err).split())
        assert [line for line in shown if " ".join(line.split()) not in printed] == [], printed
