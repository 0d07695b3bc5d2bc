"""Every benchmark can be loaded with the library as it is, and is in the table of their README."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
SCRIPTS = sorted(path.name for path in FOLDER.glob("*.py"))


def test_the_scripts_were_found() -> None:
    assert len(SCRIPTS) >= 7


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_loaded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    assert (runpy.run_path(str(FOLDER / name), run_name="loaded")["__doc__"] or "").endswith((".", ".\n"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_readme_says_what_a_script_measures(name: str) -> None:
    assert f"`{name}`" in (FOLDER / "README.md").read_text(encoding="utf-8")
