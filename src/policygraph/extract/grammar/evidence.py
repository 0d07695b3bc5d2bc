"""Lead from a place in the outline's text back to the source."""

from __future__ import annotations

from decimal import Decimal

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
