"""Go forward and back through a pattern as `re` does, and count every character that is looked at."""

from __future__ import annotations

import re
import re._constants as codes
import re._parser as parser
from collections.abc import Callable
from typing import Any

Then = Callable[[int], int | None]


class Matcher:
    """One pattern; ``steps`` counts the characters that were looked at and the ways that were tried."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.steps = 0
        self._flags = int(pattern.flags)
        self._text = ""
        self._end = 0
        self._whole = False
        self._open: dict[int, int] = {}
        self._groups: dict[int, str] = {}
        self._start = self._run(parser.parse(pattern.pattern, pattern.flags), self._last)

    def spans(self, text: str, at: int, end: int, method: str) -> list[tuple[int, int]]:
        """Return the places that a method of a pattern finds."""
        self._text, self._end, self._whole = text, end, method == "fullmatch"
        found: list[tuple[int, int]] = []
        while at <= end:
            self.steps += 1
            self._groups.clear()
            stop = self._start(at)
            if stop is not None:
                found.append((at, stop))
            if method in ("match", "fullmatch") or (found and method == "search"):
                break
            at = max(stop or 0, at + 1)
        return found

    def _last(self, at: int) -> int | None:
        return at if not self._whole or at == self._end else None

    def _run(self, nodes: Any, then: Then) -> Then:
        for code, value in reversed(list(nodes)):
            then = self._node(code, value, then)
        return then

    def _node(self, code: Any, value: Any, then: Then) -> Then:
        if code in _SINGLE:
            return self._single(self._test(code, value), then)
        match code:
            case codes.BRANCH:
                return self._branch([self._run(each, then) for each in value[1]])
            case codes.SUBPATTERN:
                return self._group(value[0], value[3], then)
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                return self._repeat(code, value, then)
            case codes.ASSERT | codes.ASSERT_NOT:
                return self._look(code is codes.ASSERT, value[0] < 0, value[1], then)
            case codes.AT:
                return lambda at: then(at) if self._stands(value, at) else None
            case codes.GROUPREF:
                return lambda at: self._again(value, at, then)
            case codes.GROUPREF_EXISTS:
                held, other = self._run(value[1], then), self._run(value[2] or [], then)
                return lambda at: (held if value[0] in self._groups else other)(at)
            case codes.ATOMIC_GROUP:
                inner = self._run(value, _here)
                return lambda at: None if (stop := inner(at)) is None else then(stop)
        raise NotImplementedError(code)

    def _single(self, test: Callable[[str], bool], then: Then) -> Then:
        def one(at: int) -> int | None:
            self.steps += 1
            return then(at + 1) if at < self._end and test(self._text[at]) else None

        return one

    def _branch(self, ways: list[Then]) -> Then:
        return lambda at: next((stop for way in ways if (stop := way(at)) is not None), None)

    def _group(self, number: int | None, nodes: Any, then: Then) -> Then:
        if number is None:
            return self._run(nodes, then)

        def close(at: int) -> int | None:
            before = self._groups.get(number)
            self._groups[number] = self._text[self._open[number] : at]
            stop = then(at)
            if stop is None:
                self._unset(number, before)
            return stop

        inner = self._run(nodes, close)

        def begin(at: int) -> int | None:
            self._open[number] = at
            return inner(at)

        return begin

    def _unset(self, number: int, before: str | None) -> None:
        """Give a group what it held before it was tried in vain."""
        if before is None:
            self._groups.pop(number, None)
        else:
            self._groups[number] = before

    def _repeat(self, code: Any, value: Any, then: Then) -> Then:
        least, most, nodes = value
        if len(nodes) == 1 and nodes[0][0] in _SINGLE:
            return self._runs(code, self._test(*nodes[0]), int(least), int(most), then)
        if code is codes.POSSESSIVE_REPEAT:
            inner = self._loop(nodes, int(least), int(most), _here, greedy=True)
            return lambda at: None if (stop := inner(at)) is None else then(stop)
        return self._loop(nodes, int(least), int(most), then, greedy=code is codes.MAX_REPEAT)

    def _runs(self, code: Any, test: Callable[[str], bool], least: int, most: int, then: Then) -> Then:
        """Return how one character is repeated: first as often as it can, or only as often as it must."""

        def greedy(at: int) -> int | None:
            stop = self._stretch(test, at, most)
            places = range(stop, at + least - 1, -1)
            return self._first(places[:1] if code is codes.POSSESSIVE_REPEAT else places, then)

        def lazy(at: int) -> int | None:
            stop = self._stretch(test, at, least)
            found = self._first(range(stop, stop + (stop == at + least)), then)
            while found is None and stop - at < most and self._stretch(test, stop, 1) > stop:
                stop += 1
                found = self._first(range(stop, stop + 1), then)
            return found

        return lazy if code is codes.MIN_REPEAT else greedy

    def _stretch(self, test: Callable[[str], bool], at: int, most: int) -> int:
        stop = at
        while stop < self._end and stop - at < most and test(self._text[stop]):
            stop += 1
        self.steps += stop - at + 1
        return stop

    def _first(self, places: range, then: Then) -> int | None:
        for place in places:
            self.steps += 1
            found = then(place)
            if found is not None:
                return found
        return None

    def _loop(self, nodes: Any, least: int, most: int, then: Then, *, greedy: bool) -> Then:
        turns: list[tuple[int, int]] = []  # of the loops that are under way: how often, begun where

        def on(at: int, times: int, begun: int) -> int | None:
            self.steps += 1
            stop = None if greedy or times < least else then(at)
            if stop is None and times < most and (at != begun or times < least):
                turns.append((times, at))
                stop = body(at)
                turns.pop()
            return then(at) if stop is None and greedy and times >= least else stop

        def again(at: int) -> int | None:
            times, begun = turns.pop()
            stop = on(at, times + 1, begun)
            turns.append((times, begun))
            return stop

        body = self._run(nodes, again)
        return lambda at: on(at, 0, -1)

    def _look(self, wanted: bool, back: bool, nodes: Any, then: Then) -> Then:
        inner, width = self._run(nodes, _here), nodes.getwidth()[0] if back else 0

        def look(at: int) -> int | None:
            seen = at >= width and inner(at - width) is not None
            return then(at) if seen is wanted else None

        return look

    def _again(self, number: int, at: int, then: Then) -> int | None:
        words = self._groups.get(number, "")
        self.steps += len(words) + 1
        return then(at + len(words)) if self._text.startswith(words, at) else None

    def _stands(self, where: Any, at: int) -> bool:
        lines = bool(self._flags & int(re.MULTILINE))
        match where:
            case codes.AT_BEGINNING | codes.AT_BEGINNING_STRING:
                first = at == 0
                return first or (lines and where is codes.AT_BEGINNING and self._text[at - 1] == "\n")
            case codes.AT_END_STRING:
                return at == self._end
            case codes.AT_END:
                rest = self._text[at : self._end]
                return rest in ("", "\n") or (lines and rest[:1] == "\n")
        around = [0 <= place < self._end and _is_word(self._text[place]) for place in (at - 1, at)]
        return (around[0] != around[1]) is (where is codes.AT_BOUNDARY)

    def _test(self, code: Any, value: Any) -> Callable[[str], bool]:
        if code is codes.ANY:
            every = bool(self._flags & int(re.DOTALL))
            return lambda char: every or char != "\n"
        fold = str.lower if self._flags & int(re.IGNORECASE) else str
        nodes = [(code, value)] if code is not codes.IN else value
        negated = nodes[0][0] is codes.NEGATE or code is codes.NOT_LITERAL
        known: dict[str, bool] = {}

        def test(char: str) -> bool:
            if char not in known:
                known[char] = any(_holds(*node, each) for node in nodes for each in {char, fold(char), char.upper()}
                                  if fold is str.lower or each == char) is not negated  # fmt: skip
            return known[char]

        return test


_SINGLE = frozenset((codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN))


def _here(at: int) -> int | None:
    return at


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: _is_word,
    codes.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    codes.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    codes.CATEGORY_NOT_WORD: lambda char: not _is_word(char),
}


def _holds(code: Any, value: Any, char: str) -> bool:
    match code:
        case codes.LITERAL | codes.NOT_LITERAL:
            return ord(char) == value
        case codes.RANGE:
            return bool(value[0] <= ord(char) <= value[1])
        case codes.CATEGORY:
            return _CATEGORIES[value](char)
    return False  # NEGATE
