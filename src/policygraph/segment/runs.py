"""Cut lines in which a page ran several numbered paragraphs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from policygraph.lexicon import Lexicon
from policygraph.model import Span
from policygraph.quantities import COUNTING
from policygraph.segment import headings, numbering
from policygraph.segment.headings import Shape, Where
from policygraph.segment.numbering import Number

_NUMBER = re.compile(  # it opens with one set of signs, for which a search is quick
    rf"[({COUNTING}\d](?:(?<=\()(?:[{COUNTING}]{{1,3}}|\d{{1,2}})\)|(?<=[{COUNTING}])[{COUNTING}]{{0,2}}\s?、"
    r"|(?<=\d)\d{0,2}[.、](?=\D)|(?<=\b\d)\d\s(?=[^\d\s])|(?<=[〕】)]\d)\d(?=[\u4e00-\u9fff]))"
)
_STOPS = "。;:!?)〕】”"  # what a number follows that begins a paragraph
_CLOSED = "〕】)"  # of the clause before, behind which the next number of two figures stands: …市财政局〕03办学校。
_ITEM = re.compile(rf"\([{COUNTING}]{{1,3}}\)[^款项、,;。)]")  # which may follow anything: 主要任务(一)办学校
_ALONE = re.compile(
    rf"^\s*(?:[{COUNTING}]{{1,3}}、|\([{COUNTING}]{{1,3}}\)|0[1-9]|第[{COUNTING}]{{1,3}}(?:[编篇章节]|部分))\s*$",
    re.MULTILINE,
)
_CHAPTER = re.compile(
    rf"第(?<=[。;]第)[{COUNTING}]{{1,3}}[编篇章](?=[^,。;、\n]{{2,20}}$)", re.MULTILINE
)  # ends a line
_SHORTEST = 12  # characters of a line in which two paragraphs may stand
_LONGEST_BELOW = 60  # characters of a heading that stands below its number
_ORDINAL = "第"
_LONG, _NEARLY_ALL = 800, 0.7  # characters of a line that is a page without breaks, and its share of the page
_FIRST = re.compile(r"(?<=\s)1[.、](?=\s?[^\d\s])")  # which may follow a heading that has no stop
_LONGEST_NUMBER = 12  # characters
_SURE = ("part", "item")  # a page without any line break is cut at each of these


def line_spans(text: str) -> list[Span]:
    """Return the lines of a text that hold anything; a number that is a line by itself stands with the next."""
    spans = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text) if not match[0].isspace()]
    if not any(_ALONE.match(text, span.start, span.end) for span in spans):
        return spans
    joined: list[Span] = []
    for span in spans:
        alone = joined and _ALONE.fullmatch(text, joined[-1].start, joined[-1].end)
        if (
            alone
            and span.end - span.start <= _LONGEST_BELOW
            and not numbering.NUMBERED.match(text[span.start : span.end])
        ):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def run_on_spans(text: str, spans: list[Span], lexicon: Lexicon, *, broken: bool) -> list[Span]:
    """Return the lines cut before the numbers of paragraphs inside them.

    Numbers count one after the other and have headings. Where a page lost all its line breaks (``broken``), each
    一、 behind a stop and each (一) begins a paragraph, and so do numbers behind a blank that may have headings.
    """
    found: list[Span] = []
    for span in spans:
        cuts = sorted(_cuts(text, span, lexicon, broken))
        found += [Span(*pair) for pair in pairwise([span.start, *cuts, span.end])] if cuts else [span]
    return found


def _cuts(text: str, span: Span, lexicon: Lexicon, broken: bool) -> Iterator[int]:
    if span.end - span.start < _SHORTEST:
        return
    yield from (match.start() for match in _CHAPTER.finditer(text, span.start + 1, span.end))
    found = _NUMBER.finditer(text, span.start + 1, span.end)
    places = [match.start() for match in found if _begins(text, match.start(), broken)]
    if not places:
        return
    ends = [*places[1:], span.end]
    inside = [
        (at, number, _shape(text[at + number.end : end], number, lexicon))
        for at, end in zip(places, ends, strict=True)
        if (number := numbering.number_at(text[at : at + _LONGEST_NUMBER]))
    ]
    first = numbering.number_at(text[span.start : span.start + _LONGEST_NUMBER])
    counted = [*([(span.start, first, Shape.HEADING)] if first else []), *inside]
    least = Shape.LIKELY if broken else Shape.HEADING
    for at, number, shape in inside:
        if (
            (broken and number.style in _SURE)
            or (shape >= least and _has_neighbour(at, number, counted, least))
            or (number.style == "padded" and shape >= Shape.LIKELY and text[at - 1] in _CLOSED)
        ):
            yield at


def is_broken(text: str, spans: list[Span]) -> bool:
    """Say whether a page lost its line breaks: one line is nearly all of it."""
    longest = max((span.end - span.start for span in spans), default=0)
    return longest >= _LONG and longest >= _NEARLY_ALL * len(text)


def _begins(text: str, at: int, broken: bool) -> bool:
    """Say whether a number in a line may begin a paragraph: a stop stands before it, or it is an item or the first."""
    if broken and text[at - 1].isspace():
        return True
    before = text[at - 1] if not text[at - 1].isspace() else text[max(at - 4, 0) : at].rstrip()[-1:]
    if not before or before in _STOPS:
        return bool(before)
    return before != _ORDINAL and (_ITEM.match(text, at) or _FIRST.match(text, at)) is not None


def _has_neighbour(at: int, number: Number, counted: list[tuple[int, Number, Shape]], least: Shape) -> bool:
    """Say whether the number before or after it stands in the line too, with what is at least so much a heading."""
    own = numbering.value(number)
    return own > 0 and any(
        other.style == number.style
        and shape >= least
        and (place < at) == (numbering.value(other) < own)
        and abs(numbering.value(other) - own) == 1
        for place, other, shape in counted
    )


def _shape(line: str, number: Number, lexicon: Lexicon) -> Shape:
    return headings.opening_of(line, Where(number.style), lexicon).shape
