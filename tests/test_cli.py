"""What a user types and what comes back: answers on stdout, one line a fault on stderr, the exit code says it."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

from policygraph import facts, messages, network, pipeline, query, tables
from policygraph.cli import asking, comparing, main
from policygraph.cli.commands import GROUPS, MODULES, policygraph
from policygraph.cli.framework import Command
from policygraph.cli.say import language_of
from policygraph.export import printed
from policygraph.export.rows import table as drawn
from policygraph.read import LIMIT
from policygraph.rows import Rows
from policygraph.store import build_store

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
    assert "尚未收下的改正" in err
    assert table.read_bytes() == before


def test_facts_load_and_save_the_same_bytes(run: Run, tmp_path: Path) -> None:
    assert run("extract", SAMPLE, "-o", tmp_path / "a")[0] == 0
    facts.save(facts.load(tmp_path / "a" / "sample-plan"), tmp_path / "b" / "sample-plan")
    for table in facts.ROWS:
        one, two = (tmp_path / side / "sample-plan" / f"{table}.tsv" for side in "ab")
        assert one.read_bytes() == two.read_bytes()


# ---------------------------------------------------------------- clauses


@pytest.mark.parametrize("encoding", ("gbk", "utf-8", "utf-8-sig", "utf-16"))
def test_clauses_come_in_any_encoding_of_a_console(run: Run, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    given = "（市教育局牵头，市财政局配合）\r\n".encode(encoding)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
    code, out, err = run("clauses", "-")
    assert (code, out.count("\n"), err) == (0, 3, "")
    assert "市教育局" in out and "市财政局" in out


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
    assert out.startswith("rank,function,label,leads,responsible,supports,implements,documents\r\n1,health,")


def test_ask_writes_a_mark_for_excel(run: Run, store: Path, tmp_path: Path) -> None:
    assert run("ask", "documents", "--store", store, "-f", "csv", "--bom", "-o", tmp_path / "a.csv")[0] == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_ask_alone_lists_the_questions_in_both_languages(run: Run) -> None:
    assert "哪些政府职能牵头最多？" in run("ask")[1]
    assert "Which government functions lead most?" in run("ask", "--lang", "en")[1]


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
    "a file that is none": (("validate", "nowhere.txt"), "没有这个文件或文件夹"),
    "an unknown parent": (("validate", str(SAMPLE), "--against", "国发〔1900〕1号"), "既不是现有的文件"),
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
    code, out, err = run("build", tmp_path, "--alone", "--store", tmp_path / "x.pg")
    assert code == 1
    assert "responsibilities.tsv 第 2 行：role 写作“boss”" in err
    assert "1  文件" in out


SAID = tables.read_table(Path(__file__).resolve().parent / "cases" / "messages_cli.tsv")


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an empty store, kg."""
    made = tmp_path_factory.mktemp("messages")
    build_store(made / "kg", ())
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", SAID, ids=lambda case: case["case"])
def test_what_is_wrong_is_one_line_in_the_language_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, empty_store: Path, case: dict[str, str], language: str
) -> None:
    monkeypatch.chdir(empty_store)
    command = case["command"].split()
    code, _, err = run("--lang", "en", *command) if language == "en" else run(*command)
    lines = [line for line in err.splitlines() if line.startswith("policygraph: ")]
    assert (code, len(lines)) == (int(case["code"]), 1)
    assert case[language] in lines[0]
    assert code == 1 or err.count("\n") == 1


# ---------------------------------------------------------------- help

