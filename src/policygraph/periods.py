"""Read the years that a title gives a plan: 2023—2025年, “十四五”, 三年行动."""

from __future__ import annotations

import re

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either
from policygraph.quantities import COUNTING, numeral_value

Years = tuple[int | None, int | None]  # the first and the last one, None where nothing tells
_RANGE = re.compile(r"(20\d\d)\s?年?\s?(?:-+|—+|–+|[~～]|至|到)\s?(20\d\d)\s?年?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年(?![前底末以])")
_LENGTH = 5  # years of a five-year plan


def period_of(title: str, lexicon: Lexicon) -> Years:
    """Return the first and the last year of 「(2021—2025年)」, 「“十四五”」 or 「2023年」 in a title.

    >>> from policygraph import lexicon
    >>> [period_of(title, lexicon.bundled()) for title in ("健康示范行动(2023—2025年)", "“十四五”健康规划", "实施意见")]
    [(2023, 2025), (2021, 2025), (None, None)]
    """
    first, last = range_of(title)
    if last:
        return first, last
    ends = [int(end) for form, end in lexicon.time.periods.items() if form in title]
    if ends:
        return min(ends) - _LENGTH + 1, max(ends)
    alone = {int(year) for year in _YEAR.findall(title)}
    return (min(alone), max(alone)) if len(alone) == 1 else (None, None)


def range_of(title: str) -> Years:
    """Return the two years that a title prints as a range, which needs no words of the language.

    >>> range_of("健康示范行动（2023—2025年）"), range_of("2023年工作要点")
    ((2023, 2025), (None, None))
    """
    years = _RANGE.search(title)
    return (int(years[1]), int(years[2])) if years and int(years[1]) < int(years[2]) else (None, None)


def length_of(title: str, lexicon: Lexicon) -> int | None:
    """Return the number of years that a title names (三年行动计划), None where it names none.

    >>> from policygraph import lexicon
    >>> length_of("健康示范三年行动计划", lexicon.bundled()), length_of("健康示范2030", lexicon.bundled())
    (3, None)
    """
    found = _lengths(lexicon).search(title)
    return numeral_value(found[1]) if found and not found[1].isascii() else int(found[1]) if found else None


@compiled
def _lengths(lexicon: Lexicon) -> re.Pattern[str]:
    spans = either(lexicon.verdicts.verdict_words["span"])
    return re.compile(rf"(?<!\d)(\d|[{COUNTING}两]{{1,2}})年(?:{spans})")
