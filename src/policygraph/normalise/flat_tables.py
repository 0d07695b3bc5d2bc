"""Put the cells of a table that a page printed one a line back beside each other, with bars between them.

Such a table is known by its head, lines that are heads of columns of which the first counts (序号), and by its rows,
which count from 1 and have a cell for each column; a cell that holds for several rows may be left out in later ones
(``merged_tables``: where the column that counts is not the first, or more is left out).
Where none counts, a column of bodies is known by the bodies in it, one of a year by its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Span
from policygraph.normalise.cells import Cells
from policygraph.normalise.duty_tables import duty_rows
from policygraph.normalise.indicator_tables import indicator_rows
from policygraph.normalise.itemised_tables import YEARS, itemised
from policygraph.normalise.merged_tables import Merged
from policygraph.patterns import doing_head, either, of_kind
from policygraph.quantities import COUNTING

_LINE = re.compile(r"[^\n]+")
_FORMAL = rf"第[{COUNTING}]{{1,3}}[编章节]"
_NUMBERED = rf"[ \t\u3000]*(?:[{COUNTING}]{{1,3}}、|[（(][{COUNTING}]{{1,3}}[）)]|{_FORMAL}|附件|\d{{1,2}}[.、．])"
_BLOCK = re.compile(rf"{_NUMBERED}[^\n]*|[^\n]+(?:\n(?!{_NUMBERED})[ \t\u3000]*[^\s][^\n]*)*")
_TABBED = re.compile(r"^[^\t\n]*(?:\t[^\t\n]*){2,}(?:\n[^\t\n]*(?:\t[^\t\n]*){2,})+", re.MULTILINE)
_EMPTY = re.compile(r"\n[ \t\u3000]*\n")
_TORN = re.compile(r"\s*\n\s*")
_MOST_EMPTY = 3  # breaks of lines, of which at least one is of an empty line
_FEWEST = 3  # columns
_MOST = 12
_MOST_UNKNOWN = 2  # heads at the end that no word explains
_LONGEST_HEAD = 12  # characters
_LONGEST_TORN = 6  # characters of a head on two lines
_LONGEST_LABEL = 4  # a shorter one is a head only as a whole line
_LONGEST_OTHER = 200  # characters of a cell that names no bodies
_COUNT = re.compile(f"[{COUNTING}]{{1,3}}")
_YEAR = re.compile(r"20\d\d\s?年")
_VALUE = re.compile(r"[<>≥≤＜＞±约]?\s?\d|[-—–/]+$")
_HEADED = rf"[{COUNTING}]{{1,3}}、|[（(][{COUNTING}]{{1,3}}[）)]"
_GROUP = re.compile(rf"(?:{_HEADED}).{{2,40}}$")
_NO_HEAD = re.compile(rf"[:：。；]|^{_FORMAL}|{_GROUP.pattern}|[表单]$")  # of which the last name the table
_NO_CELL = re.compile(rf"[。；;]|^(?:{_HEADED}|{_FORMAL})")  # a sentence, a heading

Row = list[tuple[Span, ...]]  # the lines of the cells; () where a cell was left out
Rows = list[Row]


def with_rows(chars: str, at: Sequence[int], lexicon: Lexicon) -> tuple[str, Sequence[int]]:
    """Return the characters with the rows of such tables in lines of their own, and the place of each in the source."""
    chars = _with_bars(chars, lexicon) if "\t" in chars else chars
    serials = of_kind(lexicon.roles.task_heads, "serial")
    if not any(serial in chars for serial in serials) and not _head_alone(lexicon).search(chars):
        return chars, at
    lines = [Span(*match.span()) for match in _cell_pattern(chars).finditer(chars) if not match[0].isspace()]
    words = [_TORN.sub("", chars[line.start : line.end]).strip() for line in lines]
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    found = itemised(words, lexicon) if YEARS.search(chars) else ()
    tables = [_placed(lines, [each.head, *each.rows]) for each in found]
    for rows in tables or _tables(lines, words, serials, lexicon):
        start, end = _extent(rows)
        pieces.append(chars[done:start])
        places += at[done:start]
        for cells in rows:
            text, where = _row(chars, at, cells)
            pieces += [text, "\n"]
            places += [*where, where[-1]]
        done = end
    return "".join([*pieces, chars[done:]]), [*places, *at[done:]]


def _with_bars(chars: str, lexicon: Lexicon) -> str:
    """Return the characters with bars for the tabs of tables whose cells stand apart by them, below a head."""
    return _TABBED.sub(lambda run: run[0].replace("\t", "|") if _heads_tabbed(run[0], lexicon) else run[0], chars)


def _heads_tabbed(run: str, lexicon: Lexicon) -> bool:
    heads = run.partition("\n")[0].split("\t")
    return sum(_is_head([head.strip()], lexicon) for head in heads) > 1


def _cell_pattern(chars: str) -> re.Pattern[str]:
    """Return what matches a cell: a line, or the lines up to an empty one where a page has many of those."""
    return _BLOCK if _MOST_EMPTY * len(_EMPTY.findall(chars)) > chars.count("\n") else _LINE


def _unknown(words: list[str], at: int) -> int:
    """Return how many short lines stand before the first number, heads that no word explains."""
    more = words[at : at + _MOST_UNKNOWN + 1]
    before = more.index("1") if "1" in more else 0
    before = 0 if any(_COUNT.fullmatch(word) for word in more[:before]) else before  # 一, the number of a group
    heads = all(len(word) <= _LONGEST_HEAD and not _NO_HEAD.search(word) for word in more[:before])
    return before if heads and not any(_NO_CELL.search(word) for word in more[:before]) else 0


@compiled
def _head_alone(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a label of bodies or a year that is a line by itself, as the head of a column is."""
    return re.compile(rf"^[^\S\n]*(?:{either(lexicon.roles.labels)}|20\d\d\s?年.{{0,4}})[^\S\n]*$", re.MULTILINE)