LANGUAGES = [  # the words of a line, the locale, and the language that comes of them
    (["ask"], {}, "zh"),
    (["ask", "--lang", "en"], {}, "en"),
    (["--lang", "en", "ask"], {}, "en"),
    (["ask", "--lang=en", "lead-roles"], {"LANG": "zh_CN.UTF-8"}, "en"),
    (["ask", "--lang", "zh"], {"LC_ALL": "en_US.UTF-8"}, "zh"),
    (["--lang", "zh", "ask", "--lang", "en"], {}, "en"),
    (["ask"], {"LANG": "en_GB.UTF-8"}, "en"),
    (["ask"], {"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
    (["ask"], {"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "zh"),
    (["ask"], {"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "zh"),
    (["ask"], {"LANG": "fr_FR.UTF-8"}, "zh"),
    (["ask", "--lang"], {"LANG": "en_GB.UTF-8"}, "en"),
    (["ask", "--lang", "fr"], {"LANG": "en_GB.UTF-8"}, "en"),
    (["clauses", "--", "--lang=en"], {}, "zh"),
]


@pytest.mark.parametrize(("words", "locale", "language"), LANGUAGES, ids=str)
def test_the_language_is_that_of_the_line_else_of_the_locale(
    words: list[str], locale: dict[str, str], language: str
) -> None:
    assert language_of(words, locale) == language


def test_the_program_alone_shows_what_there_is(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert run("--help") == run("-h") == (code, out, err)
    for group, names in GROUPS.items():
        assert messages.say(group, "zh") in out and all(f"  {name} " in out for name in names)
    assert "Read: from documents to fact tables" in run("--lang", "en")[1]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", MODULES)
def test_every_help_has_examples_and_says_what_each_option_is_for(run: Run, name: str, language: str) -> None:
    code, out, err = run(name, "--help", "--lang", language)
    assert (code, err) == (0, "")
    usage, what, examples, options = (
        messages.say(key, language, line=f"policygraph {name}")
        for key in ("cli.usage", f"cli.{name}", "cli.heading-examples", "cli.heading-options")
    )
    assert out.startswith(usage)
    assert 0 < out.index(what) < out.index(f"\n{examples}\n") < out.index(f"\n{options}\n")
    command = policygraph.get_command(click.Context(policygraph), name)
    assert command is not None and command.help == f"cli.{name}"
    for parameter in command.params:
        assert messages.say(str(parameter.help), "zh") != str(parameter.help), parameter.name  # type: ignore[attr-defined]


def typed(line: str) -> list[str]:
    """Return the words of the call of policygraph in a line of a shell."""
    words = shlex.split(line.partition(" > ")[0].partition(" >> ")[0].rpartition("| ")[2])
    if words[0] == "eval":
        words = shlex.split(words[1].strip("$()"))
    assert words[0] == "policygraph"
    return words[1:]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_help_can_be_typed(name: str) -> None:
    command = policygraph.get_command(click.Context(policygraph), name)
    assert isinstance(command, Command) and command.examples
    for line, _ in command.examples:
        assert typed(line)[0] == name
        assert command.make_context(name, typed(line)[1:])


def test_help_is_as_wide_as_the_terminal_in_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    lines = run("validate", "--help")[1].splitlines()
    assert max(cell_len(line) for line in lines if not line.startswith("  policygraph")) <= 70 < 110


# ---------------------------------------------------------------- what is loaded

UNUSED = [  # a command, and what it has no use for
    ("--version", "rdflib rich networkx pypinyin pyshacl policygraph.pipeline"),
    ("--help", "rdflib networkx pypinyin pyshacl policygraph.pipeline"),
    (
        "ask lead-roles --store STORE",
        "networkx pypinyin pyparsing pyshacl docx lxml policygraph.graph policygraph.query.explain",
    ),
    ("export -f nq --store STORE", "pypinyin pyshacl docx"),
]


@pytest.mark.parametrize(("command", "unused"), UNUSED, ids=[case[0] for case in UNUSED])
def test_a_command_loads_what_it_uses(store: Path, command: str, unused: str) -> None:
    words = [str(store) if word == "STORE" else word for word in command.split()]
    look = f"import sys; from policygraph.cli import main; main({words!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stderr.split())
    assert "policygraph.cli.commands" in loaded
    assert sorted(loaded & set(unused.split())) == []


# ---------------------------------------------------------------- completion

COMPLETED = [  # what stands on the line, what it may go on with, what not
    ("policygraph ex", {"extract", "export"}, {"ask"}),
    ("policygraph ask lead-roles-by", {"lead-roles-by-level", "lead-roles-by-document"}, {"lead-roles"}),
    ("policygraph ask --ev", {"--evidence"}, {"--explain"}),
    ("policygraph ask lead-roles -f c", {"csv"}, {"table"}),
    ("policygraph ask target-path --param ", {"indicator=", "region="}, {"level="}),
    ("policygraph ask target-path --param indicator=health-l", {"indicator=health-literacy"}, {"indicator="}),
    ("policygraph network co", {"co-responsibility"}, {"function"}),
    ("policygraph completion p", {"powershell"}, {"bash"}),
]


@pytest.mark.parametrize(("line", "there", "not_there"), COMPLETED, ids=[case[0] for case in COMPLETED])
def test_a_shell_is_told_how_a_line_may_go_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: str, there: set[str], not_there: set[str]
) -> None:
    monkeypatch.setenv("_POLICYGRAPH_COMPLETE", "fish_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", line.split(" ")[-1])
    code, out, _ = run()
    offered = {each.split(",", 1)[1].split("\t")[0] for each in out.splitlines() if "," in each}
    assert code == 0
    assert there <= offered and not offered & not_there


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_each_shell_is_printed(run: Run, shell: str) -> None:
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    assert "_POLICYGRAPH_COMPLETE" in out and f"{shell}_complete" in out


# ---------------------------------------------------------------- tables for people


def test_a_table_says_which_question_it_answers_and_about_what(run: Run, store: Path) -> None:
    given = ("--store", store, "--param", "indicator=health-literacy")
    assert run("ask", "target-path", *given)[1].splitlines()[0] == "目标从国家到县级怎样变化？居民健康素养水平"
    english = "How does a target change from the nation down to the county? health literacy"
    assert run("ask", "target-path", *given, "--lang", "en")[1].startswith(english)
    assert run("ask", "target-path", *given, "-f", "tsv")[1].startswith("level\tregion")
    assert run("ask", "lead-roles", "--store", store)[1].startswith("哪些政府职能牵头最多？\n")


GOLD = (EXAMPLES / "short-gold").as_posix()
TITLES = [
    ("compare --by leads", "文件并列：各行动由谁牵头"),
    ("network function --top 3", "网络：共同承担行动的政府职能"),
    ("network function --measure degree --lang en", "Network: Functions of government that share actions; degree"),
    ("ask departures --values verdict", "参数 verdict 可取的值"),
    (f"score {GOLD} {GOLD}", "抽取与 "),
    (f"score {GOLD} {GOLD} --by field --lang en", "How right each field is, against "),
    ("gaps", "谁都不负责的是什么？有何异常？随附文件"),
]


@pytest.mark.parametrize(("command", "title"), TITLES)
def test_every_table_has_a_title(run: Run, store: Path, command: str, title: str) -> None:
    stored = () if command.startswith(("gaps", "score")) else ("--store", store)
    code, out, _ = run(*command.split(), *stored)
    assert (code, out.splitlines()[0][: len(title)]) == (0, title)


def test_whatever_may_be_chosen_has_its_title() -> None:
    assert set(comparing._TITLES) == set(pipeline.COMPARISONS)
    assert set(network.KINDS) <= set(printed.TITLED)
    assert set(asking._SUBJECTS) == {each.folder for each in query.catalogue()} | {"queries"}, "and those of a study"


def test_every_file_that_is_written_is_named(run: Run, store: Path, tmp_path: Path) -> None:
    for form in ("csv", "table", "xlsx"):
        code, out, err = run("ask", "documents", "--store", store, "-f", form, "-o", tmp_path / f"a.{form}")
        assert (code, out, err) == (0, "", f"已写入 {tmp_path / f'a.{form}'}\n")
    assert (tmp_path / "a.table").read_text(encoding="utf-8").startswith("库中文件\n")


def test_a_terminal_gets_lines_as_wide_as_it_is_and_a_file_gets_all(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run("ask", "clauses-of-agency", "--store", store)[1].splitlines()
    assert max(map(cell_len, whole)) > 80
    monkeypatch.setenv("COLUMNS", "80")
    assert run("ask", "clauses-of-agency", "--store", store)[1].splitlines() == whole, "no terminal"
    monkeypatch.setattr("policygraph.cli.show.is_terminal", lambda: True)
    cut = run("ask", "clauses-of-agency", "--store", store)[1].splitlines()
    assert len(cut) == len(whole)
    assert max(map(cell_len, cut)) <= 80 and any("…" in line for line in cut)
    assert [line.split()[0] for line in cut[3:]] == [line.split()[0] for line in whole[3:]], (
        "what tells rows apart stays"
    )


WIDE = Rows(
    ("name", "wide", *(f"c{number}" for number in range(9))), (("甲" * 3, "乙" * 40, *range(10**8, 10**8 + 9)),)
)


@pytest.mark.parametrize("width", [30, 60, 100, 200, 400])
def test_no_line_is_wider_than_the_terminal_and_what_is_left_out_is_counted(width: int) -> None:
    head, _, row = drawn(WIDE, width).splitlines()
    assert max(map(cell_len, (head, row))) <= width
    names = head.split()
    left_out = int(names[-1].removeprefix("+")) if names[-1].startswith("+") else 0
    assert len(names) - bool(left_out) + left_out == len(WIDE.columns)
    assert "100000000" in row or "c0" not in names, "numbers are whole"


STOPS = [(KeyboardInterrupt, 130, "已中断\n"), (BrokenPipeError, 0, "")]


@pytest.mark.parametrize(("error", "code", "said"), STOPS, ids=lambda value: str(value)[:30])
def test_a_stop_from_outside_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException], code: int, said: str
) -> None:
    def stop(*_: object) -> None:
        raise error

    caught = io.StringIO()
    monkeypatch.setattr(sys, "stderr", caught)
    monkeypatch.setattr("policygraph.cli.asking.emit", stop)
    assert main(["ask"]) == code
    assert caught.closed or caught.getvalue() == said
