"""Find the rows of a table printed a cell a line in which cells that hold for several rows stand once.

A column counts and one names bodies. Of the lines between two numbers the first are the cells before the bodies, the
one that ends as a body's name is that of bodies, and what follows it names the group of the next rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.lexicon import Lexicon
from policygraph.patterns import doing_head

_LONGEST_BODIES = 200  # characters
_LONGEST_GROUP = 40
_FEWEST = 2  # rows
_NO_NAME = re.compile(r"[。；;：:\d]")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_STOP = re.compile(r"[。；;]")


@dataclass(frozen=True, slots=True)
class Merged:
    """The head of such a table: its columns, which of them counts, which names bodies, and how names of bodies end."""

    columns: int
    serial: int
    bodies: int
    tails: tuple[str, ...]

    @classmethod
    def of(cls, head: Sequence[str], serials: Sequence[str], lexicon: Lexicon) -> Merged | None:
        """Return what a head says, None where no column counts or none behind it names bodies."""
        serial = next((at for at, word in enumerate(head) if word in serials), -1)
        doing, labels = doing_head(lexicon), lexicon.roles.labels
        bodies = [at for at, word in enumerate(head) if word in labels or doing.fullmatch(word)]
        if serial < 0 or not bodies or bodies[0] <= serial + 1:
            return None
        return cls(len(head), serial, bodies[0], tuple(lexicon.names.org_tails))

    def rows(self, words: Sequence[str], begin: int) -> list[list[int | None]]:
        """Return the lines of the cells of each row, and those of groups by themselves; None where none is printed."""
        found: list[list[int | None]] = []
        numbers = list(_numbers(words, begin))
        if len(numbers) < _FEWEST or not self._groups(words, range(begin, numbers[0])):
            return []
        found += [[at] for at in range(begin, numbers[0])]
        for at, after in zip(numbers, [*numbers[1:], None], strict=True):
            cells = self._cells(words, at, after if after is not None else self._last(words, at))
            if not cells:
                return []
            found.append(cells)
            used = max(cell for cell in cells if cell is not None) + 1
            rest = range(used, after) if after is not None else range(0)
            if not self._groups(words, rest):
                return []
            found += [[line] for line in rest]
        return found

    def _groups(self, words: Sequence[str], lines: range) -> bool:
        """Say whether lines may name groups of rows."""
        return all(len(words[at]) <= _LONGEST_GROUP and not _STOP.search(words[at]) for at in lines)

    def _cells(self, words: Sequence[str], at: int, end: int) -> list[int | None]:
        """Return the cells of the row whose number stands in a line, () where it says nothing."""
        between = self.bodies - self.serial - 1
        named = next((line for line in range(at + 1, end) if self._names_bodies(words[line]) and line > at + 1), None)
        before = [*range(at + 1, named if named is not None else end)][:between]
        if not before:
            return []
        behind = [*range(named + 1, end)][: self.columns - self.bodies - 1] if named is not None else []
        behind = [line for line in behind if self._names_bodies(words[line]) or not self.serial]
        cells = [*[None] * self.serial, at, *before, *[None] * (between - len(before)), named, *behind]
        return [*cells, *[None] * (self.columns - len(cells))]

    def _names_bodies(self, line: str) -> bool:
        return len(line) <= _LONGEST_BODIES and not _NO_NAME.search(line) and line.endswith(self.tails)

    def _last(self, words: Sequence[str], at: int) -> int:
        """Return where the last row ends: with its bodies, or before a heading."""
        end = min(at + self.columns - self.serial, len(words))
        return next((line for line in range(at + 1, end) if _HEADING.match(words[line])), end)


def _numbers(words: Sequence[str], begin: int) -> Iterator[int]:
    """Yield the lines that are the numbers 1, 2, 3 and so on; a sign may stand before one."""
    number = 1
    for at in range(begin, len(words)):
        if words[at].lstrip("*＊") == str(number):
            yield at
            number += 1
