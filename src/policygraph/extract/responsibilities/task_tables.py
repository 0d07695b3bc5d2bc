"""Read the tables that divide tasks between bodies (序号 | 重点任务 | 牵头单位 | 配合单位): each row is a clause.

What a column holds is said by its head (``task_heads``). A table whose head speaks of tasks and of no role, or that has
bodies in a column and no head that says so, and a row that does not fit its head, are clauses that were not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from policygraph.extract.grammar.glued_names import glued
from policygraph.extract.grammar.role_words import label_at
from policygraph.extract.responsibilities.clause import Clause, clause_parts, parse_parts, what_is_left
from policygraph.extract.responsibilities.clause_parts import GLUED, Part, ends_in_body
from policygraph.extract.responsibilities.clause_rules import LEADS, find_rule
from policygraph.extract.responsibilities.task_heads import Head, below, columns_of, is_head, with_named
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import Span
from policygraph.quantities import COUNTING
from policygraph.terms import RoleWord

_LINE = re.compile(r"[^\n]+")
_LONGEST_ACTION = 40  # characters, as of a heading
_SHORTEST_TASK = 8  # characters of one that ends as the name of a body does
_LONGEST_BODIES = 60  # characters of a cell that is asked whether it lists bodies
_MOST_MERGED = 3  # cells that a row leaves out because they are merged with those above
_LONGEST_BETWEEN = 40  # characters of a line between two rows, as the name of a group; a longer one ends the table
_NUMBER = re.compile(rf"\s*[(]?(\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}|[{COUNTING}]{{1,4}})(?:[).、]\s*(?!\d)|\s*$)")
_STOPS = re.compile(r"[。;:；：]")
_NO_BODIES = re.compile(r"[。\d]")
_BORDERED = re.compile(r"\s*\|.*\|.*\|\s*")  # a row of a table whose first line is framed so, as in Markdown
_NOTHING = re.compile(r"[\s/—–-]*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table in the text; its cells stand at places that count from its begin.

    A ``framed`` one has lines at both its ends, so that it is known where its last cell ends.
    """

    span: Span
    text: str
    cells: tuple[Span, ...]
    framed: bool = False

    def cell(self, at: int) -> str:
        """Return the words of a cell."""
        return self.text[self.cells[at].start : self.cells[at].end].strip()

    def words(self) -> list[str]:
        """Return the words of all cells."""
        return [self.cell(at) for at in range(len(self.cells))]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of a task table: its place, its printed number, what is to be done, and how its bodies are read."""

    span: Span
    number: str = ""
    action: str = ""
    cells: tuple[tuple[RoleWord, Span], ...] = ()  # of bodies, at places that count from its begin
    rule: str = ""  # of the table's head, on who leads
    unread: str = ""  # why nobody is read from it: the key of a message

    def read(self, text: str, lexicon: Lexicon, rule: str = "") -> Clause:
        """Return the bodies of the row's cells, each in the role of its column."""
        if self.unread:
            return Clause(reason=message(self.unread))
        parts: list[Part] = []
        for role, cell in self.cells:
            own = clause_parts(text, cell, role, lexicon)
            labelled = any(part.role is not role for part in own)
            parts += own if labelled else _apart(text, role, cell, lexicon)
        clause = parse_parts(text, parts, lexicon, self.rule or rule)
        return what_is_left(clause, text, [cell for _, cell in self.cells], lexicon)


def _apart(text: str, role: RoleWord, cell: Span, lexicon: Lexicon) -> list[Part]:
    """Return a cell under a role, cut where its only name is several that were run together."""
    words = text[cell.start : cell.end]
    name = words.strip()
    start = cell.start + len(words) - len(words.lstrip())
    places = [start, *(start + at for at in glued(name, lexicon)), start + len(name)]
    if len(places) == 2:
        return [Part(role, cell.start, cell.end)]
    note = message("extract.glued-names")
    return [Part(role, left, right, note=note, rule=GLUED) for left, right in pairwise(places)]


