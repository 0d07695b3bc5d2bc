"""Every error is said in Chinese too: each message of the code has its row in data/messages.tsv, and no row is idle."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from error_templates import PLACE, collect

from policygraph import assets, tables
from policygraph.messages import is_known
from policygraph.translated import in_chinese, matches

CASES = Path(__file__).resolve().parent / "cases"
ROWS = tables.read_table(assets.path("data", "messages.tsv"), required=("kind", "en", "zh", "example"))
ENGLISH = {row["en"]: row["kind"] for row in ROWS}
FOUND = [found for found in collect() if not is_known(found.template)]  # what has a key is in tests/test_catalogue.py
KINDS = {
    "error": "the message of an error of policygraph",
    "system": "what the operating system or Python says",
}

# ---------------------------------------------------------------- the table and the code


def test_the_messages_of_the_code_were_found() -> None:
    assert {row["kind"] for row in ROWS} == set(KINDS)


def test_each_message_of_the_code_has_a_row() -> None:
    assert {found.where: found.template for found in FOUND if ENGLISH.get(found.template) != "error"} == {}


def numbered_again(template: str) -> str:
    """Count the values of a template from {1}."""
    numbers = {place: f"{{{number}}}" for number, place in enumerate(dict.fromkeys(PLACE.findall(template)), start=1)}
    return PLACE.sub(lambda match: numbers[match[0]], template)


def test_no_row_is_idle() -> None:
    used = {found.template for found in FOUND}
    assert [row["en"] for row in ROWS if row["kind"] == "error" and row["en"] not in used] == []
    assert len(ENGLISH) == len(ROWS), "an English message has one row"


# ---------------------------------------------------------------- the rows themselves


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["en"])
def test_a_row_agrees_with_its_example(row: dict[str, str]) -> None:
    assert set(PLACE.findall(row["en"])) == set(PLACE.findall(row["zh"]))
    assert row["en"] == numbered_again(row["en"])
    first = next(matches(row["example"]), None)
    assert first is not None and first[0].english == row["en"]
    assert not PLACE.search(in_chinese(row["example"]))


# Small words that both languages write alike: commands, options and their values, packages, names of formats.
KEPT = """
actions against ask build degree doc document documents docx evidence extract factor fast figures frames
function functions help html indicator install leads matplotlib national netrc nq o ocrmypdf param parent pip
policygraph port pyshacl pyshifty query rq scope sparql store tables targets ttl txt weak workers wps xls zip
"""
WORD = re.compile(r"[A-Za-z][\w./:~-]*", re.ASCII)
CHINESE = r"[\u4e00-\u9fff“”、，。；：（）]"
HALF = re.compile(rf"{CHINESE} ?[,;:()?!]|[,;()?!] ?{CHINESE}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["en"])
def test_the_chinese_is_chinese(row: dict[str, str]) -> None:
    plain = PLACE.sub(" ", row["zh"])
    assert "«" not in plain and "`" not in plain
    assert HALF.findall(plain) == [], "full-width signs in Chinese"
    for word in WORD.findall(plain):
        assert word in row["en"], f"{word} stands in the Chinese alone"
        assert word in KEPT.split() or set(word) - set(string.ascii_lowercase), f"{word} is plain English"


# ---------------------------------------------------------------- what comes out

SAID = tables.read_table(CASES / "messages.tsv")


@pytest.mark.parametrize("case", SAID, ids=lambda case: case["case"])
def test_a_message_is_said_in_chinese(case: dict[str, str]) -> None:
    assert in_chinese(case["en"]) == case["zh"]


LONG = [
    "«" * 3999,
    ": " * 1990 + "; ",
    "query line 1, column 2: cannot be read at «" + "«»" * 1900 + "»; correct the query",
    "the update failed: " * 200,
    ("a:" * 1900) + " no Turtle (",
]


@pytest.mark.parametrize("text", [*LONG, *("x" * 4001 + text for text in LONG)], ids=range(2 * len(LONG)))
def test_a_long_text_comes_back(text: str) -> None:
    """A message is taken apart from left to right without going back; what is longer than any message, not at all."""
    said = in_chinese(text)
    assert said == text or said.startswith("更新失败：")
    assert len(text) <= 4000 or said == text
