"""Hold what every resolver returns: an identifier, how sure it is, and why."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.messages import Note


@dataclass(frozen=True, slots=True)
class Match:
    """A name resolved to a concept: ``score`` runs from 0 to 1, ``reason`` is a few words."""

    id: str
    score: float
    reason: Note
