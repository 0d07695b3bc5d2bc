"""The lines of a page that say what a document is: cut with their places, and the marks by which they are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Outline

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[(]\d{4}[〕\])]\s{0,3}\d{1,4}\s{0,3}号|[\u4e00-\u9fff]{2,20}令\s?第?\s?\d{1,4}\s?号"
)
DATE = re.compile(r"(20\d\d|19\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_HEAD = 400  # lines; what a document says about itself stands before them
_LINE = re.compile(r"[^\n]+")
_MARGIN = " •·*\t"
_LONGEST_PLACE = 12  # characters of 积石山保安族东乡族撒拉族自治县


class Line(NamedTuple):
    """A line without its margins, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field with its place."""

    value: str
    start: int
    end: int
    confidence: Decimal = Decimal("0.95")
    note: str = ""


def lines(outline: Outline, end: int) -> tuple[Line, ...]:
    """Return the lines of a text down to ``end`` that hold anything."""
    return _lines(outline.text.text, end)


@lru_cache(maxsize=4)  # title, number, issuer and date are looked for in the same lines
def _lines(text: str, end: int) -> tuple[Line, ...]:
    found = []
    for match in _LINE.finditer(text, 0, end):
        line = match[0]
        if not line.isspace():
            left = match.start() + len(line) - len(line.lstrip(_MARGIN))
            found.append(Line(line.strip(_MARGIN), left, match.end()))
    return tuple(found)


def front_of(outline: Outline) -> tuple[Line, ...]:
    """Return the lines before the first heading."""
    return lines(outline, outline.sections[0].body.end)[:_HEAD]


def iso_date(text: str) -> str:
    """Return the first date of a text as ISO 8601, ``""`` where there is none.

    >>> iso_date("2021年1月25日")
    '2021-01-25'
    """
    match = DATE.search(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else ""


@compiled
def bodies(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the endings of bodies that issue documents."""
    return tuple(
        sorted(
            lexicon.documents.addressees | {form for form, kind in lexicon.names.org_tails.items() if kind != "bare"}
        )
    )


def place_at(text: str, lexicon: Lexicon) -> str:
    """Return the longest place name that a text opens with, ``""`` where it opens with none."""
    ends = range(min(_LONGEST_PLACE, len(text)), 1, -1)
    return next((text[:end] for end in ends if text[:end] in lexicon.names.places), "")
