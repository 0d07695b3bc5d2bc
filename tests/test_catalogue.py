"""Every message stands once in data/messages, in both languages, and is used; no code names one that is not there."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from pathlib import Path

import pytest

from policygraph import assets
from policygraph.errors import UsageError
from policygraph.messages import Foreign, message, render, say

FOLDER = assets.path("data", "messages")
ROOMS = sorted(each.stem for each in FOLDER.glob("*.tsv") if each.stem != "foreign")
ROWS = [
    (room, *line.split("\t"))
    for room in ROOMS
    for line in (FOLDER / f"{room}.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
CODE = "\n".join(
    each.read_text(encoding="utf-8")
    for folder in (Path(__file__).parent.parent / "src",)
    for each in sorted((*folder.rglob("*.py"), *folder.rglob("*.html")))
)
FILES = {"study.toml", "facts.html", "graph.html", "stored.html"}  # no keys, though they look like one
USED = set(re.findall(rf'"((?:{"|".join(ROOMS)})\.[a-z0-9-]+)"', CODE)) - FILES
VALUE = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_a_row_is_whole(row: tuple[str, ...]) -> None:
    room, key, zh, en = row
    assert re.fullmatch(rf"{room}\.[a-z0-9-]+", key), "a key is <name of the file>.<what is said>"
    assert zh and en, "both languages"
    assert sorted(set(VALUE.findall(zh))) == sorted(set(VALUE.findall(en))), "both have the same values"
    assert re.search(r"[\u4e00-\u9fff]", VALUE.sub("", zh)) or not re.search(r"\w", VALUE.sub("", en)), (
        "Chinese is Chinese"
    )


def test_no_key_stands_twice_and_none_is_idle_or_missing() -> None:
    keys = Counter(row[1] for row in ROWS)
    assert len(keys) >= 2
    assert [key for key, times in keys.items() if times > 1] == []
    assert sorted(set(keys) - USED) == [], "said nowhere"
    assert sorted(USED - set(keys)) == [], "not in data/messages"


SAID = [  # what is said, in Chinese, in English
    (
        message("errors.example", name="甲"),
        "没有“甲”;请看 policygraph --help",
        "there is no «甲»; see policygraph --help",
    ),
    (Foreign("Permission denied"), "没有访问权限", "Permission denied"),
    (Foreign("a text of some server"), "a text of some server", "a text of some server"),
    (["甲", "乙"], "甲、乙", "甲, 乙"),
    (message("errors.example", name=message("system.no-error-text")), "没有“原因不明”;请看 policygraph --help", None),
    (message("errors.no-such-key", a=1), "errors.no-such-key (a=1)", "errors.no-such-key (a=1)"),
]


@pytest.mark.parametrize(("thing", "zh", "en"), SAID, ids=str)
def test_said_in_both_languages(thing: object, zh: str, en: str | None) -> None:
    assert render(thing, "zh") == zh
    assert en is None or render(thing, "en") == en


def test_an_error_keeps_its_values_on_the_way_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(UsageError("errors.example", name="甲")))
    assert (type(error), error.said("zh")) == (UsageError, say("errors.example", "zh", name="甲"))
