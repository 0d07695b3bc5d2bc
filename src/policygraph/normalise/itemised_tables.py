"""Find the rows of a table printed a cell a line that an item with its own number opens: （1）…, then its cells.

Such a table has a column a year and behind them columns of bodies, whose heads may stand on two lines (牵头, 部门). Of
the lines between two items the last that end as names of bodies are those of bodies, the ones before are those of the
years; numbered lines at the end (2、…) name the group of the next items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.lexicon import Lexicon
from policygraph.normalise.cells import Cells, names_bodies
from policygraph.patterns import doing_head
from policygraph.quantities import COUNTING

YEARS = re.compile(
    r"^[ \t\u3000]*20\d\d\s?年.{0,8}\s*\n[ \t\u3000]*20\d\d\s?年.{0,8}$", re.MULTILINE
)  # two lines, as heads
_YEAR = re.compile(r"20\d\d\s?年.{0,8}$")
_ITEM = re.compile(r"[（(](\d{1,3})[）)]\s*\S|(\d{1,3})[、.．]\s*[^\d\s]")
_GROUP = re.compile(rf"(?:\d{{1,2}}[、.．]|[（(][{COUNTING}]{{1,3}}[）)]|[{COUNTING}]{{1,3}}、)\s*[^。；;]{{0,40}}$")
_BARE = re.compile(rf"[（(][{COUNTING}]{{1,3}}[）)]$|[{COUNTING}]{{1,3}}、$")
_ASIDE = re.compile(r"[（(][^（()）]*[）)]")
_FEWEST = 2  # columns of years
_FEWEST_ROWS = 3
_LONGEST_BODIES = 120  # characters
_LONGEST_HEAD = 24


@dataclass(frozen=True, slots=True)
class Itemised:
    """A table: its head, and its rows, each the lines of its cells; what names a group is a row of one."""

    head: Cells
    rows: list[Cells]


def itemised(words: Sequence[str], lexicon: Lexicon) -> Iterator[Itemised]:
    """Yield such tables of the lines of a text."""
    done = 0
    for at, word in enumerate(words):
        if not at or at < done or not _YEAR.match(word):
            continue
        years = next(n for n in range(1, len(words) - at + 1) if not _YEAR.match("".join(words[at + n : at + n + 1])))
        heads, begin = _labels(words, at + years, lexicon)
        if years < _FEWEST or not heads or len(words[at - 1]) > _LONGEST_HEAD:
            continue
        rows = [*_rows(words, begin, years, len(heads), tuple(lexicon.names.org_tails))]
        if len(rows) >= _FEWEST_ROWS:
            taken = {line for row in rows for cell in row for line in cell}
            done = max(taken)
            groups: list[Cells] = [[(line,)] for line in range(begin, done) if line not in taken]
            head: Cells = [(at - 1,), *((at + n,) for n in range(years)), *heads]
            yield Itemised(head, sorted([*rows, *groups], key=lambda row: row[0]))


def _labels(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[Cells, int]:
    """Return the lines of the heads that name bodies, of one line or two each, and the line behind them."""
    found: Cells = []
    while at < len(words):
        size = next((n for n in (2, 1) if _is_label("".join(words[at : at + n]), lexicon)), 0)
        if not size:
            break
        found.append(tuple(range(at, at + size)))
        at += size
    return found, at


def _is_label(words: str, lexicon: Lexicon) -> bool:
    return words in lexicon.roles.labels or doing_head(lexicon).fullmatch(words) is not None


def _rows(words: Sequence[str], begin: int, years: int, bodies: int, tails: tuple[str, ...]) -> Iterator[Cells]:
    items = list(_items(words, begin))
    for at, behind in zip(items, [*items[1:], None], strict=True):
        end = behind if behind is not None else min(at + 1 + years + bodies, len(words))
        yield _row(words, at, _without_groups(words, range(at + 1, end)), years, bodies, tails)


def _items(words: Sequence[str], begin: int) -> Iterator[int]:
    """Yield the lines that count (1), (2), (3) and so on, or 1., 2., 3. where the first item is so numbered."""
    first = next((match for at in range(begin, min(begin + 4, len(words))) if (match := _ITEM.match(words[at]))), None)
    bracketed = any(words[at][0] in "（(" and _ITEM.match(words[at]) for at in range(begin, min(begin + 4, len(words))))
    count = 1
    for at in range(begin, len(words)) if first else ():
        match = _ITEM.match(words[at])
        if match and match[1 if bracketed else 2] == str(count):
            yield at
            count += 1


def _without_groups(words: Sequence[str], lines: range) -> range:
    """Return lines without those at their end that name the group of the next item."""
    while lines:
        if _GROUP.match(words[lines[-1]]):
            lines = lines[:-1]
        elif len(lines) > 1 and _BARE.match(words[lines[-2]]):
            lines = lines[:-2]
        else:
            break
    return lines


def _row(words: Sequence[str], at: int, lines: range, years: int, bodies: int, tails: tuple[str, ...]) -> Cells:
    """Return the cells of a row; more lines than years stand with the item, more than bodies with the first of them."""
    named = 0
    while named < len(lines) and _names_bodies(words[lines[-1 - named]], tails):
        named += 1
    goals, who = lines[: len(lines) - named], lines[len(lines) - named :]
    item = (at,) if len(goals) <= years else (at, *goals)
    cells = [(line,) for line in goals] if len(goals) <= years else []
    more = max(len(who) - bodies, 0)
    named_cells = [tuple(who[: more + 1]), *((line,) for line in who[more + 1 :])] if who else []
    return [item, *cells, *[()] * (years - len(cells)), *named_cells, *[()] * (bodies - len(named_cells))]


def _names_bodies(words: str, tails: tuple[str, ...]) -> bool:
    bare = _ASIDE.sub("", words)
    return 0 < len(bare) <= _LONGEST_BODIES and names_bodies(bare, tails)
