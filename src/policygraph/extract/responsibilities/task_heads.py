"""Read the heads of task tables: which column holds what, and whose bodies a column holds that its head does not say.

What a column holds is said by its head: a label of roles.tsv gives the role of its cells, task_heads.tsv the rest; a
head that names bodies by what they do (负责考核部门) gives them the role of its verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policygraph.extract.grammar.body_names import is_body
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import doing_head, word_pattern
from policygraph.terms import RoleWord

_LONGEST_HEAD = 16  # characters of a cell; a longer one is text
_LONGEST_OTHER = 10  # characters of a head's cell that no word explains
_YEAR = re.compile(r"20\d\d\s?年")
_SHORTEST_WITHIN = 4  # characters; a shorter label (牵头) is a head only as a whole cell


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: bodies in a role, or what task_heads.tsv calls it; ``kind`` "" is no head."""

    kind: str
    role: RoleWord | None = None


Head = tuple[Column, ...]
_NO_HEAD = Column("")


def columns_of(cells: Sequence[str], lexicon: Lexicon) -> Head:
    """Return what the cells of a line say as a head; an empty one goes on with the role of the cell it belongs to."""
    columns: list[Column] = []
    for cell in cells:
        words = "".join(cell.split())
        goes_on = not words and columns and columns[-1].role
        columns.append(columns[-1] if goes_on else column_of(words, lexicon))
    columns = [_main(column, columns) for column in columns]
    return tuple(_beside_lead(column, cell, cells, lexicon) for column, cell in zip(columns, cells, strict=True))


def _main(column: Column, columns: Sequence[Column]) -> Column:
    """Return a column; 主要责任单位 leads beside a column of others, and answers where there is none."""
    if column.role is not RoleWord.MAIN:
        return column
    beside = any(other.role not in (None, RoleWord.MAIN) for other in columns)
    return replace(column, role=RoleWord.LEAD if beside else RoleWord.DIVIDED)


def _beside_lead(column: Column, cell: str, cells: Sequence[str], lexicon: Lexicon) -> Column:
    """Return a column; one that leads alone (实施主体, 主责单位) carries out beside one of who leads (牵头)."""
    if column.role is not RoleWord.LEAD:
        return column
    says = word_pattern("says-lead", lexicon)
    carries_out = cell.strip() and not says.search(cell) and any(says.search(other) for other in cells)
    return replace(column, role=RoleWord.IMPLEMENT) if carries_out else column


def below(above: Head, columns: Head, cells: Sequence[str]) -> Head:
    """Return a head of two lines: where the second says nothing, its columns are what the first says."""
    if len(above) != len(columns):
        return columns
    named = zip(cells, columns, above, strict=True)
    return tuple(column if column.kind and cell.strip() else known for cell, column, known in named)


@compiled
def column_of(printed: str, lexicon: Lexicon) -> Column:
    """Return what a cell says as the head of a column."""
    head = re.split(r"[(,]", printed)[0] or printed
    if len(head) > _LONGEST_HEAD or ":" in head:
        return _NO_HEAD
    kinds, labels = lexicon.roles.task_heads, lexicon.roles.labels
    kind = max((form for form in kinds if form in head), key=len, default="")
    within = (form for form in labels if len(form) >= _SHORTEST_WITHIN and form in head)
    label = printed if printed in labels else head if head in labels else max(within, key=len, default="")
    if label and (label in (head, printed) or len(label) >= len(kind)):
        return Column("role", RoleWord(labels[label]))
    if head in lexicon.grammar.rule_words["bodies-column"]:
        return Column("role", RoleWord.DIVIDED)
    doing = doing_head(lexicon).fullmatch(head)
    if doing:
        return Column("role", RoleWord(lexicon.roles.verbs.get(doing[1], RoleWord.DIVIDED)))
    if _YEAR.match(head):  # 2024年工作项目
        return Column("goal")
    return Column(kinds[kind]) if kind else _NO_HEAD


def with_named(columns: Head, cells: Sequence[str], lexicon: Lexicon) -> Head:
    """Return a head in which the column 单位 has a role: bodies stand below it, and no units of measure."""
    units = lexicon.grammar.rule_words["bodies-or-units"]
    return tuple(
        Column("role", RoleWord.DIVIDED) if not column.role and "".join(cell.split()) in units else column
        for column, cell in zip(columns, cells, strict=True)
    )


def is_head(cells: Sequence[str], columns: Head, lexicon: Lexicon) -> bool:
    """Say whether a line heads a table: it names a role, and no body."""
    if not any(column.role for column in columns):
        return False
    others = [cell for cell, column in zip(cells, columns, strict=True) if not column.kind]
    return all(len(words) <= _LONGEST_OTHER and not is_body(words, lexicon) for words in others)
