"""No verb removes or replaces what a person made: what stood there stands there afterwards, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from small_graph import small_graph

from policygraph import assets, facts, outputs, paper
from policygraph.cli import main
from policygraph.cli.commands import GROUPS
from policygraph.errors import StoreError, UsageError
from policygraph.outputs import proof
from policygraph.pipeline import extract_document
from policygraph.store import build_store, open_store

SAMPLE = assets.path("data", "examples", "sample-plan.txt")
SHORT = assets.path("data", "examples", "short-plan.txt")
DRAFT = assets.path("data", "examples", "faulty-draft.docx")
Run = Callable[[str], int]


def contents(folder: Path) -> dict[str, bytes]:
    """Return what a person finds in a folder: every file but the lists that policygraph keeps for itself."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".policygraph"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "small.pg"
    build_store(folder, small_graph())
    return folder


@pytest.fixture
def run(kg: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder: KG, SAMPLE, SHORT, DRAFT stand for a store and documents."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(paper, "check_figures", lambda: None)  # here nothing comes to be drawn
    named = {"KG": kg, "SAMPLE": SAMPLE, "SHORT": SHORT, "DRAFT": DRAFT, "PLAN": assets.bundled_plans()[0]}
    return lambda command: main([str(named.get(word, word)) for word in command.split()])


MINE = {"notes.txt": "会议记录", "papers/minutes.docx": "mine"}
# the verb, its words, and what of a person's stands at its place: a file, or a folder with files
TABLE = [
    ("extract SAMPLE -o .", "sample-plan/notes.txt"),
    ("extract SAMPLE -o .", "sample-plan"),
    ("extract SAMPLE -o mine", "mine"),
    ("build PLAN --store mine", "mine/notes.txt"),
    ("build PLAN --store mine", "mine"),
    ("build PLAN --store mine", "mine/build-notes/notes.txt"),
    ("build PLAN --store mine", "mine/build-202401/plan.docx"),
    ("build PLAN --store mine", "mine/current"),
    ("build PLAN --store mine", "mine/current.docx"),
    ("build PLAN --store mine", "mine/current.new"),
    ("build PLAN --store mine", "mine/build.lock"),
    ("ask documents --store KG -f csv -o mine.csv", "mine.csv"),
    ("ask documents --store KG -o mine", "mine/notes.txt"),
    ("ask -o mine.txt", "mine.txt"),
    ("ask target-path --values indicator --store KG -o mine.txt", "mine.txt"),
    ("sparql ASK{?s?p?o} --store KG -o mine.txt", "mine.txt"),
    ("sparql SELECT*{?s?p?o}LIMIT1 --store KG -f json -o mine.txt", "mine.txt"),
    ("network function --store KG -f csv -o mine.csv", "mine.csv"),
    ("export -f nq --store KG -o mine.nq", "mine.nq"),
    ("export -f csv --network function --store KG -o mine", "mine-nodes.csv"),
    ("export -f csv --network function --store KG -o mine", "mine-edges.csv"),
    ("compare --by targets --store KG -f csv -o mine.csv", "mine.csv"),
    ("validate DRAFT -f docx -o mine.docx", "mine.docx"),
    ("validate DRAFT -f html -o mine.html", "mine.html"),
    ("gaps PLAN -o mine.csv", "mine.csv"),
    ("template --parent 国发〔2019〕13号 --region 210200 -o mine", "mine/draft/notes.txt"),
    ("template --parent 国发〔2019〕13号 --region 210200 -o mine", "mine/outline.docx"),
    ("template --parent 国发〔2019〕13号 --region 210200 -o mine", "mine/shapes.ttl"),
    ("paper --store KG -o mine", "mine/notes.txt"),
    ("paper --store KG -o mine", "mine"),
    ("new mine", "mine"),
    ("accept mine", "mine/notes.txt"),
    ("accept mine", "mine/decisions.tsv"),
    ("accept mine", "mine/plan.xlsx"),
]
# why a verb stops; other verbs say that they replace nothing
WHY = {"new": ("是一个文件",), "accept": ("没有 metadata.tsv", "不是可读的电子表格")}


@pytest.mark.parametrize(("command", "stands"), TABLE, ids=lambda value: str(value))
def test_what_a_person_made_stays(
    run: Run, tmp_path: Path, command: str, stands: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / stands).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / stands).write_text("mine", encoding="utf-8")
    assert run(command) in (1, 2)
    said = capsys.readouterr().err
    assert any(why in said for why in WHY.get(command.split()[0], ("不会覆盖", "是文件", "里面是别的文件", "无法写入")))
    assert contents(tmp_path) == {stands: b"mine"}


def test_every_verb_with_an_output_is_in_the_table() -> None:
    reads_only = {"clauses", "score", "doctor", "completion", "push", "serve", "desk", "mcp"}
    assert {line.split()[0] for line, _ in TABLE} == {verb for verbs in GROUPS.values() for verb in verbs} - reads_only
    assert len(TABLE) == 34


