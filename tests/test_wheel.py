"""The wheel, installed apart from the checkout, carries its tables and runs a document end to end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policygraph import assets

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., str]
CHAIN = ("wuhai-2021", "neizhengfa-2019-11", "guofa-2019-13")


def call(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(path or "")}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
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
    shutil.copy(ROOT / "data" / "examples" / "sample-plan.txt", elsewhere)
    return lambda *arguments: call(sys.executable, *arguments, cwd=elsewhere, path=place)


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
    policygraph = ("-m", "policygraph.cli")
    run(*policygraph, "extract", "sample-plan.txt", "-o", "found")
    run(*policygraph, "build", "found/sample-plan", "--store", "sample.pg")
    answer = run(*policygraph, "ask", "lead-roles", "--store", "sample.pg", "-f", "csv")
    header, *ranks = answer.splitlines()
    assert header.split(",")[:4] == ["rank", "function", "label", "leads"]
    assert ranks[0].split(",")[1] == "health"


def test_the_main_job_runs_from_another_folder(run: Run) -> None:
    """On a city and the documents above it: that a build without folders takes all plans is a README command."""
    policygraph = ("-m", "policygraph.cli")
    code = "from policygraph import assets; print(*assets.bundled_plans(), sep='\\n')"
    shipped = run("-c", code).splitlines()
    assert [Path(folder).name for folder in shipped] == [folder.name for folder in assets.bundled_plans()]
    chain = [folder for folder in shipped if Path(folder).name in CHAIN]
    run(*policygraph, "build", *chain, "--store", "health.pg")
    parameter = ("--param", "indicator=health-literacy")
    answer = run(*policygraph, "ask", "target-path", *parameter, "--store", "health.pg", "-f", "csv")
    assert answer.splitlines()[0].split(",")[:3] == ["level", "region", "document"]
    assert "national" in answer
