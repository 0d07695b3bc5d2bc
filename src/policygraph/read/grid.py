"""Find tables by their ruled lines and put every piece of text into its cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.read.pdf_lines import Line, Piece, joined, lines_of
from policygraph.read.rows import is_name
from policygraph.read.rows import lines as row_lines

_NEAR = 2.5  # points; lines closer than this are one line, drawn twice
_SHORTEST = 6.0  # points
_MOST_RULES = 600  # on a page, pieces of one line counted once; more is a drawing
_MOST_CELLS = 4000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on a page; level where ``top == bottom``, upright where ``left == right``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Say whether the line runs from left to right."""
        return self.right - self.left >= self.bottom - self.top

    @property
    def length(self) -> float:
        """Return how long the line is."""
        return max(self.right - self.left, self.bottom - self.top)


def split(pieces: Sequence[Piece], rules: Sequence[Rule]) -> tuple[list[Piece], list[Line]]:
    """Return the pieces outside all tables, and the rows of the tables as lines that are never joined."""
    rules = _whole([rule for rule in rules if rule.length >= _SHORTEST])
    if len(rules) > _MOST_RULES:
        return list(pieces), []
    outside, found = list(pieces), []
    for group in _groups(rules):
        grid = _Grid(group)
        inside = [piece for piece in outside if grid.place(piece) is not None]
        if grid.is_table and inside:
            taken = set(map(id, inside))
            outside = [piece for piece in outside if id(piece) not in taken]
            found.extend(grid.lines(inside))
    return outside, found


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Join the pieces of straight lines: programs draw a border for each cell."""
    found: list[Rule] = []
    for level in (True, False):
        pieces = [rule for rule in rules if rule.level is level]
        places = _places([rule.top if level else rule.left for rule in pieces])
        by_place: dict[float, list[Rule]] = {}
        for rule in pieces:
            by_place.setdefault(places[bisect_right(places, rule.top if level else rule.left) - 1], []).append(rule)
        for group in by_place.values():
            found.extend(_joined(group, level))
    return found


def _joined(group: list[Rule], level: bool) -> Iterator[Rule]:
    """Yield the lines that pieces at one place form."""
    group.sort(key=lambda rule: rule.left if level else rule.top)
    first = last = group[0]
    for rule in group[1:]:
        gap = rule.left - last.right if level else rule.top - last.bottom
        if gap > _NEAR:
            yield _span(first, last, level)
            first = last = rule
        elif (rule.right if level else rule.bottom) > (last.right if level else last.bottom):
            last = rule
    yield _span(first, last, level)


def _span(first: Rule, last: Rule, level: bool) -> Rule:
    if level:
        return Rule(first.left, first.top, last.right, first.top)
    return Rule(first.left, first.top, first.left, last.bottom)


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Return the lines that touch each other, directly or through others."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is each for each in touching)]
        groups.append([rule, *(other for group in touching for other in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.top <= other.bottom + _NEAR
        and other.top <= one.bottom + _NEAR
    )


class _Grid:
    """The cells between ruled lines; a cell without a wall to its neighbour is one with it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._level = [rule for rule in rules if rule.level]
        self._upright = [rule for rule in rules if not rule.level]
        sides = [x for r in self._level for x in (r.left, r.right)]  # the outer ones are often left open
        self._xs = _places([*(r.left for r in self._upright), *((min(sides), max(sides)) if sides else ())])
        self._ys = _places([r.top for r in self._level])
        self._home = self._merged()

    @property
    def is_table(self) -> bool:
        """Say whether there are at least two columns and one row."""
        return bool(self._upright) and len(self._xs) >= 3 and len(self._ys) >= 2 and bool(self._home)

    def place(self, piece: Piece) -> tuple[int, int] | None:
        """Return row and column of a piece, None outside."""
        row = bisect_right(self._ys, (piece.top + piece.bottom) / 2) - 1
        column = bisect_right(self._xs, (piece.left + piece.right) / 2) - 1
        return (row, column) if 0 <= row < len(self._ys) - 1 and 0 <= column < len(self._xs) - 1 else None

    def lines(self, pieces: Sequence[Piece]) -> list[Line]:
        """Return the rows as lines; a merged cell stands where it begins."""
        cells: dict[tuple[int, int], list[Piece]] = {}
        for piece in pieces:
            place = self.place(piece)
            if place is not None:
                cells.setdefault(self._home[place], []).append(piece)
        found = []
        for row in range(len(self._ys) - 1):
            table = [[self._words(row, column, cells) for column in range(len(self._xs) - 1)]]
            for text in row_lines(table):
                top, bottom = self._ys[row], self._ys[row + 1]
                found.append(Line(text, self._xs[0], top, self._xs[-1], bottom, bottom - top, True))
        return found

    def _words(self, row: int, column: int, cells: dict[tuple[int, int], list[Piece]]) -> list[str]:
        """Return what a cell says; one that a cell above covers says its name again (``rows.Spans``)."""
        home = self._home[(row, column)]
        words = _cell(cells.get(home, []))
        above = home[0] < row and home[1] == column
        return words if home == (row, column) or (above and is_name(words)) else []

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        home: dict[tuple[int, int], tuple[int, int]] = {}
        if (len(self._ys) - 1) * (len(self._xs) - 1) > _MOST_CELLS:
            return home
        for row in range(len(self._ys) - 1):
            for column in range(len(self._xs) - 1):
                here = (row, column)
                home[here] = here
                if column and not self._wall_left(row, column):
                    home[here] = home[(row, column - 1)]
                elif row and not self._wall_above(row, column):
                    home[here] = home[(row - 1, column)]
        return home

    def _wall_left(self, row: int, column: int) -> bool:
        x, y = self._xs[column], (self._ys[row] + self._ys[row + 1]) / 2
        return any(abs(rule.left - x) <= _NEAR and rule.top <= y <= rule.bottom for rule in self._upright)

    def _wall_above(self, row: int, column: int) -> bool:
        x, y = (self._xs[column] + self._xs[column + 1]) / 2, self._ys[row]
        return any(abs(rule.top - y) <= _NEAR and rule.left <= x <= rule.right for rule in self._level)


def _cell(pieces: Sequence[Piece]) -> list[str]:
    text = ""
    for line in lines_of(pieces):
        text = joined(text, line.text) if text else line.text
    return [text] if text else []


def _places(values: Sequence[float]) -> list[float]:
    """Return the values in order, those close together once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found
