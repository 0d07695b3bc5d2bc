"""Tell the lines of goals in which nothing was read, and what is said to be done for all, so that none is lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.numbers.find import under_goals
from policygraph.extract.numbers.rules import UNREAD
from policygraph.lexicon import Lexicon
from policygraph.model import NumberRow, Outline, Span, TargetRow
from policygraph.patterns import word_pattern
from policygraph.records import replace
from policygraph.terms import NumberClass

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。;!?\n,]+")
_SHORTEST = 10  # characters of a line that may set a goal
_LONGEST = 40  # characters that are quoted
_NO_GOAL = ("(", "[", "〔", "【")  # what opens so says who answers
_NO_AMOUNT = (NumberClass.DATE, NumberClass.ORDINAL, NumberClass.REFERENCE)


def with_goals_in_words(
    rows: tuple[NumberRow, ...], targets: Iterable[TargetRow], outline: Outline, lexicon: Lexicon
) -> tuple[NumberRow, ...]:
    """Return the rows with one for each line under a heading of goals of which nothing tells, as an unread number.

    What is to be done for all (实现全覆盖) is 100 % in words, and told where no target says it.
    """
    goals = under_goals(outline, lexicon)
    if not goals:
        return rows
    source = outline.text.offsets
    amounts = [row.evidence.start or 0 for row in rows if row.kind not in _NO_AMOUNT]
    read = sorted((row.evidence.start or 0, row.evidence.end or 0) for row in targets)
    found: list[NumberRow] = []
    for section in outline.sections:
        for span, value in _untold(outline, section.body, lexicon) if section.number in goals else ():
            start, end = source[span.start], source[span.end]
            told = any(left < end and right > start for left, right in read) or _between(amounts, start, end)
            if not told:
                found.append(_row(outline, span, section.number, value))
    return _ordered([*rows, *(replace(row, doc=rows[0].doc) for row in found)]) if found and rows else rows


def _untold(outline: Outline, body: Span, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    """Yield the stretches that say of all that something is done, with their value, and the lines without one."""
    text, for_all = outline.text.text, word_pattern("for-all", lexicon)
    for line in _LINE.finditer(text, body.start, body.end):
        words = line[0].strip()
        if len(words) < _SHORTEST or "|" in words or words.startswith(_NO_GOAL) or words.endswith(":"):
            continue
        whole = [Span(*each.span()) for each in _SENTENCE.finditer(text, *line.span()) if for_all.search(each[0])]
        yield from ((span, "100") for span in whole) if whole else ((Span(*line.span()), ""),)


def _between(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _row(outline: Outline, span: Span, section: str, value: str) -> NumberRow:
    end = min(span.end, span.start + _LONGEST)
    proof = evidence(outline.text, span.start, span.end, rule=f"{UNREAD.name}:goal")
    quote = printed(outline.text, span.start, end)
    return NumberRow("", section, 0, value, "%" if value else "", NumberClass.UNREAD, "", quote, proof)


def _ordered(rows: list[NumberRow]) -> tuple[NumberRow, ...]:
    """Return rows in document order, counted by section."""
    orders: Counter[str] = Counter()
    done: list[NumberRow] = []
    for row in sorted(rows, key=lambda each: each.evidence.start or 0):
        orders[row.section] += 1
        done.append(replace(row, order=orders[row.section]))
    return tuple(done)
