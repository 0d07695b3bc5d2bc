"""Lead from a place in the outline's text back to the source, and tell where facts stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate

from policygraph.messages import Note
from policygraph.model import Evidence, Text
from policygraph.terms import Status

_EXTRACTED = Status.EXTRACTED


def printed(text: Text, start: int, end: int) -> str:
    """Return the characters of a stretch as printed (Simplified), on one line."""
    return " ".join(text.printed[start:end].split("\n")).strip()


def evidence(
    text: Text, start: int, end: int, confidence: Decimal = Decimal(1), note: Note = "", *, rule: str = ""
) -> Evidence:
    """Return the evidence of a stretch: offsets into the source, the rule that read it, what is noted.

    A row of a named rule has its confidence from :mod:`policygraph.trust` afterwards; one without keeps ``confidence``.
    """
    first = text.offsets[start]
    last = text.offsets[end - 1] + 1 if end > start else first
    return Evidence(first, last, _EXTRACTED, confidence, rule, None, note)


class Taken:
    """The places where facts stand."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        found = sorted(spans)
        self._starts = [start for start, _ in found]
        self._reach = list(accumulate((end for _, end in found), max))  # how far those up to each go

    def __contains__(self, place: int) -> bool:
        """Say whether a fact stands at a place."""
        before = bisect_right(self._starts, place)
        return before > 0 and self._reach[before - 1] > place
