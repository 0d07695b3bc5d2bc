"""What the pure rooms are handed to know (a lexicon, concepts), and what is compiled from it once.

A pattern made of the words of a lexicon belongs to that lexicon: it is kept with it, never with the words of another,
and goes when it goes. There is no other cache of what was made from knowledge.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
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

    One with words before it makes an answer for each of them. Calls are many, so those with no word and with one
    do nothing but look it up.

    >>> class Words(Knowledge):
    ...     pass
    >>> @compiled
    ... def pattern(words: Words) -> list[str]:
    ...     return ["made anew"]
    >>> mine, yours = Words(), Words()
    >>> pattern(mine) is pattern(mine), pattern(mine) is pattern(yours)
    (True, False)
    """
    ways = {1: _of_knowledge, 2: _of_word}
    answer = ways.get(len(signature(make).parameters), _of_words)(make)
    return cast(Callable[P, T], wraps(make)(answer))


def _of_knowledge(make: Callable[..., T]) -> Callable[..., T]:
    def answer(knowledge: Knowledge) -> T:
        try:
            found: T = knowledge.made[make]
        except KeyError:
            found = knowledge.made[make] = make(knowledge)
        return found

    return answer


def _of_word(make: Callable[..., T]) -> Callable[..., T]:
    def answer(word: Hashable, knowledge: Knowledge) -> T:
        try:
            kept = knowledge.made[make]
        except KeyError:
            kept = knowledge.made[make] = lru_cache(_MOST)(lambda word: make(word, knowledge))
        found: T = kept(word)
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
