"""Find the rows of a table printed a cell a line in which cells that hold for several rows stand once.

A column counts and one names bodies. Of the lines between two numbers the first are the cells before the bodies, the
one that ends as a body's name is that of bodies, and what follows it names the group of the next rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policygraph.lexicon import Lexicon
from policygraph.normalise.cells import Cells, ends_of_bodies, names_bodies
from policygraph.patterns import doing_head

_LONGEST_GROUP = 40  # characters
_FEWEST = 2  # rows
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_STOP = re.compile(r"[。；;]")
_YEAR = re.compile(r"20\d\d\s?年")
_NOBODY = re.compile(r"[-—–/无]{1,2}")
_FIRST = re.compile(r"1\s?[.、．]|[（(]1[）)]|①")


@dataclass(frozen=True, slots=True)
class Merged:
    """The head of such a table: its columns, which of them counts, which names bodies, and how names of bodies end."""

    columns: int
    serial: int
    bodies: int
    tails: tuple[str, ...]
    who: int = 1  # columns of bodies beside each other
    years: int = 0  # columns of what is to be done in a year, right behind them

    @classmethod
    def of(cls, head: Sequence[str], serials: Sequence[str], lexicon: Lexicon) -> Merged | None:
        """Return what a head says, None where no column counts or none behind it names bodies."""
        serial = next((at for at, word in enumerate(head) if word in serials), -1)
        doing, labels = doing_head(lexicon), lexicon.roles.labels
        bodies = [at for at, word in enumerate(head) if word in labels or doing.fullmatch(word)]
        if serial < 0 or not bodies or bodies[0] <= serial + 1:
            return None
        who = next(n for n in range(1, len(head) + 1) if bodies[0] + n not in bodies)
        behind = bodies[0] + who
        years = next(n for n in range(len(head) + 1) if not _YEAR.match("".join(head[behind + n : behind + n + 1])))
        return cls(len(head), serial, bodies[0], ends_of_bodies(lexicon), who, years)

    def rows(self, words: Sequence[str], begin: int) -> list[Cells]:
        """Return the lines of the cells of each row, and those of groups by themselves."""
        found: list[Cells] = []
        numbers = list(_numbers(words, begin))
        if len(numbers) < _FEWEST or not self._groups(words, range(begin, numbers[0])):
            return []
        found += [[(at,)] for at in range(begin, numbers[0])]
        read = self._with_years if self.who > 1 and self.years else self._cells
        for at, after in zip(numbers, [*numbers[1:], None], strict=True):
            cells = read(words, at, after if after is not None else self._last(words, at))
            if not cells:
                return []
            found.append(cells)
            used = max(line for cell in cells for line in cell) + 1
            rest = range(used, after) if after is not None else range(0)
            if not self._groups(words, rest):
                return []
            found += [[(line,)] for line in rest]
        return found

    def _with_years(self, words: Sequence[str], at: int, end: int) -> Cells:
        """Return the cells of a row with bodies and then goals of several lines for each year, [] where it has none.

        The task stands before the bodies, or held for rows above; nobody is a dash. The goals of the next year begin
        where their numbers begin again, else each year has as many lines.
        """
        between, who = self.bodies - self.serial - 1, self.who
        starts = range(at + 1, min(at + 2 + between, end - who + 1))
        first = next((n for n in starts if all(self._says_who(line) for line in words[n : n + who])), None)
        if first is None:
            return []
        behind = next(n for n in range(first + who, end + 1) if n == end or not names_bodies(words[n], self.tails))
        if first == at + 1 and between and self._says_who(words[first + who]) and first + who < end:
            first, behind = first + 1, max(behind, first + 1 + who)  # a task that ends as a name does: …平台
        while end > behind and _HEADING.match(words[end - 1]):
            end -= 1
        task = [(line,) for line in range(at + 1, first)]
        goals = _by_year(words, range(behind, end), self.years)
        named = [*((line,) for line in range(first, first + who - 1)), tuple(range(first + who - 1, behind))]
        cells: Cells = [*[()] * self.serial, (at,), *task, *[()] * (between - len(task)), *named, *goals]
        return [*cells, *[()] * (self.columns - len(cells))]

    def _says_who(self, line: str) -> bool:
        return _NOBODY.fullmatch(line) is not None or names_bodies(line, self.tails)

    def _groups(self, words: Sequence[str], lines: range) -> bool:
        """Say whether lines may name groups of rows."""
        return all(len(words[at]) <= _LONGEST_GROUP and not _STOP.search(words[at]) for at in lines)

    def _cells(self, words: Sequence[str], at: int, end: int) -> Cells:
        """Return the cells of the row whose number stands in a line, [] where it says nothing."""
        between = self.bodies - self.serial - 1
        named = next(
            (line for line in range(at + 1, end) if names_bodies(words[line], self.tails) and line > at + 1), None
        )
        before = [*range(at + 1, named if named is not None else end)][:between]
        if not before:
            return []
        behind = [*range(named + 1, end)][: self.columns - self.bodies - 1] if named is not None else []
        behind = [line for line in behind if names_bodies(words[line], self.tails) or not self.serial]
        lines = [*[None] * self.serial, at, *[None] * (between - len(before)), *before, named, *behind]
        return [(line,) if line is not None else () for line in [*lines, *[None] * (self.columns - len(lines))]]

    def _last(self, words: Sequence[str], at: int) -> int:
        """Return where the last row ends: with its bodies, or before a heading."""
        end = min(at + self.columns - self.serial, len(words))
        return next((line for line in range(at + 1, end) if _HEADING.match(words[line])), end)


def _by_year(words: Sequence[str], lines: range, years: int) -> Cells:
    """Return the lines of the goals of each year."""
    begins = [at for at in lines if _FIRST.match(words[at])]
    if len(begins) == years and begins[0] == lines.start:
        return [tuple(range(*pair)) for pair in pairwise([*begins, lines.stop])]
    size = len(lines) // years if lines and len(lines) % years == 0 else len(lines)
    return [tuple(lines[n : n + size]) for n in range(0, len(lines), size or 1)]


def _numbers(words: Sequence[str], begin: int) -> Iterator[int]:
    """Yield the lines that are the numbers 1, 2, 3 and so on; a sign may stand before one."""
    number = 1
    for at in range(begin, len(words)):
        if words[at].lstrip("*＊") == str(number):
            yield at
            number += 1