def _tables(lines: list[Span], words: list[str], serials: Sequence[str], lexicon: Lexicon) -> Iterator[Rows]:
    """Yield the tables of a text, each with its head as the first row."""
    done = 0
    for first, word in enumerate(words):
        if first < done or not _is_head([word], lexicon):
            continue
        columns = next((n for n in range(1, _MOST + 1) if not _is_head(words[first + n : first + n + 1], lexicon)), 0)
        if columns < _FEWEST:
            continue
        columns += _unknown(words, first + columns) if word in serials else 0
        begin = first + columns
        found = _counted(words, begin, columns) if word in serials else _uncounted(words, first, columns, lexicon)
        rows: Rows = [_cells(lines, row, columns) for row in found]
        if not rows and (merged := Merged.of(words[first:begin], serials, lexicon)):
            rows = _placed(lines, merged.rows(words, begin))
        if not rows and word not in serials:
            rows = _placed(lines, duty_rows(words, first, columns, lexicon))
        if not rows and (listed := indicator_rows(words, range(first, begin), serials, lexicon)):
            head, *rows = _placed(lines, [listed[0], *listed[1]])
            done = lines.index([line for cell in rows[-1] for line in cell][-1]) + 1
            yield [head, *rows]
        elif rows:
            done = lines.index([line for cell in rows[-1] for line in cell][-1]) + 1
            yield [[(line,) for line in lines[first:begin]], *rows]


def _placed(lines: Sequence[Span], rows: Iterable[Cells]) -> Rows:
    """Return rows with the places of their lines."""
    return [[tuple(lines[at] for at in cell) for cell in row] for row in rows]


def _counted(words: list[str], begin: int, columns: int) -> list[range]:
    """Return the lines of each row of a table that counts, up to the first without a line a column, or one less.

    The name of a group (一、…) may stand before a row, and is one by itself.
    """
    found: list[range] = []
    number = 1
    head = words[max(begin - columns, 0) : begin]
    while True:
        if found and words[begin : begin + columns] == head:  # printed again on the next page
            found.append(range(begin, begin + columns))
            begin += columns
        if _begins_group(words, begin, number):
            found.append(range(begin, begin + 1))
            begin += 1
        if words[begin : begin + 1] != [str(number)]:
            break
        sizes = (columns, columns - 1)
        size = next((n for n in sizes if _follows(words, begin + n, number + 1, head)), 0)
        last = size == 0
        if last:
            left_out = any(len(row) == columns - 1 for row in found)
            size = _last(words[begin : begin + columns], columns, left_out)
        if size:
            found.append(range(begin, begin + size))
        if last:
            break
        begin, number = begin + size, number + 1
    while found and len(found[-1]) == 1:  # a heading behind the table
        found.pop()
    return found


