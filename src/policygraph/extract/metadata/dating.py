"""Date a plan from what it says about itself: the year it was written in, and the years its title covers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.lexicon import Lexicon
from policygraph.model import MetadataRow

_RANGE = re.compile(r"(20\d\d)\s?年?\s?(?:-|—+|–|~|至|到)\s?(20\d\d)\s?年?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年(?![前底末以])")
_IN_NUMBER = re.compile(r"[〔\[(](20\d\d)[〕\])]")
_LENGTH = 5  # years of a five-year plan
_GUESSED = "lost-date"  # the rule of a date that was put together from lost characters


@dataclass(frozen=True, slots=True)
class DocumentYears:
    """Years of a document, None where it does not say.

    ``written`` is the year that 今年 means, where no date is known that of the title (2023年工作要点). ``floor`` is the
    first year that can still be a target's: when it was written, or where no date is known the first one of the title's
    period. ``last`` is the period's last year.
    """

    written: int | None = None
    floor: int | None = None
    last: int | None = None


def when_written(rows: tuple[MetadataRow, ...], signed: int | None, lexicon: Lexicon) -> DocumentYears:
    """Return the years of a document from its metadata and from the date under it.

    A number (〔2022〕7号) is older than a date that a page puts under the text, and a period that had ended before the
    date shows the date to be the page's: the earlier year is taken, because it keeps more.
    """
    told = {row.field: row.value for row in rows if row.evidence.rule != _GUESSED}
    first, last = _period(told.get("title", ""), lexicon)
    number = _IN_NUMBER.search(told.get("number", ""))
    known = [
        year for year in (signed or _year(told.get("date_issued", "")), int(number[1]) if number else None) if year
    ]
    year = min(known) if known else None
    written = signed or year
    if year and last and first and last < year:
        return DocumentYears(written, first, last)
    written = written or (last if first == last else None)
    return DocumentYears(written, year or first or _year(told.get("date_published", "")), last)


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdecimal() else None


def _period(title: str, lexicon: Lexicon) -> tuple[int | None, int | None]:
    """Return the first and the last year of 「(2021—2025年)」, 「“十四五”」 or 「2023年」 in a title."""
    years = _RANGE.search(title)
    if years and int(years[1]) < int(years[2]):
        return int(years[1]), int(years[2])
    ends = _ends(title, lexicon.time.periods)
    if ends:
        return min(ends) - _LENGTH + 1, max(ends)
    alone = {int(year) for year in _YEAR.findall(title)}
    return (min(alone), max(alone)) if len(alone) == 1 else (None, None)


def _ends(title: str, periods: Mapping[str, str]) -> list[int]:
    return [int(end) for form, end in periods.items() if form in title]
