"""The generator of benchmark plans: the same seed gives the same plans, some with slips."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from bundled import QUICKER

from policygraph import pipeline
from policygraph.model import Facts

PATH = Path(__file__).resolve().parent.parent / "benchmarks" / "generate.py"
Plans = Callable[..., Iterator[Facts]]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_same_seed_gives_the_same_plans(generate: ModuleType) -> None:
    assert list(generate.plans(5)) == list(generate.plans(8))[:5]
    assert list(generate.plans(5)) != list(generate.plans(5, seed=1))


def test_plans_are_different_documents_of_different_regions(generate: ModuleType) -> None:
    made = list(generate.plans(20))
    assert len({plan.value("document_id") for plan in made}) == len({plan.resolved("region") for plan in made}) == 20


def test_most_plans_hold_up_and_some_do_not(generate: ModuleType) -> None:
    made = list(generate.plans(8))
    report = pipeline.check_many(made, generate.parents(), pipeline.Checks(engine=QUICKER))
    slips = {result.document for result in report.results if result.severity != "info"}
    assert 0 < len(slips) < len(made)
