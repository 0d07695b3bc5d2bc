"""The commands that check drafts, as typed: formats, exit codes, folders, stores, and bad input in one line."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from bundled import plans
from docx import Document

from policygraph import assets, facts, pipeline
from policygraph.cli import main
from policygraph.store import build_store
from policygraph.tables import read_table

EXAMPLES = assets.path("data", "examples")
DRAFT, GOOD = EXAMPLES / "faulty-draft.txt", EXAMPLES / "sample-plan.txt"
PARENT = "国发〔2019〕13号"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def called(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode("utf-8"), err.decode("utf-8"))

    return called


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "draft"
    facts.save(pipeline.extract_document(DRAFT), folder)
    return folder


# ---------------------------------------------------------------- one document

FAIL_ON = [
    (GOOD, "info", 0),
    (EXAMPLES / "short-plan.txt", "violation", 0),
    (EXAMPLES / "short-plan.txt", "warning", 1),
    (DRAFT, "violation", 1),
]


@pytest.mark.parametrize(("path", "limit", "code"), FAIL_ON, ids=lambda value: getattr(value, "stem", str(value)))
def test_the_exit_code_says_whether_it_holds_up(run: Run, path: Path, limit: str, code: int) -> None:
    assert run("validate", path, "--fail-on", limit).code == code


FORMS = {
    "text": "[错误] 没有文号",
    "json": '"grouped_by": "action"',
    "html": '<html lang="zh-Hans">',
    "turtle": "a sh:ValidationReport",
    "csv": "document,title,theme,label,violations",
    "table": "逐级衔接",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_report_comes_in_many_formats(run: Run, form: str) -> None:
    found = run("validate", DRAFT, "-f", form)
    assert found.code == 1
    assert FORMS[form] in found.out


def test_a_word_draft_gets_comments_and_any_other_a_report(run: Run, tmp_path: Path) -> None:
    assert run("validate", EXAMPLES / "faulty-draft.docx", "-f", "docx", "-o", tmp_path / "a.docx").code == 1
    assert run("validate", DRAFT, "-f", "docx", "-o", tmp_path / "b.docx").code == 1
    assert len(list(Document(str(tmp_path / "a.docx")).comments)) >= 20
    assert Document(str(tmp_path / "b.docx")).paragraphs[0].text == "检验报告"


def test_tables_and_their_document_have_the_same_results(run: Run, tables: Path) -> None:
    one, two = (json.loads(run("validate", path, "-f", "json").out) for path in (DRAFT, tables))
    assert one["results"] == two["results"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "own.pg"
    chain = [each for each in plans() if each.doc in ("wuhai-2021", "guofa-2019-13", "zhongfa-2016-23")]
    build_store(folder, pipeline.assemble(chain).quads)
    return folder


@pytest.mark.parametrize("base", ["", "https://w3id.org/policygraph/id/document/"])
def test_a_document_of_a_store_is_named_by_slug_or_iri(run: Run, store: Path, base: str) -> None:
    found = run("validate", f"{base}wuhaizhengbanfa-2021-37", "--store", store, "-f", "json")
    assert found.code == 1
    assert json.loads(found.out)["documents"] == ["wuhaizhengbanfa-2021-37"]


def test_what_was_exported_can_be_checked_again(run: Run, store: Path, tmp_path: Path) -> None:
    run("export", "-f", "ttl", "--store", store, "-o", tmp_path / "all.ttl")
    again = json.loads(run("validate", tmp_path / "all.ttl", "-f", "json").out)
    first = json.loads(run("validate", "wuhaizhengbanfa-2021-37", "--store", store, "-f", "json").out)
    assert [each for each in again["results"] if each["document"] == "wuhaizhengbanfa-2021-37"] == first["results"]


# ---------------------------------------------------------------- many documents


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("plans")
    for path in (DRAFT, GOOD):
        shutil.copy(path, made)
    return made


def test_a_folder_gives_a_scorecard(run: Run, folder: Path) -> None:
    found = run("validate", folder, "--against", PARENT, "--lang", "en")
    assert found.code == 1
    title, *lines = found.out.splitlines()
    assert title == "How each plan does by theme"
    themes = ["structure", "responsibility", "names", "cascade", "quality"]
    assert lines[0].split() == ["plan", *themes, "total", "outcome"]
    assert any("(草案)" in line and line.rstrip().endswith("does not conform") for line in lines)
    assert any("沐泽" in line and line.rstrip().endswith(" conforms") for line in lines)
    assert any("the target asks for less than the document above" in line for line in lines)
    assert "target-looser" not in found.out


def test_a_scorecard_for_programs_is_one_table(run: Run, folder: Path, tmp_path: Path) -> None:
    run("validate", folder, "--against", PARENT, "-f", "tsv", "-o", tmp_path / "themes.tsv")
    rows = read_table(tmp_path / "themes.tsv")
    assert len(rows) == 10, "two plans, five themes"
    assert sum(int(row["violations"]) for row in rows) == 10
    rules = json.loads(run("validate", folder, "--against", PARENT, "-f", "json", "--by", "rule").out)
    assert {row["rule"] for row in rules if row["severity"] == "violation"} >= {"target-looser", "clause-bodies"}


def test_a_bad_file_in_a_folder_is_named_and_the_rest_goes_on(run: Run, folder: Path, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed"
    shutil.copytree(folder, mixed)
    (mixed / "empty.txt").write_bytes(b"")
    found = run("validate", mixed)
    assert "empty.txt" in found.err
    assert "沐泽市人民政府" in found.out
    assert found.code == 2, "one of them was not checked"


# ---------------------------------------------------------------- template and gaps


def test_a_template_can_be_checked_with_its_own_shapes(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "new"
    assert run("template", "--parent", PARENT, "--region", "210200", "-o", made).code == 0
    found = run("validate", made / "draft", "--shapes", made / "shapes.ttl", "-f", "csv", "--by", "rule")
    assert (found.code, "document-number" in found.out) == (0, False), "a draft has neither number nor date yet"
    issued = run("validate", made / "draft", "--stage", "issued", "-f", "csv", "--by", "rule")
    assert (issued.code, "document-number" in issued.out) == (1, True)


def test_what_holds_nothing_that_was_recognised_is_not_checked(run: Run, tmp_path: Path) -> None:
    notice = _file(tmp_path, "notice.txt", NOTICE)
    for form, told in {
        "text": "无法检验",
        "html": "无法检验",
        "json": '"outcome": "unchecked"',
        "table": "无法检验",
    }.items():
        found = run("validate", notice, "-f", form)
        assert (found.code, told in found.out) == (2, True), found


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_gaps_come_as_a_table(run: Run, form: str) -> None:
    found = run("gaps", assets.path("data", "plans", "wuhai-2021"), "-f", form)
    assert found.code == 0
    assert "action-lead" in found.out
    assert ("reason_en" in found.out) is (form != "table"), "a table for the screen has one language"


def test_gaps_of_a_store(run: Run, store: Path) -> None:
    assert "有责任单位，没有牵头单位" in run("gaps", store, "-f", "csv").out


NOTICE = """沐泽市人民政府办公室关于成立健康沐泽行动推进委员会的通知
沐泽政办发〔2022〕9号
各县（区）人民政府：
为推进健康沐泽行动，决定成立健康沐泽行动推进委员会。
一、组成人员
主任由市政府主要负责同志担任。
沐泽市人民政府办公室
2022年5月10日
"""


# ---------------------------------------------------------------- bad input


def _table(tables: Path, to: Path, name: str, old: str, new: str) -> Path:
    shutil.copytree(tables, to / "draft")
    path = to / "draft" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return to / "draft"


def _file(to: Path, name: str, text: str) -> Path:
    (to / name).write_text(text, encoding="utf-8")
    return to / name


def _circle(to: Path) -> Path:
    """Write two plans that are each based on the other."""
    form = (
        "示范市人民政府关于{}的意见\n示政发〔2022〕{}号\n根据《某意见》（示政发〔2022〕{}号），制定本意见。\n"
        "一、任务\n1.实施控烟行动。（市卫生健康委负责）\n"
    )
    (to / "circle").mkdir()
    _file(to / "circle", "one.txt", form.format("甲", 1, 2))
    _file(to / "circle", "two.txt", form.format("乙", 2, 1))
    return to / "circle"


BAD: dict[str, tuple[Callable[[Path, Path], list[object]], tuple[str, ...]]] = {
    "no such file": (lambda tables, to: ["nowhere.txt"], ("nowhere.txt", "no file or folder of this name")),
    "no such document in the store": (
        lambda tables, to: ["nowhere-2020-1", "--store", to / "none.pg"],
        ("none.pg",),
    ),
    "an unknown parent": (
        lambda tables, to: [DRAFT, "--against", "国发〔1900〕1号"],
        ("国发〔1900〕1号", "neither a document at hand", "did you mean"),
    ),
    "its own parent": (
        lambda tables, to: [assets.path("data", "plans", "guofa-2019-13"), "--against", PARENT],
        ("is «国发〔2019〕13号» itself",),
    ),
    "parents in a circle": (lambda tables, to: [_circle(to)], ("shizhengfa-2022-1", "shizhengfa-2022-2", "one, two")),
    "a table without a column": (
        lambda tables, to: [_table(tables, to, "targets.tsv", "\tindicator\t", "\tname\t")],
        ("targets.tsv:1", "column missing: indicator"),
    ),
    "a table with an unknown role": (
        lambda tables, to: [_table(tables, to, "responsibilities.tsv", "\tlead\t", "\tboss\t")],
        ("responsibilities.tsv:2", "role", "«boss»"),
    ),
    "a year that is no number": (
        lambda tables, to: [_table(tables, to, "targets.tsv", "\t2022\t", "\tsoon\t")],
        ("targets.tsv:", "year", "«soon»"),
    ),
    "shapes that are no Turtle": (
        lambda tables, to: [DRAFT, "--shapes", _file(to, "own.ttl", "@prefix a: <http://a/> .\na:b a:c ;;\n")],
        ("own.ttl:", "no Turtle"),
    ),
    "shapes that are no SHACL": (
        lambda tables, to: [
            DRAFT,
            "--shapes",
            _file(
                to,
                "own.ttl",
                "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:s> a sh:PropertyShape ; sh:minCount 1 ; "
                "sh:targetClass <https://w3id.org/policygraph/ontology#Plan> .\n",
            ),
        ],
        ("shapes:", "correct the shape"),
    ),
    "data that is no Turtle": (
        lambda tables, to: [_file(to, "data.ttl", "@prefix a: <http://a/> .\na:规则 a:x\n  a:y a:z .\n")],
        ("data.ttl:3:", "no Turtle"),
    ),
    "Turtle that ends too soon": (
        lambda tables, to: [_file(to, "data.ttl", "@prefix a: <http://a/> .\na:b a:c\n  a:d")],
        ("data.ttl:3:", "no Turtle"),
    ),
    "Turtle without a document": (
        lambda tables, to: [_file(to, "data.ttl", "<http://a/a> <http://a/b> 1 .\n")],
        ("data.ttl", "no document"),
    ),
    "an empty file": (lambda tables, to: [_file(to, "empty.txt", "")], ("empty.txt",)),
    "an empty folder": (lambda tables, to: [_file(to, "x", "").parent / "."], ("x",)),
    "Word without a file to write to": (lambda tables, to: [DRAFT, "-f", "docx"], ("-o FILE.docx",)),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_exit_code_2(
    run: Run, tables: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # whatever was built here before
    arguments, words = BAD[name]
    found = run("validate", *arguments(tables, tmp_path), "--lang", "en")
    assert found.code == 2, found
    lines = [line for line in found.err.splitlines() if line.startswith("policygraph: ")]
    assert len(lines) == len(found.err.splitlines()) <= 2, found.err
    assert [word for word in words if word not in found.err] == []
    assert "Traceback" not in found.err


def test_the_cases_of_bad_input_were_found() -> None:
    assert len(BAD) == 16
