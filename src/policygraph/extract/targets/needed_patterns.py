"""Hold the patterns by which numeric targets are read, each compiled when it is needed for the first time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Maker: TypeAlias = Callable[[], object]


class MeasurePatterns:
    """The patterns of one lexicon; named groups are what a reading takes from a match.

    They are long, and no text needs all of them: each is compiled when it is asked for.
    """

    goal: re.Pattern[str]
    count: re.Pattern[str]
    change: re.Pattern[str]
    apart: re.Pattern[str]  # between two numbers that are not about the same things; the verbs of changes are of these
    bare: re.Pattern[str]
    value: re.Pattern[str]
    before: re.Pattern[str]
    least: re.Pattern[str]
    least_first: re.Pattern[str]  # before the verb of a name: 每年至少培训
    per: re.Pattern[str]
    shall: re.Pattern[str]  # 要, 将 before the verb that opens a name
    share: re.Pattern[str]
    shares: re.Pattern[str]
    wholly: re.Pattern[str]
    listed: re.Pattern[str]
    listed_on: re.Pattern[str]
    within: re.Pattern[str]
    among: re.Pattern[str]
    aided: re.Pattern[str]
    aid: re.Pattern[str]
    at_share: re.Pattern[str]
    of_places: re.Pattern[str]
    ability: re.Pattern[str]
    bracket: re.Pattern[str]
    placed: re.Pattern[str]
    rare: re.Pattern[str]  # what stands before a number in within, aided, among and bracket, and elsewhere seldom
    those: re.Pattern[str]
    does: re.Pattern[str]  # what those do
    kept: re.Pattern[str]
    settled: re.Pattern[str]
    settles: re.Pattern[str]  # 办结
    time: re.Pattern[str]
    added: re.Pattern[str]
    adding: re.Pattern[str]  # 城镇新增就业
    apiece: re.Pattern[str]
    part: re.Pattern[str]
    assurances: tuple[str, ...]
    count_verbs: tuple[str, ...]

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._makers = makers

    def __getattr__(self, name: str) -> Any:
        """Make what was not asked for before, and keep it."""
        if name not in self._makers:
            raise AttributeError(name)
        made = self._makers[name]()
        setattr(self, name, made)
        return made
