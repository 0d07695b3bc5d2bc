"""Date a plan from what it says about itself: the year it was written in, and the years its title covers."""

from __future__ import annotations

import re

from policygraph.lexicon import Lexicon
from policygraph.model import MetadataRow
from policygraph.periods import period_of
from policygraph.records import record

_IN_NUMBER = re.compile(r"[〔\[(](20\d\d)[〕\])]")
_GUESSED = "lost-date"  # the rule of a date that was put together from lost characters


@record
class DocumentYears:
    """Years of a document, None where it does not say.

    ``written`` is the year that 今年 means, where no date is known that of the title (2023年工作要点). ``floor`` is the
    first year that can still be a target's: when it was written, or where no date is known the first one of the title's
    period. ``last`` is the period's last year, ``first`` its first.
    """

    written: int | None = None
    floor: int | None = None
    last: int | None = None
    first: int | None = None


def when_written(rows: tuple[MetadataRow, ...], signed: int | None, lexicon: Lexicon) -> DocumentYears:
    """Return the years of a document from its metadata and from the date under it.

    A number (〔2022〕7号) is older than a date that a page puts under the text, and a period that had ended before the
    date shows the date to be the page's: the earlier year is taken, because it keeps more.
    """
    told = {row.field: row.value for row in rows if row.evidence.rule != _GUESSED}
    first, last = period_of(told.get("title", ""), lexicon)
    number = _IN_NUMBER.search(told.get("number", ""))
    known = [
        year for year in (signed or _year(told.get("date_issued", "")), int(number[1]) if number else None) if year
    ]
    year = min(known) if known else None
    written = signed or year
    if year and last and first and last < year:
        return DocumentYears(written, first, last, first)
    written = written or (last if first == last else None)
    return DocumentYears(written, year or first or _year(told.get("date_published", "")), last, first)


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdecimal() else None
