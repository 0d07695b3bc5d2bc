"""Find the rows of a table of tasks, a cell a line, that does not count: a task that ends with a stop, its bodies.

Its last columns name bodies. What stands between the bodies of a row and the task of the next names groups (一、…, 1.…)
and is a row by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.lexicon import Lexicon
from policygraph.normalise.cells import Cells, ends_of_bodies, names_bodies
from policygraph.patterns import doing_head

_FEWEST = 3  # rows
_MOST_GROUPS = 4  # lines between two rows
_LONGEST_GROUP = 40  # characters
_TASK = re.compile(r".{6,}[。；;]$", re.DOTALL)


def duty_rows(words: Sequence[str], first: int, columns: int, lexicon: Lexicon) -> list[Cells]:
    """Return the lines of the cells of each row, and groups by themselves; [] where the head names no bodies."""
    head = words[first : first + columns]
    who = _columns_of_bodies(head, lexicon)
    if not 0 < who < columns:
        return []
    rows = [*_rows(words, first + columns, columns, who, ends_of_bodies(lexicon))]
    return rows if sum(len(row) > 1 for row in rows) >= _FEWEST else []


def _columns_of_bodies(head: Sequence[str], lexicon: Lexicon) -> int:
    """Return how many of the last columns name bodies."""
    doing, labels = doing_head(lexicon), lexicon.roles.labels
    names = [word in labels or doing.fullmatch(word) is not None for word in head]
    return next((n for n, named in enumerate(reversed(names)) if not named), len(head))


def _rows(words: Sequence[str], begin: int, columns: int, who: int, ends: tuple[str, ...]) -> Iterator[Cells]:
    at = begin
    while (task := _task(words, at)) is not None:
        end = task + 1
        while end < len(words) and end <= task + who and names_bodies(words[end], ends):
            end += 1
        if end == task + 1:
            return
        groups: list[Cells] = [[(line,)] for line in range(at, task)]
        bodies: Cells = [(line,) for line in range(task + 1, end)]
        yield from groups
        yield [*[()] * (columns - who - 1), (task,), *bodies, *[()] * (who - len(bodies))]
        at = end


def _task(words: Sequence[str], at: int) -> int | None:
    """Return the line of the next task, None where other text follows."""
    for line in range(at, min(at + _MOST_GROUPS + 1, len(words))):
        if _TASK.fullmatch(words[line]):
            return line
        if len(words[line]) > _LONGEST_GROUP:
            return None
    return None
