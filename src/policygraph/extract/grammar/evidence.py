"""Lead from a place in the outline's text back to the source."""

from __future__ import annotations

from decimal import Decimal

from policygraph.messages import Note
from policygraph.model import Evidence, Text
from policygraph.terms import Status


def printed(text: Text, start: int, end: int) -> str:
    """Return the characters of a stretch as printed (Simplified), on one line."""
    return " ".join(text.printed[start:end].split("\n")).strip()


def evidence(text: Text, start: int, end: int, confidence: Decimal, note: Note = "") -> Evidence:
    """Return the evidence of a stretch: offsets into the source, confidence 0 to 1, a reason where it is low."""
    first = text.offsets[start]
    last = text.offsets[end - 1] + 1 if end > start else first
    return Evidence(first, last, Status.EXTRACTED, confidence, note)
