"""Hold what a reading of a number is: its name, where it may match, the sign by which it is known, its pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TypeAlias

from policygraph.extract.targets.measures import Found, Measure
from policygraph.extract.targets.needed_patterns import MeasurePatterns


class Place(IntEnum):
    """Where in a stretch a reading may match; those that come first are tried first."""

    OPENING = 1  # the stretch begins with it
    FIRST = 2  # anywhere: of all of them the match that stands first, between equals the earlier of the list
    REST = 3  # anywhere, where no other matches


@dataclass(frozen=True, slots=True)
class Reading:
    """A way in which a number is stated: its name, the pattern looked for, and what a match is read as."""

    name: str
    pattern: Callable[[MeasurePatterns], re.Pattern[str]]
    read: Callable[[Found], Measure | None]
    place: Place = Place.FIRST
    trigger: Callable[[MeasurePatterns], re.Pattern[str]] | None = None  # cheap to look for, and always there
    sign: Callable[[MeasurePatterns], re.Pattern[str]] | None = None  # its own, where others have the same trigger


class Way:
    """A reading with the sign by which it is known; its pattern is compiled where that stands for the first time."""

    def __init__(self, reading: Reading, patterns: MeasurePatterns) -> None:
        self.reading, self._patterns = reading, patterns
        self.opens = reading.place is Place.OPENING
        self.sign = reading.sign(patterns) if reading.sign else None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return what it looks for."""
        return self.reading.pattern(self._patterns)


Group: TypeAlias = tuple[re.Pattern[str] | None, list[Way]]
