"""Hold what every resolver returns: an identifier, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from policygraph.concepts import Concepts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match:
    """A name resolved to a concept: ``score`` runs from 0 to 1, ``reason`` is one short English phrase."""

    id: str
    score: float
    reason: str


class _Held:
    """Stand for one Concepts object in a cache: the same object, not an equal one."""

    __slots__ = ("concepts",)

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts

    def __hash__(self) -> int:
        return id(self.concepts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.concepts is self.concepts


def once_per_concepts(make: Callable[[Concepts], T]) -> Callable[[Concepts], T]:
    """Compute an index once for each Concepts object (its tables are mappings and cannot be hashed)."""

    @lru_cache(maxsize=8)
    def held(key: _Held) -> T:
        return make(key.concepts)

    def index(concepts: Concepts) -> T:
        return held(_Held(concepts))

    return index
