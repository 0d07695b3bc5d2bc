"""Write the rows of a table as lines: ``a | b | c``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Cell = Sequence[str]  # the lines of a cell
_MOST_LINES = 8  # a cell with more is a part of a page that was laid out with a table, not a value
_COLONS = (":", "：")
_LONGEST_NAME = 120  # characters
_NAME = re.compile(r"(?![(（【\[])[^\d。；;:：]+|\d{4}\w?")  # a body, a field, a year; no sentence, no number


class Spans:
    """Cells that are merged downwards, by their columns.

    What names several rows belongs to each of them, so that it stands in each; a number or a sentence stands once.

    >>> spans = Spans()
    >>> spans.begun(0, ["市教育局"]), spans.covered(0), spans.begun(1, ["30%"]), spans.covered(1)
    (['市教育局'], ['市教育局'], ['30%'], [])
    """

    def __init__(self) -> None:
        self._above: dict[int, list[str]] = {}

    def begun(self, column: int, lines: list[str]) -> list[str]:
        """Return the lines of a cell that begins in a column."""
        self._above[column] = lines
        return lines

    def covered(self, column: int) -> list[str]:
        """Return the lines of a cell that one above covers."""
        return self._above.get(column, []) if is_name(self._above.get(column, [])) else []


def is_name(lines: Sequence[str]) -> bool:
    """Say whether the lines of a cell name something."""
    text = "".join(lines)
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def lines(table: Iterable[Sequence[Cell]]) -> list[str]:
    """Return a line for each row of a table; a row whose only words stand in its first cell gives that cell's lines.

    Pairs «label: value» side by side, as in the table at a page's head, give a line each.

    >>> lines([[["指标"], ["2030年"]], [["居民健康素养水平(%)"], ["30"]], [[], []], [["合计"], []]])
    ['指标 | 2030年', '居民健康素养水平(%) | 30', '合计']
    >>> lines([[["文号："], ["示政发〔2022〕1号"], ["日期："], ["2022年3月1日"]]])
    ['文号：示政发〔2022〕1号', '日期：2022年3月1日']
    """
    found: list[str] = []
    for row in table:
        filled = [cell for cell in row if any(line.strip() for line in cell)]
        alone = len(filled) == 1 and (filled[0] is row[0] or len(filled[0]) > 1)
        if alone or any(len(cell) > _MOST_LINES for cell in filled):
            found.extend(line.strip() for cell in filled for line in cell if line.strip())
        elif filled:
            found.extend(_line(row))
    return found


def _line(row: Sequence[Cell]) -> list[str]:
    values = [" ".join(line.strip() for line in cell if line.strip()).replace("|", "｜") for cell in row]
    filled = [value for value in values if value]
    labels = filled[::2]
    if len(filled) % 2 == 0 and all(label.endswith(_COLONS) for label in labels):
        return [f"{label.rstrip(''.join(_COLONS))}：{value}" for label, value in zip(labels, filled[1::2], strict=True)]
    return [" | ".join(values).strip()]
