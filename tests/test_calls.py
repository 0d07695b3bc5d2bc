"""Reading stays as lean as it is: calls of functions for each character are counted, not seconds.

A ceiling is a little more than was needed when it was written. What goes over it does something twice, or looks with a
heavy pattern where one character would have told; if the work is needed, raise the ceiling and say why.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from policygraph import assets, lexicon
from policygraph.extract import extract
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.segment import segment

WORDS = lexicon.bundled()
MOST = {"sample-plan": 18.5, "three-year-plan": 20.7, "short-plan": 18.9}  # calls a character


def read(text: str) -> None:
    extract("plan", segment(normalise(Source("plan", text), WORDS), WORDS), WORDS)


def calls(text: str) -> int:
    """Return how many functions are called, those written in C too, while a text is read a second time."""
    read(text)  # fills the tables of words
    count = 0

    def one(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(one)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", MOST)
def test_a_plan_is_read_with_few_calls(name: str) -> None:
    text = assets.path("data", "examples", f"{name}.txt").read_text(encoding="utf-8")
    assert calls(text) / len(text) <= MOST[name]


def test_the_same_text_takes_the_same_calls() -> None:
    assert (
        calls("一、任务\n(一)办学校。到2025年,覆盖率达到50%。\n")
        == calls("一、任务\n(一)办学校。到2025年,覆盖率达到50%。\n")
        > 1
    )
