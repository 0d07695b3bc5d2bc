"""Find marks that were left open, or stand twice: brackets and quotes without their other half, 。。, ，。."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import accumulate

from policygraph.extract.proofs.slip import Draft, Slip

UNPAIRED, DOUBLED = "mark-unpaired", "mark-doubled"
_PAIRS = {"(": ")", "《": "》", "〔": "〕", "【": "】", "“": "”"}
_OPENS = {close: begins for begins, close in _PAIRS.items()}
_MARK = re.compile(f"[{re.escape(''.join(_PAIRS) + ''.join(_OPENS))}]")
_INNER = f"[^{re.escape(''.join(_PAIRS) + ''.join(_OPENS))}\n]*"
_PAIR = re.compile("|".join(re.escape(begins) + _INNER + re.escape(close) for begins, close in _PAIRS.items()))
_POINT = re.compile(r"(?:^|[,。;:、|\s])[\w.]{1,3}\)$")  # 1) and 一) begin points
_DOUBLED = re.compile(r"[,。;、](?<![,。;、:!?.].)[,。;、]{1,2}(?![,。;、:!?.])")
_LONGEST_POINT = 5  # characters of one, with what stands before it
_NEXT = 2  # lines behind one in which a bracket may be shut
Mark = tuple[str, int]


def marks(draft: Draft) -> Iterator[Slip]:
    """Yield brackets and quotes without their other half in the same paragraph, and marks that stand twice.

    Of a line the first is told: where one is wrong, others are left over.
    """
    lines = _odd_lines(draft.text)
    halves = [(number, *_unpaired(line, start)) for number, start, line in lines]
    found = sorted(place for _, place in _alone([each for each in halves if each[1] or each[2]]))
    for _, start, line in lines:
        first = bisect_left(found, start)
        yield from (Slip(UNPAIRED, place, place + 1) for place in found[first : first + 1] if place < start + len(line))
    yield from (Slip(DOUBLED, *match.span()) for match in _DOUBLED.finditer(draft.text))


def _odd_lines(text: str) -> list[tuple[int, int, str]]:
    """Return number, start and text of the lines in which something is left when pairs are taken out, as in few."""
    rest, pairs = text, 1
    while pairs:
        rest, pairs = _PAIR.subn("", rest)
    if not _MARK.search(rest):
        return []
    odd = {number for number, line in enumerate(rest.split("\n")) if _MARK.search(line)}
    starts = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    lines = enumerate(zip(starts, text.split("\n"), strict=False))
    return [(number, start, line) for number, (start, line) in lines if number in odd]


def _unpaired(line: str, start: int) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of a line that open and are not shut, and those that shut what was not opened."""
    waiting: dict[str, list[int]] = {begins: [] for begins in _PAIRS}
    shut: list[Mark] = []
    for match in _MARK.finditer(line):
        mark, end = match[0], match.end()
        if mark in _PAIRS:
            waiting[mark].append(start + match.start())
        elif waiting[_OPENS[mark]]:
            waiting[_OPENS[mark]].pop()
        elif mark != ")" or not _POINT.search(line[max(end - _LONGEST_POINT, 0) : end]):
            shut.append((mark, start + match.start()))
    left = [(mark, place) for mark, places in waiting.items() for place in places]
    return sorted(left, key=lambda each: each[1]), shut


def _alone(lines: list[tuple[int, list[Mark], list[Mark]]]) -> Iterator[Mark]:
    """Yield the marks whose other half does not stand in one of the next lines either."""
    spare: dict[str, deque[tuple[int, Mark]]] = {close: deque() for close in _OPENS}
    for number, _, right in lines:
        for each in right:
            spare[each[0]].append((number, each))
    for number, left, _ in lines:
        for mark, place in left:
            others = spare[_PAIRS[mark]]
            while others and others[0][0] <= number:
                yield others.popleft()[1]
            if others and others[0][0] <= number + _NEXT:
                others.popleft()
            else:
                yield mark, place
    yield from (each for others in spare.values() for _, each in others)
