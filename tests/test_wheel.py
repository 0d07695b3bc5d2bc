"""The wheel, installed apart from the checkout, carries its tables and runs a document end to end."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_workbook import changed

from policygraph import assets

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., str]
POLICYGRAPH = ("-m", "policygraph.cli")
EXAMPLES = ROOT / "data" / "examples"
CHAIN = ("wuhai-2021", "neizhengfa-2019-11", "guofa-2019-13")


def call(*command: str | Path, cwd: Path, path: Path | None = None, code: int = 0) -> str:
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(path or "")}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the tools that are here; nothing is fetched."""
    dist = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", dist, ROOT, cwd=dist)
    return next(dist.glob("policygraph-*.whl"))


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Install the wheel into a folder of its own and return a call of its Python from another folder."""
    place, elsewhere = tmp_path_factory.mktemp("installed"), tmp_path_factory.mktemp("elsewhere")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", place)
    call(*pip, wheel, cwd=elsewhere)
    shutil.copy(EXAMPLES / "sample-plan.txt", elsewhere)
    return lambda *arguments, cwd=elsewhere, code=0: call(sys.executable, *arguments, cwd=cwd, path=place, code=code)


def test_the_wheel_is_what_runs(run: Run) -> None:
    where = Path(run("-c", "import policygraph; print(policygraph.__file__)").strip())
    assert ROOT not in where.parents


@pytest.mark.parametrize("folder", ["data/plans", "data/concepts", "data/lexicon", "ontology", "shapes", "queries"])
def test_the_wheel_carries_every_folder(run: Run, folder: str) -> None:
    code = f"from policygraph import assets; print(*assets.path(*{folder!r}.split('/')).iterdir(), sep='\\n')"
    found = [Path(line) for line in run("-c", code).splitlines()]
    assert found
    assert all("_assets" in path.parts for path in found)


def test_a_document_runs_end_to_end_from_another_folder(run: Run) -> None:
    run(*POLICYGRAPH, "extract", "sample-plan.txt", "-o", "found")
    run(*POLICYGRAPH, "build", "found/sample-plan", "--store", "sample.pg")
    answer = run(*POLICYGRAPH, "ask", "lead-roles", "--store", "sample.pg", "-f", "csv")
    header, *ranks = answer.splitlines()
    assert header.split(",")[:4] == ["rank", "function", "label", "leads"]
    assert ranks[0].split(",")[1] == "health"


def test_the_main_job_runs_from_another_folder(run: Run) -> None:
    """On a city and the documents above it: that a build without folders takes all plans is a README command."""
    code = "from policygraph import assets; print(*assets.bundled_plans(), sep='\\n')"
    shipped = run("-c", code).splitlines()
    assert [Path(folder).name for folder in shipped] == [folder.name for folder in assets.bundled_plans()]
    chain = [folder for folder in shipped if Path(folder).name in CHAIN]
    run(*POLICYGRAPH, "build", *chain, "--store", "health.pg")
    parameter = ("--param", "indicator=health-literacy")
    answer = run(*POLICYGRAPH, "ask", "target-path", *parameter, "--store", "health.pg", "-f", "csv")
    assert answer.splitlines()[0].split(",")[:3] == ["level", "region", "document"]
    assert "national" in answer


# ---------------------------------------------------------------- a new user


def rows(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(answer.splitlines()))


def correct(book: Any) -> None:
    """Correct a number, as a person does in Excel: below what the nation asks for."""
    sheet = book["目标"]
    value, year = (next(cell.column for cell in sheet[1] if cell.value == heading) for heading in ("数值", "年份"))
    quoted = [cells[0].row for cells in sheet.iter_rows() if any("健康素养水平" in str(cell.value) for cell in cells)]
    (line,) = [row for row in quoted if sheet.cell(row, year).value == "2030"]
    sheet.cell(line, value).value = 28


@pytest.fixture(scope="module")
def study(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a study in an empty folder, put two plans into it, extract, correct and build it: five commands."""
    empty = tmp_path_factory.mktemp("new-user")
    run(*POLICYGRAPH, "new", "健康", cwd=empty)
    folder = empty / "健康"
    for name in ("sample-plan.docx", "short-plan.txt"):
        shutil.copy(EXAMPLES / name, folder / "sources")
    run(*POLICYGRAPH, "extract", "-f", "xlsx", cwd=folder)
    changed(folder / "facts" / "short-plan" / "short-plan.xlsx", correct)
    run(*POLICYGRAPH, "accept", "facts/short-plan", "--who", "王芳", "--when", "2026/5/10", cwd=folder)
    assert "2 份上位文件取自随附数据" in run(*POLICYGRAPH, "build", cwd=folder)
    return folder


