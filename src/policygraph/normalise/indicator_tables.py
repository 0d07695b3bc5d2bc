"""Find the rows of a table of indicators printed a cell a line: number, names, unit, nature, a value a column.

A column counts, one holds units and the one behind it the nature of an indicator (预期性, 约束性), by which a row is
known: the name stands two lines above it, the values below it. Names of groups and of several indicators stand once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.normalise.cells import Cells
from policygraph.patterns import either, of_kind

_NATURE = re.compile(r"[\u4e00-\u9fff]{2}性$")
_PERIOD = re.compile(r"[“\"]?十[一二三四五六]五[”\"]?.{0,2}$|20\d\d\s?年?$")
_LONGEST_HEAD = 20
_MOST_HEADS = 10  # lines
_LONGEST_ROW = 16  # lines
_FEWEST = 3  # rows
_LONGEST_GROUP = 30


def indicator_rows(
    words: Sequence[str], head: range, serials: Sequence[str], lexicon: Lexicon
) -> tuple[Cells, list[Cells]] | None:
    """Return the lines of the heads and of the cells of each row, None where a head begins no such table.

    A row has no group and no name of several indicators; those are rows of one cell before it.
    """
    heads = lexicon.targets.table_heads
    units, natures = of_kind(heads, "unit"), of_kind(heads, "nature")
    at = next((line for line in head if words[line] in natures), -1)
    if at <= head.start or words[at - 1] not in units or not any(words[line] in serials for line in head):
        return None
    first = next((line for line in range(at + 1, min(at + _MOST_HEADS, len(words))) if words[line] == "1"), 0)
    values, groups = _values(words, range(at + 1, first), _value_head(lexicon))
    found = _rows(words, first, len(values)) if values else []
    serial = next(line for line in head if words[line] in serials)
    names = tuple(range(serial + 1, at - 1))
    if len(found) < _FEWEST or not names:
        return None
    named: list[Cells] = [[(line,)] for line in groups]
    return [(serial,), names, (at - 1,), (at,), *values], [*named, *found]


@compiled
def _value_head(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the second line of a head: 完成值, or a word that says what a column of values holds."""
    heads = lexicon.targets.table_heads
    return re.compile(
        rf"[^\s。；;]{{0,{_LONGEST_HEAD}}}值$|{either([*of_kind(heads, 'base'), *of_kind(heads, 'target')])}$"
    )


def _values(words: Sequence[str], lines: range, head: re.Pattern[str]) -> tuple[Cells, range]:
    """Return the heads behind the nature, of one line or two (“十四五”, 完成值; 目标), and the groups behind them."""
    found: Cells = []
    at = lines.start
    while at < lines.stop and (_PERIOD.match(words[at]) or head.match(words[at])):
        size = 2 if at + 1 < lines.stop and head.match(words[at + 1]) else 1
        found.append(tuple(range(at, at + size)))
        at += size
    return found, range(at, lines.stop)


def _rows(words: Sequence[str], first: int, values: int) -> list[Cells]:
    found: list[Cells] = []
    at, number = first, 1
    while at < len(words) and words[at] == str(number):
        last = min(at + _LONGEST_ROW, len(words))
        nature = next((line for line in range(at + 3, last) if _NATURE.match(words[line])), 0)
        if not nature:
            break
        behind = _line_of(words, range(nature + 1 + values, last), number + 1)
        behind = behind or _line_of(words, range(nature + 1, last), number + 1)  # a value is left out
        end = behind or min(nature + 1 + values, len(words))
        own = range(nature + 1, min(nature + 1 + values, end))
        rest = range(own.stop, end) if behind else range(0)
        if any(len(words[line]) > _LONGEST_GROUP for line in rest):
            break
        names = range(at + 1, nature - 1)  # of several indicators, and of this one
        cells: Cells = [(at,), tuple(names[-1:]), (nature - 1,), (nature,), *((line,) for line in own)]
        found += [[(line,)] for line in names[:-1]]
        found.append([*cells, *[()] * (values - len(own))])
        found += [[(line,)] for line in rest]
        if not behind:
            break
        at, number = behind, number + 1
    return found


def _line_of(words: Sequence[str], lines: range, number: int) -> int:
    """Return the line that is a number, 0 where none is."""
    return next((line for line in lines if words[line] == str(number)), 0)
