"""The house rules that a program can check: files, sizes, tables, pinned versions, and the commands of the README."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "policygraph"
BINARY = {".docx", ".pdf", ".xlsx", ".png"}
MACHINE_PATH = re.compile(r"(?<![\w./:~*-])/(?:work|root|home|Users|opt|farm|tmp)/\w")
REGISTRY = re.compile(r"index-url|find-links|https?://[^\s)\"']*(?:pypi|pythonhosted|npmjs|crates)", re.IGNORECASE)
SKIPPED = ("git ", "cd ", "make test", "pip ", "python -m pip", "python -m venv")  # in the README, but not run here


def tracked() -> list[Path]:
    """Return the files of the project, also those that wait to be added; without git, everything in its folders."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    names = done.stdout.split("\0") if done.returncode == 0 else []
    files = [ROOT / name for name in names if name]
    return [path for path in files or walk() if path.is_file()]


def walk() -> Iterator[Path]:
    folders = ("src", "tests", "data", "docs", "ontology", "shapes", "queries", "benchmarks")
    yield from (path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts)


TEXTS = {path: path.read_bytes() for path in tracked() if path.suffix not in BINARY}
MODULES = sorted(SOURCE.rglob("*.py"))
TABLES = sorted(path for path in TEXTS if path.suffix == ".tsv")
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
FUNCTIONS = [
    (path, node)
    for path, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ---------------------------------------------------------------- files


def test_the_files_were_found() -> None:
    assert len(TEXTS) > 50
    assert len(MODULES) > 15
    assert len(TABLES) > 20


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["a path of one machine", "a registry address"])
def test_no_file_names(pattern: re.Pattern[str]) -> None:
    lines = ((path, line) for path, raw in TEXTS.items() for line in raw.decode("utf-8", "replace").splitlines())
    assert [f"{name(path)}: {line[:120]}" for path, line in lines if pattern.search(line) and path != here()] == []


def here() -> Path:
    return Path(__file__).resolve()


def test_no_tracked_file_is_a_build_product() -> None:
    products = {".pyc", ".whl", ".pg", ".log"}
    assert [name(path) for path in TEXTS if path.suffix in products] == []


@pytest.mark.parametrize("path", TABLES, ids=name)
def test_a_table_is_plain(path: Path) -> None:
    raw = TEXTS[path]
    is_fact_table = "plans" in path.parts  # which people open with spreadsheets
    assert raw.startswith(b"\xef\xbb\xbf") == is_fact_table, "a byte order mark: fact tables and no others"
    assert raw.endswith(b"\n"), "the last line ends too"
    assert not raw.endswith(b"\n\n"), "no empty line at the end"
    lines = raw.decode("utf-8").split("\n")[:-1]
    assert "\r" not in raw.decode("utf-8"), "lines end with LF"
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}, "every line has as many cells as the header"


# ---------------------------------------------------------------- sizes


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_modules_stay_under_400_lines() -> None:
    lines = {name(path): len(lines_of(path)) for path in MODULES}
    assert {path: count for path, count in lines.items() if count >= 400} == {}
    assert median(lines.values()) < 120


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_functions_stay_under_40_lines() -> None:
    long = [f"{name(path)}:{node.lineno} {node.name} {length(node)}" for path, node in FUNCTIONS if length(node) >= 40]
    assert long == []
    assert median(length(node) for _, node in FUNCTIONS) <= 8


def test_functions_take_at_most_six_parameters() -> None:
    def count(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        names = [item.arg for item in node.args.posonlyargs + node.args.args + node.args.kwonlyargs]
        return len([item for item in names if item not in ("self", "cls")])

    assert [f"{name(path)}:{node.lineno} {node.name}" for path, node in FUNCTIONS if count(node) > 6] == []


# ---------------------------------------------------------------- versions


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line)] == []
    pinned = {line.partition("==")[0] for line in pins}
    assert {distribution(item) for item in wanted} - pinned == set()


def distribution(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", found[0] if found else "").lower()


# ---------------------------------------------------------------- the README does what it says


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Return the commands of the ``console`` blocks with the output that is shown below each."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:].strip(), []))
            elif line.strip() and found:
                found[-1][1].append(line)
    return found


def plain(line: str) -> str:
    """Squeeze spaces and mask times, so that another machine shows the same line."""
    return re.sub(r"\d+(?:\.\d+)? ?(?:ms|s)\b", "TIME", " ".join(line.split()))


def missing(shown: list[str], printed: str) -> list[str]:
    """Return the shown lines that were not printed, in this order; ``...`` stands for any number of lines."""
    rest = iter([plain(line) for line in printed.splitlines()])
    return [line for line in shown if line.strip() not in ("...", "…") and plain(line) not in rest]


README = commands((ROOT / "README.md").read_text(encoding="utf-8"))
RUN = [(command, shown) for command, shown in README if not command.startswith(SKIPPED)]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what a reader of the README has before them, so that nothing is written into the checkout."""
    folder = tmp_path_factory.mktemp("readme") / "policygraph"
    for item in ("data", "ontology", "shapes", "queries"):
        shutil.copytree(ROOT / item, folder / item)
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def test_the_readme_shows_commands() -> None:
    assert len(RUN) >= 2


@pytest.mark.skipif(sys.platform == "win32", reason="the README shows a POSIX shell")
@pytest.mark.parametrize(("command", "shown"), RUN, ids=[command for command, _ in RUN])
def test_the_readme_tells_the_truth(workplace: Path, command: str, shown: list[str]) -> None:
    scripts = Path(sys.executable).parent
    if command.startswith("make "):  # without the set-up: the tests run in what it set up
        command = f"{command} --silent BIN={scripts} STAMP="
    if "../shared" in command and not (ROOT.parent / "shared").is_dir():
        pytest.skip("../shared is not beside this checkout")
    env = os.environ | {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        "COLUMNS": "120",
        "LC_ALL": "C.UTF-8",
    }
    command = command.replace("../shared", str(ROOT.parent / "shared"))
    done = subprocess.run(
        command, shell=True, cwd=workplace, env=env, capture_output=True, encoding="utf-8", check=False
    )
    printed = done.stdout + done.stderr
    assert missing(shown, printed) == [], f"printed (exit {done.returncode}):\n{printed}"


def test_the_harness_reads_blocks() -> None:
    text = "```console\n$ policygraph doctor\nall well\n...\nin 3.2 s\n$ make test\n```\n"
    assert commands(text) == [("policygraph doctor", ["all well", "...", "in 3.2 s"]), ("make test", [])]
    assert missing(["all  well", "...", "in 3.2 s"], "all well\nmuch\nin 14 s\n") == []
    assert missing(["second", "first"], "first\nsecond\n") == ["first"]