@dataclass(slots=True)
class _Reader:
    """What is known while the lines of a text are read one after the other."""

    lexicon: Lexicon
    head: Head = ()
    rule: str = ""
    begun: _Line | None = None  # the first line of the table
    over: Head = ()  # what the line before says as a line of the head
    holding: set[int] = field(default_factory=set)  # columns without role of which a cell above names a body
    told: bool = False  # that a table is not read, or a column of it
    speaks: bool = False  # of tasks: a table whose first line does, and of no role
    above: TaskRow = field(default_factory=lambda: TaskRow(Span(0, 0)))

    def between(self, words: str) -> None:
        """Take a line that is no row: a long one ends the table."""
        self.begun, self.over, self.holding, self.told, self.speaks = None, (), set(), False, False
        self.head = self.head if len(words.strip()) <= _LONGEST_BETWEEN else ()

    def row(self, line: _Line) -> Iterator[TaskRow]:
        """Yield what a row says, if it is no head."""
        words = line.words()
        columns = columns_of(words, self.lexicon)
        if is_head(words, columns, self.lexicon):
            laid = find_rule(line.text, self.lexicon)
            self.head = below(self.over, columns, words)
            self.over, self.begun = self.head, line
            self.rule = laid.rule if laid and laid.rule in LEADS else ""
            return
        self.over = () if self.begun else columns
        if self.head:
            yield from self._under(line)
            return
        yield from self._without_head(line, words, columns)

    def _without_head(self, line: _Line, words: list[str], columns: Head) -> Iterator[TaskRow]:
        """Yield what is said of a table that has no head of roles, under the first line that speaks of tasks."""
        if not self.begun or (not self.told and any(column.kind == "task" for column in columns)):
            self.begun, self.speaks = line, any(column.kind == "task" for column in columns)
            return
        named = with_named(columns_of(self.begun.words(), self.lexicon), self.begun.words(), self.lexicon)
        if is_head(self.begun.words(), named, self.lexicon) and _names_bodies(line, named, self.lexicon):
            self.head, self.rule = named, ""
            yield from self._under(line)
        elif self.speaks and not self.told:
            self.told = True
            yield TaskRow(self.begun.span, unread="extract.table-without-roles")
        else:
            yield from self._with_bodies(line, line.cells, ())

    def _with_bodies(self, line: _Line, cells: tuple[Span, ...], head: Head) -> Iterator[TaskRow]:
        """Yield the head of a table of which a column names bodies in two rows, and no word of the head says so."""
        tails = tuple(self.lexicon.names.org_tails)
        for at, cell in enumerate(cells if self.begun and not self.told else ()):
            words = line.text[cell.start : cell.end].strip()
            unexplained = head[at].kind == "" if at < len(head) else at > 0
            if unexplained and words.endswith(tails) and len(words) <= _LONGEST_BODIES:
                if at in self.holding and self.begun and ends_in_body(words, self.lexicon):
                    self.told = True
                    yield TaskRow(self.begun.span, unread="extract.column-without-role")
                    return
                self.holding.add(at)

    def _under(self, line: _Line) -> Iterator[TaskRow]:
        """Yield a row under the head; one of a single cell is the name of a group, and one of totals sets nothing."""
        said = [words for words in line.words() if words]
        if len(said) < 2 or "".join(said[0].split()) in self.lexicon.grammar.rule_words["total-row"]:
            return
        cells = _slipped(line, self.head, self.lexicon) or _aligned(line, len(self.head))
        line = replace(line, cells=cells or line.cells)
        number = _number(line, self.head) or self.above.number
        row = TaskRow(line.span, number, _action(line, self.head) or self.above.action, rule=self.rule)
        if not cells:
            yield replace(row, unread="extract.row-does-not-fit")
            return
        roles = [(column.role, cell) for column, cell in zip(self.head, cells, strict=True) if column.role]
        named = tuple((role, cell) for role, cell in roles if not _NOTHING.fullmatch(line.text, cell.start, cell.end))
        self.above = replace(row, cells=named, unread="" if named else "extract.cells-empty")
        yield self.above
        yield from self._with_bodies(line, cells, self.head)


