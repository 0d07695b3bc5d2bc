"""Turn pieces of text that have places on pages into paragraphs: find lines, drop headers and footers, join lines.

Places are in points (or any other unit, used throughout), counted from the upper left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from policygraph.quantities import COUNTING

_EDGE_LINES = 3  # at the top and at the bottom of a page, where headers and footers stand
_WIDE_GAP = 1.5  # times the size of the characters: what stands apart on one line
_PARTED = 0.7  # times the size, at least a character: what may stand in another column
_INDENT = 1.2  # times the size: the first line of a paragraph
_FAR = 5  # times the size: set to the middle or to the right
_SLACK = 1.6  # a full line may end this much before the margin: a sign that may not begin a line moved down
_APART = 1.45  # times the usual distance of lines: a new paragraph
_LARGE = 1.15  # times the usual size: a heading that may run over several lines
_WORD = re.compile(r"[\w.,%‰/+-]+", re.ASCII)
_DASHED = re.compile(r"[-—–－―·]\s*\d{1,4}\s*[-—–－―·]")  # a page number even on an only page
_CONTENTS = re.compile(r".*[.…·．]{4,}\s*\d{1,4}")  # a line of the table of contents
_SENTENCE_END = re.compile(r"[。；！？;!?)）】》”：:]$")
_NUMBERED = re.compile(r"[（(]\d{1,2}[)）]|\d{1,2}[.、．](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}(?![\d%‰])|[①-⑳]")
_HEADING = re.compile(  # numbers that hardly ever stand inside a sentence
    rf"第[{COUNTING}\d]{{1,4}}[编章节条]|[{COUNTING}]{{1,3}}、|[（(][{COUNTING}]{{1,3}}[)）]|附件"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters in one place: a glyph, or a run of them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print; ``fixed`` lines (rows of tables) are never joined to others."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    fixed: bool = False
    page: int = 0


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Return the lines that pieces form, from the top down."""
    return [line_of(row) for row in rows_of(pieces)]


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces that stand on one line each, from the top down."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _beside(groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    groups.sort(key=lambda group: (group[0].top + group[0].bottom, group[0].left))
    merged: list[list[Piece]] = []
    for group in groups:
        if merged and _beside(merged[-1][0], group[0]):
            merged[-1] = sorted([*merged[-1], *group], key=lambda piece: piece.left)
        else:
            merged.append(group)
    return [group for group in merged if any(piece.text.strip() for piece in group)]


def segments_of(row: Sequence[Piece]) -> list[list[Piece]]:
    """Return the parts of a row that stand far apart, without blanks; one blank between two signs parts nothing."""
    inked = [at for at, piece in enumerate(row) if piece.text.strip()]
    size = median(row[at].bottom - row[at].top for at in inked)
    parts = [[row[inked[0]]]]
    for before, at in pairwise(inked):
        edge = row[before + 1] if at == before + 2 else row[before]
        if row[at].left - edge.right > _PARTED * size:
            parts.append([])
        parts[-1].append(row[at])
    return parts


