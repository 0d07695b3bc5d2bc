"""Find a table of contents, whether a word announces it or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.segment.numbering import NUMBERED

Line = tuple[int, int]
LABEL = "目录"  # before the numbers of its entries

_CONTENTS = re.compile(r"目(?<![^\n ]目) {0,9}录 {0,9}\n")  # a line of its own
_FEWEST_ENTRIES = 3  # of one that no word announces
_TEXT = re.compile("[。:]")  # behind a heading that its text follows
_FIGURES, _LONGEST_PAGE = "0123456789", 3
_BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_LEADERS = f"{_BLANKS}.…·—-"  # between an entry and its page


def is_announced(text: str) -> bool:
    """Say whether a word (目录) announces a table of contents."""
    return _CONTENTS.search(text) is not None


def parted(text: str, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines around a table of contents, and its entries."""
    head = _CONTENTS.search(text)
    if not head:
        return _headings_in_front(text, lines)
    kept = [line for line in lines if line[1] <= head.start()]
    rest = [line for line in lines if line[0] >= head.end() and text[slice(*line)].strip()]
    entries = [_entry(text[slice(*line)]) for line in rest]
    ends = _before_text(entries[: _end(entries)])
    again = _named_again(entries[:ends], entries[ends:])
    return ([*kept, *rest[ends:]], rest[:ends]) if 2 * again > ends else (lines, [])


def without_page(text: str, entry: Line) -> Line:
    """Return where the name of an entry stands, without the page behind it."""
    return entry[0], entry[0] + len(_without_page(text[slice(*entry)]))


def _headings_in_front(text: str, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Take the first numbered lines for a table of contents, where they stand together and all come again below."""
    numbered = (bool(NUMBERED.match(text, *line)) for line in lines)
    first = next((at for at, found in enumerate(numbered) if found), len(lines))
    last = next((at for at in range(first, len(lines)) if not NUMBERED.match(text, *lines[at])), len(lines))
    if last - first < _FEWEST_ENTRIES:
        return lines, []  # as most
    entries = [_entry(text[slice(*line)]) for line in lines[first:]]
    ends = _end(entries[: last - first]) or last - first
    named = ends >= _FEWEST_ENTRIES and _named_again(entries[:ends], entries[ends:]) == ends
    return ([*lines[:first], *lines[first + ends :]], []) if named else (lines, [])


def _end(entries: Sequence[str]) -> int:
    """Return which line is the first below a table of contents: its first entry again, else any; 0 where none is."""
    heads = [_head(entry) for entry in entries]
    if heads and heads[0] in heads[1:]:
        return heads.index(heads[0], 1)
    seen: set[str] = set()
    for at, head in enumerate(heads):
        if head in seen:
            return at
        seen.add(head)
    return 0


def _before_text(entries: Sequence[str]) -> int:
    """Return how many lines stand before the first sentence: the opening of the text follows upon its contents."""
    return next((at for at, entry in enumerate(entries) if entry.endswith("。")), len(entries))


def _named_again(entries: Sequence[str], below: Sequence[str]) -> int:
    """Return how many entries of a table of contents head a line below it, where text may follow the heading."""
    heads = {*below, *map(_head, below)}
    return sum(entry in heads for entry in entries)


def _head(line: str) -> str:
    return _TEXT.split(line, maxsplit=1)[0]


def _entry(line: str) -> str:
    """Return what a line of a table of contents names, without the page and without blanks."""
    return "".join(_without_page(line).split())


def _without_page(line: str) -> str:
    """Return a line without the page at its end, and without what leads to it; a number of four figures is none.

    >>> _without_page("一、总体要求 …… 12 "), _without_page("到2025年—"), _without_page("共1234")
    ('一、总体要求', '到2025年', '共1')
    """
    line = line.rstrip()
    bare = line.rstrip(_FIGURES)
    return line[:-_LONGEST_PAGE] if len(line) - len(bare) > _LONGEST_PAGE else bare.rstrip(_LEADERS)
