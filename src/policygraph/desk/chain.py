"""Place documents as boxes, a column for each level from the nation to the county, with lines from above to below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from policygraph.desk.matrix import Document
from policygraph.desk.sayings import NO_DATA, Saying
from policygraph.desk.verdicts import Look, look

_WIDE, _BETWEEN, _GAP, _EDGE = 226, 74, 12, 14  # pixels: a box, between columns, between boxes, around all
_LINE, _PAD, _HEAD = 20, 8, 30
_ROOM = 16.5  # ems of text in a box
_MOST = 40  # boxes of a column; more are told


@dataclass(frozen=True, slots=True)
class Row:
    """A line in a box: its text and the look of its verdict."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Box:
    """A document in the picture: where it stands, how high it is, and what it says; ``absent``: no text at hand."""

    document: Document
    name: str
    x: int
    y: int
    high: int
    rows: tuple[Row, ...]
    absent: bool


@dataclass(frozen=True, slots=True)
class Hop:
    """A line from a document to one below it: ``kind`` is hop where they were compared, else basis."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture in pixels: heads of columns with their places, boxes, lines, and how many had no room."""

    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    boxes: tuple[Box, ...]
    hops: tuple[Hop, ...]
    more: int

    line, wide, head = _LINE, _WIDE, _HEAD - 10


def picture(
    columns: Sequence[Document], said: Mapping[str, Sequence[Saying]], links: Iterable[tuple[str, str, str]]
) -> Picture:
    """Return the boxes of documents by level, in their order; ``links`` are (above, below, kind)."""
    boxes: dict[str, Box] = {}
    heads: list[tuple[int, str]] = []
    more = 0
    for place, level in enumerate(dict.fromkeys(each.level for each in columns)):
        x = _EDGE + place * (_WIDE + _BETWEEN)
        heads.append((x, level))
        members = [each for each in columns if each.level == level]
        more += max(0, len(members) - _MOST)
        y = _EDGE + _HEAD
        for each in members[:_MOST]:
            boxes[each.id] = _box(each, said.get(each.id, ()), (x, y))
            y += boxes[each.id].high + _GAP
    height = max((box.y + box.high for box in boxes.values()), default=0) + _EDGE
    width = _EDGE * 2 + len(heads) * (_WIDE + _BETWEEN) - _BETWEEN
    hops = [_hop(boxes[above], boxes[below], kind) for above, below, kind in links if {above, below} <= set(boxes)]
    hops.sort(key=lambda hop: (hop.kind == "hop", hop.path))
    return Picture(width, height, tuple(heads), tuple(boxes.values()), tuple(hops), more)


def _box(document: Document, said: Sequence[Saying], at: tuple[int, int]) -> Box:
    absent = all(each.verdict == NO_DATA and not each.said for each in said)
    told = said[:1] if absent else said
    rows = tuple(Row(_text(each), look(each.by, each.verdict)) for each in told)
    high = _PAD * 2 + _LINE * (1 + len(rows))
    return Box(document, fitted(document.name, _ROOM), *at, high, rows, absent)


def _text(each: Saying) -> str:
    when = f"{each.year} " if each.year and each.said else ""
    return fitted(f"{when}{each.said}{'?' if each.unsure else ''} {each.step}".strip(), _ROOM - 2)


def _hop(above: Box, below: Box, kind: str) -> Hop:
    ax, ay = above.x + _WIDE, above.y + above.high // 2
    bx, by = below.x, below.y + below.high // 2
    if bx <= above.x:  # of one level: round the side
        bx += _WIDE
        return Hop(f"M{ax},{ay} C{ax + 40},{ay} {bx + 40},{by} {bx},{by}", kind)
    bend = _BETWEEN // 2
    return Hop(f"M{ax},{ay} C{ax + bend},{ay} {bx - bend},{by} {bx},{by}", kind)


def fitted(text: str, ems: float) -> str:
    """Return as much of a text as fits into a width; what is cut ends with «…».

    >>> fitted("健康中国行动", 4), fitted("国发〔2019〕13号", 12)
    ('健康中…', '国发〔2019〕13号')
    """
    width = 0.0
    for place, character in enumerate(text):
        width += 1 if east_asian_width(character) in "WF" else 0.58
        if width > ems - (place < len(text) - 1):
            return text if width <= ems and place == len(text) - 1 else text[:place] + "…"
    return text