def test_accept_takes_no_side_between_a_workbook_and_a_table_that_were_both_changed(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "found" / "short-plan"
    assert run("extract SHORT -o found -f xlsx") == 0
    openpyxl.load_workbook(plan / "short-plan.xlsx").save(plan / "short-plan.xlsx")  # saved by another program
    (plan / "targets.tsv").write_bytes((plan / "targets.tsv").read_bytes() + b"\n")
    before = contents(tmp_path)
    assert run("accept found/short-plan") in (1, 2)
    assert "都改动过" in capsys.readouterr().err
    assert contents(tmp_path) == before


@pytest.mark.parametrize("command", ["ask documents --store KG -f csv -o mine.csv", "extract SHORT -o mine"])
def test_what_was_written_may_be_written_again_until_a_person_changes_it(
    run: Run, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (run(command), run(command)) == (0, 0)
    before = contents(tmp_path)
    changed = sorted(before)[0]
    (tmp_path / changed).write_bytes(before[changed] + b"\n")
    before = contents(tmp_path)
    capsys.readouterr()
    assert run(command) in (1, 2)
    said = capsys.readouterr().err.splitlines()[0]
    assert Path(changed).name in said and "写出之后被改动过" in said
    assert contents(tmp_path) == before


# what is read, and a command that would write to it
SOURCES = [
    (DRAFT, "validate it.docx -f docx -o it.docx"),
    (SHORT, "validate it.txt -f html -o it.txt"),
    (SHORT, "extract it.txt --compare PLAN -o it.txt"),
    (assets.path("queries", "documents", "documents.rq"), "sparql it.rq --store KG -o it.rq"),
]


@pytest.mark.parametrize(("source", "command"), SOURCES, ids=lambda value: str(value)[-40:])
def test_what_is_read_is_never_written_to(
    run: Run, tmp_path: Path, source: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    read = tmp_path / f"it{source.suffix}"
    read.write_bytes(source.read_bytes())
    assert run(command) in (1, 2)
    assert "不会覆盖" in capsys.readouterr().err
    assert contents(tmp_path) == {read.name: source.read_bytes()}


# ---------------------------------------------------------------- extract: a document beside a folder of its name

PLAN = SHORT.read_text(encoding="utf-8")
# what stands there (None: the plan itself), the command, the words that say why
BESIDE = [
    (
        {"大连市.txt": None, "大连市/附件/会议记录.docx": "x", "大连市/notes.txt": "x"},
        "extract 大连市.txt -o .",
        "notes.txt",
    ),
    ({"方案": None}, "extract 方案 -o .", "是文件"),
    ({"..txt": None, "results/a/notes.docx": "x"}, "extract ..txt -o results", "不能作文件夹名"),
    ({"...txt": None, "out/notes.docx": "x"}, "extract ...txt -o out", "不能作文件夹名"),
    ({".plan.txt": None}, "extract .plan.txt -o out", "不能作文件夹名"),
    ({"aux.txt": None}, "extract aux.txt -o out", "不能作文件夹名"),
    ({"COM1.v2.txt": None}, "extract COM1.v2.txt -o out", "不能作文件夹名"),
    ({"plan..txt": None}, "extract plan..txt -o out", "不能作文件夹名"),
    ({"a/Plan.txt": None, "b/plan.txt": None}, "extract a/Plan.txt b/plan.txt -o out", "同名"),
]


@pytest.mark.parametrize(("stands", "command", "why"), BESIDE, ids=lambda value: str(value)[:40])
def test_a_document_beside_a_folder_of_its_name(
    run: Run, tmp_path: Path, stands: dict[str, str | None], command: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in stands.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text or PLAN, encoding="utf-8")
    before = contents(tmp_path)
    assert run(command) == 1
    assert why in capsys.readouterr().err
    assert {name: data for name, data in contents(tmp_path).items() if name in before} == before


def test_notes_beside_the_tables_stay(run: Run, tmp_path: Path) -> None:
    assert run("extract SHORT -o .") == 0
    (tmp_path / "short-plan" / "notes.md").write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    assert run("extract SHORT -o .") == 1
    assert contents(tmp_path) == before


def test_a_name_as_long_as_the_system_allows(run: Run, tmp_path: Path) -> None:
    long = "关" * 83 + ".txt"  # 253 bytes
    (tmp_path / long).write_text(PLAN, encoding="utf-8")
    assert run(f"extract {long} -o out") == 0
    assert run(f"ask documents --store KG -o {'问' * 83}.csv") == 0


# ---------------------------------------------------------------- links, streams, lists


@pytest.mark.skipif(os.name == "nt", reason="needs links and devices as POSIX has them")
def test_links_are_followed_and_devices_are_written_to(run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere" / "real.csv")
    assert run("ask documents --store KG -f csv -o link.csv") == 0
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "elsewhere" / "real.csv").stat().st_size
    (tmp_path / "elsewhere" / "real.csv").write_text("mine", encoding="utf-8")
    assert run("ask documents --store KG -f csv -o link.csv") == 2
    (tmp_path / "ring").symlink_to("ring")
    assert run("ask documents --store KG -f csv -o ring") == 2
    assert (tmp_path / "ring").is_symlink()
    assert run("ask documents --store KG -f csv -o /dev/null") == 0
    assert Path("/dev/null").is_char_device()


def test_a_list_without_its_file_keeps_nobody_out(run: Run, tmp_path: Path) -> None:
    assert run("extract SHORT -o .") == 0
    assert run("ask documents --store KG -f csv -o short-plan/a.csv") == 0
    assert run("extract SHORT -o .") == 1
    (tmp_path / "short-plan" / "a.csv").rename(tmp_path / "a.csv")
    assert run("extract SHORT -o .") == 0


def test_an_empty_file_holds_nothing_to_lose(run: Run, tmp_path: Path) -> None:
    (tmp_path / "made-by-mktemp").touch()
    (tmp_path / "short-plan").mkdir()
    assert run("ask documents --store KG -f csv -o made-by-mktemp") == 0
    assert run("extract SHORT -o .") == 0


def test_a_list_that_is_not_ours_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / ".policygraph-files").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="no list of policygraph"):
        outputs.save(b"x", tmp_path / "a.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".policygraph-files"]


def test_a_build_leaves_the_folders_that_are_no_builds(tmp_path: Path) -> None:
    build_store(tmp_path, ())
    (tmp_path / "build-202401").mkdir()
    (tmp_path / "build-202401" / "plan.docx").write_text("mine", encoding="utf-8")
    (tmp_path / "build-000009").mkdir()
    (tmp_path / "build-000009" / "CURRENT").touch()  # what a killed build left
    for _ in range(3):
        build_store(tmp_path, ())
    assert (tmp_path / "build-202401" / "plan.docx").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "build-000009").exists()
    with open_store(tmp_path, read_only=True) as store:
        assert store.count() == 0
    (tmp_path / "current.new").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="other files are there"):
        build_store(tmp_path, ())


