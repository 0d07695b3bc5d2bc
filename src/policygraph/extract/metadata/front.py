"""The lines of a page that say what a document is: cut with their places, and the marks by which they are known."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from policygraph.extract.grammar.patterns import word_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note
from policygraph.model import Outline

DATE = re.compile(r"(20\d\d|19\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_HEAD = 400  # lines; what a document says about itself stands before them
_LINE = re.compile(r"[^\n]+")
_MARGIN = " •·*\t"
_LONGEST_PLACE = 12  # characters of 积石山保安族东乡族撒拉族自治县


class PageLine(NamedTuple):
    """A line without its margins, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a field with its place."""

    value: str
    start: int
    end: int
    confidence: Decimal = Decimal("0.95")
    note: Note = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text that hold anything, cut once: title, number, issuer and date are looked for in them."""

    outline: Outline
    lines: tuple[PageLine, ...]

    def front(self) -> tuple[PageLine, ...]:
        """Return the lines before the first heading."""
        return self.before(self.outline.sections[0].body.end)[:_HEAD]

    def before(self, end: int) -> tuple[PageLine, ...]:
        """Return the lines down to a place, the last one cut there."""
        whole = self.lines[: bisect_right(self.lines, end, key=lambda line: line.end)]
        text = self.outline.text.text
        start = text.rfind("\n", 0, end) + 1
        rest = _line(text, start, end) if text[end : end + 1] not in ("", "\n") else None
        return (*whole, rest) if rest else whole


def page_of(outline: Outline) -> Page:
    """Return the lines of an outline's text."""
    text = outline.text.text
    lines = (_line(text, *match.span()) for match in _LINE.finditer(text))
    return Page(outline, tuple(line for line in lines if line))


def _line(text: str, start: int, end: int) -> PageLine | None:
    line = text[start:end]
    if not line or line.isspace():
        return None
    return PageLine(line.strip(_MARGIN), start + len(line) - len(line.lstrip(_MARGIN)), end)


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


def place_of_body(name: str, lexicon: Lexicon) -> str:
    """Return the place that a body's name opens with, be it a body of the party (中共) or not."""
    party = re.match(word_of("party", lexicon), name)
    return place_at(name[party.end() :] if party else name, lexicon)


def place_at(text: str, lexicon: Lexicon) -> str:
    """Return the longest place name that a text opens with, ``""`` where it opens with none."""
    ends = range(min(_LONGEST_PLACE, len(text)), 1, -1)
    return next((text[:end] for end in ends if text[:end] in lexicon.names.places), "")
