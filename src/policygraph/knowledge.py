"""What the pure rooms are handed to know (a lexicon, concepts), and what is compiled from it once.

A pattern made of the words of a lexicon belongs to that lexicon: it is kept with it, never with the words of another,
and goes when it goes. There is no other cache of what was made from knowledge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
_MOST = 4096  # answers that one function keeps for one lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Tables that are handed in; equal only to themselves. ``compiled`` functions keep with them what they made."""

    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)


def compiled(make: Callable[P, T]) -> Callable[P, T]:
    """Return a function of knowledge, its last parameter, that makes its answer once for each object of it.

    One with words before it makes an answer for each of them; calls are many, so a look-up is one step where it can be.

    >>> class Words(Knowledge):
    ...     pass
    >>> @compiled
    ... def pattern(words: Words) -> list[str]:
    ...     return ["made anew"]
    >>> mine, yours = Words(), Words()
    >>> pattern(mine) is pattern(mine), pattern(mine) is pattern(yours)
    (True, False)
    """
    answer = _of_words(make) if len(signature(make).parameters) > 1 else _of_knowledge(make)
    return cast(Callable[P, T], wraps(make)(answer))


def _of_knowledge(make: Callable[..., T]) -> Callable[..., T]:
    def answer(knowledge: Knowledge) -> T:
        kept = knowledge.made
        if make not in kept:
            kept[make] = make(knowledge)
        found: T = kept[make]
        return found

    return answer


def _of_words(make: Callable[..., T]) -> Callable[..., T]:
    def answer(*args: Any) -> T:
        knowledge: Knowledge = args[-1]
        kept: Callable[..., T] | None = knowledge.made.get(make)
        if kept is None:
            kept = knowledge.made[make] = lru_cache(_MOST)(lambda *words: make(*words, knowledge))
        return kept(*args[:-1])

    return answer
