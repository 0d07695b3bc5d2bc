"""Cut lines in which a page ran several numbered paragraphs together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
_ITEM = re.compile(rf"\([{COUNTING}]{{1,3}}\)[^条款项、,;。)]")  # which may follow anything: 主要任务(一)办学校
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
_COUNTED = ("number", "item")  # styles that count on from line to line
_SECOND = 2
_WORD = re.compile(rf"(?![{COUNTING}])[\u4e00-\u9fff]")  # what stands before a number without a stop
_GAP = 4  # blanks behind a bracket
_ANNEX = re.compile("附件")
_ANNEX_LIST = re.compile(r"\s*附件?\s*:\s*1[.、]")
_NEXT_ENTRY = re.compile(r"\S\s+(?=[2-9]\d?[.、]\s?[^\d\s])")
_ANNEX_LINE = re.compile(rf"\s*附件[\d{COUNTING}]{{1,2}}(?![\d{COUNTING}])")
_NEXT_ANNEX = re.compile(rf"[\s。;、,》]\s*(附件[\d{COUNTING}]{{1,2}}[\s:.])")
_GLUED_ANNEX = re.compile(
    rf"\s*(?:附\s*件?\s*:)?\s*\d{{1,2}}[.、].{{2,60}}[^\s、和及与见至到,(](附件[\d{COUNTING}]{{1,2}})\s*$"
)
_BARS = 3  # in a line that is a row of a table
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
    """Return the lines cut before the numbers of paragraphs inside them, and before annexes that a list runs together.

    Numbers count one after the other and have headings. Where a page lost all its line breaks (``broken``), each
    一、 behind a stop and each (一) begins a paragraph, and so do numbers behind a blank that may have headings.
    """
    found: list[Span] = []
    series = _Series(text, spans)
    named = _naming_annexes(text, spans)
    chapters = [match.start() for match in _CHAPTER.finditer(text)]
    for at, span in enumerate(spans):
        long = chapters and span.end - span.start >= _SHORTEST
        within = [place for place in chapters if span.start < place < span.end] if long else []
        cuts = sorted([*within, *_cuts(text, span, lexicon, broken, series)])
        if at in named:
            cuts = sorted({*cuts, *_annex_cuts(text[span.start : span.end], span.start)})
        found += [Span(*pair) for pair in pairwise([span.start, *cuts, span.end])] if cuts else [span]
    return found


class _Series:
    """The numbers that begin lines, read when they are first asked for."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text, self._spans = text, spans
        self._leads: list[tuple[int, Number]] | None = None

    def around(self, at: int, number: Number, inside: Iterable[tuple[int, Number]]) -> tuple[int, int]:
        """Return how far the numbers of a style before and behind a place count, 0 where none is.

        ``inside`` are numbers within the line.
        """
        if self._leads is None:
            begins = ((each.start, self._text[each.start : each.start + _LONGEST_NUMBER]) for each in self._spans)
            self._leads = [(start, lead) for start, line in begins if (lead := numbering.number_at(line))]
        alike = [each for each in (*self._leads, *inside) if each[1].style == number.style]
        before = max((each for each in alike if each[0] < at), key=_place, default=None)
        behind = min((each for each in alike if each[0] > at), key=_place, default=None)
        return (numbering.value(before[1]) if before else 0), (numbering.value(behind[1]) if behind else 0)


def _place(found: tuple[int, Number]) -> int:
    return found[0]


def _naming_annexes(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Return which lines name annexes."""
    if "附件" not in text:
        return frozenset()
    starts = [span.start for span in spans]
    return frozenset(bisect_right(starts, match.start()) - 1 for match in _ANNEX.finditer(text))


def _annex_cuts(line: str, start: int) -> Iterator[int]:
    """Yield where annexes begin within a line: 附件:1.甲表 2.乙表, 附件1 甲表 附件2 乙表, 8.测算表附件1."""
    if _ANNEX_LIST.match(line):
        yield from (start + match.end() for match in _NEXT_ENTRY.finditer(line))
    elif _ANNEX_LINE.match(line):
        yield from (start + match.start(1) for match in _NEXT_ANNEX.finditer(line))
    if match := _GLUED_ANNEX.match(line):
        yield start + match.start(1)


def _cuts(text: str, span: Span, lexicon: Lexicon, broken: bool, series: _Series) -> Iterator[int]:
    if span.end - span.start < _SHORTEST:
        return
    found = [match.start() for match in _NUMBER.finditer(text, span.start + 1, span.end)]
    if not found or (not broken and text.count("|", span.start, span.end) >= _BARS):
        return  # as in most lines; the cells of a row are no paragraphs
    places = [at for at in found if _begins(text, at, broken)]
    if glued := [at for at in found if at not in places and _WORD.match(text, at - 1)]:
        yield from _glued(text, span, glued, lexicon, series)
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
            or (shape is Shape.HEADING and number.style in _COUNTED and _counts_on(text, at, number, inside, series))
        ):
            yield at


def _counts_on(
    text: str, at: int, number: Number, inside: Sequence[tuple[int, Number, Shape]], series: _Series
) -> bool:
    """Say whether a number counts on from the lines before, behind the bracket that closes the last of them."""
    own = numbering.value(number)
    if own < _SECOND or text[max(at - _GAP, 0) : at].rstrip()[-1:] not in _CLOSED:
        return False
    return series.around(at, number, [(place, other) for place, other, _ in inside])[0] == own - 1


def _glued(text: str, span: Span, places: Sequence[int], lexicon: Lexicon, series: _Series) -> Iterator[int]:
    """Yield the numbers behind words without a stop, which count on and have the next one below: 循环经济2.培育企业."""
    for at in places:
        number = numbering.number_at(text[at : at + _LONGEST_NUMBER])
        if not number or number.style not in _COUNTED or numbering.value(number) < _SECOND:
            continue
        own = numbering.value(number)
        heading = _shape(text[at + number.end : span.end], number, lexicon) is Shape.HEADING
        if heading and series.around(at, number, ()) == (own - 1, own + 1):
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