def task_rows(text: str, lexicon: Lexicon) -> list[TaskRow]:
    """Return the rows of all task tables of a text; a table that cannot be read is one row that says why."""
    return sorted(_rows(text, lexicon), key=lambda row: row.span.start)


def _rows(text: str, lexicon: Lexicon) -> Iterator[TaskRow]:
    reader, pairs, bordered = _Reader(lexicon), TaskRow(Span(0, 0)), None
    for match in _LINE.finditer(text):
        bordered = _BORDERED.fullmatch(match[0]) is not None if bordered is None else bordered
        line = _line(match, bordered)
        bordered = bordered if line else None
        found = _pairs(line, lexicon) if line else None
        if found and pairs.cells and pairs.span.end + 1 == found.span.start:
            pairs = _together(pairs, found)
            continue
        if pairs.cells:
            yield pairs
        pairs = found or TaskRow(Span(0, 0))
        if line and not found:
            yield from reader.row(line)
        elif not line:
            reader.between(match[0])
    if pairs.cells:
        yield pairs


def _line(match: re.Match[str], bordered: bool) -> _Line | None:
    """Return a line as a row of cells, None where it is no row; lines at both its ends are of a ``bordered`` table."""
    if "|" not in match[0]:
        return None
    marks = [mark.start() for mark in re.finditer(r"\|", match[0])]
    cells = [Span(left, right) for left, right in pairwise([-1, *marks, len(match[0])])]
    cells = [Span(cell.start + 1, cell.end) for cell in cells]
    framed = bordered and _BORDERED.fullmatch(match[0]) is not None
    return _Line(Span(*match.span()), match[0], tuple(cells[1:-1] if framed else cells), framed)


def _pairs(line: _Line, lexicon: Lexicon) -> TaskRow | None:
    """Return a row that gives label and bodies side by side (牵头单位 | 市教育局), None where it does not."""
    line = replace(line, cells=tuple(cell for at, cell in enumerate(line.cells) if line.cell(at)))
    columns = columns_of(line.words(), lexicon)
    if not columns or len(columns) % 2 or not columns[0].role or not all(column.kind for column in columns[::2]):
        return None
    if any(column.role for column in columns[1::2]):  # a head
        return None
    named = [(column.role, at + 1) for at, column in enumerate(columns) if at % 2 == 0 and column.role]
    if not all(ends_in_body(line.cell(at), lexicon) for _, at in named):
        return None
    return TaskRow(line.span, cells=tuple((role, line.cells[at]) for role, at in named if role))


def _names_bodies(line: _Line, head: Head, lexicon: Lexicon) -> bool:
    """Say whether the cells of a row that stand under roles name bodies."""
    cells = _aligned(line, len(head))
    under = [line.text[cell.start : cell.end].strip() for cell, column in zip(cells, head, strict=False) if column.role]
    return bool(under) and all(words and ends_in_body(words, lexicon) for words in under)


def _together(first: TaskRow, then: TaskRow) -> TaskRow:
    """Return two rows of labels, one below the other, as one."""
    shift = then.span.start - first.span.start
    cells = tuple((role, Span(cell.start + shift, cell.end + shift)) for role, cell in then.cells)
    return replace(first, span=Span(first.span.start, then.span.end), cells=(*first.cells, *cells))


def _aligned(line: _Line, columns: int) -> tuple[Span, ...]:
    """Return the cells of a row under a head of so many columns, () where they do not fit."""
    cells = line.cells
    while len(cells) > columns and not line.text[cells[-1].start : cells[-1].end].strip():
        cells = cells[:-1]
    if len(cells) == columns + 1 and not line.cell(0):  # a row that opens with a line, as in markdown
        cells = cells[1:]
    if len(cells) == columns - 1:  # a pasted row without its last, empty cell
        cells = (*cells, Span(len(line.text), len(line.text)))
    return cells if len(cells) == columns else ()


