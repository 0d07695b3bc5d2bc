"""Read the tables that divide tasks between bodies (序号 | 重点任务 | 牵头单位 | 配合单位): each row is a clause.

What a column holds is said by its head: a label of roles.tsv gives the role of its cells, task_heads.tsv the rest.
A table whose head speaks of tasks and of no role, and a row that does not fit its head, are clauses that were not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.extract.responsibilities.clause import Clause, clause_parts, parse_parts, what_is_left
from policygraph.extract.responsibilities.clause_parts import Part, ends_in_body
from policygraph.extract.responsibilities.clause_rules import LEADS, find_rule
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import Span
from policygraph.quantities import COUNTING
from policygraph.terms import RoleWord

_LINE = re.compile(r"[^\n]+")
_LONGEST_HEAD = 16  # characters of a cell; a longer one is text
_LONGEST_ACTION = 40  # characters, as of a heading
_SHORTEST_WITHIN = 4  # characters; a shorter label (牵头) is a head only as a whole cell
_LONGEST_BETWEEN = 40  # characters of a line between two rows, as the name of a group; a longer one ends the table
_NUMBER = re.compile(rf"\s*[(]?(\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}|[{COUNTING}]{{1,4}})(?:[).、]\s*(?!\d)|\s*$)")
_STOPS = re.compile(r"[。;:]")
_NOTHING = re.compile(r"[\s/—–-]*")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: bodies in a role, or what task_heads.tsv calls it; ``kind`` "" is no head."""

    kind: str
    role: RoleWord | None = None


Head = tuple[Column, ...]
_NO_HEAD = Column("")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table in the text; its cells stand at places that count from its begin."""

    span: Span
    text: str
    cells: tuple[Span, ...]

    def cell(self, at: int) -> str:
        """Return the words of a cell."""
        return self.text[self.cells[at].start : self.cells[at].end].strip()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of a task table: its place, its printed number, what is to be done, and how its bodies are read."""

    span: Span
    number: str
    action: str
    cells: tuple[tuple[RoleWord, Span], ...] = ()
    rule: str = ""  # of the table's head, on who leads
    unread: str = ""  # why nobody is read from it: the key of a message

    def read(self, text: str, lexicon: Lexicon, rule: str = "") -> Clause:
        """Return the bodies of the row's cells, each in the role of its column."""
        if self.unread:
            return Clause(reason=message(self.unread))
        parts: list[Part] = []
        for role, cell in self.cells:
            own = clause_parts(text, cell, role, lexicon)
            parts += own if len(own) > 1 and any(part.role is not role for part in own) else [Part(role, *_ends(cell))]
        clause = parse_parts(text, parts, lexicon, self.rule or rule)
        return what_is_left(clause, text, [cell for _, cell in self.cells], lexicon)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def task_rows(text: str, lexicon: Lexicon) -> Iterator[TaskRow]:
    """Yield the rows of all task tables of a text; a table that cannot be read is one row that says why."""
    head: Head = ()
    rule, unread = "", None
    for match in _LINE.finditer(text):
        line = _line(match)
        if not line:
            head = head if len(match[0].strip()) <= _LONGEST_BETWEEN else ()
            unread = None
            continue
        columns = tuple(column_of("".join(line.cell(at).split()), lexicon) for at in range(len(line.cells)))
        if _are_pairs(line, columns, lexicon):
            yield _pairs(line, columns)
        elif _is_head(line, columns):
            head, unread = columns, None
            rule = next((found.rule for found in [find_rule(line.text, lexicon)] if found and found.rule in LEADS), "")
        elif head:
            yield from _under(line, head, rule, lexicon)
        elif unread:
            yield TaskRow(unread.span, "", _shortened(unread.text), unread="extract.table-without-roles")
            unread = None
        elif any(column.kind == "task" for column in columns):
            unread = line