def _begins_group(words: list[str], at: int, number: int) -> bool:
    return words[at + 1 : at + 2] == [str(number)] and _GROUP.match(words[at]) is not None


def _follows(words: list[str], at: int, number: int, head: list[str]) -> bool:
    """Say whether the row of a number begins at a line, or its group does, or the head before it."""
    if words[at : at + len(head)] == head:
        at += len(head)
    return words[at : at + 1] == [str(number)] or (at < len(words) and _begins_group(words, at, number))


def _uncounted(words: list[str], first: int, columns: int, lexicon: Lexicon) -> list[range]:
    """Return the lines of each row of a table that does not count: below labels stand bodies, below years numbers."""
    heads, tails = words[first : first + columns], tuple(lexicon.names.org_tails)
    labels = [at for at, head in enumerate(heads) if head in lexicon.roles.labels]
    years = [at for at, head in enumerate(heads) if _YEAR.match(head)]
    found: list[range] = []
    begin = first + columns
    while (labels or years) and begin + columns <= len(words):
        row = words[begin : begin + columns]
        named = all(row[at].endswith(tails) and not _NO_CELL.search(row[at]) for at in labels)
        counted = all(_VALUE.match(row[at]) for at in years)
        others = [row[at] for at in range(columns) if at not in labels]
        if not named or not counted or any(len(words) > _LONGEST_OTHER for words in others):
            break
        found.append(range(begin, begin + columns))
        begin += columns
    return found if len(found) > 1 else []


def _last(words: list[str], columns: int, some_left_out: bool) -> int:
    """Return how many lines the last row has, behind which nothing counts on: a line a column, if so many follow.

    Where rows leave one out, the last may, and what follows is a sentence or a heading.
    """
    size = len(words) - (len(words) == columns and some_left_out and bool(_NO_CELL.search(words[-1])))
    whole = size == columns or (some_left_out and size == columns - 1)
    return size if whole and not _NO_CELL.search(words[size - 1]) else 0


def _cells(lines: list[Span], row: range, columns: int) -> Row:
    cells: Row = [(lines[at],) for at in row]
    return [cells[0], (), *cells[1:]] if len(cells) == columns - 1 else cells


def _extent(rows: Rows) -> tuple[int, int]:
    found = [line for cells in rows for cell in cells for line in cell]
    return min(line.start for line in found), max(line.end for line in found)


def _row(chars: str, at: Sequence[int], cells: Row) -> tuple[str, list[int]]:
    """Return the text of a row with the place of each character; a bar stands where the cell behind it begins."""
    text, where = "", []
    lines = [line for cell in cells for line in cell]
    for number, cell in enumerate(cells):
        known = next((line for each in cells[number:] for line in each), lines[-1])
        if number:
            text += "|"
            where.append(at[known.start])
        for count, line in enumerate(cell):
            join = _between(chars, cell[count - 1], line) if count else ""
            where += [at[line.start]] * len(join)
            text += join
            for part in _LINE.finditer(chars, line.start, line.end):
                words = part[0].strip()
                first = part.start() + part[0].index(words) if words else part.start()
                text += words
                where += at[first : first + len(words)]
    return text, where


def _between(chars: str, first: Span, second: Span) -> str:
    """Return what stands between two lines of a cell: nothing within a head (牵头, 部门), a comma between names."""
    short = first.end - first.start + second.end - second.start <= _LONGEST_TORN
    if short or chars[first.end - 1] in "。；;":
        return ""
    return "、"


def _is_head(line: list[str], lexicon: Lexicon) -> bool:
    """Say whether a line can be the head of a column."""
    if not line or len(line[0]) > _LONGEST_HEAD or line[0].isdecimal() or _NO_HEAD.search(line[0]):
        return False
    if _YEAR.match(line[0]) or line[0] in lexicon.roles.labels or _head_word(lexicon).search(line[0]):
        return True
    return doing_head(lexicon).fullmatch(line[0]) is not None


@compiled
def _head_word(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a word that heads a column, or a label of bodies that is long enough to be none of running text."""
    labels = (label for label in lexicon.roles.labels if len(label) >= _LONGEST_LABEL)
    return re.compile(either([*lexicon.roles.task_heads, *lexicon.targets.table_heads, *labels]))
