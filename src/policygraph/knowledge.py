"""What the pure rooms are handed to know (a lexicon, concepts), and what is compiled from it once.

A pattern made of the words of a lexicon belongs to that lexicon: it is kept with it, never with the words of another,
and goes when it goes. There is no other cache of what was made from knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 4096  # answers that one function keeps for one lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Tables that are handed in; equal only to themselves. ``compiled`` functions keep with them what they made."""

    made: dict[Any, Callable[..., Any]] = field(default_factory=dict, init=False, repr=False)


class compiled(Generic[P, T]):  # noqa: N801 (a decorator)
    """Call a function of knowledge, its last parameter, once for each object of it (and each of the words before it).

    >>> class Words(Knowledge):
    ...     pass
    >>> @compiled
    ... def pattern(words: Words) -> list[str]:
    ...     return ["made anew"]
    >>> mine, yours = Words(), Words()
    >>> pattern(mine) is pattern(mine), pattern(mine) is pattern(yours)
    (True, False)
    """

    def __init__(self, make: Callable[P, T]) -> None:
        self._make = make
        update_wrapper(self, make)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what was made, making it where this is the first call."""
        knowledge: Any = args[-1]
        kept: Callable[..., T] | None = knowledge.made.get(self)
        if kept is None:
            make: Callable[..., T] = self._make
            kept = knowledge.made[self] = lru_cache(_MOST)(lambda *words: make(*words, knowledge))
        return kept(*args[:-1])
