"""Read what an indicator is in each of several years: «居民健康素养水平:2022年27%,2025年30%,2030年35%»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either

_LABEL = re.compile(r"\s*(?P<name>[^:;。]{3,60}):\s?(?=20[1-6]\d年\D{0,10}\d)")
_YEAR = re.compile(r"\s*(?P<year>20[1-6]\d)年(?P<said>(?!\d{1,2}月)[^、]*\d[^、]*)(?:、(?=20[1-6]\d年)|$)")


class OfYear(NamedTuple):
    """What a stretch says of one year, with the name that it leaves out put before it, and where it ends there."""

    year: int
    spoken: str
    end: int


def label_of_years(words: str, lexicon: Lexicon) -> str:
    """Return the quantity that a stretch names before a colon and years, "" where it names none.

    >>> from policygraph import lexicon
    >>> words = lexicon.bundled()
    >>> label_of_years("居民健康素养水平:2022年27%", words), label_of_years("第一步:2022年建成3所", words)
    ('居民健康素养水平', '')
    """
    match = _LABEL.match(words) if ":" in words else None
    return match["name"].strip() if match and _quantity(lexicon).search(match["name"]) else ""


def by_year(words: str, name: str, lexicon: Lexicon) -> Iterator[OfYear]:
    """Yield what a stretch says of each year of an indicator that was named.

    >>> from policygraph import lexicon
    >>> [each[:2] for each in by_year("2025年低于5.5%、2030年5%", "生长迟缓率", lexicon.bundled())]
    [(2025, '生长迟缓率低于5.5%'), (2030, '生长迟缓率达到5%')]
    """
    at = words.find(":") + 1 if words.lstrip().startswith(name) else 0
    while match := _YEAR.match(words, at):
        said = match["said"].strip()
        yield OfYear(int(match["year"]), f"{name}{_reaches(lexicon) if said[0].isdecimal() else ''}{said}", match.end())
        at = match.end()
        if at >= len(words):
            return


@compiled
def _quantity(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the end of a name as quantities end, with brackets behind it or without."""
    return re.compile(rf"(?:{either(lexicon.targets.trends['quantity'])})(?:\([^()]*\))?\s*$")


@compiled
def _reaches(lexicon: Lexicon) -> str:
    """Return the first word of the table that says that a value is reached."""
    return next(form for (form, place), op in lexicon.quantities.comparators.items() if (place, op) == ("pre", "="))
