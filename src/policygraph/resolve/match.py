"""Hold what every resolver returns: an identifier, how sure it is, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.messages import Note, noted
from policygraph.model import Evidence

_DOUBTFUL = 0.9  # a score below is explained in the note


@dataclass(frozen=True, slots=True)
class Match:
    """A name resolved to a concept: ``score`` runs from 0 to 1, ``reason`` is a few words."""

    id: str
    score: float
    reason: Note


def matched(evidence: Evidence, match: Match) -> Evidence:
    """Return the evidence with the resolver's score, and its reason where that is low; the reading stays.

    >>> matched(Evidence(), Match("210200/health", 0.95, "")).match
    Decimal('0.95')
    """
    note = evidence.note if match.score >= _DOUBTFUL else noted(evidence.note, match.reason)
    return replace(evidence, match=Decimal(str(round(match.score, 2))), note=note)
