"""Find the patterns whose work grows faster than the text: as a program it prints them as JSON.

It puts a note-taker in the place of every pattern of policygraph before that is imported, reads texts of one piece
again and again, one four times as long as the other, and counts what each pattern did with what it was given.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pattern_matcher import Matcher

SHORT, LONG = 250, 1_000  # characters
SLACK, FEW = 1.15, 1_500  # beyond the four times that the length allows; steps that make no difference
START = "一、任务\n(一)办学校。(市教育局负责)到2025年,覆盖率达到80%。\n"
PIECES = [
    "年", "健康行动，", "(", "）", "《", "、", "和", "市教育局、", "由市教育局牵头,", "(市教育局负责)", "牵头单位:",
    "到2025年,", "达到5%", "二十", "1.", "一、", "a", " ", "\t", "甲\t", "|", "=", "指标 | 2025年\n", "\n", "第一章",
]  # fmt: skip


@dataclass(slots=True)
class Work:
    """What a pattern was given: how many characters in all, and the longest text."""

    handed: int = 0
    longest: tuple[str, int, int, str] = ("", 0, 0, "search")


@dataclass(slots=True)
class Noted:
    """A pattern that notes what it is given."""

    real: re.Pattern[str]
    work: Work = field(default_factory=Work)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def __hash__(self) -> int:
        return hash(self.real)

    def note(self, method: str, text: str, at: int, end: int, seen: int) -> None:
        self.work.handed += seen
        if end - at > self.work.longest[2] - self.work.longest[1]:
            self.work.longest = (text, at, end, method)

    def _one(self, method: str, text: str, at: int, end: int | None) -> re.Match[str] | None:
        end = len(text) if end is None else min(end, len(text))
        found: re.Match[str] | None = getattr(self.real, method)(text, at, end)
        self.note(method, text, at, end, (found.end() if found else end) - at if method == "search" else 1)
        return found

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return self._one("search", text, pos, endpos)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return self._one("match", text, pos, endpos)

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return self._one("fullmatch", text, pos, endpos)

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        end = len(text) if endpos is None else min(endpos, len(text))
        self.note("finditer", text, pos, end, end - pos)
        return self.real.finditer(text, pos, end)

    def findall(self, text: str, pos: int = 0, endpos: int | None = None) -> list[Any]:
        end = len(text) if endpos is None else min(endpos, len(text))
        self.note("finditer", text, pos, end, end - pos)
        return self.real.findall(text, pos, end)

    def sub(self, by: Any, text: str, count: int = 0) -> str:
        self.note("finditer", text, 0, len(text), len(text))
        return self.real.sub(by, text, count)

    def subn(self, by: Any, text: str, count: int = 0) -> tuple[str, int]:
        self.note("finditer", text, 0, len(text), len(text))
        return self.real.subn(by, text, count)

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        self.note("finditer", text, 0, len(text), len(text))
        return self.real.split(text, maxsplit)


def watched(pattern: str) -> Noted:
    """Return a pattern that notes what it is given."""
    return Noted(re.compile(pattern))


def watch() -> Mapping[re.Pattern[str], Noted]:
    """Note from now on what every text pattern is given that code of policygraph makes."""
    noted: dict[re.Pattern[str], Noted] = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def instead(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, Noted):
            return pattern
        made = compiled(pattern, flags)
        asker = sys._getframe(2).f_globals.get("__name__", "")
        if not asker.startswith("policygraph") or isinstance(made.pattern, bytes):
            return made
        return noted.setdefault(made, Noted(made))

    re._compile = instead  # type: ignore[attr-defined]
    return noted


def fast_growing(noted: Mapping[re.Pattern[str], Noted], read: Callable[[str], object], piece: str) -> list[str]:
    """Return the patterns whose work grows faster than a text of one piece, again and again."""
    short, long = (_works(noted, read, piece * (length // len(piece))) for length in (SHORT, LONG))
    found = []
    for pattern, work in long.items():
        before = short.get(pattern, Work())
        if work.handed > 4 * SLACK * before.handed + FEW:
            found.append(f"{pattern.pattern}: {before.handed} characters, then {work.handed}")
        elif (many := _steps(pattern, work)) > 4 * SLACK * (few := _steps(pattern, before)) + FEW:
            found.append(f"{pattern.pattern}: {few} steps, then {many}")
    return found


def _works(
    noted: Mapping[re.Pattern[str], Noted], read: Callable[[str], object], text: str
) -> dict[re.Pattern[str], Work]:
    """Return what each pattern is given while a text is read."""
    for each in list(noted.values()):
        each.work = Work()
    read(text)
    return {pattern: each.work for pattern, each in noted.items() if each.work.handed}


def _steps(pattern: re.Pattern[str], work: Work) -> int:
    matcher = _matcher(pattern)
    before = matcher.steps
    matcher.spans(*work.longest)
    return matcher.steps - before


_matcher = cache(Matcher)


def main() -> None:
    """Print the number of patterns and, for each piece, those whose work grows faster than the text."""
    noted = watch()
    sys.setrecursionlimit(100_000)
    from policygraph.errors import DocumentError
    from policygraph.pipeline import extract_document

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.txt"

        def read(text: str) -> None:
            path.write_text(START + text, encoding="utf-8")
            with suppress(DocumentError):
                extract_document(path)

        read(START)
        grown = {piece: fast_growing(noted, read, piece) for piece in PIECES}
    print(json.dumps({"patterns": len(noted), "grown": grown}, ensure_ascii=False))


if __name__ == "__main__":
    main()
