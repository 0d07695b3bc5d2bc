"""Keep the engine from running out of stack: it would end the whole process, without a line.

Its parser and planner call themselves for each level of a query and for each link of a chain (``a + b + ...``,
patterns in a row). So queries are counted before they are read, and read and run with a stack of known size.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterable
from typing import TypeVar

from policygraph.errors import QueryError

T = TypeVar("T")

DEEPEST = 100  # levels; measured: the worst shapes take 10 KiB of stack each
LONGEST = 5_000  # words that may form a chain; measured: the worst take 8 KiB each
_DATA = {"VALUES": "}", "IN": ")"}
_LINKS = frozenset("+-*/|&!=<>^")
_STACK = 64 << 20
_OPENS, _CLOSES = frozenset({"(", "[", "{", "<<"}), frozenset({")", "]", "}", ">>"})
_STARTING = threading.Lock()


def refuse_deep(words: Iterable[str]) -> None:
    """Raise QueryError where the words of a query (comments left out, strings and IRIs whole) nest or chain too far.

    The data of VALUES and IN are no chain.

    >>> refuse_deep(["ASK", "{", "?s", "?p", "'((((('", "}"])
    >>> refuse_deep(["ASK", *"{" * 200])
    Traceback (most recent call last):
    policygraph.errors.QueryError: the query is nested deeper than 100 levels; write it flatter
    """
    count = _Count()
    for word in words:
        count.take(word)
        if count.depth + count.signs > DEEPEST:
            raise QueryError("store.too-deep", most=DEEPEST)
        if count.chained > LONGEST:
            raise QueryError("store.too-long", most=LONGEST)


def with_room(work: Callable[[], T], seconds: float | None = None) -> T:
    """Do work with a large stack, in a thread of its own.

    Raises TimeoutError where it takes longer; the thread is then left behind.
    """
    done: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:  # handed to the caller's thread below, without what only this thread may drop
            traceback.clear_frames(error.__traceback__)
            failed.append(error.with_traceback(None))

    thread = threading.Thread(target=run, daemon=True)
    with _STARTING:
        before = threading.stack_size(_STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


class _Count:
    """How deep and how long a query is so far."""

    def __init__(self) -> None:
        self.depth = self.signs = self.chained = 0
        self._data: tuple[int, str] | None = None  # the depth outside of a list of data and what ends it, while in it

    def take(self, word: str) -> None:
        """Count one more word."""
        self.signs = self.signs + 1 if word == "!" else 0
        if word in _OPENS:
            self.depth += 1
        elif word in _CLOSES:
            self.depth = max(0, self.depth - 1)
        if self._data is None:
            end = _DATA.get(word.upper())
            self._data = (self.depth, end) if end else None
        elif self._is_end(word, *self._data):
            self._data = None
        if self._data is None or word in _LINKS:
            self.chained += 1

    def _is_end(self, word: str, outside: int, end: str) -> bool:
        return (word == end and self.depth <= outside) or (word == "{" and end == ")")