def _slipped(line: _Line, head: Head, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the cells of a row that moved left because merged ones before them are left out, () where none did.

    Moved back, more of them are what their heads say: bodies, and numbers.
    """
    cells = line.cells
    while cells and not line.text[cells[-1].start : cells[-1].end].strip():
        cells = cells[:-1]
    lost = len(head) - len(cells)
    whole = line.framed and len(line.cells) == len(head)
    if whole or not 0 < lost <= _MOST_MERGED or len(cells) < 2:
        return ()
    none = (Span(0, 0),)
    placed = [none * moved + cells + none * (lost - moved) for moved in range(lost + 1)]
    if head[0].kind == "serial":  # the number stays
        placed += [cells[:1] + none * moved + cells[1:] + none * (lost - moved) for moved in range(1, lost + 1)]
    fitting = [_fitting(line, each, head, lexicon) for each in placed]
    best = fitting.index(max(fitting))
    return placed[best] if best or fitting[0] > 0 else ()  # else it has nothing by which it would be told


def _fitting(line: _Line, cells: tuple[Span, ...], head: Head, lexicon: Lexicon) -> int:
    """Return how many cells are what their heads say less those that are not."""
    fitting, verbs = 0, (*lexicon.layout.heading_verbs, *lexicon.targets.count_verbs)
    for cell, column in zip(cells, head, strict=True):
        words = line.text[cell.start : cell.end].strip()
        names = 0 < len(words) <= _LONGEST_BODIES and not _NO_BODIES.search(words) and ends_in_body(words, lexicon)
        names = names and not (len(words) > _SHORTEST_TASK and words.startswith(verbs))  # 建设城市交通监测平台
        if words and column.role:
            fitting += 1 if names or _NOTHING.fullmatch(words) or label_at(words, lexicon) else -1
        elif names:
            fitting -= 1
        elif words and column.kind == "serial":
            fitting += 1 if _NUMBER.match(words) else -1
    return fitting


def _of_kind(line: _Line, head: Head, *kinds: str) -> list[str]:
    here = zip(range(len(line.cells)), head, strict=False)
    return [line.cell(at) for at, column in here if column.kind in kinds and line.cell(at)]


def _number(line: _Line, head: Head) -> str:
    """Return the printed number of a row, "" where it has none."""
    for cell in (*_of_kind(line, head, "serial"), *_of_kind(line, head, "name", "task", "topic")[-1:]):
        match = _NUMBER.match(cell)
        if match and match[0].lstrip().startswith("(") and match[1].isdigit():
            return f"({match[1]})"
        if match:
            return match[1]
    return ""


def _action(line: _Line, head: Head) -> str:
    """Return what a row sets to do: what it is called, else its last cell of tasks that is as short as a heading.

    Where none is, the first is shortened. A cell of goals is what a row is called only where no other says more.
    """
    named = _of_kind(line, head, "serial") and _of_kind(line, head, "name")
    said = named or _of_kind(line, head, "name", "task", "topic") or _of_kind(line, head, "goal")
    cells = [_NUMBER.sub("", cell, count=1) for cell in said]
    short = [cell for cell in cells if len(cell) <= _LONGEST_ACTION and not _STOPS.search(cell)]
    return short[-1] if short else shortened(cells[0]) if cells else ""


def shortened(words: str) -> str:
    """Return the begin of some words, as short as a heading may be.

    >>> shortened("完善控烟法规,到2025年成人吸烟率降低。加强执法。")
    '完善控烟法规,到2025年成人吸烟率降低'
    """
    first = _STOPS.split(words.strip())[0]
    return first if len(first) <= _LONGEST_ACTION else re.split("[,，]", first)[0][:_LONGEST_ACTION]
