"""Find marks that were left open, or stand twice: brackets and quotes without their other half, 。。, ，。."""

from __future__ import annotations

import re
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
_DOUBLED = re.compile(r"(?<![,。;、:!?.])[,。;、]{2,3}(?![,。;、:!?.])")
_NEXT = 2  # lines behind one in which a bracket may be shut
Mark = tuple[str, int]


def marks(draft: Draft) -> Iterator[Slip]:
    """Yield brackets and quotes without their other half in the same paragraph, and marks that stand twice.

    Of a line the first is told: where one is wrong, others are left over.
    """
    lines = _odd_lines(draft.text)
    halves = [(number, *_unpaired(line, start)) for number, start, line in lines]
    found = [place for _, place in _alone([each for each in halves if each[1] or each[2]])] if halves else []
    for _, start, line in lines if found else ():
        here = [place for place in found if start <= place < start + len(line)]
        yield from (Slip(UNPAIRED, place, place + 1) for place in sorted(here)[:1])
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
    waiting: list[Mark] = []
    shut: list[Mark] = []
    for match in _MARK.finditer(line):
        mark = match[0]
        if mark in _PAIRS:
            waiting.append((mark, start + match.start()))
        elif any(each == _OPENS[mark] for each, _ in waiting):
            at = max(n for n, (each, _) in enumerate(waiting) if each == _OPENS[mark])
            del waiting[at]
        elif mark != ")" or not _POINT.search(line[: match.end()]):
            shut.append((mark, start + match.start()))
    return waiting, shut


def _alone(lines: list[tuple[int, list[Mark], list[Mark]]]) -> Iterator[Mark]:
    """Yield the marks whose other half does not stand in one of the next lines either."""
    spare = {id(each): each for _, _, right in lines for each in right}
    numbered = {id(each): number for number, _, right in lines for each in right}
    for number, left, _ in lines:
        for mark, place in left:
            other = next(
                (
                    key
                    for key, (close, _) in spare.items()
                    if close == _PAIRS[mark] and number < numbered[key] <= number + _NEXT
                ),
                None,
            )
            if other is None:
                yield mark, place
            else:
                del spare[other]
    yield from spare.values()
