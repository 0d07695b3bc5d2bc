"""No text makes a pattern work more than its length: steps inside `re` are counted, not seconds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pattern_matcher import Matcher
from pattern_steps import PIECES, fast_growing, watched

PROGRAM = Path(__file__).with_name("pattern_steps.py")


@pytest.fixture(scope="module")
def grown() -> dict[str, list[str]]:
    """Return, for each piece, the patterns whose work grows faster than a text made of it."""
    done = subprocess.run([sys.executable, PROGRAM], capture_output=True, encoding="utf-8", check=True)
    said = json.loads(done.stdout)
    assert said["patterns"] > 150, "patterns of policygraph were found"
    found: dict[str, list[str]] = said["grown"]
    return found


@pytest.mark.parametrize("piece", PIECES)
def test_the_work_of_patterns_grows_with_the_length_of_a_text(piece: str, grown: dict[str, list[str]]) -> None:
    assert grown[piece] == []


# ---------------------------------------------------------------- the counter itself

QUADRATIC = {  # pattern -> a piece that makes it go over the same characters again and again
    r"(?m)^[^\t\n|]*[^\s|][^\t\n|]*(?:\t[^\t\n|]*){2,}$": "年",  # rows pasted with tabs, as they were once looked for
    r"\s+x": " ",
    r"\w+:": "甲",
    r"市.*局": "市",
}
LINEAR = {r"\d+年": "2025年", r"[^。]{0,20}局": "甲", r"(?<![甲乙])(?:甲|乙)+丙": "甲", r"市.*?局": "市局"}


@pytest.mark.parametrize("pattern", [*QUADRATIC, *LINEAR])
def test_fast_growing_work_is_noticed(pattern: str) -> None:
    noted = watched(pattern)
    piece = (QUADRATIC | LINEAR)[pattern]
    assert bool(fast_growing({noted.real: noted}, lambda text: noted.sub("", text), piece)) is (pattern in QUADRATIC)


PATTERNS = (
    r"a+b?", r"(?:ab|a)*c", r"^\s*(\d+)[.、]", r"(?<=a)b+(?!c)", r"(a|b)\1", r"[^a-c\s]{2,3}?c", r"\ba\w*\b",
    r"(?m)^b.*$", r"(?i)AB", r"a(?:b(?:c|a)*)+", r"(?>a+)b", r"a++b", r"a*?b\Z", r"(?:a|b)++c",
)  # fmt: skip
TEXTS = ("", "abcab", "1.a\nb1", "bb1、AB", " 12、x", "aaab", "abaca bac", "\nb\n", "x1xxc", "ababababc", "aab b", "Ab")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_matcher_finds_what_re_finds(pattern: str) -> None:
    compiled = re.compile(pattern)
    matcher = Matcher(compiled)
    for text in TEXTS:
        for method in ("search", "match", "fullmatch"):
            match = getattr(compiled, method)(text)
            assert matcher.spans(text, 0, len(text), method) == ([match.span()] if match else []), (text, method)
