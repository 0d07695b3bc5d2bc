"""Fixtures that all tests and doctests share."""

from __future__ import annotations

import os
import pickle
from collections import Counter
from pathlib import Path
from types import MappingProxyType

import pytest
from filelock import FileLock
from hypothesis import settings

from policygraph import pipeline
from policygraph.validate import Report

# The suite tries the same examples on every machine and has no clock; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

ROOT = Path(__file__).resolve().parent


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak Chinese, which is the default, whatever the locale of the machine."""
    for name in ("LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of development material beside the checkout, or skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared (development texts and gold annotation) is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def bundled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of the bundled plans: built once for all processes of a run, read by all, changed by none."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # what the processes share
    place = base / "bundled.pg"
    with FileLock(base / "bundled.lock"):
        if not place.exists():
            built = pipeline.build((), place)
            assert built.errors == ()
            found = built.report
            told = (found.about, found.results, dict(found.looked_at), dict(found.rules))
            (base / "bundled.report").write_bytes(pickle.dumps(told))
    return place


@pytest.fixture(autouse=True)
def opened(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a doctest that opens what ships open the store that is built already."""
    test = getattr(request.node, "dtest", None)
    if test and any("pg.open()" in example.source for example in test.examples):
        monkeypatch.setenv("POLICYGRAPH_STORE", str(request.getfixturevalue("bundled_store")))


@pytest.fixture(scope="session")
def bundled_report(bundled_store: Path) -> Report:
    """Return what was found in the bundled plans when their store was built, by the quickest engine."""
    about, results, looked_at, rules = pickle.loads((bundled_store.parent / "bundled.report").read_bytes())
    return Report(about, results, MappingProxyType(looked_at), MappingProxyType(rules))


@pytest.fixture(scope="session")
def cases() -> Path:
    """Return the folder of one-line case tables."""
    return ROOT / "tests" / "cases"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why tests were skipped, and how many for each reason; pytest's closing line follows."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    if reasons:
        terminalreporter.section(f"{len(skipped)} skipped")
    for reason, count in sorted(reasons.items(), key=lambda each: (-each[1], each[0])):
        terminalreporter.line(f"{count:5}  {reason}")
