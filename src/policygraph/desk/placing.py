"""Cut a text where something stands in it: each piece with what covers it and what begins there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: the numbers of the spans that cover it, and of those that begin with it."""

    text: str
    over: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


def pieces(text: str, spans: Sequence[Span | None]) -> Iterator[Piece]:
    """Yield a text in pieces, cut where a span begins or ends; a span that is not in the text covers nothing.

    >>> [(each.text, each.over, each.begins) for each in pieces("abcd", [(1, 3), None, (2, 3)])]
    [('a', (), ()), ('b', (0,), (0,)), ('c', (0, 2), (2,)), ('d', (), ())]
    """
    opens: dict[int, list[int]] = {0: [], len(text): []}
    closes: dict[int, list[int]] = {}
    for at, span in enumerate(spans):
        if span and 0 <= span[0] < span[1] <= len(text):
            opens.setdefault(span[0], []).append(at)
            closes.setdefault(span[1], []).append(at)
    over: set[int] = set()
    for start, end in pairwise(sorted({*opens, *closes})):
        begins = opens.get(start, ())
        over = over.difference(closes.get(start, ())).union(begins)
        yield Piece(text[start:end], tuple(sorted(over)), tuple(begins))
