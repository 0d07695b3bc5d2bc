"""What a user types and what comes back: answers on stdout, one line a fault on stderr, the exit code says it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policygraph import facts
from policygraph.cli import GROUPS, main
from policygraph.read import LIMIT

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "examples"
SAMPLE = EXAMPLES / "sample-plan.txt"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder: a store that stands in the current one would be the default."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return a call of the command line that gives exit code, standard output and standard error."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small store: the sample plan alone."""
    folder = tmp_path_factory.mktemp("store")
    assert main(["extract", str(SAMPLE), "-o", str(folder / "found")]) == 0
    assert main(["build", str(folder / "found"), "--store", str(folder / "sample.pg")]) == 0
    return folder / "sample.pg"


# ---------------------------------------------------------------- extract


BAD_FILES = {
    "empty.txt": (b"", "文件是空的"),
    "blank.txt": ("\ufeff \n\u3000\n".encode(), "文件是空的"),
    "binary.txt": (bytes(range(256)) * 40, "是二进制文件"),
    "huge.txt": ("一、总体要求。\n".encode() * (LIMIT // 20), "太大"),
    "novel.txt": ("那天下着小雨,他沿着河边走了很久。\n" * 30).encode(),
    "unknown.txt": (bytes([0x81, 0xFF, 0x80, 0xFE, 0xC3, 0x28]) * 60, "认不出文字编码"),
}
BAD_FILES["novel.txt"] = (BAD_FILES["novel.txt"], "没有认出方案的内容")  # type: ignore[assignment]


@pytest.mark.parametrize("named", ["downloads", "downloads/*.txt"])
def test_a_folder_or_a_pattern_stands_for_its_files(run: Run, tmp_path: Path, named: str) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in ("one.txt", ".hidden.txt", "~$one.txt"):
        (folder / name).write_bytes(SAMPLE.read_bytes())
    code, _, err = run("extract", tmp_path / named, "-o", tmp_path / "out")
    assert (code, [path.name for path in (tmp_path / "out").iterdir()]) == (0, ["one"])
    assert "1 个文件已抽取" in err


def test_a_folder_without_files_is_a_mistake(run: Run, tmp_path: Path) -> None:
    code, _, err = run("extract", tmp_path, "-o", tmp_path / "out")
    assert (code, err) == (2, f"policygraph: {tmp_path}：这里没有文件；请写一个文件名，或放有文件的文件夹\n")


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_clear_line_and_the_batch_goes_on(run: Run, tmp_path: Path, name: str) -> None:
    content, word = BAD_FILES[name]
    bad = tmp_path / name
    bad.write_bytes(content)
    code, _, err = run("extract", bad, SAMPLE, "-o", tmp_path / "out")
    lines = [line for line in err.splitlines() if line.startswith("policygraph:")]
    assert code == 1
    assert len(lines) == 1
    assert name in lines[0] and word in lines[0]
    assert facts.load(tmp_path / "out" / "sample-plan").responsibilities
    assert not (tmp_path / "out" / bad.stem).exists()


def test_a_missing_file_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    code, _, err = run("extract", tmp_path / "none.txt", "-o", tmp_path / "out")
    assert code == 1
    assert "none.txt：打不开（没有这个文件或文件夹）" in err
    assert "Traceback" not in err


def test_two_files_of_one_name_do_not_overwrite_each_other(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    code, _, err = run("extract", SAMPLE, other / SAMPLE.name, "-o", tmp_path / "out")
    assert code == 1
    assert "同名" in err


def test_extracting_twice_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert run("extract", SAMPLE, "-o", tmp_path / folder)[0] == 0
    for table in facts.ROWS:
        one, two = (tmp_path / folder / "sample-plan" / f"{table}.tsv" for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_reviewed_rows_are_never_overwritten(run: Run, tmp_path: Path) -> None:
    assert run("extract", SAMPLE, "-o", tmp_path)[0] == 0
    table = tmp_path / "sample-plan" / "targets.tsv"
    table.write_text(table.read_text(encoding="utf-8").replace("\textracted\t", "\treviewed\t", 1), encoding="utf-8")
    before = table.read_bytes()
    code, _, err = run("extract", SAMPLE, "-o", tmp_path)
    assert code == 1
    assert "含有人工校订过的行" in err
    assert table.read_bytes() == before


def test_facts_load_and_save_the_same_bytes(run: Run, tmp_path: Path) -> None:
    assert run("extract", SAMPLE, "-o", tmp_path / "a")[0] == 0
    facts.save(facts.load(tmp_path / "a" / "sample-plan"), tmp_path / "b" / "sample-plan")
    for table in facts.ROWS:
        one, two = (tmp_path / side / "sample-plan" / f"{table}.tsv" for side in "ab")
        assert one.read_bytes() == two.read_bytes()


# ---------------------------------------------------------------- clauses


def test_clauses_reads_one_clause_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "(市教育局牵头,市委宣传部、网信办、财政局等配合)\n\n他走了\n(责任单位：各县〔市、区〕人民政府)\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    code, out, err = run("clauses", "-")
    rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert rows[0] == ["line", "order", "role", "agency", "surface"]
    assert rows[1:] == [
        ["1", "1", "lead", "市教育局", "市教育局"],
        ["1", "2", "support", "市委宣传部", "市委宣传部"],
        ["1", "3", "support", "市委网信办", "网信办"],
        ["1", "4", "support", "市财政局", "财政局"],
        ["4", "1", "responsible", "各县〔市、区〕人民政府", "各县〔市、区〕人民政府"],
    ]
    assert "第 3 行" in err


# ---------------------------------------------------------------- answers


def test_ask_answers_as_csv(run: Run, store: Path) -> None:
    code, out, _ = run("ask", "lead-roles", "--store", store, "-f", "csv")
    assert code == 0
    assert out.startswith("rank,function,label,leads,responsible,supports,documents\r\n1,health,")


def test_ask_writes_a_mark_for_excel(run: Run, store: Path, tmp_path: Path) -> None:
    assert run("ask", "documents", "--store", store, "-f", "csv", "--bom", "-o", tmp_path / "a.csv")[0] == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_ask_alone_lists_the_questions_in_both_languages(run: Run) -> None:
    assert "各政府职能的牵头次数" in run("ask")[1]
    assert "Lead roles by government function" in run("ask", "--lang", "en")[1]


def test_sparql_takes_a_query_and_a_file(run: Run, store: Path, tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    file = tmp_path / "count.rq"
    file.write_text(query, encoding="utf-8")
    one = run("sparql", query, "--store", store, "-f", "json")
    assert one == run("sparql", file, "--store", store, "-f", "json")
    assert json.loads(one[1])[0]["n"] > 1000


def test_validate_says_what_is_wrong_and_exits_with_1(run: Run) -> None:
    code, out, _ = run("validate", EXAMPLES / "faulty-draft.txt")
    assert code == 1
    assert "错误" in out
    assert run("validate", EXAMPLES / "faulty-draft.txt", "-f", "json", "--lang", "en")[0] == 1


def test_validate_passes_the_sample(run: Run) -> None:
    assert run("validate", SAMPLE)[0] == 0


@pytest.mark.parametrize("form", ["ttl", "trig", "nq", "jsonld", "graphml"])
def test_export_writes_every_format(run: Run, store: Path, tmp_path: Path, form: str) -> None:
    assert run("export", "-f", form, "-o", tmp_path / f"graph.{form}", "--store", store)[0] == 0
    assert (tmp_path / f"graph.{form}").stat().st_size > 1000


def test_the_same_build_twice_is_byte_identical(run: Run, tmp_path: Path) -> None:
    dumps = []
    for name in ("one", "two"):
        assert run("extract", SAMPLE, "-o", tmp_path / name)[0] == 0
        assert run("build", tmp_path / name, "--store", tmp_path / f"{name}.pg")[0] == 0
        assert run("export", "-f", "nq", "-o", tmp_path / f"{name}.nq", "--store", tmp_path / f"{name}.pg")[0] == 0
        dumps.append((tmp_path / f"{name}.nq").read_bytes())
    assert dumps[0] == dumps[1]


# ---------------------------------------------------------------- what goes wrong, in one line


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "unknown question": (("ask", "leed-roles"), "您要找的是不是 lead-roles"),
    "unknown parameter": (("ask", "lead-roles", "--param", "colour=red"), "没有参数 colour"),
    "parameter without a value": (("ask", "lead-roles", "--param", "document"), "名称=值"),
    "malformed query": (("sparql", "SELECT * WHERE { ?s ?p }"), "查询第 1 行"),
    "a query that writes": (("sparql", "DELETE WHERE { ?s ?p ?o }"), "这里只能查询，不能修改"),
    "a query to another server": (
        ("sparql", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"),
        "不允许 SERVICE",
    ),
    "a file that is none": (("validate", "nowhere.txt"), "既不是文件，也不是文件夹"),
    "an unknown parent": (("validate", str(SAMPLE), "--against", "国发〔1900〕1号"), "现有文件中没有"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_call_is_one_line_and_exit_code_2(run: Run, store: Path, case: str) -> None:
    arguments, word = WRONG[case]
    stored = ("--store", str(store)) if arguments[0] in ("ask", "sparql") else ()
    code, _, err = run(*arguments, *stored)
    assert code == 2
    assert err.count("\n") == 1
    assert word in err


def test_a_store_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    code, _, err = run("ask", "lead-roles", "--store", tmp_path / "none.pg")
    assert code == 2
    assert "none.pg：这里没有图谱库" in err


def test_a_broken_table_is_skipped_with_file_and_line(run: Run, tmp_path: Path) -> None:
    assert run("extract", SAMPLE, EXAMPLES / "faulty-draft.txt", "-o", tmp_path)[0] == 0
    table = tmp_path / "faulty-draft" / "responsibilities.tsv"
    table.write_text(table.read_text(encoding="utf-8").replace("\tlead\t", "\tboss\t", 1), encoding="utf-8")
    code, out, err = run("build", tmp_path, "--store", tmp_path / "x.pg")
    assert code == 1
    assert "responsibilities.tsv:2：role 写作“boss”" in err
    assert "1  文件" in out


# ---------------------------------------------------------------- the commands


def test_every_module_adds_the_commands_it_is_loaded_for(run: Run) -> None:
    for group, names in GROUPS.items():
        for name in names:
            code, out, _ = run(name, "--help")
            assert (code, "usage: policygraph") == (0, out[: len("usage: policygraph")]), (group, name)
    listed = run("--help")[1]
    assert [name for names in GROUPS.values() for name in names if name not in listed] == []


def test_an_unknown_command_is_refused_with_the_list(run: Run) -> None:
    code, _, err = run("extrct")
    assert code == 2
    assert "extract" in err
