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
    placed = {at: span for at, span in enumerate(spans) if span and 0 <= span[0] < span[1] <= len(text)}
    edges = sorted({0, len(text), *(edge for span in placed.values() for edge in span)})
    for start, end in pairwise(edges):
        over = tuple(at for at, span in placed.items() if span[0] <= start and end <= span[1])
        yield Piece(text[start:end], over, tuple(at for at in over if placed[at][0] == start))