def test_a_new_user_gets_real_verdicts(run: Run, study: Path) -> None:
    found = rows(run(*POLICYGRAPH, "ask", "verdicts", "-f", "csv", cwd=study))
    own = {row["verdict"]: int(row["targets"]) for row in found if row["document"] == "sample-plan"}
    assert own["equal"] >= 20 and own["tighter"] >= 5, "compared with the bundled documents above"
    path = ("target-path", "--param", "indicator=health-literacy", "-f", "csv")
    assert {row["document"] for row in rows(run(*POLICYGRAPH, "ask", *path, cwd=study))} >= {
        "guofa-2019-13",
        "sample-plan",
    }


def test_a_new_user_sees_what_was_corrected(run: Run, study: Path) -> None:
    (ruled,) = rows(run(*POLICYGRAPH, "ask", "corrections", "-f", "csv", cwd=study))
    assert (ruled["was"], ruled["now"], ruled["who"], ruled["when"]) == ("33", "28", "王芳", "2026-05-10")
    path = ("target-path", "--param", "indicator=health-literacy", "--param", "document=short-plan", "-f", "csv")
    found = {(row["document"], row["year"]): row for row in rows(run(*POLICYGRAPH, "ask", *path, cwd=study))}
    assert found["short-plan", "2030"]["verdict"] == "looser"


def test_a_new_user_checks_a_draft_against_a_document_of_the_study(run: Run, study: Path) -> None:
    shutil.copy(EXAMPLES / "faulty-draft.txt", study.parent)
    given = ("validate", "../faulty-draft.txt", "--against", "沐泽政发[2022]7号", "-f", "json")
    found = json.loads(run(*POLICYGRAPH, *given, cwd=study, code=1))
    assert found["counts"]["violation"] >= 1


def test_a_new_user_studies_another_field(run: Run, study: Path) -> None:
    """With an indicator table of its own; the city's plan names the province's by its title alone."""
    folder = study.parent / "碳达峰"
    run(*POLICYGRAPH, "new", folder.name, "--field", "碳达峰", cwd=study.parent)
    for part in ("sources", "concepts", "lexicon"):
        shutil.copytree(EXAMPLES / "carbon-study" / part, folder / part, dirs_exist_ok=True)
    run(*POLICYGRAPH, "extract", cwd=folder)
    run(*POLICYGRAPH, "build", cwd=folder)
    found = rows(run(*POLICYGRAPH, "ask", "targets-compared", "-f", "csv", cwd=folder / "facts"))
    verdicts = {(row["indicator"], row["year"]): row["verdict"] for row in found}
    assert verdicts["non-fossil-share", "2025"] == "tighter"
    assert verdicts["energy-intensity", "2025"] == "looser"
    city = "sources/沐泽市碳达峰实施方案.txt"
    told = run(*POLICYGRAPH, "validate", city, "--against", "霁川省", cwd=folder, code=1)
    assert "单位GDP能源消耗" in told


def test_a_study_writes_nothing_outside_itself(study: Path) -> None:
    assert {path.name for path in study.parent.iterdir()} <= {"健康", "碳达峰", "faulty-draft.txt"}