# ---------------------------------------------------------------- killed at any moment

# Writes a file or a folder, and is killed at the n-th call that reaches the file system.
KILLED = """
import json, os, sys
from pathlib import Path
from policygraph import facts, outputs
from policygraph.model import Facts, MetadataRow

place, kind = Path(sys.argv[1]), sys.argv[2]
CALLS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "tempfile.mkdtemp", "shutil.rmtree")

def save(title):
    if kind == "file":
        outputs.save(title.encode(), place / "plan")
    else:
        facts.save(Facts(doc="plan", metadata=(MetadataRow("plan", "title", title),)), place / "plan")

def saved():
    return (place / "plan").read_text() if kind == "file" else facts.load(place / "plan").value("title")

def killed(step):
    counted = 0
    def hook(event, arguments):
        nonlocal counted
        counted += event in CALLS
        if event in CALLS and counted == step:
            os._exit(9)
    sys.addaudithook(hook)
    save("new")
    os._exit(0)

seen = []
save("old")
for step in range(1, 1000):
    child = os.fork() or killed(step)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    found = saved()
    save("old")
    left = sorted(path.name for path in place.iterdir())
    seen.append((found, left, saved()))
    if ended == 0:
        break
print(json.dumps(seen))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of one process")
@pytest.mark.parametrize(("kind", "steps"), [("file", 10), ("tables", 60)])
def test_a_save_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, kind: str, steps: int) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    assert len(seen) > steps, "steps at which it was killed"
    assert {found for found, _, _ in seen} == {"old", "new"}
    assert seen[-1][0] == "new", "the last one was not killed"
    assert {each for _, left, _ in seen for each in left} <= {"plan", proof.FILES}, "nothing is left behind"
    assert {after for _, _, after in seen} == {"old"}


# Four processes write to one folder at once, each its own file and its own tables, over and over.
AT_ONCE = """
import os, sys
from pathlib import Path
from policygraph import facts, outputs
from policygraph.model import Facts, MetadataRow

place = Path(sys.argv[1])

def write(name):
    for turn in range(25):
        outputs.save(f"{name} {turn}".encode(), place / f"{name}.csv")
        facts.save(Facts(doc=name, metadata=(MetadataRow(name, "title", str(turn)),)), place / name)
    os._exit(0)

children = [os.fork() or write(name) for name in "abcd"]
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks one process")
def test_several_programs_write_to_one_folder_at_once(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", AT_ONCE, str(tmp_path)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {*"abcd", *(f"{name}.csv" for name in "abcd"), proof.FILES}
    assert {facts.load(tmp_path / name).value("title") for name in "abcd"} == {"24"}


def test_a_build_finds_what_a_killed_extraction_left_aside(run: Run, tmp_path: Path) -> None:
    facts.save(extract_document(SHORT), tmp_path / "found" / "short-plan")
    aside = tmp_path / "found" / ".policygraph-work" / "k1lled"
    (aside / "was").mkdir(parents=True)
    (aside / "lock").touch()
    (tmp_path / "found" / "short-plan").rename(aside / "was" / "short-plan")
    assert run("build found --store out.pg") == 0
    assert sorted(path.name for path in (tmp_path / "found").iterdir()) == ["short-plan"]
