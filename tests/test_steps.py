"""The counter of steps tells what grows with the length of a text from what grows with its square."""

from __future__ import annotations

import pytest
from steps import assert_grows_with_length, steps


def once(text: str) -> int:
    return sum(letter == "、" for letter in text)


def for_each(text: str) -> int:
    return sum(once(text[at : at + len(text) // 20]) for at in range(len(text)))


def test_what_reads_a_text_once_passes() -> None:
    assert_grows_with_length(once, "甲、")


def test_what_reads_on_from_every_character_is_caught() -> None:
    with pytest.raises(AssertionError, match="甲、"):
        assert_grows_with_length(for_each, "甲、")


def test_the_same_work_is_the_same_number() -> None:
    assert steps(lambda: once("甲、" * 99)) == steps(lambda: once("甲、" * 99)) > 198