def _line(match: re.Match[str]) -> _Line | None:
    """Return a line as a row of cells, None where it is no row."""
    if "|" not in match[0] and "\t" not in match[0].strip():
        return None
    cells, left = [], 0
    for mark in re.finditer(r"[|\t]", match[0]):
        cells.append(Span(left, mark.start()))
        left = mark.end()
    cells.append(Span(left, len(match[0])))
    if match[0].lstrip().startswith("|"):
        del cells[0]
    return _Line(Span(*match.span()), match[0], tuple(cells))


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
    return Column(kinds[kind]) if kind else _NO_HEAD


def _is_head(line: _Line, columns: Head) -> bool:
    named = all(column.kind or len(line.cell(at)) <= _SHORTEST_WITHIN for at, column in enumerate(columns))
    return named and any(column.role for column in columns)


def _are_pairs(line: _Line, columns: Head, lexicon: Lexicon) -> bool:
    """Say whether a row gives label and bodies side by side: 牵头单位 | 市教育局."""
    if len(columns) % 2 or not columns[0].role or not all(column.kind for column in columns[::2]):
        return False
    return all(ends_in_body(line.cell(at), lexicon) for at in range(1, len(columns), 2) if columns[at - 1].role)


def _pairs(line: _Line, columns: Head) -> TaskRow:
    roles = [(column.role, line.cells[at + 1]) for at, column in enumerate(columns[:-1]) if at % 2 == 0]
    return TaskRow(line.span, "", "", tuple((role, cell) for role, cell in roles if role))


def _under(line: _Line, head: Head, rule: str, lexicon: Lexicon) -> Iterator[TaskRow]:
    """Yield a row under its head; one of a single cell is the name of a group."""
    cells = _aligned(line, len(head))
    filled = [at for at in range(len(line.cells)) if line.cell(at)]
    if len(filled) < 2:
        return
    number, action = _number(line, head), _action(line, head)
    if not cells:
        yield TaskRow(line.span, number, action, unread="extract.row-does-not-fit")
        return
    roles = tuple((column.role, cell) for column, cell in zip(head, cells, strict=True) if column.role)
    said = tuple((role, cell) for role, cell in roles if not _NOTHING.fullmatch(line.text[cell.start : cell.end]))
    yield TaskRow(line.span, number, action, said, rule, "" if said else "extract.no-body")


def _aligned(line: _Line, columns: int) -> tuple[Span, ...]:
    """Return the cells of a row under a head of so many columns, () where they do not fit."""
    cells = line.cells
    while len(cells) > columns and not line.text[cells[-1].start : cells[-1].end].strip():
        cells = cells[:-1]
    if len(cells) == columns - 1:  # a pasted row without its last, empty cell
        cells = (*cells, Span(len(line.text), len(line.text)))
    return cells if len(cells) == columns else ()


def _of_kind(line: _Line, head: Head, *kinds: str) -> list[str]:
    return [
        line.cell(at) for at, column in enumerate(head[: len(line.cells)]) if column.kind in kinds and line.cell(at)
    ]


def _number(line: _Line, head: Head) -> str:
    """Return the printed number of a row, "" where it has none."""
    for cell in (*_of_kind(line, head, "serial"), *_of_kind(line, head, "task", "topic")[-1:]):
        match = _NUMBER.match(cell)
        if match:
            return match[1]
    return ""


def _action(line: _Line, head: Head) -> str:
    """Return what a row sets to do: its last cell of tasks that is as short as a heading, else the first, shortened."""
    cells = _of_kind(line, head, "task", "topic")
    cells = [_NUMBER.sub("", cell, count=1) for cell in cells]
    short = [cell for cell in cells if len(cell) <= _LONGEST_ACTION and not _STOPS.search(cell)]
    return short[-1] if short else _shortened(cells[0]) if cells else ""


def _shortened(words: str) -> str:
    first = _STOPS.split(words)[0]
    return first if len(first) <= _LONGEST_ACTION else first.split(",")[0][:_LONGEST_ACTION]