def _beside(one: Piece, other: Piece) -> bool:
    """Say whether two pieces stand on one line: most of the lower one's height is shared."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def line_of(group: Sequence[Piece]) -> Line:
    """Return the line that pieces beside each other form."""
    size = median(piece.bottom - piece.top for piece in group)
    text, last = "", None
    for piece in group:
        gap = piece.left - last if last is not None else 0.0
        if gap > _WIDE_GAP * size:
            text = text.rstrip() + "  "
        elif gap > 0.15 * size and _is_latin(text[-1:]) and _is_latin(piece.text[:1]):
            text += " "
        text += piece.text
        last = piece.right
    inked = [piece for piece in group if piece.text.strip()]
    return Line(
        text.strip(),
        min(piece.left for piece in inked),
        min(piece.top for piece in inked),
        max(piece.right for piece in inked),
        max(piece.bottom for piece in inked),
        size,
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Return the paragraphs of a document, headers, footers, page numbers and tables of contents dropped."""
    lines = [replace(line, page=at) for at, page in enumerate(_without_furniture(pages)) for line in page]
    lines = [line for line in lines if not _CONTENTS.fullmatch(line.text)]
    if not lines:
        return []
    plain = [line for line in lines if not line.fixed] or lines
    shape = _Shape.of(plain)
    found = [lines[0].text]
    for above, line in pairwise(lines):
        if shape.goes_on(above, line):
            found[-1] = joined(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def joined(first: str, second: str) -> str:
    """Join two parts of a broken line: a space between Latin words, nothing in Chinese.

    >>> joined("到2022", "年"), joined("World Health", "Organization"), joined("公共卫", "生")
    ('到2022年', 'World Health Organization', '公共卫生')
    """
    both_letters = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii() and second[:1].isalpha()
    return f"{first} {second}" if both_letters else first + second


def begins_anew(text: str) -> bool:
    """Say whether a line begins with a number of a heading or of an item."""
    return bool(_HEADING.match(text) or _NUMBERED.match(text))


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the text of a document is set: margins, size, distance of lines."""

    left: float
    right: float
    size: float
    pitch: float
    hanging: bool  # most lines are indented: the first lines of paragraphs are the ones that are not

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Shape:
        size = median(line.size for line in lines)
        pitches = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
        left = left_margin([line.left for line in lines], size)
        full = sorted(line.right for line in lines)
        return cls(
            left=left,
            right=full[int(len(full) * 0.95)] if len(full) > 20 else full[-1],
            size=size,
            hanging=sum(line.left > left + _INDENT * size for line in lines) * 2 > len(lines),
            pitch=median(pitches) if pitches else size * 1.5,
        )

    def goes_on(self, above: Line, line: Line) -> bool:
        """Say whether a line continues the paragraph of the line above."""
        if above.fixed or line.fixed:
            return False
        if above.page == line.page and line.top - above.top > _APART * max(self.pitch, above.size):
            return False
        if min(above.size, line.size) > _LARGE * self.size and above.page == line.page:
            return abs(above.size - line.size) < 0.1 * line.size  # a heading set large, over several lines
        word = _WORD.match(line.text)  # what could not be parted moved down whole
        room = _SLACK + (0.6 * len(word[0]) if word else 0)
        if above.right < self.right - room * self.size:
            return False
        if max(above.left, line.left) > self.left + _FAR * self.size:  # a signature or a date, set to the right
            return False
        return not _HEADING.match(line.text) and self._same_sentence(above, line)

    def _same_sentence(self, above: Line, line: Line) -> bool:
        unfinished, numbered = not _SENTENCE_END.search(above.text), _NUMBERED.match(line.text) is not None
        if line.left > self.left + _INDENT * self.size:
            return self.hanging and unfinished and not numbered
        return unfinished or not numbered


def left_margin(values: Sequence[float], step: float) -> float:
    """Return the smallest value that at least a tenth of the lines share (to half a character)."""
    counts = Counter(round(value / (step / 2)) for value in values)
    often = [key for key, count in counts.items() if count * 10 >= len(values)]
    return min(often or counts) * step / 2


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop page numbers, and lines at the edges of pages that are the same (but for digits) on half of the pages."""
    seen: Counter[tuple[str, str]] = Counter()
    for page in pages:
        seen.update({key for at in range(len(page)) if (key := _edge(page, at))})
    fewest = max(2, (len([page for page in pages if page]) + 1) // 2)
    # left and right pages may have headers of their own
    repeated = {key for key, count in seen.items() if count >= min(fewest, max(3, fewest // 2))}
    return [_inner(page, repeated) for page in pages]


def _inner(page: Sequence[Line], repeated: set[tuple[str, str]]) -> list[Line]:
    """Return the lines between header and footer, both taken off from the outside in."""
    first, last = 0, len(page)
    while first < last and _is_furniture(page, first, repeated):
        first += 1
    while last > first and _is_furniture(page, last - 1, repeated):
        last -= 1
    return list(page[first:last])


def _edge(page: Sequence[Line], at: int) -> tuple[str, str] | None:
    """Return where (top or bottom) and what, digits masked, for a line at a page's edge."""
    masked = re.sub(r"\d+|\s+", lambda match: "0" if match[0].isdigit() else "", page[at].text)
    if page[at].fixed:
        return None
    if at < _EDGE_LINES:
        return "top", masked
    return ("bottom", masked) if at >= len(page) - _EDGE_LINES else None


def _is_furniture(page: Sequence[Line], at: int, repeated: set[tuple[str, str]]) -> bool:
    line, edge = page[at], _edge(page, at)
    if edge is None:
        return False
    outermost = at in (0, len(page) - 1)
    return edge in repeated or (outermost and _DASHED.fullmatch(line.text) is not None)
